import { SmartError, type SmartErrorDetails } from '../core/smart-error.js';
import type { ErrorCode } from '../core/error-catalogue.js';
import { parseFhirJson } from './json.js';
import { readOutcome } from './operation-outcome.js';
import { isOfOtherPatient } from './patient-check.js';
import type { ReadTarget } from './read-target.js';
import { isResource, textIn, type FhirResource, type JsonObject } from './resource.js';

const codes = new Map<number, ErrorCode>([
  [401, 'fhir/unauthorized'],
  [403, 'fhir/forbidden'],
  [404, 'fhir/not-found'],
  [410, 'fhir/gone'],
  [429, 'fhir/too-many-requests'],
]);

/**
 * Takes the resource that was asked for out of an answer.
 *
 * @throws {SmartError} `fhir/…` for every other answer, with the server's own words.
 */
export function readAnswer(status: number, text: string, target: ReadTarget, patient?: string): FhirResource {
  const about = { status, url: target.url };
  if (status < 200 || status > 299) {
    const code = codes.get(status) ?? (status > 499 ? 'fhir/server-error' : 'fhir/rejected');
    throw new SmartError(code, { ...about, ...wordsOf(parseQuietly(text)) });
  }
  const resource = parseQuietly(text);
  if (!isResource(resource)) {
    throw new SmartError('fhir/not-json', about);
  }
  const { resourceType } = resource;
  if (resourceType === 'OperationOutcome' && target.type !== resourceType) {
    // Some servers report a failure with 200.
    throw new SmartError('fhir/rejected', { ...about, ...wordsOf(resource) });
  }
  if (target.type && resourceType !== target.type) {
    throw new SmartError('fhir/wrong-type', {
      ...about,
      values: { expected: target.type, value: resourceType },
    });
  }
  if (patient && isOfOtherPatient(resource, patient)) {
    throw new SmartError('fhir/wrong-patient', about);
  }
  if (target.id && (textIn(resource, 'id') ?? target.id) !== target.id) {
    const values = { expected: resourceType, value: `another ${resourceType}` };
    throw new SmartError('fhir/wrong-type', { ...about, values });
  }
  return resource;
}

function wordsOf(value: JsonObject | undefined): SmartErrorDetails {
  const outcome = readOutcome(value);
  return outcome.length > 0 ? { outcome } : {};
}

function parseQuietly(text: string): JsonObject | undefined {
  try {
    return parseFhirJson(text);
  } catch {
    return undefined;
  }
}
