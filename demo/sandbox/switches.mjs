/** The parts of the server that can be slow, down or broken, each for itself. */
export const legs = ['wellKnown', 'metadata', 'authorize', 'token', 'jwks', 'revoke', 'introspect', 'fhir'];

/**
 * How the server behaves. Everything can be changed while it runs.
 *
 * @typedef {object} Switches
 * @property {number} accessTokenLifetime seconds
 * @property {number} refreshTokenLifetime seconds since the refresh token was issued
 * @property {number} sessionLifetime seconds since the consent that `online_access` lasts for
 * @property {boolean} wellKnown whether `/.well-known/smart-configuration` is there
 * @property {boolean} metadata whether `/metadata` is there
 * @property {boolean} oauthUris whether `/metadata` names the endpoints
 * @property {boolean} refreshTokens whether refresh tokens are issued where they are asked for
 * @property {boolean} refuseRefresh whether every refresh is answered with `invalid_grant`
 * @property {number | Record<string, number>} delay milliseconds, for all legs or by leg
 * @property {Record<string, boolean | 'drop'>} down legs that answer 503, or that drop the connection
 * @property {Record<string, boolean>} html legs that answer with a web page
 * @property {{ wellKnown?: Rewrite, metadata?: Rewrite, token?: Rewrite }} rewrite changes an answer before it is sent,
 *   to play a server that does not keep to the rules
 */

/** @typedef {(body: Record<string, any>) => Record<string, any>} Rewrite */

/** @type {Switches} */
export const defaultSwitches = {
  accessTokenLifetime: 3600,
  refreshTokenLifetime: 30 * 24 * 3600,
  sessionLifetime: 12 * 3600,
  wellKnown: true,
  metadata: true,
  oauthUris: true,
  refreshTokens: true,
  refuseRefresh: false,
  delay: 0,
  down: {},
  html: {},
  rewrite: {},
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
  const legByPath = {
    '/auth': 'authorize',
    '/token': 'token',
    '/jwks': 'jwks',
    '/token/revocation': 'revoke',
    '/token/introspection': 'introspect',
  };
  return legByPath[path];
}

/** @returns milliseconds to wait before a leg answers. */
export function delayOf({ delay }, leg) {
  return typeof delay === 'number' ? delay : (delay[leg] ?? 0);
}

/** Changes an answer as its switch says. */
export function rewritten(switches, leg, body) {
  return switches.rewrite[leg]?.(body) ?? body;
}
