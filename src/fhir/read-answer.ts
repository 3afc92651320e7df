import type { NameIn } from '../core/error-family.js';
import type { answerError } from '../core/errors/answer.js';
import { fhirError } from '../core/errors/fhir.js';
import { wordlessError } from '../core/fault.js';
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

/** What is wrong with an answer, as in the code of its error. */
export type FailureName = NameIn<typeof answerError> | 'not-json';

const failures = new Map<number, NameIn<typeof answerError>>([
  [401, 'unauthorized'],
  [403, 'forbidden'],
  [404, 'not-found'],
  [410, 'gone'],
  [429, 'too-many-requests'],
]);

/** What is wrong with an answer of this HTTP status, which is no success. */
export function failureNameOf(status: number): NameIn<typeof answerError> {
  return failures.get(status) ?? (status > 499 ? 'server-error' : 'rejected');
}

/**
 * Takes a resource out of an answer. Whether it is the right one is for {@link checkAnswer}.
 *
 * @param loadWords - for what is wrong with it. Where they do not come, it is what it is all the same: a record that may not
 *   be seen any more is not to stay on the page.
 * @throws {SmartError} `fhir/…` for every other answer, with the server's own words.
 */
export async function readAnswer(
  answer: Answer,
  target: ReadTarget,
  permissions: Permissions,
  loadWords = (): Promise<typeof import('./failed-answer.js')> => import('./failed-answer.js'),
): Promise<FhirResource> {
  const { status, text } = answer;
  const resource = parseQuietly(text);
  const name = nameOf(status, resource, target);
  if (name === undefined && resource && isResource(resource)) {
    return resource;
  }
  const failure = name ?? 'not-json';
  const words = await loadWords().catch(() => undefined);
  throw (
    words?.failureOf(failure, answer, { resource, target, permissions }) ??
    wordlessError(`fhir/${failure}`, { status, url: target.url })
  );
}

function nameOf(
  status: number,
  resource: JsonObject | undefined,
  { type }: ReadTarget,
): FailureName | undefined {
  if (status < 200 || status > 299) {
    return failureNameOf(status);
  }
  // Some servers report a failure with 200.
  const outcome = 'OperationOutcome';
  return resource?.['resourceType'] === outcome && type !== outcome ? 'rejected' : undefined;
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
