import { sessionError } from '../core/errors/session.js';
import { Fault, wordsFor } from '../core/fault.js';
import type { SmartError } from '../core/smart-error.js';
import { firstEnding, isPresent, warningMs, type Ending, type EndingFacts } from './endings.js';
import type { Host, PageEvent, TabMessage } from './host.js';
import { KeptSession, type Turn } from './kept-session.js';
import { Presence } from './presence.js';
import { SessionClock } from './session-clock.js';
import type { SessionMachine } from './session-machine.js';
import type { OpenedSession } from './session-vault.js';
import type { SignedOutReason } from './session.js';
import { tellEnded } from './tell-ended.js';
import type { Workings } from './workings.js';

/** A session, and the person in front of it. */
interface Present {
  readonly kept: KeptSession;
  readonly presence: Presence;
  readonly idleLimitMs: number;
}

/** The session that there is at present, if there is one: whose it is, what becomes of it, and when it ends. */
export class CurrentSession {
  readonly #host: Host;
  readonly #machine: () => SessionMachine;
  readonly #clock: SessionClock;
  #present: Present | undefined;
  #id: string = crypto.randomUUID();
  #ending: Ending | undefined;

  /** @param machine asked for when it is needed: it describes this, and so cannot be there first. */
  constructor(host: Host, machine: () => SessionMachine) {
    this.#host = host;
    this.#machine = machine;
    this.#clock = new SessionClock(host, () => this.#look());
  }

  /** New for each session of a person, and where it ends: functions of an older one no longer work. */
  get id(): string {
    return this.#id;
  }

  /** Undefined where nobody is, or was, signed in. */
  get kept(): KeptSession | undefined {
    return this.#present?.kept;
  }

  /** The end that is near, while somebody is signed in. */
  get ending(): Ending | undefined {
    return this.#ending;
  }

  /** How long the person may do nothing, in ms. */
  get idleLimitMs(): number | undefined {
    return this.#present?.idleLimitMs;
  }

  /** @throws {SmartError} `session/expired`, `session/not-signed-in`. */
  expectUsable(): KeptSession {
    const { status } = this.#machine();
    const { kept } = this;
    // A page that is being left still saves.
    if (kept && (status === 'signed-in' || (status === 'starting' && kept.isAway))) {
      return kept;
    }
    throw sessionError(status === 'expired' ? 'expired' : 'not-signed-in');
  }

  /** From here on nothing of the session before reaches anybody. */
  begin(workings: Workings, opened: OpenedSession, isStored: boolean): KeptSession {
    this.#release();
    const { sessionId } = opened;
    const { vault, idleLimitMs } = workings;
    this.#id = sessionId;
    let known = opened.credentials.accessToken;
    const kept = new KeptSession({
      host: this.#host,
      workings,
      opened,
      isStored,
      onChange: () => {
        const { accessToken } = kept.credentials;
        // Also where another tab has renewed: what went wrong here is over.
        const isOver = kept.isRenewing || accessToken !== known;
        known = accessToken;
        this.#machine().enter('changed', isOver ? { error: undefined } : {});
        this.#clock.look();
      },
      onTurn: (turn) => {
        this.#take(turn, kept);
      },
    });
    const presence = new Presence({
      host: this.#host,
      vault,
      sessionId,
      isStored,
      idleLimitMs,
      activeAt: opened.usedAt,
      onActive: () => {
        this.#clock.look();
      },
    });
    this.#present = { kept, presence, idleLimitMs };
    return kept;
  }

  /**
   * Forgets the session, at once and wholly, before anything is waited for.
   *
   * @returns `cleared` resolves when nothing is stored of it any more; undefined where there was none to end.
   */
  end(reason: SignedOutReason, error?: SmartError): { readonly cleared: Promise<void> } | undefined {
    if (!this.#machine().allows('nobody')) {
      return undefined;
    }
    const { kept } = this;
    this.#release();
    this.#id = crypto.randomUUID();
    this.#machine().enter('nobody', { reason, error });
    return { cleared: kept ? this.#discard(kept) : Promise.resolve() };
  }

  /** Removes what is stored; where the browser does not do it, the person hears of it. */
  async #discard(kept: KeptSession): Promise<void> {
    await kept.discard().catch(async () => {
      const error = await wordsFor(new Fault('storage/not-removed'));
      this.#machine().enter('changed', { error });
    });
  }

  /** The person is here, and has shown it. */
  noteActivity(): void {
    this.#present?.presence.note();
  }

  /** Whether the person has been away for too long. */
  get isIdle(): boolean {
    return this.#present?.presence.isOverdue ?? false;
  }

