import type { Credentials } from './credentials.js';

/**
 * What ends a session by itself:
 *
 * - `idle`: the person has done nothing for a while;
 * - `token`: the access token ends, and the server gave nothing to renew it with;
 * - `server`: the server has said until when it lets the session go on;
 * - `limit`: a session lasts no longer than a day.
 */
export type EndingCause = 'idle' | 'token' | 'server' | 'limit';

/** An end that is near. */
export interface Ending {
  readonly cause: EndingCause;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Whether the person can put it off by saying that they are still here. */
  readonly extendable: boolean;
}

/** What the ends of a session follow from. */
export interface EndingFacts {
  readonly credentials: Credentials;
  /** When the person last did something, in ms since the epoch. */
  readonly activeAt: number;
  /** How long the person may do nothing, in ms. */
  readonly idleLimitMs: number;
}

/** From signing in on, whatever is renewed in between. */
export const longestSessionMs: number = 24 * 60 * 60_000;
/** WCAG 2.2, 2.2.1: a person has at least 20 s to say that they are still here. */
const shortestWarningMs = 20_000;
const longestWarningMs = 120_000;

/** The first of the ends that a session has. There always is one. */
export function firstEnding({ credentials, activeAt, idleLimitMs }: EndingFacts): Ending {
  const { beganAt, expiresAt, refreshToken, authorizationEndsAt } = credentials;
  const endings: readonly Ending[] = [
    { cause: 'idle', at: activeAt + idleLimitMs, extendable: true },
    { cause: 'limit', at: beganAt + longestSessionMs, extendable: false },
    ...(authorizationEndsAt === undefined
      ? []
      : [{ cause: 'server', at: authorizationEndsAt, extendable: false } as const]),
    ...(refreshToken !== undefined || expiresAt === undefined
      ? []
      : [{ cause: 'token', at: expiresAt, extendable: false } as const]),
  ];
  return endings.reduce((first, other) => (other.at < first.at ? other : first));
}

/** How long before an end a person is told of it, in ms: two minutes, or half of what is shorter than four. */
export function warningMs({ cause }: Ending, { credentials, idleLimitMs }: EndingFacts): number {
  const { obtainedAt, expiresAt = Infinity } = credentials;
  const wholeMs = cause === 'idle' ? idleLimitMs : cause === 'token' ? expiresAt - obtainedAt : Infinity;
  return Math.min(longestWarningMs, Math.max(shortestWarningMs, wholeMs / 2));
}

/**
 * Whether the person counts as present: they have done something lately. Somebody who has gone is not kept signed in:
 * that would defeat a server's own automatic sign-out.
 */
export function isPresent({ activeAt, idleLimitMs }: EndingFacts, now: number): boolean {
  return now - activeAt < Math.min(presentForMs, idleLimitMs);
}

const presentForMs = 5 * 60_000;
