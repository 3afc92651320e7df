import * as oauth from 'oauth4webapi';

/**
 * @typedef {object} Tokens
 * @property {string} accessToken
 * @property {number} [expiresAt] ms since the epoch; undefined where the server does not say
 * @property {string} [refreshToken]
 */

/**
 * A sign-in that has begun. It waits on the server for the answer.
 *
 * @typedef {object} Pending
 * @property {string} state
 * @property {string} nonce
 * @property {string} codeVerifier
 */

/** Members of a token response that say what the sign-in is about. A list of what may pass, so that no token ever does. */
const launchMembers = ['patient', 'encounter', 'fhirContext', 'need_patient_banner', 'intent', 'tenant'];

/** What a page may know of the server: where a person sees which apps may read what, for example. */
const shownMembers = [
  'authorization_endpoint',
  'token_endpoint',
  'management_endpoint',
  'capabilities',
  'code_challenge_methods_supported',
];

const pick = (object, names) =>
  Object.fromEntries(names.filter((name) => object[name] !== undefined).map((name) => [name, object[name]]));

/** How long before its end a token is renewed. */
const aheadMs = 30_000;

/** The authorization server has decided that the session is over. A fault of the network is something else. */
export class GrantEndedError extends Error {}

/**
 * The client of the authorization server: SMART App Launch, the authorization code flow with PKCE.
 *
 * @param {object} options
 * @param {string} options.fhirBase
 * @param {string} options.clientId
 * @param {string} options.scope
 * @param {string} options.redirectUri
 * @param {oauth.ClientAuth} [options.clientAuth] how the client proves who it is. The sandbox knows public clients only. A
 *   real backend must be a confidential one (RFC 10017): `oauth.PrivateKeyJwt(key)`, or `oauth.ClientSecretBasic(secret)`.
 * @param {typeof fetch} options.fetch
 * @param {() => number} options.now
 */
