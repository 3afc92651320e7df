import { Fault, wordsFor } from '../core/fault.js';
import type { SmartError } from '../core/smart-error.js';
import type { SignInResult } from './code-exchange.js';
import { withWarnings } from './credentials.js';
import type { CurrentSession } from './current-session.js';
import type { Host } from './host.js';
import { revokeCredentials } from './revocation.js';
import type { SessionMachine } from './session-machine.js';
import type { OpenedSession } from './session-vault.js';
import type { Workings } from './workings.js';

/** What an opener works with. */
export interface OpenerParts {
  readonly host: Host;
  readonly machine: SessionMachine;
  readonly current: CurrentSession;
  readonly workings: Workings;
  /** Whether another session goes on from here. */
  readonly isStopped: () => boolean;
}

/** A session that has just been made. */
interface NewSession {
  readonly opened: OpenedSession;
  readonly isStored: boolean;
  /** The id of the session that this tab had stored before. */
  readonly replaced: string | undefined;
}

/** The ways into a session: a sign-in, what this tab had before, and what another tab has begun. */
export class SessionOpener {
  readonly #parts: OpenerParts;

  constructor(parts: OpenerParts) {
    this.#parts = parts;
  }

  /**
   * Takes what a sign-in brought.
   *
   * @param returnTo where the person left from, where that is another page than this one.
   */
  async accept(result: SignInResult, returnTo: string | undefined): Promise<void> {
    const { host, machine, current, workings, isStopped } = this.#parts;
    const session = await this.#store(result);
    if (!session) {
      return;
    }
    const { opened, isStored, replaced } = session;
    if (returnTo !== undefined && isStored) {
      host.replacePage(returnTo);
    } else if (!isStopped()) {
      // One that was stopped is stored for the session that takes its place, which waits for it.
      current.begin(workings, opened, isStored);
      machine.enter('exchanged');
    }
    if (replaced !== undefined) {
      // Once it is not this page's own any more.
      host.tell({ ended: replaced });
    }
    if (isStored && workings.vault.isShared && !opened.credentials.isLaunched) {
      host.tell({ began: workings.vault.place });
    }
  }

  /** Takes up what this tab had before, or waits signed out. An error is said beside either. */
  async restore(error: SmartError | undefined): Promise<void> {
    const { machine, workings, isStopped } = this.#parts;
    if (isStopped() || machine.enter('changed', { error })) {
      // There is a session, or nobody, already: an answer was handed in that is of no use.
      return;
    }
    let said = error;
    const opened = await workings.vault.open().catch(async () => {
      // Only a tab that had somebody signed in misses anything.
      if (workings.vault.sessionId) {
        said ??= await wordsFor(new Fault('storage/unreadable'));
      }
      return undefined;
    });
    if (isStopped()) {
      return;
    }
    if (opened) {
      this.#resume(opened, error);
    } else {
      const reason = error?.code === 'authorize/denied' ? 'denied' : 'initial';
      machine.enter('nobody', { error: said, reason });
    }
  }

  /** Somebody has signed in in another tab, for all that share what the browser keeps. */
  async takeUp(): Promise<void> {
    const { machine, current, workings } = this.#parts;
    const isWaiting = (): boolean => ['signed-out', 'expired', 'unavailable'].includes(machine.status);
    if (!workings.vault.isShared || !isWaiting()) {
      return;
    }
    const opened = await workings.vault.open();
    if (opened && opened.sessionId !== current.id && isWaiting()) {
      this.#resume(opened, undefined);
    }
  }

  /** Goes on with a stored session, unless nobody has used it for too long. */
  #resume(opened: OpenedSession, error: SmartError | undefined): void {
    const { machine, current, workings } = this.#parts;
    const kept = current.begin(workings, opened, true);
    if (current.isIdle) {
      current.endIdle();
      return;
    }
    machine.enter(kept.hasEnded && !kept.isRenewable ? 'ended' : 'restored', { error });
    current.noteActivity();
    // Another tab may have signed out between reading and listening.
    kept.checkStillThere().catch(() => undefined);
  }

  /** @returns undefined where nobody wants it any more: then nothing of it is left, here or at the server. */
  async #store({ credentials, warnings }: SignInResult): Promise<NewSession | undefined> {
    const { host, machine, workings } = this.#parts;
    const { settings, vault } = workings;
    // The person may sign out while the code is exchanged, or while the session is stored.
    const isWanted = (): boolean => machine.status === 'exchanging';
    const sessionId = crypto.randomUUID();
    const opened = (all = warnings): OpenedSession => ({
      sessionId,
      generation: 1,
      usedAt: host.now(),
      credentials: withWarnings(credentials, all),
    });
    let isStored = false;
    let replaced: string | undefined;
    let refusal: readonly SmartError[] = [];
    if (isWanted() && vault.isLasting) {
      try {
        replaced = await vault.create(sessionId, opened().credentials);
        isStored = true;
      } catch {
        // This page alone has it then, and says so.
        refusal = [await wordsFor(new Fault('storage/write-failed'))];
      }
    }
    if (!isWanted()) {
      await (isStored ? vault.clear(sessionId).catch(() => undefined) : undefined);
      const party = { ...settings, configuration: credentials.configuration, fetch: host.fetch };
      await revokeCredentials(party, credentials).catch(() => undefined);
      return undefined;
    }
    return {
      isStored,
      replaced,
      opened: opened([...warnings, ...refusal]),
    };
  }
}
