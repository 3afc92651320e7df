import { fhirError } from '../core/errors/fhir.js';
import { loadPart } from '../core/load-part.js';
import { parseFhirJson } from './json.js';
import { isOfOtherPatient } from './patient-check.js';
import type { ReadTarget } from './read-target.js';
import { isResource, textIn, type FhirResource, type JsonObject } from './resource.js';

/** What a server answered. */
export interface Answer {
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
  /** When it wants to be asked again, in ms from the answer. */
  readonly retryAfter?: number | undefined;
}

/** Whom a session is about, and what it may. */
export interface Permissions {
  /** The id of the patient: the record of another one is refused. */
  readonly patient?: string | undefined;
  /** The scopes that were granted; undefined where nothing is known of them. */
  readonly scopes?: readonly string[] | undefined;
}

/**
 * Takes a resource out of an answer. Whether it is the right one is for {@link checkAnswer}.
 *
 * @throws {SmartError} `fhir/…` for every other answer, with the server's own words.
 */
export async function readAnswer(
  answer: Answer,
  target: ReadTarget,
  permissions: Permissions,
): Promise<FhirResource> {
  const { status, text } = answer;
  const resource = parseQuietly(text);
  // Some servers report a failure with 200.
  const isFailure = status < 200 || status > 299 || isOutcomeOf(resource, target);
  if (resource && isResource(resource) && !isFailure) {
    return resource;
  }
  const { failureOf } = await loadPart(() => import('./failed-answer.js'));
  throw failureOf(answer, { resource, target, permissions });
}

/** Whether it says how it went, in place of what was asked for. */
function isOutcomeOf(resource: JsonObject | undefined, { type }: ReadTarget): boolean {
  const outcome = 'OperationOutcome';
  return resource?.['resourceType'] === outcome && type !== outcome;
}

/**
 * Refuses another record than the one that was asked for, and the record of another patient. Of a page of a search, each
 * entry is looked at elsewhere.
 *
 * @throws {SmartError} `fhir/wrong-type`, `fhir/wrong-patient`.
 */
export function checkAnswer(
  resource: FhirResource,
  { url, type, id, isPage }: ReadTarget,
  { patient }: Permissions,
): void {
  const { resourceType } = resource;
  if (type && resourceType !== type) {
    throw fhirError('wrong-type', { url, values: { expected: type, value: resourceType } });
  }
  if (patient && !isPage && isOfOtherPatient(resource, patient)) {
    throw fhirError('wrong-patient', { url });
  }
  if (id && (textIn(resource, 'id') ?? id) !== id) {
    const values = { expected: resourceType, value: `another ${resourceType}` };
    throw fhirError('wrong-type', { url, values });
  }
}

function parseQuietly(text: string): JsonObject | undefined {
  try {
    return parseFhirJson(text);
  } catch {
    return undefined;
  }
}
