/**
 * The one module that knows oauth4webapi: PKCE, checking the answer to a sign-in, the token requests, revocation and
 * the checks of an id_token. Everything it throws leaves here as a SmartError without a cause, because the library's
 * errors hold responses, and those hold tokens.
 */
import * as oauth from 'oauth4webapi';

import type { ErrorCode } from '../core/error-catalogue.js';
import { SmartError, type OAuthErrorText } from '../core/smart-error.js';
import type { AuthorizationRequest, PreparedAuthorization } from './authorization.js';
import type { JsonObject } from './launch-context.js';
import { hostOf } from './secure-url.js';
import type { ServerConfiguration } from './server-configuration.js';
import { jsonResponse, normalizeTokenAnswer, type TokenResponse } from './token-response.js';

/** How long a token or revocation request may take. */
const requestTimeoutMs = 30_000;

/** What every request here needs to know. */
export interface OAuthParty {
  readonly configuration: ServerConfiguration;
  readonly clientId: string;
  readonly fhirBase: string;
  readonly fetch: typeof fetch;
}

/** Random values of a sign-in, and the request that carries them. */
export async function prepareAuthorization(request: AuthorizationRequest): Promise<PreparedAuthorization> {
  const state = `se.${oauth.generateRandomState()}`;
  const codeVerifier = oauth.generateRandomCodeVerifier();
  const asksForIdentity = request.scope.split(' ').includes('openid');
  const nonce = asksForIdentity ? oauth.generateRandomNonce() : undefined;
  // SMART-31: a query that the endpoint already has stays.
  const url = new URL(request.configuration.authorizationEndpoint);
  const parameters = {
    response_type: 'code',
    client_id: request.clientId,
    redirect_uri: request.redirectUri,
    scope: request.scope,
    state,
    aud: request.fhirBase,
    // SMART-27: always, whatever the server says about it.
    code_challenge: await oauth.calculatePKCECodeChallenge(codeVerifier),
    code_challenge_method: 'S256',
    ...(nonce !== undefined && { nonce }),
  };
  for (const [name, value] of Object.entries(parameters)) {
    url.searchParams.set(name, value);
  }
  return { ...request, state, codeVerifier, ...(nonce !== undefined && { nonce }), url: url.href };
}

/**
 * Checks the answer to a sign-in, and exchanges its code.
 *
 * @throws {SmartError} `authorize/…` where the server said no, `callback/…` where the answer is not a proper one,
 *   `token/…` where the code could not be exchanged.
 */
export async function exchangeCode(
  login: PreparedAuthorization,
  parameters: URLSearchParams,
  fetch: typeof globalThis.fetch,
): Promise<TokenResponse> {
  const party = { ...login, fetch };
  const server = asServer(party);
  const client = asClient(party);
  const answer = checkAnswer(login, parameters, server, client);
  return requestTokens(party, [login.codeVerifier, answer.get('code') ?? ''], async (options) => {
    const response = await oauth.authorizationCodeGrantRequest(
      server,
      client,
      oauth.None(),
      answer,
      login.redirectUri,
      login.codeVerifier,
      options,
    );
    return oauth.processAuthorizationCodeResponse(server, client, response);
  });
}

/**
 * Renews with a refresh token. The client id goes along: RFC 6749 §3.2.1 wants it of public clients, and Keycloak
 * refuses without it (SMART-92). The scope does not: what was granted stays.
 *
 * @throws {SmartError} `token/invalid-grant` ends the session; every other `token/…` does not.
 */
export async function renewTokens(party: OAuthParty, refreshToken: string): Promise<TokenResponse> {
  const server = asServer(party);
  const client = asClient(party);
  return requestTokens(party, [refreshToken], async (options) => {
    const response = await oauth.refreshTokenGrantRequest(server, client, oauth.None(), refreshToken, options);
    return oauth.processRefreshTokenResponse(server, client, response);
  });
}

