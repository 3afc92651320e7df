import { Fault } from '../../core/fault.js';
import * as oauth from 'oauth4webapi';

import type { ErrorCode } from '../../core/error-code.js';
import { isJsonObject, parseJsonObject, type JsonObject } from '../json-object.js';
import { jsonResponse } from '../token-response.js';
import { asClient, asServer, requestTimeoutMs, type OAuthParty } from './party.js';

/** What {@link checkIdToken} needs beside the token. */
export interface IdTokenCheck {
  readonly party: OAuthParty;
  readonly nonce: string | undefined;
  /** The nonce was forgotten with the sign-in (SMART-28): one that a renewal repeats is not compared. */
  readonly isRenewed?: boolean;
  /** The server's keys, asked for beside the code exchange. */
  readonly keys: Promise<Response> | undefined;
  readonly now: number;
}

/** The claims of an id_token, and whether its signature was checked too. */
export interface CheckedIdToken {
  readonly claims: oauth.IDToken;
  readonly signature: 'verified' | 'unverified';
  readonly warnings: readonly Fault[];
}

const acceptedAlgorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512'];

/**
 * Checks an id_token as OpenID Connect Core §3.1.3.7 says: issuer, audience, times, nonce, signature.
 *
 * @throws {Fault} `id-token/…`
 */
export async function checkIdToken(idToken: string, check: IdTokenCheck): Promise<CheckedIdToken> {
  const { party, nonce, now } = check;
  const warnings: Fault[] = [];
  const peeked = peekClaims(idToken);
  const server: oauth.AuthorizationServer = {
    ...asServer(party),
    issuer: expectedIssuer(party.configuration.issuer, peeked['iss']),
    // SMART-85: RS256 is what SMART names; real servers sign with others. `none` and HS* are never accepted.
    id_token_signing_alg_values_supported: acceptedAlgorithms,
  };
  const client: oauth.Client = { ...asClient(party), [oauth.clockTolerance]: 300 };
  client[oauth.clockSkew] = Math.round((now - Date.now()) / 1000);
  // SMART-87: SMART is silent about the nonce, and some servers do not repeat it. A different one is fatal.
  const expectsNonce = nonce !== undefined && peeked['nonce'] !== undefined;
  const repeated = check.isRenewed && typeof peeked['nonce'] === 'string' ? peeked['nonce'] : undefined;
  if (nonce !== undefined && !expectsNonce) {
    warnings.push(new Fault('id-token/nonce-missing'));
  }
  const carrier = jsonResponse(200, { access_token: 'none', token_type: 'bearer', id_token: idToken });
  const claims = await readClaims(server, client, carrier, expectsNonce ? nonce : repeated);
  let keys = await readKeys(check.keys);
  if (keys && !hasKey(keys, idToken)) {
    // SMART-85: the server may have changed its keys since the browser, or a cache on the way, read them.
    keys = (await readKeys(requestKeys(party, 'reload'))) ?? keys;
  }
  if (!keys) {
    warnings.push(new Fault('id-token/keys-unavailable'));
    return { claims, signature: 'unverified', warnings };
  }
  try {
    // The library would fetch the keys; they are here already.
    await oauth.validateApplicationLevelSignature({ ...server, jwks_uri: server.issuer }, carrier, {
      [oauth.customFetch]: () => Promise.resolve(jsonResponse(200, keys)),
      [oauth.allowInsecureRequests]: true,
    });
  } catch {
    throw new Fault('id-token/bad-signature');
  }
  return { claims, signature: 'verified', warnings };
}

async function readClaims(
  server: oauth.AuthorizationServer,
  client: oauth.Client,
  carrier: Response,
  expectedNonce: string | undefined,
): Promise<oauth.IDToken> {
  try {
    const options = expectedNonce === undefined ? { requireIdToken: true } : { expectedNonce };
    const result = await oauth.processAuthorizationCodeResponse(server, client, carrier, options);
    const claims = oauth.getValidatedIdTokenClaims(result);
    if (claims) {
      return claims;
    }
  } catch (thrown) {
    throw new Fault(idTokenFault(thrown));
  }
  throw new Fault('id-token/malformed');
}

/** Asks for the server's keys. The caller does so before the code exchange, and hands the promise to the check. */
export function requestKeys(
  party: OAuthParty,
  cache: RequestCache = 'default',
): Promise<Response> | undefined {
  const { jwksUri, issuer } = party.configuration;
  if (jwksUri === undefined && issuer === undefined) {
    return undefined;
  }
  const read = (url: string): Promise<Response> =>
    party.fetch(url, {
      headers: { accept: 'application/json' },
      credentials: 'omit',
      redirect: 'error',
      cache,
      signal: AbortSignal.timeout(requestTimeoutMs),
    });
  const answer =
    jwksUri === undefined
      ? import('./provider-keys.js').then(({ findKeys }) => findKeys(issuer ?? '', read))
      : read(jwksUri);
  // It is awaited later, or, where the code exchange fails, never.
  answer.catch(() => undefined);
  return answer;
}

/** `sub` of an id_token, unchecked; for the comparison of OpenID Connect Core §12.2 only. */
export function peekSubject(idToken: string): string | undefined {
  const { sub } = peekClaims(idToken);
  return typeof sub === 'string' ? sub : undefined;
}

/** The configured issuer; in the token's spelling where they differ by a slash at the end only (SMART-84). */
function expectedIssuer(configured: string | undefined, claimed: unknown): string {
  if (typeof claimed !== 'string') {
    return configured ?? 'unknown';
  }
  const bare = (text: string): string => text.replace(/\/$/, '');
  return configured === undefined || bare(configured) === bare(claimed) ? claimed : configured;
}

function idTokenFault(thrown: unknown): ErrorCode {
  const { code, cause } = thrown instanceof Error ? (thrown as Error & { code?: string }) : {};
  if (code === oauth.JWT_TIMESTAMP_CHECK) {
    return 'id-token/expired';
  }
  const about: { claim?: unknown; reason?: unknown } =
    typeof cause === 'object' && cause !== null ? cause : {};
  switch (about.claim) {
    case 'iss':
      return 'id-token/issuer-mismatch';
    case 'aud':
    case 'azp':
      return 'id-token/audience-mismatch';
    case 'nonce':
      return 'id-token/nonce-mismatch';
  }
  // A reason is given where the algorithm is not one of the accepted.
  return about.reason === undefined ? 'id-token/malformed' : 'id-token/bad-signature';
}

async function readKeys(keys: Promise<Response> | undefined): Promise<JsonObject | undefined> {
  try {
    const response = await keys;
    const body = response?.ok ? parseJsonObject(await response.text()) : undefined;
    return body && Array.isArray(body['keys']) ? body : undefined;
  } catch {
    return undefined;
  }
}

/** Whether the key that a token names is among some keys; true where it names none. */
function hasKey(keys: JsonObject, jwt: string): boolean {
  const { kid } = peekPart(jwt, 0);
  const list = Array.isArray(keys['keys']) ? keys['keys'] : [];
  return kid === undefined || list.some((key: unknown) => isJsonObject(key) && key['kid'] === kid);
}

function peekClaims(jwt: string): JsonObject {
  return peekPart(jwt, 1);
}

function peekPart(jwt: string, index: number): JsonObject {
  const payload = jwt.split('.')[index]?.replaceAll('-', '+').replaceAll('_', '/') ?? '';
  try {
    const bytes = Uint8Array.from(atob(payload), (character) => character.charCodeAt(0));
    return parseJsonObject(new TextDecoder().decode(bytes)) ?? {};
  } catch {
    return {};
  }
}
