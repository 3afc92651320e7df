import * as oauth from 'oauth4webapi';

import type { AuthorizationRequest, PreparedAuthorization } from '../authorization.js';

/** Random values of a sign-in, and the request that carries them. */
export async function prepareAuthorization({
  launch,
  extraParameters,
  ...request
}: AuthorizationRequest): Promise<PreparedAuthorization> {
  const state = `se.${oauth.generateRandomState()}`;
  const codeVerifier = oauth.generateRandomCodeVerifier();
  const asksForIdentity = request.scope.split(' ').includes('openid');
  const nonce = asksForIdentity ? oauth.generateRandomNonce() : undefined;
  // SMART-31: a query that the endpoint already has stays.
  const url = new URL(request.configuration.authorizationEndpoint);
  const parameters: Readonly<Record<string, string | undefined>> = {
    response_type: 'code',
    client_id: request.clientId,
    redirect_uri: request.redirectUri,
    scope: request.scope,
    state,
    aud: request.fhirBase,
    // SMART-27: always, whatever the server says about it.
    code_challenge: await oauth.calculatePKCECodeChallenge(codeVerifier),
    code_challenge_method: 'S256',
    launch,
    nonce,
  };
  // SMART-34: `resource` may come more than once.
  const extra = [...new URLSearchParams(extraParameters)].filter(([name]) => parameters[name] === undefined);
  for (const name of new Set(extra.map(([each]) => each))) {
    url.searchParams.delete(name);
  }
  for (const [name, value] of extra) {
    url.searchParams.append(name, value);
  }
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined) {
      url.searchParams.set(name, value);
    }
  }
  return { ...request, state, codeVerifier, ...(nonce !== undefined && { nonce }), url: url.href };
}