/** Asks the server to forget a token (RFC 7009). Quiet: nobody can do anything about a failure. */
export async function revokeToken(party: OAuthParty, token: string): Promise<void> {
  if (party.configuration.revocationEndpoint === undefined) {
    return;
  }
  const options = requestOptions(party, (url, init) => party.fetch(url, { ...init, keepalive: true }));
  await oauth
    .revocationRequest(asServer(party), asClient(party), oauth.None(), token, options)
    .catch(() => undefined);
}

/** What {@link checkIdToken} needs beside the token. */
export interface IdTokenCheck {
  readonly party: OAuthParty;
  readonly nonce: string | undefined;
  /** The server's keys, asked for beside the code exchange. */
  readonly keys: Promise<Response> | undefined;
  readonly now: number;
}

/** The claims of an id_token, and whether its signature was checked too. */
export interface CheckedIdToken {
  readonly claims: oauth.IDToken;
  readonly signature: 'verified' | 'unverified';
  readonly warnings: readonly SmartError[];
}

const acceptedAlgorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512'];

/**
 * Checks an id_token as OpenID Connect Core §3.1.3.7 says: issuer, audience, times, nonce, signature.
 *
 * @throws {SmartError} `id-token/…`
 */
export async function checkIdToken(idToken: string, check: IdTokenCheck): Promise<CheckedIdToken> {
  const { party, nonce, now } = check;
  const warnings: SmartError[] = [];
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
  if (nonce !== undefined && !expectsNonce) {
    warnings.push(new SmartError('id-token/nonce-missing'));
  }
  const carrier = jsonResponse(200, { access_token: 'none', token_type: 'bearer', id_token: idToken });
  try {
    const result = await oauth.processAuthorizationCodeResponse(
      server,
      client,
      carrier,
      expectsNonce ? { expectedNonce: nonce } : { requireIdToken: true },
    );
    const claims = oauth.getValidatedIdTokenClaims(result);
    if (!claims) {
      throw new SmartError('id-token/malformed');
    }
    const keys = await readKeys(check.keys);
    if (!keys) {
      warnings.push(new SmartError('id-token/keys-unavailable'));
      return { claims, signature: 'unverified', warnings };
    }
    await oauth.validateApplicationLevelSignature({ ...server, jwks_uri: server.jwks_uri ?? server.issuer }, carrier, {
      [oauth.customFetch]: () => Promise.resolve(jsonResponse(200, keys)),
      [oauth.allowInsecureRequests]: true,
    });
    return { claims, signature: 'verified', warnings };
  } catch (thrown) {
    throw SmartError.is(thrown) ? thrown : new SmartError(idTokenFault(thrown));
  }
}

/** Asks for the server's keys. The caller does so before the code exchange, and hands the promise to the check. */
export function requestKeys(party: OAuthParty): Promise<Response> | undefined {
  const { jwksUri } = party.configuration;
  if (jwksUri === undefined) {
    return undefined;
  }
  const answer = party.fetch(jwksUri, {
    headers: { accept: 'application/json' },
    credentials: 'omit',
    redirect: 'error',
    signal: AbortSignal.timeout(requestTimeoutMs),
  });
  // It is awaited later, or, where the code exchange fails, never.
  answer.catch(() => undefined);
  return answer;
}

/** `sub` of an id_token, unchecked; for the comparison of OpenID Connect Core §12.2 only. */
export function peekSubject(idToken: string): string | undefined {
  const { sub } = peekClaims(idToken);
  return typeof sub === 'string' ? sub : undefined;
}

function checkAnswer(
  login: PreparedAuthorization,
  parameters: URLSearchParams,
  server: oauth.AuthorizationServer,
  client: oauth.Client,
): URLSearchParams {
  // Without an issuer of its own (SMART wants one with OpenID Connect only) there is nothing to compare `iss` with.
  const compared = new URLSearchParams(parameters);
  if (login.configuration.issuer === undefined) {
    compared.delete('iss');
  }
  const codes = parameters.getAll('code').length;
  const errors = parameters.getAll('error').length;
  if (codes + errors !== 1) {
    throw new SmartError('callback/malformed');
  }
  try {
    return oauth.validateAuthResponse(server, client, compared, login.state);
  } catch (thrown) {
    if (thrown instanceof oauth.AuthorizationResponseError) {
      throw authorizationError(parameters);
    }
    // What is left for the library to refuse is `state`, which was matched before, and `iss`.
    throw new SmartError('callback/issuer-mismatch');
  }
}

