import { adapterConfigError, adapterError } from '../core/errors/adapter.js';
import { sessionError } from '../core/errors/session.js';
import { Fault, worded } from '../core/fault.js';
import type { SmartError } from '../core/smart-error.js';
import { readClientSettings } from '../smart/client-settings.js';
import type { Introspection } from '../smart/introspection.js';
import { isJsonObject } from '../smart/json-object.js';
import { AdapterRequests } from './adapter-requests.js';
import type { Host } from './host.js';
import { asError } from './kept-session.js';
import { OutsideSession } from './outside-session.js';
import type { AdapterFacts, SessionAdapter } from './session-adapter.js';
import { isAlike, readEnding, readSessionFacts, textIn, type SessionFacts } from './session-facts.js';
import type { Session, Snapshot } from './session.js';

/** What a page says about the session that it brings. */
export interface AdaptedOptions {
  readonly adapter: SessionAdapter;
  /** The FHIR base URL; empty where the adapter knows it. `{tenant}` in it is filled from `tenant`. */
  readonly fhirBase?: string;
  readonly tenant?: string;
  /** Whether many people use this computer: what is left is signed out, and what nobody looks at is not shown. */
  readonly kiosk?: boolean;
}

/** A session that the page brings: its own code signs people in, and gives a token or reads records. */
export class AdaptedSession implements Session {
  readonly #options: AdaptedOptions;
  readonly #host: Host;
  readonly #session: OutsideSession;
  /** Each session asks for itself: no token of one is ever sent for the next. */
  readonly #requests = new WeakMap<AbortController, AdapterRequests>();
  #stopHearing: (() => void) | undefined;
  /** Whether the kit has found the session to be over: that holds until the page's own code says that it has changed. */
  #isOver = false;

