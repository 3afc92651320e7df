export { FhirClient, type FhirClientOptions, type FhirClock, type ReadOptions } from './fhir-client.js';
export { decimalText, parseFhirJson } from './json.js';
export { readOutcome } from './operation-outcome.js';
export type { FhirResource, JsonObject, JsonValue } from './resource.js';
export { expandSource, launchVariables, type SourceVariables } from './source-template.js';
