import { variableError } from '../core/errors/variable.js';
import { fhirError } from '../core/errors/fhir.js';
import { SmartError } from '../core/smart-error.js';
import type { SignedInUser } from '../smart/id-token.js';
import type { LaunchContext } from '../smart/launch-context.js';

/** What the variables of a `src` stand for. */
export type SourceVariables = ReadonlyMap<string, string>;

/** The variables that a sign-in gives: every text of its launch context by its name, and `fhirUser`. */
export function launchVariables(context?: LaunchContext, user?: SignedInUser): SourceVariables {
  const { extra = {}, ...known } = context ?? {};
  const named = Object.entries({ ...extra, ...known, fhirUser: user?.fhirUser });
  return new Map(
    named.filter((entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1] !== ''),
  );
}

/**
 * Fills a `src` such as `Patient/{patient}`: of RFC 6570, the simple `{name}` (§3.2.2) and the reserved `{+name}`
 * (§3.2.3) expression of one variable.
 *
 * @throws {SmartError} `context/missing-variable` for one without a value: never an empty text in its place, which
 *   would ask for something else. `fhir/invalid-source` where the template is malformed, or a value could lead out of
 *   its path segment.
 */
export function expandSource(source: string, variables: SourceVariables): string {
  const expanded = source.replace(/\{(\+?)([\w.]+)\}/g, (_, plus: string, name: string) => {
    const value = variables.get(name);
    if (value === undefined) {
      const scope = name === 'fhirUser' ? 'openid fhirUser' : `launch/${name}`;
      throw variableError('missing-variable', { values: { value: name, scope } });
    }
    if (/\p{Surrogate}/u.test(value) || (!plus && /^\.{1,2}$/.test(value))) {
      throw invalidSource(source);
    }
    return plus ? encodeReserved(value) : encodeSimple(value);
  });
  if (source === '' || /[{}]/.test(source.replace(/\{\+?[\w.]+\}/g, ''))) {
    throw invalidSource(source);
  }
  return expanded;
}

export function invalidSource(source: string): SmartError {
  return fhirError('invalid-source', { values: { value: source } });
}

/** All but the unreserved characters (RFC 3986 §2.3): a value stays within its path segment. */
function encodeSimple(value: string): string {
  return encodeURIComponent(value).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** Reserved characters, and what is percent-encoded already, stay (RFC 6570 §3.2.3). */
function encodeReserved(value: string): string {
  return value.replace(/%[\da-f]{2}|[^\w\-.~:/?#[\]@!$&'()*+,;=]/giu, (sign) =>
    sign.length === 3 ? sign : encodeURIComponent(sign),
  );
}
