import { sessionError } from '../core/errors/session.js';
import type { SmartError } from '../core/smart-error.js';
import { EndWatch } from './end-watch.js';
import type { Host, PageEvent } from './host.js';
import { KeptSession, type Turn } from './kept-session.js';
import type { SessionMachine } from './session-machine.js';
import type { OpenedSession } from './session-vault.js';
import type { SignedOutReason } from './session.js';
import type { Workings } from './workings.js';

/** The session that there is at present, if there is one: whose it is, what becomes of it, and when it ends. */
export class CurrentSession {
  readonly #host: Host;
  readonly #machine: () => SessionMachine;
  readonly #endWatch: EndWatch;
  #kept: KeptSession | undefined;
  #id: string = crypto.randomUUID();

  /** @param machine asked for when it is needed: it describes this, and so cannot be there first. */
  constructor(host: Host, machine: () => SessionMachine) {
    this.#host = host;
    this.#machine = machine;
    this.#endWatch = new EndWatch(host, () => machine().enter('ended'));
  }

  /** New for each session of a person, and where it ends: functions of an older one no longer work. */
  get id(): string {
    return this.#id;
  }

  /** Undefined where nobody is, or was, signed in. */
  get kept(): KeptSession | undefined {
    return this.#kept;
  }

  /** @throws {SmartError} `session/expired`, `session/not-signed-in`. */
  expectUsable(): KeptSession {
    const { status } = this.#machine();
    if (status === 'signed-in' && this.#kept) {
      return this.#kept;
    }
    throw sessionError(status === 'expired' ? 'expired' : 'not-signed-in');
  }

  /** From here on nothing of the session before reaches anybody. */
  begin(workings: Workings, opened: OpenedSession, isStored: boolean): KeptSession {
    this.#kept?.end();
    this.#id = opened.sessionId;
    const kept = new KeptSession({
      host: this.#host,
      workings,
      opened,
      isStored,
      onChange: () => {
        this.#machine().enter('changed', kept.isRenewing ? { error: undefined } : {});
      },
      onTurn: (turn) => {
        this.#take(turn, kept);
      },
    });
    this.#kept = kept;
    return kept;
  }

  /** Forgets the session, at once and wholly, before anything is waited for. @returns whether there was one to end. */
  end(reason: SignedOutReason, error?: SmartError): boolean {
    if (!this.#machine().allows('nobody')) {
      return false;
    }
    this.#kept?.end();
    this.#kept = undefined;
    this.#id = crypto.randomUUID();
    return this.#machine().enter('nobody', { reason, error });
  }

  onPageEvent(event: PageEvent): void {
    if (event === 'restored') {
      this.#kept?.checkStillThere().catch(() => undefined);
    }
    if (this.#machine().status === 'signed-in') {
      this.watch();
      this.#kept?.renewWhereDue();
    }
  }

  /** A token that cannot be renewed has an end to look out for. */
  watch(): void {
    const kept = this.#machine().status === 'signed-in' ? this.#kept : undefined;
    this.#endWatch.until(kept?.isRenewable ? undefined : kept?.credentials.expiresAt);
  }

  /** Lets go; what is stored stays. */
  stop(): void {
    this.#endWatch.until(undefined);
    this.#kept?.end();
  }

  #take(turn: Turn, kept: KeptSession): void {
    switch (turn.kind) {
      case 'gone-elsewhere':
        this.end('signed-out-elsewhere');
        break;
      case 'expired':
        // Tokens that the server refuses are of no more use.
        kept.forgetTokens();
        this.#machine().enter('ended', { error: turn.error });
        break;
      case 'over':
        kept.discard();
        this.end('signed-out', turn.error);
        break;
      case 'trouble':
        this.#machine().enter('changed', { error: turn.error });
        break;
    }
  }
}