const authorizationErrors: Readonly<Record<string, ErrorCode>> = {
  access_denied: 'authorize/denied',
  invalid_scope: 'authorize/invalid-scope',
  unauthorized_client: 'authorize/invalid-client',
  invalid_client: 'authorize/invalid-client',
  invalid_request: 'authorize/invalid-request',
  invalid_target: 'authorize/invalid-request',
  server_error: 'authorize/server-error',
  temporarily_unavailable: 'authorize/server-error',
};

function authorizationError(parameters: URLSearchParams): SmartError {
  const error = parameters.get('error') ?? '';
  return new SmartError(authorizationErrors[error] ?? 'authorize/refused', {
    oauth: errorText(error, parameters.get('error_description'), parameters.get('error_uri')),
  });
}

async function requestTokens(
  party: OAuthParty,
  secrets: readonly string[],
  request: (options: ReturnType<typeof requestOptions>) => Promise<oauth.TokenEndpointResponse>,
): Promise<TokenResponse> {
  const host = hostOf(party.configuration.tokenEndpoint);
  const values = { host };
  const url = party.configuration.tokenEndpoint;
  let idToken: string | undefined;
  let warnings: readonly SmartError[] = [];
  const options = requestOptions(party, async (target, init) => {
    const answer = await party.fetch(target, init);
    const text = await answer.text();
    const body = parseBody(text);
    if (!body && answer.status >= 500) {
      throw new SmartError('token/unavailable', { values, status: answer.status, url });
    }
    if (!body) {
      throw new SmartError('token/invalid-response', { status: answer.status, url });
    }
    const normalized = normalizeTokenAnswer(answer.status, body);
    idToken = normalized.idToken;
    warnings = normalized.warnings;
    return normalized.response;
  });
  try {
    const { access_token, refresh_token, expires_in, scope, ...others } = await request(options);
    return {
      accessToken: access_token,
      ...(refresh_token !== undefined && { refreshToken: refresh_token }),
      ...(expires_in !== undefined && { expiresIn: expires_in }),
      ...(scope !== undefined && { scope }),
      ...(idToken !== undefined && { idToken }),
      members: others as JsonObject,
      warnings,
    };
  } catch (thrown) {
    throw tokenError(thrown, secrets, values, url);
  }
}

function tokenError(
  thrown: unknown,
  secrets: readonly string[],
  values: Readonly<Record<string, string>>,
  url: string,
): SmartError {
  if (SmartError.is(thrown)) {
    return thrown;
  }
  if (thrown instanceof oauth.ResponseBodyError) {
    const { error, status } = thrown;
    const said = thrown.cause as Readonly<Record<string, unknown>>;
    const code: ErrorCode =
      error === 'invalid_grant'
        ? 'token/invalid-grant'
        : error === 'invalid_client' || error === 'unauthorized_client'
          ? 'token/invalid-client'
          : 'token/refused';
    return new SmartError(code, {
      status,
      url,
      oauth: errorText(error, said['error_description'], said['error_uri'], secrets),
    });
  }
  if (thrown instanceof oauth.UnsupportedOperationError) {
    return new SmartError('token/unsupported-type', { values: { value: 'another one' }, url });
  }
  if (thrown instanceof DOMException && thrown.name === 'TimeoutError') {
    return new SmartError('token/timed-out', { values, url });
  }
  // The library's own errors carry a code; a bare TypeError is what fetch() rejects with.
  const isNetwork = thrown instanceof TypeError && !('code' in thrown);
  return new SmartError(isNetwork ? 'token/unreachable' : 'token/invalid-response', { values, url });
}

