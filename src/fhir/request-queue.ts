/** Lets so many tasks run at a time; the others wait for their turn, first come, first served. */
export class RequestQueue {
  #free: number;
  readonly #waiting = new Set<() => void>();

  constructor(limit: number) {
    this.#free = limit;
  }

  /** Runs the task, at once where there is room. A task that is aborted while it waits is never begun. */
  async run<T>(task: () => Promise<T>, signal: AbortSignal): Promise<T> {
    if (this.#free > 0) {
      this.#free--;
    } else {
      await this.#turn(signal);
    }
    try {
      return await task();
    } finally {
      const [next] = this.#waiting;
      if (next) {
        // The place goes to the next one directly: nobody who asks meanwhile can take it.
        this.#waiting.delete(next);
        next();
      } else {
        this.#free++;
      }
    }
  }

  #turn(signal: AbortSignal): Promise<void> {
    return new Promise((go, giveUp) => {
      this.#waiting.add(go);
      signal.addEventListener('abort', () => {
        if (this.#waiting.delete(go)) {
          giveUp(signal.reason);
        }
      });
    });
  }
}
