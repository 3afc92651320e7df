import { createHash } from 'node:crypto';

const secrets = new Set(['code', 'state', 'nonce', 'code_challenge', 'launch', 'id_token_hint', 'token']);

/**
 * What can be told of a request without giving anything away.
 *
 * @typedef {object} SeenRequest
 * @property {string} method
 * @property {string} path
 * @property {Record<string, string>} query with `…` in place of every secret
 * @property {string} [leg] which part of the server was asked
 * @property {string} [tenant] whose
 * @property {string} [grantType] at the token endpoint
 * @property {string} [refreshToken] the fingerprint of the refresh token that a renewal was asked with
 * @property {boolean} [reuse] whether that refresh token had been rotated before
 * @property {boolean} [withinGrace] whether a reuse came early enough to be forgiven
 * @property {'before' | 'after' | 'during'} [brokenOff] the step at which a renewal was broken off by a switch
 * @property {number} at milliseconds since 1970, when it came
 * @property {number} [endedAt] milliseconds since 1970, when it was answered
 * @property {number} [status] of the answer; 0 where the connection ended before
 */

/**
 * @param {import('node:http').IncomingMessage} request
 * @param {URL} url
 * @param {{ leg?: string, tenant?: string }} about
 * @returns {SeenRequest}
 */
export function describeRequest(request, url, about) {
  return {
    method: request.method,
    path: url.pathname,
    query: describeQuery(url),
    ...about,
    at: Date.now(),
  };
}

/** @returns what is asked in an address, without secrets. */
export function describeQuery({ searchParams }) {
  return Object.fromEntries(
    [...searchParams].map(([name, value]) => [name, secrets.has(name) ? '…' : value]),
  );
}

/** Writes a request down when it has been answered, or when its connection has ended. */
export function logWhenAnswered(log, seen, response) {
  const write = (status) => log.push(Object.assign(seen, { status, endedAt: Date.now() }));
  response.on('finish', () => write(response.statusCode));
  response.on('close', () => response.writableFinished || write(0));
}

/** By what a token can be told from others, and not be used. */
export function fingerprintOf(token) {
  return createHash('sha256').update(token).digest('hex').slice(0, 12);
}
