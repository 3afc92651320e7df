import { deepFreeze } from '../core/deep-freeze.js';
import type { SmartError } from '../core/smart-error.js';
import type { LaunchContext } from '../smart/launch-context.js';
import type { ServerConfiguration } from '../smart/server-configuration.js';
import type { SignedInUser } from '../smart/id-token.js';
import type { TokenResponse } from '../smart/token-response.js';
import { splitScope } from '../smart/scope.js';

/** All that a signed-in session knows, its tokens among them. It is kept encrypted, and never leaves this layer. */
export interface Credentials {
  readonly accessToken: string;
  readonly refreshToken?: string;
  /** Milliseconds since the epoch. */
  readonly obtainedAt: number;
  /** Milliseconds since the epoch; absent where the server does not say: then the token serves until a 401. */
  readonly expiresAt?: number;
  /** When the person signed in, in ms since the epoch. */
  readonly beganAt: number;
  /** When the refresh token ends unless it is used before; absent where the server does not say. */
  readonly refreshEndsAt?: number;
  /** When the server lets nothing be renewed any more; absent where it does not say. */
  readonly authorizationEndsAt?: number;
  readonly askedScopes: readonly string[];
  readonly grantedScopes: readonly string[];
  readonly context: LaunchContext;
  readonly user?: SignedInUser;
  readonly configuration: ServerConfiguration;
  /** Whether an EHR began the session: then only the EHR can begin it again (SMART-98). */
  readonly isLaunched?: boolean;
  /** What was wanting when the person signed in: a reload does not make it good. */
  readonly warnings: readonly Pick<SmartError, 'code' | 'message' | 'fix' | 'who'>[];
}

/** The part of a token response that both the first one and a renewal bring. */
export function readTokens(
  tokens: TokenResponse,
  now: number,
): Pick<Credentials, 'accessToken' | 'refreshToken' | 'obtainedAt' | TokenEnd> {
  const { expiresIn, refreshEndsIn, authorizationEndsIn } = tokens;
  return {
    accessToken: tokens.accessToken,
    ...(tokens.refreshToken !== undefined && { refreshToken: tokens.refreshToken }),
    obtainedAt: now,
    ...(expiresIn !== undefined && { expiresAt: now + expiresIn * 1000 }),
    ...(refreshEndsIn !== undefined && { refreshEndsAt: now + refreshEndsIn * 1000 }),
    ...(authorizationEndsIn !== undefined && { authorizationEndsAt: now + authorizationEndsIn * 1000 }),
  };
}

/** What each answer of the token endpoint says anew, or leaves open. */
type TokenEnd = 'expiresAt' | 'refreshEndsAt' | 'authorizationEndsAt';

/** Makes the first credentials of a session. */
export function newCredentials(
  tokens: TokenResponse,
  rest: Pick<Credentials, 'context' | 'configuration' | 'isLaunched'> & {
    readonly user: SignedInUser | undefined;
    readonly askedScope: string;
    readonly now: number;
  },
): Credentials {
  return deepFreeze({
    ...readTokens(tokens, rest.now),
    beganAt: rest.now,
    askedScopes: splitScope(rest.askedScope),
    // RFC 6749 §5.1: a missing scope means the one asked for.
    grantedScopes: splitScope(tokens.scope ?? rest.askedScope),
    context: rest.context,
    ...(rest.user && { user: rest.user }),
    ...(rest.isLaunched && { isLaunched: true }),
    configuration: rest.configuration,
    warnings: [],
  });
}

/** The same credentials, with what was wanting. */
export function withWarnings(credentials: Credentials, warnings: readonly SmartError[]): Credentials {
  return deepFreeze({
    ...credentials,
    warnings: warnings.map(({ code, message, fix, who }) => ({ code, message, fix, who })),
  });
}

/** Whether the access token is past its end. */
export function hasEnded({ expiresAt }: Credentials, now: number): boolean {
  return expiresAt !== undefined && now >= expiresAt;
}

/**
 * When it is time to renew, in ms since the epoch: ahead of the end by the smaller of 60 s and 10 % of the lifetime, and
 * before the refresh token ends. Undefined where neither end is known.
 */
export function renewalDueAt({ obtainedAt, expiresAt, refreshEndsAt }: Credentials): number | undefined {
  const dues = [expiresAt, refreshEndsAt].flatMap((end) =>
    end === undefined ? [] : end - Math.min(60_000, (end - obtainedAt) / 10),
  );
  return dues.length > 0 ? Math.min(...dues) : undefined;
}

/** Whether it is. A clock that was set back makes the times worthless; then renewing is the only safe answer. */
export function isDueForRenewal(credentials: Credentials, now: number): boolean {
  const dueAt = renewalDueAt(credentials);
  return dueAt !== undefined && (now >= dueAt || now < credentials.obtainedAt - 60_000);
}
