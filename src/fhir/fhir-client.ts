import { fhirError } from '../core/errors/fhir.js';
import { sessionError } from '../core/errors/session.js';
import { loadPart } from '../core/load-part.js';
import { SmartError } from '../core/smart-error.js';
import { systemClock, untilAborted, type FhirClock } from './clock.js';
import { readAnswer, type Answer, type Permissions } from './read-answer.js';
import { resolveSource, type ReadTarget } from './read-target.js';
import { RequestQueue, type Waiter } from './request-queue.js';
import type { ReferencePlace } from './resolve.js';
import type { FhirResource } from './resource.js';
import type { SearchPages } from './search-page.js';
import type { LinkedServer } from './server-url.js';

export interface FhirClientOptions extends Permissions {
  /** The session's own `fetch`, which knows where a token may go. */
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** The FHIR base URL. */
  readonly base: string;
  /** Further places that the server itself has named: links and references may lead there. */
  readonly places?: readonly string[];
  readonly clock?: FhirClock;
}

export interface ReadOptions {
  /** Ends the wait of this caller; the request itself ends when nobody waits for it any more. */
  readonly signal?: AbortSignal | undefined;
  /** Asks the server again, whatever is at hand. */
  readonly reload?: boolean | undefined;
  /**
   * `hidden` where nobody sees that it waits: such a read lets all others go first, until somebody visible asks for the
   * same. `visible` where nothing is said.
   */
  readonly priority?: 'visible' | 'hidden' | undefined;
}

export interface SearchOptions extends ReadOptions {
  /** The most pages that are read; 50 where nothing is said. */
  readonly maxPages?: number | undefined;
}

export interface ResolveOptions extends ReadOptions, ReferencePlace {}

interface SharedRead {
  readonly answer: Promise<FhirResource>;
  readonly controller: AbortController;
  readonly turn: { readonly signal: AbortSignal; isVisible: boolean };
  waiters: number;
  answeredAt?: number;
}

/** From the request to the first byte of the answer, in ms. */
const firstByte = 20_000;
/** Long enough for all elements of a page to share one answer; short enough for a person to believe what they see. */
const maxAge = 60_000;
/** As many as browsers open to one HTTP/1.1 server. */
const parallel = 6;

