import { sessionError } from '../core/errors/session.js';
import { Fault, worded } from '../core/fault.js';
import type { SmartError } from '../core/smart-error.js';
import { createTokenGuard, type TokenGuard } from '../smart/token-guard.js';
import { EndingWatch } from './ending-watch.js';
import type { Host, PageEvent } from './host.js';
import { asError } from './kept-session.js';
import { isAlike, type SessionFacts } from './session-facts.js';
import { SessionMachine, type Remarks } from './session-machine.js';
import type { Session, SessionStatus, SignedOutReason, Snapshot } from './session.js';
import { createSnapshot, whileCurrent, type SessionActions } from './snapshots.js';

/** What an outside session works with. */
export interface OutsideParts {
  readonly host: Host;
  /** What snapshots let their holders do. */
  readonly actions: SessionActions & Pick<Session, 'start'>;
  /** Whether many people use this computer: what is left is signed out, and what nobody looks at is not shown. */
  readonly isKiosk: boolean;
  /**
   * Asks whoever keeps the session what has become of it, and takes what they say.
   *
   * @throws {SmartError} where they do not answer. That ends nothing; but what is hidden stays so.
   */
  readonly ask: () => Promise<void>;
}

/** A session, and what ends with it. */
export interface Outside {
  readonly facts: SessionFacts;
  readonly guard: TokenGuard;
  /** Ends requests together with the session. */
  readonly life: AbortController;
}

/**
 * A session whose tokens are kept by somebody else: a backend, or code of the page. What is known of it, its snapshots, and
 * when it ends.
 */
export class OutsideSession {
  readonly machine: SessionMachine;
  readonly #parts: OutsideParts;
  readonly #watch: EndingWatch;
  readonly #stopListening: readonly (() => void)[];
  #outside: Outside | undefined;
  /** New for each session of a person, and where it ends: functions of an older one no longer work. */
  #id: string = crypto.randomUUID();
  #question: Promise<void> | undefined;
  #isAway = false;
  #isStopped = false;