export function createAuthorization(options) {
  const { fhirBase, clientId, scope, redirectUri, clientAuth = oauth.None(), fetch, now } = options;
  const client = { client_id: clientId };
  const wantsIdToken = scope.split(' ').includes('openid');
  const requestOptions = () => ({
    [oauth.customFetch]: fetch,
    // Plain http is for this machine only.
    [oauth.allowInsecureRequests]: /^http:\/\/(127\.0\.0\.1|localhost|\[::1\])[:/]/.test(fhirBase),
    signal: AbortSignal.timeout(30_000),
  });
  let discovered;

  /** What the server says about itself is asked for once, with the first sign-in. */
  function discover() {
    discovered ??= requestConfiguration().catch((thrown) => {
      discovered = undefined;
      throw thrown;
    });
    return discovered;
  }

  /** @returns {Promise<oauth.AuthorizationServer>} */
  async function requestConfiguration() {
    const response = await fetch(`${fhirBase}/.well-known/smart-configuration`, {
      headers: { accept: 'application/json' },
      redirect: 'error',
      signal: AbortSignal.timeout(10_000),
    });
    if (!response.ok) {
      throw new TypeError(`The SMART configuration was answered with ${response.status}.`);
    }
    const configuration = await response.json();
    // SMART: an issuer is named with OpenID Connect only.
    return { ...configuration, issuer: configuration.issuer ?? fhirBase };
  }

  function readTokens(answer) {
    return {
      accessToken: answer.access_token,
      refreshToken: answer.refresh_token,
      expiresAt: answer.expires_in === undefined ? undefined : now() + answer.expires_in * 1000,
    };
  }

  return {
    /**
     * @returns {Promise<{ url: string, pending: Pending }>} where to send the browser, and what has to be known when it
     *   comes back
     */
    async begin() {
      const server = await discover();
      const pending = {
        // Ties the answer to this sign-in of this browser.
        state: oauth.generateRandomState(),
        // Ties the id_token to it.
        nonce: oauth.generateRandomNonce(),
        // Makes the code worthless to whoever sees it on its way (PKCE).
        codeVerifier: oauth.generateRandomCodeVerifier(),
      };
      const url = new URL(server.authorization_endpoint);
      const parameters = {
        response_type: 'code',
        client_id: clientId,
        redirect_uri: redirectUri,
        scope,
        state: pending.state,
        ...(wantsIdToken && { nonce: pending.nonce }),
        // SMART: which server the token is for.
        aud: fhirBase,
        code_challenge: await oauth.calculatePKCECodeChallenge(pending.codeVerifier),
        code_challenge_method: 'S256',
      };
      for (const [name, value] of Object.entries(parameters)) {
        url.searchParams.set(name, value);
      }
      return { url: url.href, pending };
    },

    /**
     * @param {Pending} pending
     * @param {URLSearchParams} parameters of the callback
     * @throws {oauth.AuthorizationResponseError} where the person, or the server, said no
     */
    async complete(pending, parameters) {
      const server = await discover();
      // Also compares `iss` (RFC 9207), so that no other server's code is sent here.
      const answer = oauth.validateAuthResponse(server, client, parameters, pending.state);
      const response = await oauth.authorizationCodeGrantRequest(
        server,
        client,
        clientAuth,
        answer,
        redirectUri,
        pending.codeVerifier,
        requestOptions(),
      );
      const granted = await oauth.processAuthorizationCodeResponse(server, client, response, {
        ...(wantsIdToken && { expectedNonce: pending.nonce, requireIdToken: true }),
      });
      if (wantsIdToken) {
        await oauth.validateApplicationLevelSignature(server, response, requestOptions());
      }
      const { sub, name, fhirUser } = oauth.getValidatedIdTokenClaims(granted) ?? {};
      return {
        tokens: readTokens(granted),
        // RFC 6749 §5.1: a missing scope means the one asked for.
        scope: granted.scope ?? scope,
        context: pick(granted, launchMembers),
        configuration: pick(server, shownMembers),
        user: sub === undefined ? undefined : { sub, name, fhirUser },
      };
    },

    /** Whether it is time to renew. */
    isDue: ({ expiresAt, refreshToken }) =>
      refreshToken !== undefined && expiresAt !== undefined && now() >= expiresAt - aheadMs,

    /**
     * @param {import('./sessions.mjs').Session} session
     * @returns {Promise<Tokens>}
     * @throws {GrantEndedError} where the session is over; whatever else is thrown ends nothing
     */
    async renew({ tokens, context, user }) {
      const server = await discover();
      const response = await oauth.refreshTokenGrantRequest(
        server,
        client,
        clientAuth,
        tokens.refreshToken,
        requestOptions(),
      );
      let renewed;
      try {
        renewed = await oauth.processRefreshTokenResponse(server, client, response);
      } catch (thrown) {
        throw thrown.error === 'invalid_grant' ? new GrantEndedError() : thrown;
      }
      const fresh = readTokens(renewed);
      const { sub = user?.sub } = oauth.getValidatedIdTokenClaims(renewed) ?? {};
      const { patient = context.patient } = renewed;
      if (sub !== user?.sub || patient !== context.patient) {
        // The same page would show the record of somebody else.
        await this.revoke(fresh);
        throw new GrantEndedError();
      }
      // Not every server gives a new refresh token with each renewal.
      return { ...fresh, refreshToken: fresh.refreshToken ?? tokens.refreshToken };
    },

    /** Asks the server to forget both tokens (RFC 7009): not every server ends one with the other. */
    async revoke({ refreshToken, accessToken }) {
      const server = await discover();
      const tokens = server.revocation_endpoint ? [refreshToken, accessToken] : [];
      for (const token of tokens.filter(Boolean)) {
        await oauth.revocationRequest(server, client, clientAuth, token, requestOptions());
      }
    },
  };
}
