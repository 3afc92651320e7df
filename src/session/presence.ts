import type { Host } from './host.js';
import type { SessionVault } from './session-vault.js';

/** How often other tabs are told that the person does something here. */
const tellEveryMs = 5_000;
/** How often it is written down, for a page that is loaded later. */
const writeEveryMs = 60_000;

/** What presence is about. */
export interface PresenceParts {
  readonly host: Host;
  readonly vault: SessionVault;
  readonly sessionId: string;
  readonly isStored: boolean;
  /** When the person last did something, in ms since the epoch. */
  readonly activeAt: number;
  /** How long the person may do nothing, in ms. */
  readonly idleLimitMs: number;
  /** Called when the person has done something, here or in another tab, be it too late. */
  readonly onActive: () => void;
}

/**
 * Knows when the person last did something, on this page or in another tab of the session. Requests are no sign of a
 * person: pages ask by themselves.
 */
export class Presence {
  readonly #parts: PresenceParts;
  readonly #stopListening: () => void;
  #activeAt: number;
  #toldAt = 0;
  #writtenAt: number;
  /** Whether it takes more than a movement of the mouse: the person is being asked whether they are still here. */
  isAsked = false;

  constructor(parts: PresenceParts) {
    const { host, sessionId, activeAt } = parts;
    this.#parts = parts;
    this.#activeAt = activeAt;
    this.#writtenAt = activeAt;
    const stopListening = host.onActivity(() => {
      if (this.isOverdue) {
        // The machine has slept, and no clock has been looked at: it is too late for a sign of life.
        parts.onActive();
      } else if (!this.isAsked) {
        this.note();
      }
    });
    const stopHearing = host.onTold(({ active }) => {
      if (active === sessionId) {
        this.#take();
      }
    });
    this.#stopListening = () => {
      stopListening();
      stopHearing();
    };
  }

  /** Whether the person has done nothing for too long. */
  get isOverdue(): boolean {
    const { host, idleLimitMs } = this.#parts;
    return host.now() >= this.activeAt + idleLimitMs;
  }

  /** Milliseconds since the epoch. */
  get activeAt(): number {
    // What lies ahead is of before the clock was set back.
    this.#activeAt = Math.min(this.#activeAt, this.#parts.host.now());
    return this.#activeAt;
  }

  /** The person is here, and has shown it. */
  note(): void {
    const { host, vault, sessionId, isStored, idleLimitMs } = this.#parts;
    const wasAsked = this.isAsked;
    const now = host.now();
    if (isStored && Math.abs(now - this.#writtenAt) >= Math.min(writeEveryMs, idleLimitMs / 4)) {
      this.#writtenAt = now;
      vault.touch(sessionId, now).catch(() => undefined);
    }
    if (wasAsked || Math.abs(now - this.#toldAt) >= Math.min(tellEveryMs, idleLimitMs / 4)) {
      this.#toldAt = now;
      // This page hears it too.
      host.tell({ active: sessionId });
    } else {
      this.#take();
    }
  }

  /** Takes over what another tab has written down. @param usedAt ms since the epoch. */
  learn(usedAt: number): void {
    this.#activeAt = Math.max(this.#activeAt, usedAt);
  }

  stop(): void {
    this.#stopListening();
  }

  #take(): void {
    this.#activeAt = this.#parts.host.now();
    this.#parts.onActive();
  }
}