/** What a server said, as short plain text. Words that repeat a secret are not repeated. */
function errorText(
  error: string,
  description: unknown,
  uri: unknown,
  secrets: readonly string[] = [],
): OAuthErrorText {
  const clean = (value: unknown): string | undefined => {
    const text = typeof value === 'string' ? value.replace(/\p{Cc}+/gu, ' ').slice(0, 500) : '';
    return text === '' || secrets.some((secret) => secret !== '' && text.includes(secret)) ? undefined : text;
  };
  const cleanDescription = clean(description);
  const cleanUri = clean(uri);
  return {
    error: clean(error) ?? 'unknown',
    ...(cleanDescription !== undefined && { description: cleanDescription }),
    ...(cleanUri !== undefined && { uri: cleanUri }),
  };
}

function requestOptions(
  { configuration }: OAuthParty,
  send: (url: string, init: RequestInit) => Promise<Response>,
): {
  [oauth.customFetch]: (url: string, init: oauth.CustomFetchOptions<'POST', URLSearchParams>) => Promise<Response>;
  [oauth.allowInsecureRequests]: boolean;
} {
  return {
    [oauth.customFetch]: (url, { body, headers }) =>
      send(url, {
        method: 'POST',
        body,
        headers,
        redirect: 'error',
        credentials: 'omit',
        cache: 'no-store',
        signal: AbortSignal.timeout(requestTimeoutMs),
      }),
    // Discovery has let plain http pass for this machine only.
    [oauth.allowInsecureRequests]: configuration.tokenEndpoint.startsWith('http:'),
  };
}

function asServer({ configuration, fhirBase }: Pick<OAuthParty, 'configuration' | 'fhirBase'>): oauth.AuthorizationServer {
  return {
    issuer: configuration.issuer ?? fhirBase,
    authorization_endpoint: configuration.authorizationEndpoint,
    token_endpoint: configuration.tokenEndpoint,
    ...(configuration.jwksUri !== undefined && { jwks_uri: configuration.jwksUri }),
    ...(configuration.revocationEndpoint !== undefined && { revocation_endpoint: configuration.revocationEndpoint }),
    authorization_response_iss_parameter_supported:
      configuration.issParameterSupported && configuration.issuer !== undefined,
  };
}

function asClient({ clientId }: Pick<OAuthParty, 'clientId'>): oauth.Client {
  return { client_id: clientId };
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
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
  const cause = thrown instanceof Error ? thrown.cause : undefined;
  const claim = typeof cause === 'object' && cause !== null && 'claim' in cause ? cause.claim : undefined;
  if (code === oauth.JWT_TIMESTAMP_CHECK) {
    return 'id-token/expired';
  }
  switch (claim) {
    case 'iss':
      return 'id-token/issuer-mismatch';
    case 'aud':
    case 'azp':
      return 'id-token/audience-mismatch';
    case 'nonce':
      return 'id-token/nonce-mismatch';
  }
  const aboutSignature = thrown instanceof Error && /signature|algorithm|"alg"|key/i.test(thrown.message);
  return aboutSignature || code === oauth.KEY_SELECTION ? 'id-token/bad-signature' : 'id-token/malformed';
}

async function readKeys(keys: Promise<Response> | undefined): Promise<JsonObject | undefined> {
  try {
    const response = await keys;
    const body = response?.ok ? parseBody(await response.text()) : undefined;
    return body && Array.isArray(body['keys']) ? body : undefined;
  } catch {
    return undefined;
  }
}

function peekClaims(jwt: string): JsonObject {
  const payload = jwt.split('.')[1]?.replaceAll('-', '+').replaceAll('_', '/') ?? '';
  try {
    const bytes = Uint8Array.from(atob(payload), (character) => character.charCodeAt(0));
    return parseBody(new TextDecoder().decode(bytes)) ?? {};
  } catch {
    return {};
  }
}

function parseBody(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;
  } catch {
    return undefined;
  }
}
