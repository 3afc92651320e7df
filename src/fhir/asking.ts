import { fhirError } from '../core/errors/fhir.js';
import { SmartError } from '../core/smart-error.js';
import { untilAborted, type FhirClock } from './clock.js';
import type { FhirClientOptions } from './fhir-client.js';
import { readAnswer, type Answer } from './read-answer.js';
import type { ReadTarget } from './read-target.js';
import { RequestQueue, type Waiter } from './request-queue.js';
import type { FhirResource } from './resource.js';

/** One question that is asked once, for all who wait for its answer. */
export interface Question extends Waiter {
  readonly target: ReadTarget;
  readonly controller: AbortController;
  readonly timeout: number;
  isVisible: boolean;
  /** Until when the server is left in peace, by the clock. */
  busyUntil: number;
  /** Who is to hear of that. */
  readonly onBusy: Set<(ms: number) => void>;
}

/** What is known of a server that may be busy. */
export interface BusyServer {
  readonly clock: FhirClock;
  /** Aborted when nobody asks it any more. */
  readonly signal: AbortSignal;
  readonly queue: RequestQueue;
  /** What it is asked, or is going to be. */
  readonly open: Set<Question>;
  /** Until when it is asked nothing, by the clock. */
  heldUntil: number;
}

/** As many as browsers open to one HTTP/1.1 server. */
const parallel = 6;

/** Asks one server, not too much at a time, and more than once where that helps. */
export class Asking {
  readonly #options: FhirClientOptions;
  readonly #clock: FhirClock;
  readonly #queue = new RequestQueue(parallel);
  readonly #life = new AbortController();
  readonly #busy: BusyServer;

  constructor(options: FhirClientOptions, clock: FhirClock) {
    this.#options = options;
    this.#clock = clock;
    const { signal } = this.#life;
    this.#busy = { clock, signal, queue: this.#queue, open: new Set(), heldUntil: 0 };
  }

  /** Asks until there is an answer that counts. @throws {SmartError} as {@link FhirClient.read}. */
  async ask(question: Question): Promise<FhirResource> {
    this.#busy.open.add(question);
    try {
      return await this.#ask(question);
    } finally {
      this.#busy.open.delete(question);
    }
  }

  /** How long the server is left in peace before it is asked this (once more), in ms. */
  waitFor({ busyUntil }: Question): number {
    return Math.max(busyUntil, this.#busy.heldUntil) - this.#clock.now();
  }

  close(): void {
    this.#life.abort();
  }

  async #ask(question: Question): Promise<FhirResource> {
    const { target } = question;
    let { url } = target;
    let refusal: Answer | undefined;
    for (let attempt = 1; ; attempt++) {
      const { answer, pause } = await this.#queue.run(() => this.#askOnce(url, question, attempt), question);
      if (pause) {
        // Others may have its place meanwhile.
        await pause();
        continue;
      }
      const isRefused = answer.status === 400 && target.type === 'Bundle';
      const otherUrl = isRefused && !refusal ? await askedOtherwise(target, answer) : undefined;
      if (otherUrl === undefined) {
        return readAnswer(isRefused && refusal ? refusal : answer, target, this.#options);
      }
      refusal = answer;
      url = otherUrl;
    }
  }

  /** @returns also what to wait for before it is asked once more, where the server is busy. */
  async #askOnce(
    url: string,
    question: Question,
    attempt: number,
  ): Promise<{ answer: Answer; pause?: (() => Promise<void>) | undefined }> {
    const answer = await this.#request(url, question);
    const isBusy = answer.status === 429 || answer.status === 503;
    // Where that cannot be loaded, the answer is taken as it is.
    const part = isBusy ? await import('./retry.js').catch(() => undefined) : undefined;
    return part?.waitFor(answer, attempt, question, this.#busy) ?? { answer };
  }

  async #request(url: string, { controller, signal, timeout }: Question): Promise<Answer> {
    signal.throwIfAborted();
    const stopTimer = this.#clock.after(timeout, () => controller.abort(fhirError('timed-out', { url })));
    try {
      const init: RequestInit = {
        // Some servers know JSON by its plain name only.
        headers: { Accept: 'application/fhir+json, application/json;q=0.9' },
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
}

/** Hardly any server refuses a search for how it is put. */
async function askedOtherwise(target: ReadTarget, { text }: Answer): Promise<string | undefined> {
  const part = await import('./ask-otherwise.js').catch(() => undefined);
  return part?.askedOtherwise(target, text);
}

function unreachable(url: string): SmartError {
  return fhirError('unreachable', { url, values: { host: new URL(url).host } });
}
