import type { SessionStatus } from './session.js';

/** What can happen to a session. */
export type SessionEvent =
  /** The page's settings cannot work. */
  | 'refused'
  /** An answer of the authorization server is here, and it is ours. */
  | 'returned'
  /** The code was exchanged. */
  | 'exchanged'
  /** A stored session was read, and can be used. */
  | 'restored'
  /** A stored session was read, and its end has passed; or the end has come. */
  | 'ended'
  /** There is no session, or no longer. */
  | 'nobody'
  /** An EHR has opened the page: sign-in begins without a click. */
  | 'launched'
  /** The server needs no sign-in, and the author has allowed that. */
  | 'open'
  /** The person wants to sign in. */
  | 'sign-in'
  /** The person is still here, or here again, without having signed in. */
  | 'stayed'
  /** The same, where an ended session waits to be taken up again. */
  | 'stayed-expired'
  /** Sign-in cannot be prepared: the server does not say where to. */
  | 'unprepared'
  /** Somebody asks to try again. */
  | 'retry'
  /** The page is put away, and nobody is to see on it what was there before. */
  | 'left'
  /** Something about the session changed, but not where it is: an error to read, a renewed token. */
  | 'changed';

type Row = Readonly<Partial<Record<SessionEvent, SessionStatus>>>;

/**
 * Where each event leads from each status. What is not here does not happen: an event that comes too late (an answer
 * after a sign-out, a second click) finds no entry and changes nothing.
 */
const transitions: Readonly<Record<SessionStatus, Row>> = {
  starting: {
    refused: 'unavailable',
    returned: 'exchanging',
    restored: 'signed-in',
    ended: 'expired',
    nobody: 'signed-out',
    launched: 'authorizing',
  },
  'signed-out': {
    'sign-in': 'authorizing',
    unprepared: 'unavailable',
    open: 'unprotected',
    changed: 'signed-out',
    // From a window that looked closed.
    returned: 'exchanging',
    // Somebody has signed in in another tab.
    restored: 'signed-in',
  },
  authorizing: {
    changed: 'authorizing',
    returned: 'exchanging',
    nobody: 'signed-out',
    stayed: 'signed-out',
    'stayed-expired': 'expired',
    unprepared: 'unavailable',
    open: 'unprotected',
  },
  exchanging: {
    exchanged: 'signed-in',
    restored: 'signed-in',
    ended: 'expired',
    nobody: 'signed-out',
  },
  'signed-in': {
    ended: 'expired',
    nobody: 'signed-out',
    changed: 'signed-in',
    left: 'starting',
  },
  expired: {
    'sign-in': 'authorizing',
    returned: 'exchanging',
    nobody: 'signed-out',
    changed: 'expired',
    restored: 'signed-in',
    left: 'starting',
  },
  unprotected: {},
  unavailable: {
    retry: 'starting',
    // Somebody has signed in in another tab, where the server could be reached.
    restored: 'signed-in',
  },
};

/** @returns the status after an event; undefined where the event has no meaning in that status. */
export function nextStatus(status: SessionStatus, event: SessionEvent): SessionStatus | undefined {
  return transitions[status][event];
}
