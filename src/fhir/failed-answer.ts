import type { NameIn } from '../core/error-family.js';
import { answerError } from '../core/errors/answer.js';
import { fhirError } from '../core/errors/fhir.js';
import type { SmartError } from '../core/smart-error.js';
import { forbiddenValues } from './forbidden.js';
import { readOutcome } from './operation-outcome.js';
import type { Answer, Permissions } from './read-answer.js';
import type { ReadTarget } from './read-target.js';
import { isResource, type JsonObject } from './resource.js';

interface Circumstances {
  /** What the answer holds, where it is JSON. */
  readonly resource: JsonObject | undefined;
  readonly target: ReadTarget;
  readonly permissions: Permissions;
}

/** What `fhir/forbidden` says of whatever record. */
export const anythingForbidden: Readonly<Record<'value' | 'scope', string>> = {
  value: 'this record',
  scope: 'a scope that this session may not have',
};

const codes = new Map<number, NameIn<typeof answerError>>([
  [401, 'unauthorized'],
  [403, 'forbidden'],
  [404, 'not-found'],
  [410, 'gone'],
  [429, 'too-many-requests'],
]);

/** What is wrong with an answer of this HTTP status. */
export function failureNameOf(status: number): NameIn<typeof answerError> {
  return codes.get(status) ?? (status > 499 ? 'server-error' : 'rejected');
}

/** What an answer without a record says: in the server’s own words, where it has some. */
export function failureOf(
  { status, text, retryAfter }: Answer,
  { resource, target, permissions }: Circumstances,
): SmartError {
  const about = { status, url: target.url };
  const isAnswered = status >= 200 && status <= 299;
  if (isAnswered && (!resource || !isResource(resource))) {
    return fhirError('not-json', { ...about, values: { value: kindOf(text) } });
  }
  const name = isAnswered ? 'rejected' : failureNameOf(status);
  const values = name === 'forbidden' ? valuesOf(target, permissions) : {};
  const outcome = readOutcome(resource);
  return answerError(name, { ...about, retryAfter, values, ...(outcome.length > 0 && { outcome }) });
}

function valuesOf({ about, id }: ReadTarget, permissions: Permissions): typeof anythingForbidden {
  return about
    ? forbiddenValues(about, id === undefined ? 'search' : 'read', permissions)
    : anythingForbidden;
}

/** What has come in place of JSON, for people. */
function kindOf(text: string): string {
  if (!/^\s*</.test(text)) {
    return 'something else';
  }
  return /<(?:!doctype\s+)?html\b/i.test(text.slice(0, 1_000)) ? 'a web page' : 'XML';
}
