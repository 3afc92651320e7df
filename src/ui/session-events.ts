import type { SmartError } from '../core/smart-error.js';
import type { Ending } from '../session/endings.js';
import type { Recovery, SignedOutReason, Snapshot } from '../session/session.js';

const said: EventInit = { bubbles: true, composed: true };
const asked: EventInit = { ...said, cancelable: true };

/** The session has a new snapshot. */
export class SmartStatusChangeEvent extends Event {
  readonly session: Snapshot;

  constructor(session: Snapshot) {
    super('smart-status-change', said);
    this.session = session;
  }
}

/**
 * The browser is about to leave for the authorization server. Cancel it to keep the person here; or call `waitUntil()`,
 * and the page has time to save what the person was doing.
 */
export class SmartSignInEvent extends Event {
  readonly #waits: Promise<unknown>[] = [];

  constructor() {
    super('smart-sign-in', asked);
  }

  /** Leaves when `saved` has settled, however. Of use within the listener only; a window of its own does not wait. */
  waitUntil(saved: Promise<unknown>): void {
    this.#waits.push(saved);
  }

  /** Undefined where nobody has anything to wait for. */
  get settled(): Promise<unknown> | undefined {
    return this.#waits.length > 0 ? Promise.allSettled(this.#waits) : undefined;
  }
}

/**
 * The session ends soon, for the reason in `ending`. Cancel it to warn the person in the page’s own way: then no element
 * of the kit does.
 */
export class SmartExpiringEvent extends Event {
  readonly ending: Ending;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;

  constructor(ending: Ending) {
    super('smart-expiring', asked);
    this.ending = ending;
    this.expiresAt = ending.at;
  }
}

/** Somebody has signed in, or a stored session was restored. */
export class SmartSignedInEvent extends Event {
  readonly session: Snapshot;

  constructor(session: Snapshot) {
    super('smart-signed-in', said);
    this.session = session;
  }
}

/** The person is about to be signed out at their own wish. Cancel it to keep the session. */
export class SmartSignOutEvent extends Event {
  constructor() {
    super('smart-sign-out', asked);
  }
}

/** Nobody is signed in any more. */
export class SmartSignedOutEvent extends Event {
  readonly reason: SignedOutReason;

  constructor(reason: SignedOutReason) {
    super('smart-signed-out', said);
    this.reason = reason;
  }
}

/** An EHR has opened the app anew: what was there before of another launch is gone. */
export class SmartSessionReplacedEvent extends Event {
  constructor() {
    super('smart-session-replaced', said);
  }
}

/** The session has ended and cannot be renewed. */
export class SmartSessionExpiredEvent extends Event {
  readonly recovery: Recovery;

  constructor(recovery: Recovery) {
    super('smart-session-expired', said);
    this.recovery = recovery;
  }
}

/** Something went wrong; it is also on the page. */
export class SmartErrorEvent extends Event {
  readonly error: SmartError;

  constructor(error: SmartError) {
    super('smart-error', said);
    this.error = error;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'smart-status-change': SmartStatusChangeEvent;
    'smart-sign-in': SmartSignInEvent;
    'smart-signed-in': SmartSignedInEvent;
    'smart-expiring': SmartExpiringEvent;
    'smart-sign-out': SmartSignOutEvent;
    'smart-signed-out': SmartSignedOutEvent;
    'smart-session-expired': SmartSessionExpiredEvent;
    'smart-error': SmartErrorEvent;
  }
}
