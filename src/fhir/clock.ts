/** What time it is, and what to do later: so that a test need not wait. */
export interface FhirClock {
  /** In ms since whenever. */
  now(): number;
  /** Calls back after so many ms. @returns a function that prevents it. */
  after(ms: number, call: () => void): () => void;
}

export const systemClock: FhirClock = {
  now: () => performance.now(),
  after(ms, call) {
    const timer = setTimeout(call, ms);
    return () => clearTimeout(timer);
  },
};

/** Waits for a promise, but not longer than until the signal: also where what it waits for does not heed it. */
export function untilAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) {
    return promise;
  }
  return new Promise((resolve, reject) => {
    const giveUp = (): void => reject(signal.reason);
    if (signal.aborted) {
      giveUp();
    }
    signal.addEventListener('abort', giveUp, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', giveUp));
  });
}
