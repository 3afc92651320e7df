import type { ServerConfiguration } from './server-configuration.js';

/**
 * Where the browser goes so that a person is signed out of the server too, and back (OpenID Connect RP-Initiated
 * Logout 1.0 §2). Without an `id_token_hint`, which is not kept, the server asks the person first.
 *
 * @param returnTo absolute; servers take only what was registered for this.
 * @returns undefined where the server names no such place.
 */
export function endSessionUrl(
  { endSessionEndpoint }: ServerConfiguration,
  clientId: string,
  returnTo: string,
): string | undefined {
  if (endSessionEndpoint === undefined) {
    return undefined;
  }
  const url = new URL(endSessionEndpoint);
  url.searchParams.set('client_id', clientId);
  url.searchParams.set('post_logout_redirect_uri', returnTo);
  return url.href;
}
