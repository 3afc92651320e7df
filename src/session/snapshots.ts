import { sessionError } from '../core/errors/session.js';
import { SmartError } from '../core/smart-error.js';
import { missingScopes } from '../smart/scope.js';
import type { Credentials } from './credentials.js';
import type { Ending } from './endings.js';
import type { Recovery, Session, SessionStatus, SignedOutReason, Snapshot } from './session.js';

/** What a snapshot is made of. */
export interface SnapshotParts {
  readonly id: string;
  readonly fhirBase: string;
  readonly error: SmartError | undefined;
  /** What discovery found wanting, and what is unwise about the page's scopes. */
  readonly advice: readonly SmartError[];
  readonly reason: SignedOutReason;
  readonly credentials: Credentials | undefined;
  readonly refreshing: boolean;
  readonly ending: Ending | undefined;
  readonly idleLimitMs: number;
  readonly isReplacing: boolean;
  readonly signInUrl: string | undefined;
}

/** What snapshots let their holders do; each call is refused once the session is another one. */
export type SnapshotActions = SessionActions & {
  cancel(): void;
  retry(): void;
};

/** The functions of a session that its snapshots carry. */
export type SessionActions = Pick<
  Session,
  'signIn' | 'signInAgain' | 'signOut' | 'refresh' | 'extend' | 'introspect' | 'fetch'
>;

/** The functions of a session, for as long as it is the current one; afterwards they reject. */
export function whileCurrent(isCurrent: () => boolean, session: SessionActions): SessionActions {
  const ifCurrent = async <Result>(action: () => Promise<Result>): Promise<Result> => {
    if (!isCurrent()) {
      throw sessionError('superseded');
    }
    return action();
  };
  return {
    signIn: () => ifCurrent(() => session.signIn()),
    signInAgain: () => ifCurrent(() => session.signInAgain()),
    signOut: () => ifCurrent(() => session.signOut()),
    refresh: () => ifCurrent(() => session.refresh()),
    extend: () => ifCurrent(() => session.extend()),
    introspect: () => ifCurrent(() => session.introspect()),
    fetch: (input, init) => ifCurrent(() => session.fetch(input, init)),
  };
}

/** Shows a session to everyone else: frozen, and without its tokens. */
export function createSnapshot(
  status: SessionStatus,
  parts: SnapshotParts,
  actions: SnapshotActions,
): Snapshot {
  return Object.freeze(describe(status, parts, actions));
}

function describe(status: SessionStatus, parts: SnapshotParts, actions: SnapshotActions): Snapshot {
  const { signIn, signOut, fetch } = actions;
  const { id, fhirBase, error, advice, reason, credentials, isReplacing, signInUrl } = parts;
  const told = credentials?.warnings.map((warning) => new SmartError(warning.code, warning)) ?? [];
  const warnings: readonly SmartError[] = Object.freeze([...advice, ...told]);
  const common = { id, fhirBase, warnings, ...(error && { error }) };
  switch (status) {
    case 'starting':
    case 'exchanging':
      return { ...common, status };
    case 'signed-out':
      return { ...common, status, reason, signIn };
    case 'authorizing':
      return { ...common, status, isReplacing, signInUrl, cancel: actions.cancel };
    case 'unprotected':
      return { ...common, status, fetch };
    case 'unavailable':
      if (error) {
        return { ...common, status, error, retry: actions.retry };
      }
      break;
    case 'expired':
      if (credentials) {
        return {
          ...common,
          status,
          recovery: recoveryOf(credentials),
          context: credentials.context,
          signIn,
          signOut,
        };
      }
      break;
    case 'signed-in':
      if (credentials) {
        return {
          ...common,
          status,
          expiresAt: credentials.expiresAt,
          refreshable: credentials.refreshToken !== undefined,
          refreshing: parts.refreshing,
          ending: parts.ending,
          idleLimit: parts.idleLimitMs,
          scopes: credentials.grantedScopes,
          // SMART-94: some servers grant a refresh token, and do not list the scope that asked for it.
          missingScopes: missingScopes(credentials.askedScopes, credentials.grantedScopes).filter(
            (missing) => !credentials.refreshToken || !missing.endsWith('line_access'),
          ),
          context: credentials.context,
          server: credentials.configuration,
          user: credentials.user,
          fetch,
          recovery: recoveryOf(credentials),
          refresh: actions.refresh,
          extend: actions.extend,
          introspect: actions.introspect,
          signInAgain: actions.signInAgain,
          signOut,
        };
      }
  }
  throw new TypeError(`A snapshot of "${status}" lacks what it needs.`);
}

/** SMART-98: a launch cannot be repeated by the app. */
function recoveryOf({ isLaunched }: Credentials): Recovery {
  return isLaunched ? 'relaunch' : 'sign-in';
}
