/** A scope for resources, such as `patient/Observation.rs?category=laboratory`, in its parts. */
export interface ResourceScope {
  readonly level: 'patient' | 'user' | 'system';
  /** A FHIR type, or `*`. */
  readonly type: string;
  /** A subset of `cruds`. */
  readonly permissions: ReadonlySet<string>;
  /** What narrows it down: search parameters in the form `name=value`, sorted. Empty where nothing does. */
  readonly filters: readonly string[];
}

/** SMART-64: what the three permissions of version 1 mean in those of version 2. */
const versionOne: Readonly<Record<string, string>> = { read: 'rs', write: 'cud', '*': 'cruds' };
/** SMART-73: how a server writes a scope that has to be a URI, one of SMART or one of OpenID Connect. */
const uriForm =
  /^(?:http:\/\/smarthealthit\.org\/fhir\/scopes\/|http:\/\/openid\.net\/specs\/openid-connect-core-1_0#)/;

/** Splits a scope value of RFC 6749 §3.3 into its scopes. */
export function splitScope(scope: string): readonly string[] {
  return [...new Set(scope.split(/\s+/).filter(Boolean))];
}

/**
 * Which of the scopes that were asked for were not granted, by what they permit and not by how they are written:
 * servers answer `.rs` to `.read`, and `.r` beside `.s` to `.rs` (SMART-66).
 *
 * @returns scopes as they were asked for.
 */
export function missingScopes(asked: readonly string[], granted: readonly string[]): readonly string[] {
  const literal = granted.map(plain);
  const resources = granted.map(parseResourceScope).filter((scope) => scope !== undefined);
  return asked.filter((scope) => {
    const wanted = parseResourceScope(scope);
    return wanted ? !isCovered(wanted, resources) : !literal.includes(plain(scope));
  });
}

/** @returns undefined for a scope that is not for resources. */
export function parseResourceScope(scope: string): ResourceScope | undefined {
  const parts = /^(patient|user|system)\/([A-Za-z]+|\*)\.(read|write|\*|[cruds]+)(?:\?(.*))?$/.exec(
    plain(scope),
  );
  if (!parts) {
    return undefined;
  }
  const [, level, type = '', permissions = '', query = ''] = parts;
  return {
    level: level as ResourceScope['level'],
    type,
    permissions: new Set(versionOne[permissions] ?? permissions),
    filters: query.split('&').filter(Boolean).map(decoded).sort(),
  };
}

/** Servers echo a filter percent-encoded that was asked for without. */
function decoded(filter: string): string {
  try {
    return decodeURIComponent(filter);
  } catch {
    return filter;
  }
}

/** A scope is covered where each letter of it is granted for at least what it asks for. */
function isCovered(wanted: ResourceScope, granted: readonly ResourceScope[]): boolean {
  const fitting = granted.filter(
    ({ level, type, filters }) =>
      level === wanted.level &&
      (type === wanted.type || type === '*') &&
      // Each filter narrows: what was granted may have none that was not asked for.
      filters.every((filter) => wanted.filters.includes(filter)),
  );
  return [...wanted.permissions].every((letter) =>
    fitting.some(({ permissions }) => permissions.has(letter)),
  );
}

/** As it is written where nothing forces it to be a URI; context scopes in lower case (SMART-69). */
function plain(scope: string): string {
  const short = scope.replace(uriForm, '');
  return short.startsWith('launch/') ? short.toLowerCase() : short;
}
