import { fhirError } from '../core/errors/fhir.js';
import { sessionError } from '../core/errors/session.js';
import { SmartError } from '../core/smart-error.js';
import { readAnswer } from './read-answer.js';
import { resolveSource, type ReadTarget } from './read-target.js';
import { RequestQueue } from './request-queue.js';
import type { FhirResource } from './resource.js';

/** What time it is, and what to do later: so that a test need not wait. */
export interface FhirClock {
  /** In ms since whenever. */
  now(): number;
  /** Calls back after so many ms. @returns a function that prevents it. */
  after(ms: number, call: () => void): () => void;
}

export interface FhirClientOptions {
  /** The session's own `fetch`, which knows where a token may go. */
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** The FHIR base URL. */
  readonly base: string;
  /** The id of the patient whom the session is about: the record of another one is refused. */
  readonly patient?: string | undefined;
  readonly clock?: FhirClock;
}

export interface ReadOptions {
  /** Ends the wait of this caller; the request itself ends when nobody waits for it any more. */
  readonly signal?: AbortSignal;
  /** Asks the server again, whatever is at hand. */
  readonly reload?: boolean;
}

interface SharedRead {
  readonly answer: Promise<FhirResource>;
  readonly controller: AbortController;
  waiters: number;
  answeredAt?: number;
}

/** From the request to the first byte of the answer, in ms. */
const firstByte = 20_000;
/** Long enough for all elements of a page to share one answer; short enough for a person to believe what they see. */
const maxAge = 60_000;
/** As many as browsers open to one HTTP/1.1 server. */
const parallel = 6;

const systemClock: FhirClock = {
  now: () => performance.now(),
  after(ms, call) {
    const timer = setTimeout(call, ms);
    return () => clearTimeout(timer);
  },
};

/**
 * Reads from one FHIR server on behalf of one session, and never asks the same question twice at a time.
 *
 * What it keeps is in memory only, for a minute, and gone with {@link FhirClient.close}. Failures are not kept.
 */
export class FhirClient {
  readonly #options: FhirClientOptions;
  readonly #clock: FhirClock;
  readonly #queue = new RequestQueue(parallel);
  readonly #reads = new Map<string, SharedRead>();
  #closed = false;

  constructor(options: FhirClientOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
  }

  /**
   * Reads a resource, or the first page of a search.
   *
   * @param source - an absolute URL, or one relative to the FHIR base such as `Patient/123`.
   * @throws {SmartError} `fhir/…`, or whatever of the kind the session's `fetch` throws.
   */
  async read(source: string, { signal, reload = false }: ReadOptions = {}): Promise<FhirResource> {
    signal?.throwIfAborted();
    if (this.#closed) {
      throw sessionError('superseded');
    }
    const target = resolveSource(source, this.#options.base);
    this.#dropOld();
    let read = this.#reads.get(target.url);
    if (!read || reload) {
      read = this.#start(target);
      this.#reads.set(target.url, read);
    }
    read.waiters++;
    try {
      return await untilAborted(read.answer, signal);
    } finally {
      read.waiters--;
      if (read.waiters === 0 && read.answeredAt === undefined) {
        this.#drop(target.url, read);
        read.controller.abort();
      }
    }
  }

  /** Forgets everything and ends what is under way: the session is over, or nobody uses it here. */
  close(): void {
    this.#closed = true;
    for (const read of this.#reads.values()) {
      read.controller.abort(sessionError('superseded'));
    }
    this.#reads.clear();
  }

  #start(target: ReadTarget): SharedRead {
    const controller = new AbortController();
    const answer = this.#queue.run(() => this.#request(target, controller), controller.signal);
    const read: SharedRead = { answer, controller, waiters: 0 };
    answer.then(
      () => (read.answeredAt = this.#clock.now()),
      () => this.#drop(target.url, read),
    );
    return read;
  }

  async #request(target: ReadTarget, controller: AbortController): Promise<FhirResource> {
    const { signal } = controller;
    const { fetch, patient } = this.#options;
    signal.throwIfAborted();
    const stopTimer = this.#clock.after(firstByte, () =>
      controller.abort(fhirError('timed-out', { url: target.url })),
    );
    try {
      const init: RequestInit = { headers: { Accept: 'application/fhir+json' }, cache: 'no-store', signal };
      const response = await untilAborted(fetch(target.url, init), signal);
      stopTimer();
      const text = await untilAborted(response.text(), signal);
      return readAnswer(response.status, text, target, patient);
    } catch (thrown) {
      signal.throwIfAborted();
      throw SmartError.is(thrown) ? thrown : unreachable(target.url);
    } finally {
      stopTimer();
    }
  }

  #drop(url: string, read: SharedRead): void {
    if (this.#reads.get(url) === read) {
      this.#reads.delete(url);
    }
  }

  #dropOld(): void {
    const now = this.#clock.now();
    for (const [url, { answeredAt = now }] of this.#reads) {
      if (now - answeredAt >= maxAge) {
        this.#reads.delete(url);
      }
    }
  }
}

function unreachable(url: string): SmartError {
  return fhirError('unreachable', { url, values: { host: new URL(url).host } });
}

/** Waits for a promise, but not longer than until the signal: also where what it waits for does not heed it. */
function untilAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) {
    return promise;
  }
  return new Promise((resolve, reject) => {
    const giveUp = (): void => reject(signal.reason);
    signal.addEventListener('abort', giveUp, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', giveUp));
  });
}
