import type { SmartError } from '../core/smart-error.js';
import { nextStatus, type SessionEvent } from './session-state.js';
import type { SessionStatus, SignedOutReason, Snapshot } from './session.js';

/** What accompanies an event. */
export interface EventDetails {
  readonly error?: SmartError | undefined;
  readonly reason?: SignedOutReason;
}

/** What the machine knows beside the status. */
export interface Remarks {
  /** Something to read. It goes away with the status that it was said in, or when somebody says so. */
  readonly error: SmartError | undefined;
  readonly reason: SignedOutReason;
}

/** Makes the snapshot of a status. */
export type Describe = (status: SessionStatus, remarks: Remarks) => Snapshot;

/** Takes the steps of the state machine, and hands a new snapshot to whoever listens. */
export class SessionMachine {
  readonly #describe: Describe;
  readonly #onEntered: (status: SessionStatus) => void;
  readonly #listeners = new Set<(snapshot: Snapshot) => void>();
  #remarks: Remarks = { error: undefined, reason: 'initial' };
  #snapshot: Snapshot;

  /** @param onEntered called when the status is another one, before anybody hears of it. */
  constructor(describe: Describe, onEntered: (status: SessionStatus) => void) {
    this.#describe = describe;
    this.#onEntered = onEntered;
    this.#snapshot = describe('starting', this.#remarks);
  }

  get snapshot(): Snapshot {
    return this.#snapshot;
  }

  get status(): SessionStatus {
    return this.#snapshot.status;
  }

  subscribe(listener: (snapshot: Snapshot) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /** Whether an event would have a meaning now. */
  allows(event: SessionEvent): boolean {
    return nextStatus(this.status, event) !== undefined;
  }

  /** Takes one step. @returns whether the event had a meaning. */
  enter(event: SessionEvent, details: EventDetails = {}): boolean {
    const before = this.status;
    const status = nextStatus(before, event);
    if (status === undefined) {
      return false;
    }
    const isNews = status !== before || 'error' in details;
    this.#remarks = {
      error: isNews ? details.error : this.#remarks.error,
      reason: details.reason ?? this.#remarks.reason,
    };
    this.#snapshot = this.#describe(status, this.#remarks);
    if (status !== before) {
      this.#onEntered(status);
    }
    for (const listener of [...this.#listeners]) {
      listener(this.#snapshot);
    }
    return true;
  }

  /** Nobody hears of anything any more. */
  silence(): void {
    this.#listeners.clear();
  }
}
