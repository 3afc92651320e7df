import { deepFreeze } from '../core/deep-freeze.js';
import { Fault, worded } from '../core/fault.js';
import { SmartError } from '../core/smart-error.js';
import { readSignedInUser } from '../smart/id-token.js';
import { readLaunchContext } from '../smart/launch-context.js';
import { peekSubject, type OAuthParty } from '../smart/oauth/index.js';
import { splitScope } from '../smart/scope.js';
import type { TokenResponse } from '../smart/token-response.js';
import { readTokens, type Credentials } from './credentials.js';

/**
 * Makes the next credentials of a session of what a renewal brought.
 *
 * @throws {SmartError} `context/patient-changed`, `id-token/subject-changed`: what came is somebody else's.
 */
export async function acceptRenewal(
  before: Credentials,
  tokens: TokenResponse,
  party: OAuthParty,
  now: number,
): Promise<Credentials> {
  await worded(() => {
    checkIdentity(before, tokens);
  });
  const renewed = renewedCredentials(before, tokens, now);
  const flaw = tokens.idToken === undefined ? undefined : await flawOfRenewed(tokens.idToken, party, now);
  return deepFreeze(flaw ? withFlaw(renewed, flaw) : renewed);
}

/** SMART-97, OpenID Connect Core §12.2: a renewal that speaks of somebody else must not be used. */
function checkIdentity(before: Credentials, tokens: TokenResponse): void {
  const { patient } = readLaunchContext(tokens.members);
  if (patient !== undefined && before.context.patient !== undefined && patient !== before.context.patient) {
    throw new Fault('context/patient-changed');
  }
  const subject = tokens.idToken === undefined ? undefined : peekSubject(tokens.idToken);
  if (subject !== undefined && before.user !== undefined && subject !== before.user.subject) {
    throw new Fault('id-token/subject-changed');
  }
}

/** What a renewal changes. What it leaves out stays: SMART-97, and a refresh token that was not rotated (SMART-95). */
function renewedCredentials(before: Credentials, tokens: TokenResponse, now: number): Credentials {
  const { expiresAt: _ended, refreshEndsAt: _timedOut, ...kept } = before;
  return {
    ...kept,
    ...readTokens(tokens, now),
    ...(tokens.scope !== undefined && { grantedScopes: splitScope(tokens.scope) }),
  };
}

/**
 * Checks an id_token that came with a renewal, as far as its claims go: who signed in stays as they were, and a flaw is
 * worth a warning (SMART-88).
 */
async function flawOfRenewed(
  idToken: string,
  party: OAuthParty,
  now: number,
): Promise<SmartError | undefined> {
  const check = { party, keys: undefined, nonce: undefined, isRenewed: true, now };
  return readSignedInUser(idToken, check).then(
    () => undefined,
    (thrown: unknown) => (SmartError.is(thrown) ? thrown : undefined),
  );
}

/** The same credentials, with one thing more that was wanting; said once, however often it happens. */
function withFlaw(credentials: Credentials, { code, message, fix, who }: SmartError): Credentials {
  const others = credentials.warnings.filter((warning) => warning.code !== code);
  return { ...credentials, warnings: [...others, { code, message, fix, who }] };
}
