import { backendConfigError, backendError } from '../core/errors/backend.js';
import type { NameIn } from '../core/error-family.js';
import type { OAuthErrorText, SmartError } from '../core/smart-error.js';
import { isJsonObject, parseJsonObject, type JsonObject } from '../smart/json-object.js';
import { asFolder } from '../smart/secure-url.js';
import { authorizedRequest } from './authorized-request.js';
import type { Host } from './host.js';
import { readEnding, readSessionFacts, textIn, type SessionFacts } from './session-facts.js';

/** What a backend says of the session of this browser. */
export interface BackendAnswer {
  readonly status: 'signed-in' | 'signed-out' | 'expired';
  /** Of the session that there is, or was. Always there where somebody is signed in. */
  readonly facts: SessionFacts | undefined;
  /** Whether nobody is signed in because the person did nothing for too long. */
  readonly isIdle: boolean;
  /** What went wrong with the latest sign-in. */
  readonly problem: OAuthErrorText | undefined;
}

/** In place of the id of a session, where the page knows of none. */
const noSession = 'none';
const timeoutMs = 15_000;

/** Speaks with a backend, as docs/backend.md describes it. */
export class BackendApi {
  readonly #host: Host;
  /** Absolute, without a slash at its end. */
  readonly #base: string;

  /**
   * @param backend a path or URL of this site.
   * @throws {SmartError} `config/invalid-backend`.
   */
  constructor(host: Host, backend: string) {
    const page = host.pageUrl();
    const url = URL.canParse(backend, page) ? new URL(backend, page) : undefined;
    // Its cookie is for this origin, and so are the records that it hands on.
    if (!backend || url?.origin !== new URL(page).origin || url.search + url.hash !== '') {
      throw backendConfigError('invalid-backend', { values: { value: backend } });
    }
    this.#host = host;
    this.#base = url.href.replace(/\/+$/, '');
  }

  /** Where the person is to go to sign in: it brings them back to this page, as it is now. */
  get signInUrl(): string {
    const { pathname, search, hash } = new URL(this.#host.pageUrl());
    return `${this.#base}/sign-in?${new URLSearchParams({ return_to: pathname + search + hash }).toString()}`;
  }

  /** Asks who is signed in. @throws {SmartError} `backend/…`. */
  async session(id: string | undefined): Promise<BackendAnswer> {
    const answer = await this.#ask('session', id ?? noSession, {});
    if (!answer) {
      throw this.#error('invalid-answer', 'session');
    }
    return answer;
  }

  /**
   * Says that the person is still here.
   *
   * @returns undefined where the session is over, or another one now.
   * @throws {SmartError} `backend/…`.
   */
  refresh(id: string): Promise<BackendAnswer | undefined> {
    return this.#ask('refresh', id, { method: 'POST' });
  }

  /** Ends the session. @returns whether the backend has confirmed it. */
  async signOut(id: string): Promise<boolean> {
    try {
      // The page may be gone in a moment.
      const { ok, status } = await this.#send('sign-out', id, { method: 'POST', keepalive: true });
      // Somebody else has signed in since: then this one is no more.
      return ok || status === 401 || status === 409;
    } catch {
      return false;
    }
  }

  /**
   * Asks for a record.
   *
   * @param url what the guard of the session made of it.
   */
  fhir(url: URL, init: RequestInit, { id, fhirBase }: SessionFacts, life: AbortSignal): Promise<Response> {
    const { pathname: folder } = new URL(asFolder(fhirBase));
    const rest = url.pathname.slice(folder.length) + url.search;
    const request = authorizedRequest(init, undefined, life);
    const headers = new Headers(request.headers);
    headers.set('smart-session', id);
    return this.#host.fetch(`${this.#base}/fhir/${rest}`, {
      ...request,
      headers,
      credentials: 'same-origin',
    });
  }

  async #ask(place: string, id: string, init: RequestInit): Promise<BackendAnswer | undefined> {
    let status: number;
    let text: string;
    try {
      const response = await this.#send(place, id, init);
      ({ status } = response);
      text = await response.text();
    } catch {
      throw this.#error('unreachable', place);
    }
    if (status === 401 || status === 409) {
      return undefined;
    }
    if (status !== 200) {
      throw this.#error(nameOf(status), place, status);
    }
    const said = parseJsonObject(text);
    const answer = said && readAnswer(said, this.#host.now());
    if (!answer) {
      throw this.#error('invalid-answer', place, status);
    }
    return answer;
  }

  #send(place: string, id: string, init: RequestInit): Promise<Response> {
    return this.#host.fetch(`${this.#base}/${place}`, {
      ...init,
      headers: { accept: 'application/json', 'smart-session': id },
      credentials: 'same-origin',
      cache: 'no-store',
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    });
  }

  #error(name: NameIn<typeof backendError>, place: string, status?: number): SmartError {
    const url = `${this.#base}/${place}`;
    const value = new URL(url).pathname;
    return backendError(name, { url, values: { value }, ...(status !== undefined && { status }) });
  }
}

function nameOf(status: number): NameIn<typeof backendError> {
  if (status >= 500 || status === 429) {
    return 'unavailable';
  }
  return status === 404 ? 'unreachable' : 'refused';
}

/** @returns undefined for what is no answer of a backend. */
function readAnswer(said: JsonObject, now: number): BackendAnswer | undefined {
  const { status } = said;
  const problem = readProblem(said['problem']);
  if (status === 'signed-out') {
    return { status, facts: undefined, isIdle: said['reason'] === 'idle', problem };
  }
  if (status !== 'signed-in' && status !== 'expired') {
    return undefined;
  }
  const facts = readFacts(said, now);
  return facts && { status, facts, isIdle: false, problem };
}

function readFacts(said: JsonObject, now: number): SessionFacts | undefined {
  const id = textIn(said['id']);
  const fhirBase = textIn(said['fhir_base']);
  if (id === undefined || fhirBase === undefined || !URL.canParse(fhirBase)) {
    return undefined;
  }
  /** Seconds from now on, and not a time: the clocks of browsers are wrong. */
  const after = (seconds: unknown): number | undefined =>
    typeof seconds === 'number' && Number.isFinite(seconds) ? now + Math.max(1, seconds) * 1000 : undefined;
  const ending = isJsonObject(said['ending']) ? said['ending'] : {};
  const endsAt = after(ending['in']);
  const idleLimit = said['idle_limit'];
  return readSessionFacts(
    {
      id,
      fhirBase,
      scope: said['scope'],
      askedScope: said['asked_scope'],
      context: said['context'],
      user: said['user'],
      configuration: said['configuration'],
      isRenewable: said['refreshable'] === true,
      isLaunched: said['recovery'] === 'relaunch',
      expiresAt: after(said['expires_in']),
      ending: endsAt === undefined ? undefined : readEnding(ending, endsAt),
      idleLimitMs: typeof idleLimit === 'number' && idleLimit > 0 ? idleLimit * 1000 : Infinity,
    },
    now,
  );
}

function readProblem(said: unknown): OAuthErrorText | undefined {
  const { error, error_description: description } = isJsonObject(said) ? said : {};
  const text = (value: unknown): string | undefined =>
    textIn(value)
      ?.replace(/\p{Cc}+/gu, ' ')
      .slice(0, 500);
  const code = text(error);
  const words = text(description);
  return code === undefined ? undefined : { error: code, ...(words !== undefined && { description: words }) };
}
