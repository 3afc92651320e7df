/** Who waits for a place. It is looked at when one is free, so that what it says may change while it waits. */
export interface Waiter {
  readonly signal: AbortSignal;
  /** Whether somebody sees that it waits. */
  readonly isVisible: boolean;
}

/** Lets so many tasks run at a time; the others wait for their turn: the visible first, then as they came. */
export class RequestQueue {
  #free: number;
  /** How many want that nothing is begun. */
  #holds = 0;
  readonly #waiting = new Map<() => void, Waiter>();

  constructor(limit: number) {
    this.#free = limit;
  }

  /** Runs the task, at once where there is room. A task that is aborted while it waits is never begun. */
  async run<T>(task: () => Promise<T>, waiter: Waiter): Promise<T> {
    if (this.#isOpen) {
      this.#free--;
    } else {
      await this.#turn(waiter);
    }
    try {
      return await task();
    } finally {
      this.#free++;
      this.#fill();
    }
  }

  /** Nothing is begun until the promise is settled. What is under way goes on. */
  hold(end: Promise<unknown>): void {
    this.#holds++;
    const letGo = (): void => {
      this.#holds--;
      this.#fill();
    };
    end.then(letGo, letGo);
  }

  get #isOpen(): boolean {
    return this.#free > 0 && this.#holds === 0;
  }

  /** A free place goes to the next one directly: nobody who asks meanwhile can take it. */
  #fill(): void {
    for (let next = this.#next(); next && this.#isOpen; next = this.#next()) {
      this.#free--;
      this.#waiting.delete(next);
      next();
    }
  }

  #next(): (() => void) | undefined {
    let next: (() => void) | undefined;
    for (const [go, { isVisible }] of this.#waiting) {
      if (isVisible) {
        return go;
      }
      next ??= go;
    }
    return next;
  }

  #turn(waiter: Waiter): Promise<void> {
    return new Promise((go, giveUp) => {
      this.#waiting.set(go, waiter);
      waiter.signal.addEventListener('abort', () => {
        if (this.#waiting.delete(go)) {
          giveUp(waiter.signal.reason);
        }
      });
    });
  }
}
