import * as oauth from 'oauth4webapi';

import type { ServerConfiguration } from '../server-configuration.js';

/** How long a request to the authorization server may take. */
export const requestTimeoutMs: number = 30_000;

/** The two sides of every request here, and the way between them. */
export interface OAuthParty {
  readonly configuration: ServerConfiguration;
  readonly clientId: string;
  readonly fhirBase: string;
  readonly fetch: typeof fetch;
}

/** The server, as the library wants it described. */
export function asServer({
  configuration,
  fhirBase,
}: Pick<OAuthParty, 'configuration' | 'fhirBase'>): oauth.AuthorizationServer {
  return {
    issuer: configuration.issuer ?? fhirBase,
    authorization_endpoint: configuration.authorizationEndpoint,
    token_endpoint: configuration.tokenEndpoint,
    ...(configuration.jwksUri !== undefined && { jwks_uri: configuration.jwksUri }),
    ...(configuration.revocationEndpoint !== undefined && {
      revocation_endpoint: configuration.revocationEndpoint,
    }),
    authorization_response_iss_parameter_supported:
      configuration.issParameterSupported && configuration.issuer !== undefined,
  };
}

/** The client: public, without a secret. */
export function asClient({ clientId }: Pick<OAuthParty, 'clientId'>): oauth.Client {
  return { client_id: clientId };
}

/** How the library sends a request: through `send`, without cookies, and never on to another place. */
export function requestOptions(
  { configuration }: OAuthParty,
  send: (url: string, init: RequestInit) => Promise<Response>,
): {
  [oauth.customFetch]: (
    url: string,
    init: oauth.CustomFetchOptions<'POST', URLSearchParams>,
  ) => Promise<Response>;
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
