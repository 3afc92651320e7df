import { backendError } from '../core/errors/backend.js';
import { sessionError } from '../core/errors/session.js';
import { Fault, worded } from '../core/fault.js';
import type { SmartError } from '../core/smart-error.js';
import type { Introspection } from '../smart/introspection.js';
import { signInError, takeAnswer } from './backend-answers.js';
import { BackendApi, type BackendAnswer } from './backend-api.js';
import type { Host } from './host.js';
import { OutsideSession } from './outside-session.js';
import { OwedSignOut } from './owed-sign-out.js';
import type { SessionFacts } from './session-facts.js';
import type { Session, Snapshot } from './session.js';

/** What a page says about its backend. */
export interface BackendOptions {
  /** Where it is: a path of this site, such as `/smart`. */
  readonly backend: string;
  /** Whether many people use this computer: what is left is signed out, and what nobody looks at is not shown. */
  readonly kiosk?: boolean;
}

/** How often the backend is told that the person does something. */
const tellEveryMs = 60_000;

/**
 * A session that a server of the page's own keeps, tokens and all (RFC 10017, “Backend For Frontend”): this browser has a
 * cookie that no script can read. `docs/backend.md` says what the two say to each other.
 *
 * The cookie is the browser's, and not the page's: another tab may sign somebody else in. Each request therefore says which
 * session it means, and a page never changes from one person's record to another's by itself.
 */
export class BackendSession implements Session {
  readonly #options: BackendOptions;
  readonly #host: Host;
  readonly #session: OutsideSession;
  readonly #stopListening: () => void;
  readonly #owed: OwedSignOut;
  #api: BackendApi | undefined;
  #refresh: Promise<void> | undefined;
  /** When the backend was last told that the person is here. */
  #toldAt = 0;

  constructor(options: BackendOptions, host: Host) {
    this.#options = options;
    this.#host = host;
    this.#owed = new OwedSignOut(host);
    this.#session = new OutsideSession({
      host,
      actions: this,
      isKiosk: options.kiosk ?? false,
      ask: () => this.#ask(),
    });
    this.#stopListening = host.onActivity(() => {
      this.#onActivity();
    });
  }

  get snapshot(): Snapshot {
    return this.#session.machine.snapshot;
  }

  subscribe(listener: (snapshot: Snapshot) => void): () => void {
    return this.#session.machine.subscribe(listener);
  }

  async start(): Promise<void> {
    await this.#session.look().catch(() => undefined);
  }

  signIn(): Promise<void> {
    if (this.#api && this.#session.machine.enter('sign-in')) {
      this.#host.navigate(this.#api.signInUrl);
    }
    return Promise.resolve();
  }

  async signInAgain(): Promise<void> {
    this.#session.expectUsable();
    this.#session.machine.enter('ended');
    await this.signIn();
  }

  /** The answer of the authorization server goes to the backend, and not through the page. */
  async completeSignIn(): Promise<void> {
    await this.#session.lookAnew();
  }

  async signOut(): Promise<void> {
    const id = this.#session.facts?.id;
    if (!this.#session.end('signed-out') || id === undefined) {
      return;
    }
    this.#host.tell({ ended: id });
    this.#owed.owe(id);
    await this.#settle();
  }

  async refresh(): Promise<void> {
    await this.extend();
  }

  async extend(): Promise<void> {
    const { facts } = this.#session.expectUsable();
    this.#refresh ??= this.#sayPresent(facts).finally(() => {
      this.#refresh = undefined;
    });
    await this.#refresh;
  }

  async introspect(): Promise<Introspection> {
    return worded(() => {
      throw new Fault('token/no-introspection');
    });
  }

  async fetch(input: string | URL, init: RequestInit = {}): Promise<Response> {
    const outside = this.#session.expectUsable();
    const { facts, guard, life } = outside;
    const response = await this.#connected.fhir(guard(input), init, facts, life.signal);
    if (response.status === 401 || response.status === 409) {
      await this.#lookAfterRefusal();
    }
    if (response.status === 409 || life.signal.aborted) {
      // What was asked for in one session is no answer in another.
      throw sessionError('superseded');
    }
    return response;
  }

  stop(): void {
    this.#stopListening();
    this.#session.stop();
  }

  get #connected(): BackendApi {
    if (!this.#api) {
      throw sessionError('not-signed-in');
    }
    return this.#api;
  }

  async #ask(): Promise<void> {
    this.#api ??= new BackendApi(this.#host, this.#options.backend.trim());
    await this.#settle();
    await this.#take(await this.#connected.session(this.#session.facts?.id));
  }

  /** The backend has refused a request: what it says from now on tells why. */
  async #lookAfterRefusal(): Promise<void> {
    await this.#session.lookAnew().catch(() => {
      this.#session.machine.enter('ended');
    });
  }

  async #take(answer: BackendAnswer): Promise<void> {
    const error = answer.problem && (await signInError(answer.problem));
    if (this.#session.isListening) {
      const { id: owedId } = this.#owed;
      takeAnswer(this.#session, answer, { owedId, error: error ?? this.#unconfirmed });
    }
  }

  async #sayPresent({ id }: SessionFacts): Promise<void> {
    const answer = await this.#connected.refresh(id);
    if (!answer) {
      await this.#lookAfterRefusal();
      throw sessionError(this.snapshot.status === 'expired' ? 'expired' : 'superseded');
    }
    this.#toldAt = this.#host.now();
    await this.#take(answer);
    if (answer.status !== 'signed-in' || answer.facts?.id !== id) {
      throw sessionError('superseded');
    }
  }

  /** Movements of the mouse are no answer to the question whether somebody is still here. */
  #onActivity(): void {
    const { facts, machine, isAsked } = this.#session;
    const everyMs = Math.min(tellEveryMs, (facts?.idleLimitMs ?? Infinity) / 4);
    const isTime = Math.abs(this.#host.now() - this.#toldAt) >= everyMs;
    if (machine.status === 'signed-in' && facts?.idleLimitMs !== Infinity && !isAsked && isTime) {
      this.#toldAt = this.#host.now();
      this.extend().catch(() => undefined);
    }
  }

  /** Tells the backend of a sign-out that it may not know of. */
  async #settle(): Promise<void> {
    if (this.#owed.id !== undefined) {
      await this.#owed.settle((id) => this.#connected.signOut(id));
      this.#session.machine.enter('changed', { error: this.#unconfirmed });
    }
  }

  get #unconfirmed(): SmartError | undefined {
    return this.#owed.id === undefined ? undefined : backendError('sign-out-unconfirmed');
  }
}