/**
 * Reads from one FHIR server on behalf of one session, and never asks the same question twice at a time.
 *
 * What it keeps is in memory only, for a minute, and gone with {@link FhirClient.close}. Failures are not kept. A server
 * that is busy (429, 503) is asked again, twice at most, when it says so or after a while.
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
   * @throws {SmartError} of what was asked for: `fhir/invalid-source`, and `fhir/foreign-url` of the session's `fetch`.
   *   Of what was answered: `fhir/unauthorized`, `fhir/forbidden` (names type and scope), `fhir/not-found`, `fhir/gone`,
   *   `fhir/too-many-requests` and `fhir/server-error` (with `retryAfter` in ms, where the server says it),
   *   `fhir/rejected`, `fhir/not-json`, `fhir/wrong-type`, `fhir/wrong-patient`. Where nothing was: `fhir/unreachable`,
   *   `fhir/timed-out` (20 s). `session/superseded` after {@link FhirClient.close}; and whatever of the kind the session's
   *   `fetch` throws.
   */
  async read(source: string, options: ReadOptions = {}): Promise<FhirResource> {
    options.signal?.throwIfAborted();
    return this.#read(resolveSource(source, this.#options.base), options);
  }

  /**
   * Searches, page by page. Nothing is asked for before the first `next()`.
   *
   * Links to a next page are followed as they are, but never to another place. Entries of another patient are left out and
   * counted, where {@link FhirClient.read} would refuse the whole.
   *
   * @param source - as of {@link FhirClient.read}, such as `Observation?patient=123`; or an operation that gives a Bundle.
   * @returns pages, which are read when they are asked for. What they reject with is what {@link FhirClient.read} throws,
   *   and `session/part-missing`.
   */
  search(source: string, options: SearchOptions = {}): SearchPages {
    let pages: Pick<SearchPages, 'next'> | undefined;
    let isOver = false;
    return {
      next: async () => {
        if (isOver) {
          return { done: true, value: undefined };
        }
        const { Search } = await loadLinks();
        pages ??= new Search(source, options.maxPages, this.#server(options));
        return pages.next();
      },
      return: () => {
        isOver = true;
        return Promise.resolve({ done: true, value: undefined });
      },
      [Symbol.asyncIterator]() {
        return this;
      },
    };
  }

  /**
   * Finds what a reference leads to: a contained resource, an entry of the same Bundle, or a record of the server, also of
   * one version.
   *
   * @param reference - the text of a `Reference.reference`, such as `#med`, `Practitioner/3` or `urn:uuid:…`.
   * @throws {SmartError} `fhir/foreign-url` for a record at another place, whose host it names, without asking anybody;
   *   `fhir/broken-reference` where it leads to nothing, or to what is no record; `session/part-missing`; and what
   *   {@link FhirClient.read} throws.
   */
  async resolve(reference: string, options: ResolveOptions = {}): Promise<FhirResource> {
    const { resolveReference } = await loadLinks();
    return resolveReference(reference, options, this.#server(options));
  }

  /** Forgets everything and ends what is under way: the session is over, or nobody uses it here. */
  close(): void {
    this.#closed = true;
    for (const read of this.#reads.values()) {
      read.controller.abort(sessionError('superseded'));
    }
    this.#reads.clear();
  }

  #server(options: ReadOptions): LinkedServer {
    return { ...this.#options, read: (target) => this.#read(target, options) };
  }

  async #read(target: ReadTarget, options: ReadOptions): Promise<FhirResource> {
    const { signal, reload = false, priority = 'visible' } = options;
    signal?.throwIfAborted();
    if (this.#closed) {
      throw sessionError('superseded');
    }
    this.#dropOld();
    // What is of another patient is refused as a whole, or taken out of a page: not the same answer.
    const key = `${target.isPage ? 'page ' : ''}${target.url}`;
    let read = this.#reads.get(key);
    if (!read || reload) {
      read = this.#start(key, target);
      this.#reads.set(key, read);
    }
    read.turn.isVisible ||= priority === 'visible';
    read.waiters++;
    try {
      return await untilAborted(read.answer, signal);
    } finally {
      read.waiters--;
      if (read.waiters === 0 && read.answeredAt === undefined) {
        this.#drop(key, read);
        read.controller.abort();
      }
    }
  }

  #start(key: string, target: ReadTarget): SharedRead {
    const controller = new AbortController();
    const turn = { signal: controller.signal, isVisible: false };
    const answer = this.#ask(target, controller, turn);
    const read: SharedRead = { answer, controller, turn, waiters: 0 };
    answer.then(
      () => (read.answeredAt = this.#clock.now()),
      () => this.#drop(key, read),
    );
    return read;
  }

  async #ask(target: ReadTarget, controller: AbortController, turn: Waiter): Promise<FhirResource> {
    for (let attempt = 1; ; attempt++) {
      const answer = await this.#queue.run(() => this.#request(target.url, controller), turn);
      const isBusy = answer.status === 429 || answer.status === 503;
      // Where that cannot be loaded, the answer is taken as it is.
      const busy = isBusy ? await import('./retry.js').catch(() => undefined) : undefined;
      const retryAfter = busy?.readRetryAfter(answer.headers);
      const wait = busy?.waitBeforeNext(attempt, retryAfter);
      if (!busy || wait === undefined) {
        return readAnswer({ ...answer, retryAfter }, target, this.#options);
      }
      // Others may have its place meanwhile.
      await busy.pause(this.#clock, wait, turn.signal);
    }
  }

  async #request(url: string, controller: AbortController): Promise<Answer> {
    const { signal } = controller;
    signal.throwIfAborted();
    const stopTimer = this.#clock.after(firstByte, () => controller.abort(fhirError('timed-out', { url })));
    try {
      const init: RequestInit = {
        headers: { Accept: 'application/fhir+json' },
        cache: 'no-store',
        // Whatever the session does: an answer is from where it was asked for.
        redirect: 'error',
        signal,
      };
      const response = await untilAborted(this.#options.fetch(url, init), signal);
      stopTimer();
      const text = await untilAborted(response.text(), signal);
      return { status: response.status, headers: response.headers, text };
    } catch (thrown) {
      signal.throwIfAborted();
      throw SmartError.is(thrown) ? thrown : unreachable(url);
    } finally {
      stopTimer();
    }
  }

  #drop(key: string, read: SharedRead): void {
    if (this.#reads.get(key) === read) {
      this.#reads.delete(key);
    }
  }

  #dropOld(): void {
    const now = this.#clock.now();
    for (const [key, { answeredAt = now }] of this.#reads) {
      if (now - answeredAt >= maxAge) {
        this.#reads.delete(key);
      }
    }
  }
}

/** Most pages follow no link. */
function loadLinks(): Promise<typeof import('./links.js')> {
  return loadPart(() => import('./links.js'));
}

function unreachable(url: string): SmartError {
  return fhirError('unreachable', { url, values: { host: new URL(url).host } });
}
