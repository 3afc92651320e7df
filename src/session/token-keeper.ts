import { sessionError } from '../core/errors/session.js';
import { SmartError } from '../core/smart-error.js';
import type { OAuthParty } from '../smart/oauth/index.js';
import { Backoff } from './backoff.js';
import { hasEnded, isDueForRenewal, type Credentials } from './credentials.js';
import type { Host } from './host.js';
import { loadSignInPart } from './load-sign-in-part.js';
import { revokeCredentials } from './revocation.js';
import type { OpenedSession, SessionVault } from './session-vault.js';

/** What a keeper works with. */
export interface KeeperParts {
  readonly host: Host;
  readonly vault: SessionVault;
  readonly party: OAuthParty;
  readonly opened: OpenedSession;
  /** Whether the server wants the granted scopes at each renewal (SMART-91). */
  readonly sendsScope: boolean;
  /** False where the session is not, or could not be, stored: then this page alone has it. */
  readonly isStored: boolean;
  /** Called when credentials changed, and when a renewal starts or ends. */
  readonly onChange: () => void;
}

/** Thrown where another tab has ended the session. It does not leave the session layer. */
export class GoneElsewhereError extends Error {}

/** How long another tab may take to renew before this one goes on with what it has. */
const patienceMs = 15_000;

/**
 * Holds the tokens of one session, and renews them.
 *
 * Renewal is one flight for all who ask, in this tab and, under a Web Lock, in every tab that shares the session. The
 * lock covers reading, the request and writing, and nothing else.
 */
export class TokenKeeper {
  readonly #parts: KeeperParts;
  readonly #backoff: Backoff;
  #credentials: Credentials;
  #generation: number;
  #isStored: boolean;
  #flight: Promise<void> | undefined;
  #isRefused = false;

  constructor(parts: KeeperParts) {
    this.#parts = parts;
    this.#backoff = new Backoff(parts.host);
    this.#credentials = parts.opened.credentials;
    this.#generation = parts.opened.generation;
    this.#isStored = parts.isStored;
  }

  get credentials(): Credentials {
    return this.#credentials;
  }

  get isRenewable(): boolean {
    return this.#credentials.refreshToken !== undefined && !this.#isRefused;
  }

  get isStored(): boolean {
    return this.#isStored;
  }

  get isRenewing(): boolean {
    return this.#flight !== undefined;
  }

  /** Whether a renewal has shown that the session is over. */
  get isRefused(): boolean {
    return this.#isRefused;
  }

