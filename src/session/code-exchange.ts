import { Fault, inWords, wordsFor } from '../core/fault.js';
import type { ErrorCode } from '../core/error-code.js';
import { SmartError } from '../core/smart-error.js';
import { readSignedInUser, type SignedInUser } from '../smart/id-token.js';
import { readLaunchContext } from '../smart/launch-context.js';
import { exchangeCode, requestKeys, type OAuthParty } from '../smart/oauth/index.js';
import type { TokenResponse } from '../smart/token-response.js';
import { parseResourceScope, splitScope } from '../smart/scope.js';
import { newCredentials, type Credentials } from './credentials.js';
import type { Host } from './host.js';
import type { PendingLogin } from './pending-logins.js';
import { revokeCredentials } from './revocation.js';

/** What a completed sign-in brings. */
export interface SignInResult {
  readonly credentials: Credentials;
  readonly warnings: readonly SmartError[];
}

/**
 * Turns the answer to a sign-in into credentials: exchanges the code, fetching the server's keys beside it, and checks
 * who signed in.
 *
 * A flawed id_token does not spoil the sign-in: the person is signed in, without a name, and is told so. A nonce of
 * another sign-in does: then the tokens may be somebody else's.
 *
 * @param policy `strict`: every flaw, also one that is only a warning, spoils the sign-in.
 *
 * @throws {SmartError} `authorize/…`, `callback/…`, `token/…`, `id-token/nonce-mismatch`; with `strict` all of `id-token/…`.
 */
export async function completeSignIn(
  login: PendingLogin,
  answer: URLSearchParams,
  host: Host,
  policy: 'strict' | 'warn' = 'warn',
): Promise<SignInResult> {
  const { configuration, clientId, fhirBase } = login;
  const party: OAuthParty = { configuration, clientId, fhirBase, fetch: host.fetch };
  const keys = login.nonce !== undefined && answer.has('code') ? requestKeys(party) : undefined;
  const tokens = await exchangeCode(login, answer, host.fetch);
  const identity = await readIdentity(tokens, login, { party, keys, now: host.now() });
  const flaw = policy === 'strict' ? (identity.problem ?? identity.warnings[0]) : identity.problem;
  if (flaw && (policy === 'strict' || flaw.code === 'id-token/nonce-mismatch')) {
    await revokeCredentials(party, tokens);
    throw flaw;
  }
  const context = readLaunchContext(tokens.members);
  const credentials = newCredentials(tokens, {
    context,
    configuration,
    user: identity.user,
    askedScope: login.scope,
    isLaunched: login.isLaunched ?? false,
    now: host.now(),
  });
  return {
    credentials,
    warnings: [
      ...tokens.warnings,
      ...identity.warnings,
      ...(identity.problem ? [identity.problem] : []),
      ...(await inWords(contextFaults(credentials))),
    ],
  };
}

interface Identity {
  readonly user?: SignedInUser;
  readonly problem?: SmartError;
  readonly warnings: readonly SmartError[];
}

async function readIdentity(
  tokens: TokenResponse,
  login: PendingLogin,
  check: { readonly party: OAuthParty; readonly keys: Promise<Response> | undefined; readonly now: number },
): Promise<Identity> {
  if (tokens.idToken === undefined) {
    const wasGranted = splitScope(tokens.scope ?? login.scope).includes('openid');
    return wasGranted ? problemOf('id-token/missing') : { warnings: [] };
  }
  try {
    return await readSignedInUser(tokens.idToken, { ...check, nonce: login.nonce });
  } catch (thrown) {
    return SmartError.is(thrown) ? { problem: thrown, warnings: [] } : problemOf('id-token/malformed');
  }
}

async function problemOf(code: ErrorCode): Promise<Identity> {
  return { problem: await wordsFor(new Fault(code)), warnings: [] };
}

/** SMART-74: with scopes for a patient, the server must say which. */
function contextFaults({ grantedScopes, context }: Credentials): readonly Fault[] {
  const isForPatient = grantedScopes.some((scope) => parseResourceScope(scope)?.level === 'patient');
  return isForPatient && context.patient === undefined ? [new Fault('context/missing-patient')] : [];
}
