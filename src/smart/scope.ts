/** A scope for resources, such as `patient/Observation.rs?category=laboratory`, in its parts. */
interface ResourceScope {
  readonly level: string;
  readonly type: string;
  /** A subset of `cruds`. */
  readonly permissions: ReadonlySet<string>;
  /** What narrows it down, without the question mark; empty where nothing does. */
  readonly query: string;
}

/** SMART-64: what the three permissions of version 1 mean in those of version 2. */
const versionOne: Readonly<Record<string, string>> = { read: 'rs', write: 'cud', '*': 'cruds' };

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
  const literal = new Set(granted);
  const resources = granted.map(parseResourceScope).filter((scope) => scope !== undefined);
  return asked.filter((scope) => {
    const wanted = parseResourceScope(scope);
    return wanted ? !isCovered(wanted, resources) : !literal.has(scope);
  });
}

function isCovered(wanted: ResourceScope, granted: readonly ResourceScope[]): boolean {
  const fitting = granted.filter(
    ({ level, type, query }) =>
      level === wanted.level &&
      (type === wanted.type || type === '*') &&
      (query === '' || query === wanted.query),
  );
  return [...wanted.permissions].every((letter) =>
    fitting.some(({ permissions }) => permissions.has(letter)),
  );
}

function parseResourceScope(scope: string): ResourceScope | undefined {
  const parts = /^(patient|user|system)\/([A-Za-z]+|\*)\.(read|write|\*|[cruds]+)(?:\?(.*))?$/.exec(scope);
  if (!parts) {
    return undefined;
  }
  const [, level = '', type = '', permissions = '', query = ''] = parts;
  return { level, type, permissions: new Set(versionOne[permissions] ?? permissions), query };
}
