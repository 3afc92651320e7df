/** Reading from a FHIR server, and FHIR's JSON as it was written. */
export type { FhirClock } from './clock.js';
export {
  FhirClient,
  type FhirClientOptions,
  type ReadOptions,
  type ResolveOptions,
  type SearchOptions,
} from './fhir-client.js';
export { decimalText, parseFhirJson } from './json.js';
export { readOutcome } from './operation-outcome.js';
export type { Permissions } from './read-answer.js';
export type { ReferencePlace } from './resolve.js';
export type { FhirResource, JsonObject, JsonValue } from './resource.js';
export type { SearchPage, SearchPages, SearchStop } from './search-page.js';
export { expandSource, launchVariables, type SourceVariables } from './source-template.js';