  get isDue(): boolean {
    return isDueForRenewal(this.#credentials, this.#parts.host.now());
  }

  get hasEnded(): boolean {
    return hasEnded(this.#credentials, this.#parts.host.now());
  }

  /** When the next attempt may be made after others have failed, in ms since the epoch; 0 where none has. */
  get mayRenewAt(): number {
    return this.#backoff.until;
  }

  /**
   * The access token, renewed first where it is time. A token that is about to end but has not yet is still good where
   * the renewal fails for want of a network.
   */
  async freshToken(): Promise<string> {
    if (this.isRenewable && this.isDue) {
      try {
        await this.renew(this.#credentials.accessToken);
      } catch (thrown) {
        if (this.hasEnded || endsSession(thrown)) {
          throw thrown;
        }
      }
    }
    return this.#credentials.accessToken;
  }

  /**
   * Renews, unless somebody has replaced `staleToken` already, or the server is to be left in peace after a failure.
   *
   * @throws {SmartError} `token/…`, `session/not-renewable`, `session/busy`, `context/patient-changed`,
   *   `id-token/subject-changed`; and {@link GoneElsewhereError}.
   */
  async renew(staleToken: string): Promise<void> {
    if (staleToken !== this.#credentials.accessToken) {
      return;
    }
    if (!this.#flight) {
      this.#backoff.check();
      this.#flight = this.#renewInTurn(staleToken)
        .catch((thrown: unknown) => {
          // What the server has refused once is not sent again, whoever asks before the end has been drawn from it.
          this.#isRefused = endsSession(thrown);
          throw this.#isRefused ? thrown : this.#backoff.note(thrown);
        })
        .finally(() => {
          this.#flight = undefined;
          this.#parts.onChange();
        });
      this.#parts.onChange();
    }
    await this.#flight;
  }

  /** There is a reason to try again: the network is back, the person asks for it. */
  encourage(): void {
    this.#backoff.reset();
  }

  /** Takes over what another tab has written. @throws {GoneElsewhereError} */
  async adoptStored(): Promise<void> {
    const { accessToken } = this.#credentials;
    await this.#readStored();
    if (accessToken !== this.#credentials.accessToken) {
      this.#backoff.reset();
      this.#parts.onChange();
    }
  }

  /** Forgets the tokens, here and in the store. What the session was about stays, for whoever signs in again. */
  async forgetTokens(): Promise<void> {
    const { refreshToken: _refused, ...kept } = this.#credentials;
    this.#credentials = { ...kept, accessToken: '', expiresAt: 0 };
    this.#generation++;
    if (this.#isStored) {
      await this.#parts.vault.update(this.#opened(this.#credentials, this.#generation));
    }
  }

  async #renewInTurn(staleToken: string): Promise<void> {
    const { host, vault, opened } = this.#parts;
    const part = await loadSignInPart();
    const renew = async (): Promise<void> => {
      if (!(await this.#isReplaced(staleToken))) {
        await this.#request(part, staleToken);
      }
    };
    if (!this.#isStored) {
      // No other tab has it, and this one asks once.
      await renew();
      return;
    }
    await host
      .withLock(vault.lockName(opened.sessionId), patienceMs, renew)
      .catch(async (thrown: unknown) => {
        const isBusy = thrown instanceof DOMException && thrown.name === 'TimeoutError';
        if (endsSession(thrown) && !this.#credentials.accessToken) {
          host.tell({ changed: opened.sessionId });
        }
        if (!isBusy || !(await this.#isReplaced(staleToken))) {
          throw isBusy ? sessionError('busy') : thrown;
        }
      });
    this.#backoff.reset();
    host.tell({ changed: opened.sessionId });
  }

  async #request(
    { acceptRenewal, renewTokens }: Awaited<ReturnType<typeof loadSignInPart>>,
    staleToken: string,
  ): Promise<void> {
    const { host, party, sendsScope } = this.#parts;
    const { accessToken, refreshToken, grantedScopes } = this.#credentials;
    if (!accessToken) {
      throw sessionError('expired');
    }
    if (refreshToken === undefined || this.#isRefused) {
      throw sessionError('not-renewable');
    }
    try {
      const tokens = await renewTokens(party, refreshToken, sendsScope ? grantedScopes : undefined);
      try {
        await this.#accept(await acceptRenewal(this.#credentials, tokens, party, host.now()));
      } catch (thrown) {
        // Nobody will use what has just been issued.
        await revokeCredentials(party, tokens).catch(() => undefined);
        throw thrown;
      }
    } catch (thrown) {
      // Before the refusal is believed: perhaps it was somebody else's renewal that made this token an old one.
      if (isCode(thrown, 'token/invalid-grant') && (await this.#isReplaced(staleToken))) {
        return;
      }
      if (endsSession(thrown) && !(thrown instanceof GoneElsewhereError)) {
        // Still under the lock: the next tab is not to send the same once more.
        await this.forgetTokens().catch(() => undefined);
      }
      throw thrown;
    }
  }

  /** Whether another tab has written a usable token in place of the stale one; then it is taken over. */
  async #isReplaced(staleToken: string): Promise<boolean> {
    await this.#readStored();
    return this.#credentials.accessToken !== staleToken && !this.hasEnded;
  }

  async #readStored(): Promise<void> {
    if (!this.#isStored) {
      return;
    }
    const { vault, opened } = this.#parts;
    let stored: OpenedSession | undefined;
    try {
      stored = await vault.reopen(opened.sessionId);
    } catch {
      // A database that cannot be read now is no reason to give up what is in memory.
      return;
    }
    if (!stored) {
      throw new GoneElsewhereError();
    }
    if (stored.generation !== this.#generation) {
      this.#generation = stored.generation;
      this.#credentials = stored.credentials;
    }
  }

  async #accept(credentials: Credentials): Promise<void> {
    const generation = this.#generation + 1;
    if (this.#isStored) {
      const isWritten = await this.#parts.vault
        .update(this.#opened(credentials, generation))
        .catch(() => undefined);
      if (isWritten === false) {
        throw new GoneElsewhereError();
      }
      // A browser that will not write leaves the session to this page alone.
      this.#isStored = isWritten !== undefined;
    }
    this.#generation = generation;
    this.#credentials = credentials;
  }

  #opened(credentials: Credentials, generation: number): OpenedSession {
    return { ...this.#parts.opened, generation, credentials };
  }
}

/** Whether a failed renewal means that the session is over. A network fault never does (SMART-96). */
export function endsSession(thrown: unknown): boolean {
  return (
    thrown instanceof GoneElsewhereError ||
    isCode(thrown, 'token/invalid-grant') ||
    isCode(thrown, 'session/expired') ||
    isCode(thrown, 'context/patient-changed') ||
    isCode(thrown, 'id-token/subject-changed')
  );
}

function isCode(thrown: unknown, code: SmartError['code']): boolean {
  return SmartError.is(thrown) && thrown.code === code;
}
