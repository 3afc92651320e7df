import { answerError } from '../core/errors/answer.js';
import { fhirError } from '../core/errors/fhir.js';
import type { SmartError } from '../core/smart-error.js';
import { forbiddenValues } from './forbidden.js';
import { readOutcome } from './operation-outcome.js';
import type { Answer, FailureName, Permissions } from './read-answer.js';
import type { ReadTarget } from './read-target.js';
import type { JsonObject } from './resource.js';

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

/** The error of an answer without a record: in the server’s own words, where it has some. */
export function failureOf(
  name: FailureName,
  { status, text, retryAfter }: Answer,
  { resource, target, permissions }: Circumstances,
): SmartError {
  const about = { status, url: target.url };
  if (name === 'not-json') {
    return fhirError(name, { ...about, values: { value: kindOf(text) } });
  }
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
