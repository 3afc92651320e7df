import type { Host } from './host.js';

const shortestMs = 1_000;
const longestMs = 60_000;

/** Leaves a server in peace that has failed: from a second to a minute, the longer the more often it fails. */
export class Backoff {
  readonly #host: Host;
  #failures = 0;
  #fault: unknown;
  #until = 0;

  constructor(host: Host) {
    this.#host = host;
  }

  /** When the next attempt may be made, in ms since the epoch; 0 where none has failed. */
  get until(): number {
    // A clock that was set back does not make anybody wait for hours.
    return this.#until - this.#host.now() > longestMs ? 0 : this.#until;
  }

  /** @throws what the last attempt has failed with, as long as it is too early for another one. */
  check(): void {
    if (this.#host.now() < this.until) {
      throw this.#fault;
    }
  }

  /** @returns what was thrown. */
  note(thrown: unknown): unknown {
    const delayMs = Math.min(longestMs, shortestMs * 2 ** this.#failures++);
    this.#fault = thrown;
    // Many tabs and many people failed at the same moment: not all of them are to come back at the same one.
    this.#until = this.#host.now() + delayMs * (0.5 + Math.random() / 2);
    return thrown;
  }

  reset(): void {
    this.#failures = 0;
    this.#until = 0;
  }
}
