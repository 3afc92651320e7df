import { adapterError } from '../core/errors/adapter.js';
import { authorizedRequest } from './authorized-request.js';
import type { Host } from './host.js';
import type { FetchAdapter, SessionAdapter, TokenAdapter } from './session-adapter.js';

/** What came of a request. */
export interface AdapterAnswer {
  /** Undefined where there was no token to ask with. */
  readonly response?: Response;
  /** Whether it shows that the session is over. */
  readonly isOver: boolean;
}

/** RFC 6750 §2.1. In a header, anything else would be an error that repeats it. */
const tokenForm = /^[\w.~+/-]+=*$/;

/** Asks for records in one session that the page brings. The tokens that the page gives are here and nowhere else. */
export class AdapterRequests {
  readonly #adapter: SessionAdapter;
  readonly #host: Host;
  readonly #fhirBase: string;
  /** Ends everything together with the session. */
  readonly #life: AbortSignal;
  /** The tokens that were asked for and have not come, by whether the last one was refused. */
  readonly #asked = new Map<boolean, Promise<string | undefined>>();
  #latest: string | undefined;

  constructor(adapter: SessionAdapter, host: Host, fhirBase: string, life: AbortSignal) {
    this.#adapter = adapter;
    this.#host = host;
    this.#fhirBase = fhirBase;
    this.#life = life;
  }

  /**
   * @param url what the guard of the session made of it.
   * @throws {SmartError} `adapter/failed`, `adapter/invalid-token`. Network faults reject as those of `fetch()` do.
   */
  fetch(url: URL, init: RequestInit): Promise<AdapterAnswer> {
    return this.#adapter.getToken
      ? this.#askWithToken(this.#adapter, url.href, init)
      : this.#askThroughPage(this.#adapter, url.href, init);
  }

  async #askWithToken(adapter: TokenAdapter, url: string, init: RequestInit): Promise<AdapterAnswer> {
    const send = (token: string): Promise<Response> =>
      this.#host.fetch(url, authorizedRequest(init, token, this.#life));
    const token = await this.#token(adapter, false);
    if (token === undefined) {
      return { isOver: true };
    }
    const response = await send(token);
    // A stream can be read once: such a request cannot be repeated.
    if (response.status !== 401 || init.body instanceof ReadableStream) {
      return { response, isOver: false };
    }
    // Somebody else's request may have brought another one meanwhile.
    const next = await this.#token(adapter, this.#latest === token);
    if (next === undefined || next === token) {
      return { response, isOver: true };
    }
    const again = await send(next);
    return { response: again, isOver: again.status === 401 };
  }

  async #askThroughPage(adapter: FetchAdapter, url: string, init: RequestInit): Promise<AdapterAnswer> {
    try {
      const response = await adapter.fetch(url, {
        ...authorizedRequest(init, undefined, this.#life),
        // Whether it needs a cookie is the page's to know.
        credentials: init.credentials ?? 'same-origin',
      });
      return { response, isOver: response.status === 401 };
    } catch {
      this.#life.throwIfAborted();
      init.signal?.throwIfAborted();
      // What the page has thrown is not repeated.
      throw new TypeError('Failed to fetch');
    }
  }

  /** One question for all who ask at the same time. */
  #token(adapter: TokenAdapter, rejected: boolean): Promise<string | undefined> {
    const asked =
      this.#asked.get(rejected) ??
      this.#requestToken(adapter, rejected).finally(() => {
        this.#asked.delete(rejected);
      });
    this.#asked.set(rejected, asked);
    return asked;
  }

  async #requestToken(adapter: TokenAdapter, rejected: boolean): Promise<string | undefined> {
    let token: unknown;
    try {
      token = await adapter.getToken({ fhirBase: this.#fhirBase, rejected, signal: this.#life });
    } catch {
      throw adapterError('failed', { values: { name: 'getToken' } });
    }
    if (token === undefined || token === null) {
      return undefined;
    }
    if (typeof token !== 'string' || !tokenForm.test(token)) {
      throw adapterError('invalid-token');
    }
    this.#latest = token;
    return token;
  }
}