  constructor(parts: OutsideParts) {
    const { host } = parts;
    this.#parts = parts;
    this.#watch = new EndingWatch({
      host,
      facts: () => (this.machine.status === 'signed-in' ? this.facts : undefined),
      ask: () => this.lookAnew(),
      retake: (facts) => {
        this.take(facts);
      },
      onNear: () => {
        this.machine.enter('changed');
      },
      onCome: ({ cause }) => {
        if (cause === 'idle') {
          this.end('idle');
        } else {
          this.machine.enter('ended');
        }
      },
    });
    this.machine = new SessionMachine(
      (status, remarks) => this.#describe(status, remarks),
      () => {
        this.#watch.look();
      },
    );
    this.#stopListening = [
      host.onPageEvent((event) => {
        this.#onPageEvent(event);
      }),
      host.onTold(({ ended, reason }) => {
        if (ended !== undefined && ended === this.facts?.id) {
          this.end(reason ?? 'signed-out-elsewhere');
        }
      }),
    ];
  }

  /** Undefined where nobody is, or was, signed in. */
  get current(): Outside | undefined {
    return this.#outside;
  }

  get facts(): SessionFacts | undefined {
    return this.#outside?.facts;
  }

  /** Whether the person is being asked whether they are still here. */
  get isAsked(): boolean {
    return this.#watch.near?.cause === 'idle';
  }

  /** @throws {SmartError} `session/expired`, `session/not-signed-in`. */
  expectUsable(): Outside {
    const { status } = this.machine;
    // A page that is being left still saves.
    if (this.#outside && (status === 'signed-in' || status === 'starting')) {
      return this.#outside;
    }
    throw sessionError(status === 'expired' ? 'expired' : 'not-signed-in');
  }

  /** Takes what is said of a session: of the one that there is, or of another one, which takes its place. */
  take(facts: SessionFacts): void {
    const before = this.facts;
    if (this.#outside && before?.id === facts.id && isAlike(before, facts)) {
      // Since when it lasts is known to who has seen it begin.
      const { obtainedAt, beganAt } = before.credentials;
      const credentials = { ...facts.credentials, obtainedAt, beganAt };
      this.#outside = { ...this.#outside, facts: { ...facts, credentials } };
    } else {
      this.#release();
      // An id that comes again for somebody else is not the one that others know.
      this.#id = before?.id === facts.id ? crypto.randomUUID() : facts.id;
      this.#outside = { facts, guard: createTokenGuard(facts.fhirBase), life: new AbortController() };
    }
    this.#watch.look();
  }

  /** Forgets the session, at once and wholly. @returns whether there was something to end. */
  end(reason: SignedOutReason, error?: SmartError): boolean {
    if (!this.machine.allows('nobody')) {
      return false;
    }
    this.#release();
    this.#id = crypto.randomUUID();
    return this.machine.enter('nobody', { reason, error });
  }

  /**
   * Asks whoever keeps the session; one question for all who want to know.
   *
   * @throws {SmartError} where they do not answer.
   */
  look(): Promise<void> {
    this.#question ??= this.#ask().finally(() => {
      this.#question = undefined;
    });
    return this.#question;
  }

  /** The same, where an answer that is on its way already may be of before. */
  async lookAnew(): Promise<void> {
    await this.#question?.catch(() => undefined);
    await this.look();
  }

  /** Whether an answer is still of use: nobody has left the page, and what it is of before is not shown on its return. */
  get isListening(): boolean {
    return !this.#isStopped && !this.#isAway;
  }

  /** The person is still at the page, or again, without having signed in. */
  stay(error?: SmartError): void {
    this.machine.enter(this.#outside ? 'stayed-expired' : 'stayed', { error });
  }

  stop(): void {
    this.#isStopped = true;
    this.#stopListening.forEach((stop) => {
      stop();
    });
    this.#watch.stop();
    this.machine.silence();
    this.#outside?.life.abort(sessionError('superseded'));
  }

  async #ask(): Promise<void> {
    const { host, ask } = this.#parts;
    try {
      await worded(() => {
        if (!host.isSecure) {
          throw new Fault('config/insecure-context');
        }
      });
      await ask();
    } catch (thrown) {
      if (this.isListening) {
        // Where something is hidden, or nothing was shown yet.
        this.machine.enter('refused', { error: asError(thrown) });
      }
      throw thrown;
    }
  }

  #onPageEvent(event: PageEvent): void {
    const { isKiosk, actions } = this.#parts;
    if (event === 'left' && isKiosk) {
      this.#isAway = true;
      actions.signOut().catch(() => undefined);
    } else if (event === 'left' || event === 'frozen' || (event === 'hidden' && isKiosk)) {
      this.#isAway = true;
      if (this.#outside) {
        this.machine.enter('left');
      }
    } else if (event !== 'hidden') {
      this.#isAway &&= event === 'online';
      this.#onSeen(event);
    }
  }

  /** Whatever may have happened meanwhile is found out. */
  #onSeen(event: PageEvent): void {
    const { snapshot } = this.machine;
    if (snapshot.status === 'authorizing' && event !== 'restored') {
      return;
    }
    this.stay();
    if (snapshot.status !== 'unavailable') {
      this.lookAnew().catch(() => undefined);
    } else if (!snapshot.error.code.startsWith('config/')) {
      // What is wrong with the page itself does not mend while nobody looks.
      this.#retry();
    }
  }

  #retry(): void {
    if (this.machine.enter('retry')) {
      // In a later task: whoever asked sees the session start again, and then how it went.
      this.#parts.actions.start().catch(() => undefined);
    }
  }

  #release(): void {
    this.#watch.stop();
    this.#outside?.life.abort(sessionError('superseded'));
    this.#outside = undefined;
  }

  #describe(status: SessionStatus, remarks: Remarks): Snapshot {
    const id = this.#id;
    const { facts } = this;
    return createSnapshot(
      status,
      {
        id,
        fhirBase: facts?.fhirBase ?? '',
        ...remarks,
        advice: [],
        credentials: facts?.credentials,
        refreshing: false,
        ending: this.#watch.near,
        idleLimitMs: facts?.idleLimitMs ?? 0,
        isReplacing: false,
        signInUrl: undefined,
      },
      {
        ...whileCurrent(() => id === this.#id, this.#parts.actions),
        cancel: () => {
          this.stay();
        },
        retry: () => {
          this.#retry();
        },
      },
    );
  }
}
