import type { Host } from './host.js';

/** How often the end of a token is looked for. Timers sleep with the machine. */
const lookEveryMs = 15_000;

/** Sees to it that a token which cannot be renewed is known to have ended when it has. */
export class EndWatch {
  readonly #host: Host;
  readonly #onEnded: () => void;
  #cancelTimer: (() => void) | undefined;

  constructor(host: Host, onEnded: () => void) {
    this.#host = host;
    this.#onEnded = onEnded;
  }

  /** @param endsAt milliseconds since the epoch; undefined where there is nothing to watch. */
  until(endsAt: number | undefined): void {
    this.#cancelTimer?.();
    if (endsAt === undefined) {
      return;
    }
    const leftMs = endsAt - this.#host.now();
    if (leftMs <= 0) {
      this.#onEnded();
      return;
    }
    this.#cancelTimer = this.#host.setTimer(
      () => {
        this.until(endsAt);
      },
      Math.min(leftMs, lookEveryMs),
    );
  }
}
