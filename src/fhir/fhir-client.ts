import { sessionError } from '../core/errors/session.js';
import { loadPart } from '../core/load-part.js';
import { Asking, type Question } from './asking.js';
import { systemClock, untilAborted, type FhirClock } from './clock.js';
import { checkAnswer, type Permissions } from './read-answer.js';
import { resolveSource, type ReadTarget } from './read-target.js';
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
  /**
   * How long the server may take from the request to the first byte of its answer, in ms; 20 s where nothing is said. Where
   * several wait for one answer, that of the first.
   */
  readonly timeout?: number | undefined;
  /** Called where the server is busy, with how long it is left in peace before it is asked again, in ms. */
  readonly onBusy?: ((ms: number) => void) | undefined;
}

export interface SearchOptions extends ReadOptions {
  /** The most pages that are read; 50 where nothing is said. */
  readonly maxPages?: number | undefined;
}

export interface ResolveOptions extends ReadOptions, ReferencePlace {}

interface SharedRead extends Question {
  readonly answer: Promise<FhirResource>;
  waiters: number;
  answeredAt?: number;
}

/** From the request to the first byte of the answer, in ms. */
const firstByte = 20_000;
/** Long enough for all elements of a page to share one answer; short enough for a person to believe what they see. */
const maxAge = 60_000;

/**
 * Reads from one FHIR server on behalf of one session, and never asks the same question twice at a time.
 *
 * What it keeps is in memory only, for a minute, and gone with {@link FhirClient.close}. Failures are not kept. A server
 * that is busy (429, 503) is asked again, twice at most, after a while; where it says when (`Retry-After`), nobody asks it
 * anything until then. One that refuses a search without a status, or with `_include`, is asked once more in the way that
 * it wants.
 */
export class FhirClient {
  readonly #options: FhirClientOptions;
  readonly #clock: FhirClock;
  readonly #reads = new Map<string, SharedRead>();
  readonly #asking: Asking;
  #closed = false;

  constructor(options: FhirClientOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#asking = new Asking(options, this.#clock);
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
    const { base, places } = this.#options;
    return this.#read(resolveSource(source, base, places), options);
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
    this.#asking.close();
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
    const { url } = target;
    let read = this.#reads.get(url);
    if (!read || reload) {
      read = this.#start(target, options);
      this.#reads.set(url, read);
    }
    const { onBusy } = options;
    if (onBusy && read.answeredAt === undefined) {
      read.onBusy.add(onBusy);
      const wait = this.#asking.waitFor(read);
      if (wait > 0) {
        onBusy(wait);
      }
    }
    read.isVisible ||= priority === 'visible';
    read.waiters++;
    try {
      const resource = await untilAborted(read.answer, signal);
      // Those who wait for the same answer may want something else of it: one page, or all of it.
      try {
        checkAnswer(resource, target, this.#options);
      } catch (wrong) {
        this.#drop(read);
        throw wrong;
      }
      return resource;
    } finally {
      if (onBusy) {
        read.onBusy.delete(onBusy);
      }
      read.waiters--;
      if (read.waiters === 0 && read.answeredAt === undefined) {
        this.#drop(read);
        read.controller.abort();
      }
    }
  }

  #start(target: ReadTarget, { timeout = firstByte }: ReadOptions): SharedRead {
    const controller = new AbortController();
    const { signal } = controller;
    const question: Question = {
      target,
      controller,
      signal,
      timeout,
      isVisible: false,
      busyUntil: 0,
      onBusy: new Set(),
    };
    const read: SharedRead = Object.assign(question, { answer: this.#asking.ask(question), waiters: 0 });
    read.answer.then(
      () => (read.answeredAt = this.#clock.now()),
      () => this.#drop(read),
    );
    return read;
  }

  #drop(read: SharedRead): void {
    const { url } = read.target;
    if (this.#reads.get(url) === read) {
      this.#reads.delete(url);
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