  constructor(options: AdaptedOptions, host: Host) {
    this.#options = options;
    this.#host = host;
    this.#session = new OutsideSession({
      host,
      actions: this,
      isKiosk: options.kiosk ?? false,
      ask: () => this.#ask(),
    });
    this.#session.machine.subscribe((snapshot) => {
      const { status } = snapshot;
      this.#isOver ||= status === 'expired' || (status === 'signed-out' && snapshot.reason !== 'initial');
    });
  }

  get snapshot(): Snapshot {
    return this.#session.machine.snapshot;
  }

  subscribe(listener: (snapshot: Snapshot) => void): () => void {
    return this.#session.machine.subscribe(listener);
  }

  async start(): Promise<void> {
    try {
      this.#stopHearing ??= this.#adapter.subscribe?.(() => {
        this.#isOver = false;
        this.#session.lookAnew().catch(() => undefined);
      });
    } catch {
      this.#session.machine.enter('refused', { error: failed('subscribe') });
      return;
    }
    await this.#session.look().catch(() => undefined);
  }

  async signIn(): Promise<void> {
    const { machine } = this.#session;
    if (!machine.enter('sign-in')) {
      return;
    }
    let error = this.#adapter.signIn ? undefined : adapterError('no-sign-in');
    try {
      await this.#adapter.signIn?.();
    } catch {
      error = failed('signIn');
    }
    this.#isOver = false;
    await this.#session.lookAnew().catch((thrown: unknown) => {
      error ??= asError(thrown);
    });
    if (machine.status === 'authorizing') {
      this.#session.stay(error);
    }
  }

  async signInAgain(): Promise<void> {
    this.#session.expectUsable();
    this.#session.machine.enter('ended');
    await this.signIn();
  }

  /** The page's own code takes the answer of the authorization server. */
  async completeSignIn(): Promise<void> {
    await this.#session.lookAnew();
  }

  async signOut(): Promise<void> {
    const id = this.#session.facts?.id;
    if (!this.#session.end('signed-out') || id === undefined) {
      return;
    }
    this.#host.tell({ ended: id });
    try {
      await this.#adapter.signOut?.();
    } catch {
      this.#session.machine.enter('changed', { error: failed('signOut') });
    }
  }

  async refresh(): Promise<void> {
    this.#session.expectUsable();
    if (!this.#adapter.refresh) {
      throw sessionError('not-renewable');
    }
    try {
      await this.#adapter.refresh();
    } catch {
      throw failed('refresh');
    }
    await this.#session.lookAnew();
  }

  async extend(): Promise<void> {
    await this.refresh();
  }

  async introspect(): Promise<Introspection> {
    return worded(() => {
      throw new Fault('token/no-introspection');
    });
  }

  async fetch(input: string | URL, init: RequestInit = {}): Promise<Response> {
    const { life, guard, facts } = this.#session.expectUsable();
    let requests = this.#requests.get(life);
    if (!requests) {
      requests = new AdapterRequests(this.#adapter, this.#host, facts.fhirBase, life.signal);
      this.#requests.set(life, requests);
    }
    const answer = await requests.fetch(guard(input), init);
    if (life.signal.aborted) {
      // What was asked for in one session is no answer in another.
      throw sessionError('superseded');
    }
    if (answer.isOver) {
      this.#session.machine.enter('ended');
    }
    if (!answer.response) {
      throw sessionError('expired');
    }
    return answer.response;
  }

  stop(): void {
    this.#stopHearing?.();
    this.#session.stop();
  }

  get #adapter(): SessionAdapter {
    return this.#options.adapter;
  }

  /** Asks the page's own code who is signed in, and takes that over. */
  async #ask(): Promise<void> {
    if (Boolean(this.#adapter.getToken) === Boolean(this.#adapter.fetch)) {
      throw adapterConfigError('invalid-adapter');
    }
    let said: AdapterFacts | undefined;
    try {
      said = (this.#adapter.describe ? await this.#adapter.describe() : {}) ?? undefined;
      // A copy: what the page goes on changing must not change what was shown.
      said = structuredClone(said);
    } catch {
      throw failed('describe');
    }
    const facts = said && (await this.#read(said));
    if (this.#session.isListening) {
      this.#take(facts, said?.hasEnded ?? false);
    }
  }

  #take(facts: SessionFacts | undefined, hasEnded: boolean): void {
    const { machine, facts: before } = this.#session;
    const { status } = machine;
    if (status === 'authorizing') {
      // While somebody is signing in, it is no news that nobody is signed in.
      if (!facts || hasEnded) {
        return;
      }
      machine.enter('returned');
    }
    if (facts && this.#isOver && status !== 'authorizing') {
      // It has been put away meanwhile.
      machine.enter(before ? 'ended' : 'nobody', { reason: 'signed-out' });
    } else if (facts && (before ?? !(hasEnded && status === 'signed-out'))) {
      this.#session.take(facts);
      if (!machine.enter(hasEnded ? 'ended' : 'restored')) {
        machine.enter('changed');
      }
    } else if (before ?? status === 'starting') {
      this.#session.end(before ? 'signed-out' : 'initial');
    }
  }

  async #read(said: AdapterFacts): Promise<SessionFacts> {
    const { fhirBase = '', tenant = '' } = this.#options;
    // The same rules as for every page. Who the client is, and what it asked for, is the page's own matter.
    const settings = await readClientSettings(
      { fhirBase: fhirBase.trim() || (textIn(said.fhirBase) ?? ''), tenant, clientId: '-', scope: '-' },
      this.#host.pageUrl(),
    );
    const { ending, expiresAt, idleLimit } = said;
    const facts = readSessionFacts(
      {
        ...said,
        id: textIn(said.id) ?? crypto.randomUUID(),
        fhirBase: settings.fhirBase,
        isRenewable: this.#adapter.refresh !== undefined,
        isLaunched: said.recovery === 'relaunch',
        expiresAt: isTime(expiresAt) ? expiresAt : undefined,
        ending: isJsonObject(ending) && isTime(ending['at']) ? readEnding(ending, ending['at']) : undefined,
        idleLimitMs: isTime(idleLimit) ? idleLimit : Infinity,
      },
      this.#host.now(),
    );
    const { facts: before } = this.#session;
    return said.id === undefined && before && isAlike(before, facts) ? { ...facts, id: before.id } : facts;
  }
}

/** A number that is one. */
function isTime(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function failed(name: string): SmartError {
  return adapterError('failed', { values: { name } });
}
