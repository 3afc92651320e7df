import type { FhirClock } from '../../src/fhir/index.js';

/** A server's answer, by hand. */
export function answer(
  body: unknown,
  status = 200,
  headers: Readonly<Record<string, string>> = {},
): Response {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return new Response(text, { status, headers: { 'Content-Type': 'application/fhir+json', ...headers } });
}

/** A server with these bodies at these URLs, and nothing anywhere else. It writes down what it was asked. */
export function serverWith(bodies: Readonly<Record<string, unknown>>): {
  urls: string[];
  fetch: (url: string) => Promise<Response>;
} {
  const urls: string[] = [];
  return {
    urls,
    fetch: async (url) => {
      urls.push(url);
      return Object.hasOwn(bodies, url) ? answer(bodies[url]) : answer('', 404);
    },
  };
}

/** A `fetch` that answers only when told to, and writes down what it was asked. */
export class HandMadeFetch {
  readonly urls: string[] = [];
  readonly inits: RequestInit[] = [];
  readonly #waiting: {
    url: string;
    resolve: (response: Response) => void;
    reject: (error: unknown) => void;
  }[] = [];

  readonly fetch = (url: string | URL, init: RequestInit = {}): Promise<Response> => {
    this.urls.push(String(url));
    this.inits.push(init);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ url: String(url), resolve, reject });
      init.signal?.addEventListener('abort', () => reject(init.signal?.reason));
    });
  };

  /** How many requests are under way. */
  get open(): number {
    return this.#waiting.length;
  }

  /** Answers the requests that wait now. */
  answerAll(respond: (url: string) => Response): void {
    for (const { url, resolve } of this.#waiting.splice(0)) {
      resolve(respond(url));
    }
  }

  failAll(error: unknown): void {
    for (const { reject } of this.#waiting.splice(0)) {
      reject(error);
    }
  }
}

/** A clock that moves when told to. */
export class HandMadeClock implements FhirClock {
  #now = 0;
  readonly #timers = new Map<() => void, number>();

  now(): number {
    return this.#now;
  }

  after(ms: number, call: () => void): () => void {
    this.#timers.set(call, this.#now + ms);
    return () => this.#timers.delete(call);
  }

  pass(ms: number): void {
    this.#now += ms;
    for (const [call, at] of [...this.#timers]) {
      if (at <= this.#now) {
        this.#timers.delete(call);
        call();
      }
    }
  }
}

/** The code of the error that a promise rejects with. */
export async function codeOf(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error instanceof Error && 'code' in error ? error.code : error;
  }
  return 'no error';
}
