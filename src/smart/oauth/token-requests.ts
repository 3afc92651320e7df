import { Fault, inWords, worded } from '../../core/fault.js';
import * as oauth from 'oauth4webapi';

import type { PreparedAuthorization } from '../authorization.js';
import { parseJsonObject, type JsonObject } from '../json-object.js';
import { hostOf } from '../secure-url.js';
import { normalizeTokenAnswer, readLifetimes, type TokenResponse } from '../token-response.js';
import { checkAnswer } from './authorization-answer.js';
import { tokenRequestError } from './oauth-errors.js';
import { asClient, asServer, requestOptions, type OAuthParty } from './party.js';

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
  const answer = await worded(() => checkAnswer(login, parameters));
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
 * refuses without it (SMART-92).
 *
 * @param scope what was granted, for servers that insist on it (SMART-91); without, what was granted stays.
 * @throws {SmartError} `token/invalid-grant` ends the session; every other `token/…` does not.
 */
export async function renewTokens(
  party: OAuthParty,
  refreshToken: string,
  scope?: readonly string[],
): Promise<TokenResponse> {
  const server = asServer(party);
  const client = asClient(party);
  return requestTokens(party, [refreshToken], async (options) => {
    const response = await oauth.refreshTokenGrantRequest(server, client, oauth.None(), refreshToken, {
      ...options,
      ...(scope && { additionalParameters: { scope: scope.join(' ') } }),
    });
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

async function requestTokens(
  party: OAuthParty,
  secrets: readonly string[],
  request: (options: ReturnType<typeof requestOptions>) => Promise<oauth.TokenEndpointResponse>,
): Promise<TokenResponse> {
  const host = hostOf(party.configuration.tokenEndpoint);
  const values = { host };
  const url = party.configuration.tokenEndpoint;
  let idToken: string | undefined;
  let warnings: readonly Fault[] = [];
  const options = requestOptions(party, async (target, init) => {
    const answer = await party.fetch(target, init);
    const text = await answer.text().catch((thrown: unknown) => {
      // Engines differ in what they call an answer that breaks off.
      const isLate = thrown instanceof DOMException && thrown.name === 'TimeoutError';
      throw isLate ? thrown : new Fault('token/unreachable', { values, url });
    });
    const body = parseJsonObject(text);
    // Whatever it says of it: a server in trouble has decided nothing (SMART-96).
    if (answer.status >= 500) {
      throw new Fault('token/unavailable', { values, status: answer.status, url });
    }
    if (!body) {
      throw new Fault('token/invalid-response', { status: answer.status, url });
    }
    const normalized = normalizeTokenAnswer(answer.status, body);
    idToken = normalized.idToken;
    warnings = normalized.warnings;
    return normalized.response;
  });
  return worded(async () => {
    try {
      const { access_token, refresh_token, expires_in, scope, ...others } = await request(options);
      if (others['token_type'] !== 'bearer') {
        // The library knows DPoP too; a token that is bound to a key is worth nothing without it (SMART-45).
        throw new Fault('token/unsupported-type', { url });
      }
      const issued = [access_token, refresh_token ?? '', idToken ?? '', ...secrets].filter(
        // What is shorter is no secret, and may be part of any word.
        (secret) => secret.length > 7,
      );
      if (!/^[\x20-\x7e]+$/.test(access_token)) {
        // RFC 6749 appendix A.12. In a header it would be an error that repeats it.
        throw new Fault('token/invalid-response', { url });
      }
      return {
        accessToken: access_token,
        ...(refresh_token !== undefined && { refreshToken: refresh_token }),
        ...(expires_in !== undefined && { expiresIn: expires_in }),
        ...readLifetimes(others as JsonObject),
        ...(scope !== undefined && { scope }),
        ...(idToken !== undefined && { idToken }),
        members: withoutCredentials(others as JsonObject, issued),
        warnings: await inWords(warnings),
      };
    } catch (thrown) {
      throw tokenRequestError(thrown, secrets, values, url);
    }
  });
}

/**
 * What is left for the launch context, which every script of the page can read: nothing that repeats what was issued, and
 * nothing that calls itself a credential.
 */
function withoutCredentials(members: JsonObject, issued: readonly string[]): JsonObject {
  return Object.fromEntries(
    Object.entries(members).filter(([name, value]) => {
      const text = JSON.stringify(value);
      return (
        !/(?:token|secret|password|assertion)$/i.test(name) && !issued.some((secret) => text.includes(secret))
      );
    }),
  );
}