  /** Signs out, in all tabs, somebody who has done nothing for too long, or has left a computer that others use. */
  endIdle(): void {
    const { kept } = this;
    const ended = kept && this.end('idle');
    if (!ended) {
      return;
    }
    tellEnded(this.#host, kept.id, ended.cleared, 'idle');
    ended.cleared.then(() => kept.revoke()).catch(() => undefined);
  }

  /** What the page shows of the session goes, until it is seen again. */
  hide(): void {
    if (this.kept && this.#machine().allows('left')) {
      this.kept.isAway = true;
      this.#machine().enter('left');
    }
  }

  /** The page is seen again: what has become of the session meanwhile is found out before anything of it is shown. */
  async show(): Promise<void> {
    const { kept } = this;
    await kept?.checkStillThere();
    if (!kept?.isAway) {
      return;
    }
    const isIdle = this.isIdle && !(await this.#isUsedElsewhere(kept));
    // It may have ended, or been put away again, while the database answered.
    if (kept !== this.kept || this.#machine().status !== 'starting') {
      return;
    }
    kept.isAway = false;
    if (isIdle) {
      this.endIdle();
      return;
    }
    this.noteActivity();
    this.#machine().enter(kept.hasEnded && !kept.isRenewable ? 'ended' : 'restored');
    kept.renewWhereDue(true);
  }

  /** Whether another tab knows of something that the person has done: one that has slept has heard of nothing. */
  async #isUsedElsewhere(kept: KeptSession): Promise<boolean> {
    const usedAt = await kept.readUsedAt();
    this.#present?.presence.learn(usedAt);
    return !this.isIdle;
  }

  /** Signs out somebody who has done nothing for too long, once it is certain that they have not in another tab either. */
  async #endIdleEverywhere(kept: KeptSession): Promise<void> {
    const isUsed = kept.isStored && (await this.#isUsedElsewhere(kept));
    if (kept !== this.kept) {
      // It is over for another reason.
      return;
    }
    if (isUsed) {
      this.#clock.look();
    } else {
      this.endIdle();
    }
  }

  onPageEvent(event: PageEvent): void {
    if (event !== 'visible' && event !== 'online') {
      return;
    }
    const wasIdle = this.isIdle;
    if (event === 'visible') {
      // Perhaps the tab has slept, and missed what others said.
      this.kept?.checkStillThere().catch(() => undefined);
    }
    this.#clock.look();
    if (wasIdle || this.#machine().status !== 'signed-in') {
      return;
    }
    if (event === 'visible') {
      this.noteActivity();
    }
    this.kept?.renewWhereDue(true);
  }

  onTold({ ended, reason, changed }: TabMessage): void {
    if (ended === this.#id) {
      this.end(reason ?? 'signed-out-elsewhere');
    } else if (changed === this.#id) {
      this.kept?.adoptStored().catch(() => undefined);
    }
  }

  /** Somebody is signed in, or no longer: there is something to look out for, or nothing. */
  watch(): void {
    this.#clock.look();
  }

  /** Lets go; what is stored stays. */
  stop(): void {
    this.#clock.stop();
    this.#present?.kept.end();
    this.#present?.presence.stop();
  }

  #release(): void {
    this.stop();
    this.#present = undefined;
    this.#ending = undefined;
  }

  #facts(): EndingFacts | undefined {
    const { kept, presence, idleLimitMs } = this.#present ?? {};
    return kept && presence && idleLimitMs !== undefined
      ? { credentials: kept.credentials, activeAt: presence.activeAt, idleLimitMs }
      : undefined;
  }

  /** @returns when to look again, in ms since the epoch. */
  #look(): number | undefined {
    const facts = this.#facts();
    const { kept } = this;
    const { status } = this.#machine();
    if (!facts || !kept || (status !== 'signed-in' && status !== 'expired')) {
      this.#ending = undefined;
      return undefined;
    }
    if (status === 'signed-in' && kept.isRefused) {
      // A renewal was refused: that is told in a moment, with its reason.
      return undefined;
    }
    const now = this.#host.now();
    if (status === 'expired') {
      // What was read is still on the page: not for whoever comes by hours later.
      this.#ending = undefined;
      if (this.isIdle) {
        this.#endIdleEverywhere(kept).catch(() => undefined);
        return undefined;
      }
      return facts.activeAt + facts.idleLimitMs;
    }
    const ending = firstEnding(facts);
    if (now >= ending.at) {
      this.#endBy(ending, kept);
      return undefined;
    }
    const warnAt = ending.at - warningMs(ending, facts);
    this.#warn(now >= warnAt ? ending : undefined);
    const mayRenew = this.#host.isVisible && isPresent(facts, now);
    if (mayRenew) {
      kept.renewWhereDue(false);
    }
    const renewAt = mayRenew && !kept.isRenewing ? kept.renewalDueAt : Infinity;
    return Math.min(now >= warnAt ? ending.at : warnAt, renewAt);
  }

  #warn(ending: Ending | undefined): void {
    const before = this.#ending;
    if (before?.at === ending?.at && before?.cause === ending?.cause) {
      return;
    }
    this.#ending = ending;
    if (this.#present) {
      this.#present.presence.isAsked = ending?.cause === 'idle';
    }
    this.#machine().enter('changed');
  }

  #endBy({ cause }: Ending, kept: KeptSession): void {
    if (cause === 'idle') {
      this.#endIdleEverywhere(kept).catch(() => undefined);
      return;
    }
    if (cause === 'limit') {
      kept.revoke().catch(() => undefined);
    }
    kept.forgetTokens();
    this.#machine().enter('ended');
  }

  #take(turn: Turn, kept: KeptSession): void {
    switch (turn.kind) {
      case 'gone-elsewhere':
        this.end('signed-out-elsewhere');
        break;
      case 'expired':
        if (!turn.tokensGone) {
          // Tokens that the server refuses are of no more use.
          kept.forgetTokens();
        }
        this.#machine().enter('ended', { error: turn.error });
        break;
      case 'over':
        tellEnded(this.#host, kept.id, this.end('signed-out', turn.error)?.cleared ?? Promise.resolve());
        break;
      case 'trouble':
        this.#machine().enter('changed', { error: turn.error });
        break;
    }
  }
}
