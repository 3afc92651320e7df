/** The parts of the server that can be slow, down or broken, each for itself. */
export const legs = [
  'wellKnown',
  'metadata',
  'authorize',
  'screens',
  'token',
  'jwks',
  'revoke',
  'introspect',
  'endSession',
  'fhir',
];

/**
 * How the server behaves. Everything can be changed while it runs.
 *
 * @typedef {object} Switches
 * @property {number} accessTokenLifetime seconds
 * @property {number} refreshTokenLifetime seconds since the refresh token was issued
 * @property {number} sessionLifetime seconds since the consent that `online_access` lasts for
 * @property {boolean} wellKnown whether `/.well-known/smart-configuration` is there
 * @property {boolean} wellKnownAtRoot whether it is at the root of the server, and not below the FHIR base
 * @property {boolean} metadata whether `/metadata` is there
 * @property {boolean} oauthUris whether `/metadata` names the endpoints
 * @property {boolean} xmlMetadata whether `/metadata` is XML unless `_format=json` asks for JSON
 * @property {boolean} refreshTokens whether refresh tokens are issued where they are asked for
 * @property {boolean} refuseRefresh whether every refresh is answered with `invalid_grant`
 * @property {(parameters: Record<string, string>) => { status: number, body: object | string } | undefined} refuseToken
 *   which requests for a token are refused, and how
 * @property {'before' | 'after' | 'during'} [breakRenewal] where the connection of every renewal ends: before its request
 *   is looked at, after the refresh token was rotated and before anything is answered, or in the middle of the answer
 * @property {boolean} rotate whether a renewal ends the refresh token that it was asked with
 * @property {number} rotationGrace seconds after its first use in which a rotated refresh token is accepted again
 * @property {boolean} saysRefreshLifetime whether an answer with a refresh token says how long that lasts
 * @property {boolean} endSession whether apps can have people signed out at the server
 * @property {boolean} open whether records are read without a token
 * @property {boolean} strictAud whether a slash at the end of `aud` matters
 * @property {boolean} audWithoutPath whether `aud` has to be the server alone, without the path of a FHIR base
 * @property {boolean} rawLaunch whether a launch has a `+` in it that the address does not encode
 * @property {(scope: string) => boolean} refuseScope which scopes are answered with `invalid_scope`
 * @property {number | Record<string, number>} delay milliseconds, for all legs or by leg
 * @property {Record<string, boolean | number | 'drop'>} down legs that answer 503, or another status, or that drop the
 *   connection
 * @property {Record<string, boolean>} html legs that answer with a web page
 * @property {Record<string, boolean | number[]>} noCors legs that no other site may read; or only not with some statuses
 * @property {Record<string, string>} contentType legs that answer with a media type of their own
 * @property {Record<string, Record<string, string | undefined>>} headers legs with headers of their own; undefined leaves
 *   one out
 * @property {Rewrites} rewrite changes an answer before it is sent, to play a server that does not keep to the rules
 */

/**
 * Each takes what would be sent, and gives back what is sent in its stead. `about` has `base`, where the server is; for
 * tokens and records also `fhirBase`, at the token endpoint `grantType`, and `parameters` where it refuses; for keys what
 * else there is (`keys`), and how many answers there were before (`earlier`).
 *
 * @typedef {object} Rewrites
 * @property {Rewrite} [wellKnown]
 * @property {Rewrite} [metadata]
 * @property {Rewrite} [token] a token answer
 * @property {Rewrite} [refusal] `{ status, body }` of an error at the token endpoint
 * @property {Rewrite} [idToken] `{ header, claims, signature }`; `signature` is `good`, `bad` or `none`. It is signed by the
 *   `alg` of the header
 * @property {Rewrite} [jwks] the keys
 * @property {Rewrite} [callback] the parameters that an app is called back with
 * @property {Rewrite} [grant] the scopes that a person allowed
 * @property {Rewrite} [searchset]
 */

/**
 * @typedef {(body: unknown, about: { base: string, grantType?: string, fhirBase?: string, earlier?: number,
 *   parameters?: Record<string, string>, keys?: { ecPublicJwk: object } }) => unknown} Rewrite
 */

/** @type {Switches} */
export const defaultSwitches = {
  accessTokenLifetime: 3600,
  refreshTokenLifetime: 30 * 24 * 3600,
  sessionLifetime: 12 * 3600,
  wellKnown: true,
  wellKnownAtRoot: false,
  metadata: true,
  oauthUris: true,
  xmlMetadata: false,
  refreshTokens: true,
  refuseRefresh: false,
  refuseToken: () => undefined,
  breakRenewal: undefined,
  rotate: true,
  rotationGrace: 0,
  saysRefreshLifetime: false,
  endSession: true,
  open: false,
  strictAud: false,
  audWithoutPath: false,
  rawLaunch: false,
  refuseScope: () => false,
  delay: 0,
  down: {},
  html: {},
  noCors: {},
  contentType: {},
  headers: {},
  rewrite: {},
};

/**
 * Switches that hold together: the later ones win, what is said by leg is added up, and answers are rewritten by one
 * after the other.
 *
 * @param {...Partial<Switches>} sets
 * @returns {Partial<Switches>}
 */
export function combine(...sets) {
  const [first = {}, ...others] = sets;
  return others.reduce(join, first);
}

function join(one, other) {
  const result = { ...one };
  for (const [name, value] of Object.entries(other)) {
    result[name] = isTable(one[name]) && isTable(value) ? joinTables(one[name], value) : value;
  }
  return result;
}

function joinTables(one, other) {
  const result = { ...one };
  for (const [name, value] of Object.entries(other)) {
    const before = one[name];
    result[name] = typeof before === 'function' ? (body, about) => value(before(body, about), about) : value;
  }
  return result;
}

function isTable(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const legByPath = {
  '/.well-known/smart-configuration': 'wellKnown',
  '/token': 'token',
  '/jwks': 'jwks',
  '/token/revocation': 'revoke',
  '/token/introspection': 'introspect',
};

/**
 * Which part of the server a path belongs to.
 *
 * @param {string} path
 */
export function legOf(path) {
  if (path.startsWith('/fhir/')) {
    if (path.endsWith('/.well-known/smart-configuration')) {
      return 'wellKnown';
    }
    return path.endsWith('/metadata') ? 'metadata' : 'fhir';
  }
  if (path.startsWith('/interaction/')) {
    return 'screens';
  }
  if (path === '/session/end' || path.startsWith('/session/end/')) {
    return 'endSession';
  }
  return path === '/auth' ? 'authorize' : legByPath[path];
}

/** @returns milliseconds to wait before a leg answers. */
export function delayOf({ delay }, leg) {
  return typeof delay === 'number' ? delay : (delay[leg] ?? 0);
}

/** Changes an answer as its switch says. */
export function rewritten(switches, leg, body, about) {
  return switches.rewrite[leg]?.(body, about) ?? body;
}
