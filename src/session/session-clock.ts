import type { Host } from './host.js';

/** How often the clock is looked at, at least: timers sleep with the machine. */
const lookEveryMs = 30_000;

/** Looks at the clock when it is time to, and now and then. */
export class SessionClock {
  readonly #host: Host;
  readonly #look: () => number | undefined;
  #cancelTimer: (() => void) | undefined;
  #looks = 0;

  /** @param look returns when to look again, in ms since the epoch; undefined where there is nothing to look for. */
  constructor(host: Host, look: () => number | undefined) {
    this.#host = host;
    this.#look = look;
  }

  /** Looks now. */
  look(): void {
    this.#cancelTimer?.();
    const look = ++this.#looks;
    const next = this.#look();
    // Looking may have led to another look, which knows better.
    if (look === this.#looks && next !== undefined) {
      const delayMs = Math.max(0, Math.min(next - this.#host.now(), lookEveryMs));
      this.#cancelTimer = this.#host.setTimer(() => {
        this.look();
      }, delayMs);
    }
  }

  stop(): void {
    this.#looks++;
    this.#cancelTimer?.();
  }
}
