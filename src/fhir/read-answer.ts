import type { NameIn } from '../core/error-family.js';
import { fhirError } from '../core/errors/fhir.js';
import type { SmartErrorDetails } from '../core/smart-error.js';
import { parseFhirJson } from './json.js';
import { readOutcome } from './operation-outcome.js';
import { isOfOtherPatient } from './patient-check.js';
import type { ReadTarget } from './read-target.js';
import { isResource, textIn, type FhirResource, type JsonObject } from './resource.js';

const codes = new Map<number, NameIn<typeof fhirError>>([
  [401, 'unauthorized'],
  [403, 'forbidden'],
  [404, 'not-found'],
  [410, 'gone'],
  [429, 'too-many-requests'],
]);

/**
 * Takes the resource that was asked for out of an answer.
 *
 * @throws {SmartError} `fhir/…` for every other answer, with the server's own words.
 */
export function readAnswer(status: number, text: string, target: ReadTarget, patient?: string): FhirResource {
  const about = { status, url: target.url };
  if (status < 200 || status > 299) {
    const name = codes.get(status) ?? (status > 499 ? 'server-error' : 'rejected');
    throw fhirError(name, { ...about, ...wordsOf(parseQuietly(text)) });
  }
  const resource = parseQuietly(text);
  if (!isResource(resource)) {
    throw fhirError('not-json', about);
  }
  const { resourceType } = resource;
  if (resourceType === 'OperationOutcome' && target.type !== resourceType) {
    // Some servers report a failure with 200.
    throw fhirError('rejected', { ...about, ...wordsOf(resource) });
  }
  if (target.type && resourceType !== target.type) {
    throw fhirError('wrong-type', {
      ...about,
      values: { expected: target.type, value: resourceType },
    });
  }
  if (patient && isOfOtherPatient(resource, patient)) {
    throw fhirError('wrong-patient', about);
  }
  if (target.id && (textIn(resource, 'id') ?? target.id) !== target.id) {
    const values = { expected: resourceType, value: `another ${resourceType}` };
    throw fhirError('wrong-type', { ...about, values });
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
