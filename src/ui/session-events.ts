import type { SmartError } from '../core/smart-error.js';
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

/** The browser is about to leave for the authorization server. Cancel it to keep the person here. */
export class SmartSignInEvent extends Event {
  constructor() {
    super('smart-sign-in', asked);
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
    'smart-sign-out': SmartSignOutEvent;
    'smart-signed-out': SmartSignedOutEvent;
    'smart-session-expired': SmartSessionExpiredEvent;
    'smart-error': SmartErrorEvent;
  }
}
