import type { OAuthParty } from '../smart/oauth/index.js';
import { loadSignInPart } from './load-sign-in-part.js';

/**
 * Asks the server to forget the tokens of a session: the refresh token first, then the access token, because not every
 * server ends one with the other (SMART-101). Quiet: nobody can do anything about a failure, and nobody waits for it.
 */
export async function revokeCredentials(
  party: OAuthParty,
  { refreshToken, accessToken }: { readonly refreshToken?: string; readonly accessToken: string },
): Promise<void> {
  const tokens = [refreshToken, accessToken].flatMap((token) => token || []);
  if (party.configuration.revocationEndpoint === undefined || tokens.length === 0) {
    return;
  }
  const { revokeToken } = await loadSignInPart();
  // Begun at once and in this order: the page may be gone in a moment.
  await Promise.all(tokens.map((token) => revokeToken(party, token)));
}
