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
  const { status, text, retryAfter } = answer;
  const about = { status, url: target.url };
  if (status < 200 || status > 299) {
    const name = codes.get(status) ?? (status > 499 ? 'server-error' : 'rejected');
    const values = name === 'forbidden' ? await forbiddenValues(target, permissions) : {};
    throw fhirError(name, { ...about, retryAfter, values, ...wordsOf(parseQuietly(text)) });
  }
  const resource = parseQuietly(text);
  if (!isResource(resource)) {
    throw fhirError('not-json', { ...about, values: { value: kindOf(text) } });
  }
  const { resourceType } = resource;
  if (resourceType === 'OperationOutcome' && target.type !== resourceType) {
    // Some servers report a failure with 200.
    throw fhirError('rejected', { ...about, ...wordsOf(resource) });
  }
  return resource;
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

/** What `fhir/forbidden` says of whatever kind of record. */
export const anythingForbidden: Readonly<Record<'value' | 'scope', string>> = {
  value: 'this record',
  scope: 'a scope that this session may not have',
};

async function forbiddenValues(
  { about, id }: ReadTarget,
  permissions: Permissions,
): Promise<typeof anythingForbidden> {
  const words = about && (await import('./forbidden.js').catch(() => undefined));
  return words
    ? words.forbiddenValues(about, id === undefined ? 'search' : 'read', permissions)
    : anythingForbidden;
}

/** What has come in place of JSON, for people. */
function kindOf(text: string): string {
  if (!/^\s*</.test(text)) {
    return 'something else';
  }
  return /<(?:!doctype\s+)?html\b/i.test(text.slice(0, 1_000)) ? 'a web page' : 'XML';
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
