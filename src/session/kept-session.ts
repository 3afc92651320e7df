import { sessionError } from '../core/errors/session.js';
import { storageError } from '../core/errors/storage.js';
import { loadPart } from '../core/load-part.js';
import { SmartError } from '../core/smart-error.js';
import { declaredPlaces } from '../smart/declared-places.js';
import { endSessionUrl } from '../smart/end-session.js';
import type { Introspection } from '../smart/introspection.js';
import type { OAuthParty } from '../smart/oauth/index.js';
import { createTokenGuard, type TokenGuard } from '../smart/token-guard.js';
import { authorizedRequest } from './authorized-request.js';
import { renewalDueAt, type Credentials } from './credentials.js';
import type { Host } from './host.js';
import type { OpenedSession } from './session-vault.js';
import { endsSession, GoneElsewhereError, TokenKeeper } from './token-keeper.js';
import { revokeCredentials } from './revocation.js';
import type { Workings } from './workings.js';

/** What has become of a session. */
export type Turn =
  /** Another tab has ended it. */
  | { readonly kind: 'gone-elsewhere' }
  /** It cannot be renewed; `tokensGone` where what is stored says so already. */
  | { readonly kind: 'expired'; readonly error?: SmartError; readonly tokensGone?: true }
  /** It must not go on: it speaks of somebody else now. */
  | { readonly kind: 'over'; readonly error: SmartError }
  /** It goes on, with something to read. */
  | { readonly kind: 'trouble'; readonly error: SmartError };

/** What a kept session works with. */
export interface KeptSessionParts {
  readonly host: Host;
  readonly workings: Workings;
  readonly opened: OpenedSession;
  /** False where the browser would not store the session: then this page alone has it. */
  readonly isStored: boolean;
  /** Called when credentials changed, and when a renewal starts or ends. Never once the session has ended. */
  readonly onChange: () => void;
  /** The same for what becomes of it. */
  readonly onTurn: (turn: Turn) => void;
}

/**
 * One session of one person, from the first token to the last.
 *
 * What is asked through it ends with it: an answer that comes later reaches nobody, and says nothing about the session
 * that came after (a late 401 must not sign the next person out, a late record not show them somebody else's).
 */
export class KeptSession {
  readonly id: string;
  readonly #parts: KeptSessionParts;
  readonly #keeper: TokenKeeper;
  readonly #guard: TokenGuard;
  readonly #life = new AbortController();
  /** Whether the page is put away, or on its way there: nothing is renewed, because the answer might reach nobody. */
  isAway = false;

  constructor(parts: KeptSessionParts) {
    const { host, workings, opened, isStored } = parts;
    const { configuration, context } = opened.credentials;
    this.id = opened.sessionId;
    this.#parts = parts;
    // SMART-11, SMART-56: what the server itself says that the token is for.
    this.#guard = createTokenGuard(workings.settings.fhirBase, declaredPlaces(configuration, context));
    this.#keeper = new TokenKeeper({
      host,
      vault: workings.vault,
      party: this.#party,
      sendsScope: workings.settings.renewsWithScope,
      opened,
      isStored,
      onChange: () => {
        if (!this.#isOver) {
          parts.onChange();
        }
      },
    });
  }

  get credentials(): Credentials {
    return this.#keeper.credentials;
  }

  get isRenewable(): boolean {
    return this.#keeper.isRenewable;
  }

  get isRenewing(): boolean {
    return this.#keeper.isRenewing;
  }

  get hasEnded(): boolean {
    return this.#keeper.hasEnded;
  }

  /** False where this page alone has it. */
  get isStored(): boolean {
    return this.#keeper.isStored;
  }

  /** When the person last did something in any tab, in ms since the epoch, as far as that is written down. */
  async readUsedAt(): Promise<number> {
    const { vault } = this.#parts.workings;
    const stored = this.isStored ? await vault.reopen(this.id).catch(() => undefined) : undefined;
    return stored?.usedAt ?? 0;
  }

  /** Whether a renewal of this tab has shown that the session is over. */
  get isRefused(): boolean {
    return this.#keeper.isRefused;
  }

  async fetch(input: string | URL, init: RequestInit): Promise<Response> {
    const url = this.#guard(input).href;
    // What a page saves in its last moment goes out with what there is: a renewal would not come to its end.
    const token = this.isAway
      ? this.credentials.accessToken
      : await this.#keep(() => this.#keeper.freshToken());
    const response = await this.#send(url, init, token).catch((thrown: unknown) => {
      if (!this.#mayBeHiddenRefusal(thrown, init)) {
        throw thrown;
      }
    });
    // A stream can be read once: such a request cannot be repeated.
    if (response && (response.status !== 401 || init.body instanceof ReadableStream)) {
      return response;
    }
    if (response && !this.isRenewable) {
      this.#parts.onTurn({ kind: 'expired' });
      return response;
    }
    await this.#keep(() => this.#keeper.renew(token));
    return this.#send(url, init, this.credentials.accessToken);
  }

  /** Renews at the wish of the page or the person. */
  async renew(): Promise<void> {
    this.#keeper.encourage();
    await this.#keep(() => this.#keeper.renew(this.credentials.accessToken));
  }

  /**
   * Renews where it is time to; quiet, because the next snapshot says how it went.
   *
   * @param isNews whether there is a reason to try again where attempts have failed.
   */
  renewWhereDue(isNews: boolean): void {
    if (isNews) {
      this.#keeper.encourage();
    }
    const isTime = this.#keeper.isDue && this.#parts.host.now() >= this.#keeper.mayRenewAt;
    if (this.isRenewable && isTime && !this.isAway && !this.isRenewing) {
      this.#keep(() => this.#keeper.renew(this.credentials.accessToken)).catch(() => undefined);
    }
  }

  /** When to look at it again, in ms since the epoch. */
  get renewalDueAt(): number {
    const dueAt = this.isRenewable ? renewalDueAt(this.credentials) : undefined;
    return dueAt === undefined ? Infinity : Math.max(dueAt, this.#keeper.mayRenewAt);
  }

  /** Another tab has renewed, or found out that nothing can be. */
  async adoptStored(): Promise<void> {
    await this.#keep(() => this.#keeper.adoptStored());
    if (!this.credentials.accessToken && !this.#isOver) {
      this.#parts.onTurn({ kind: 'expired', tokensGone: true });
    }
  }

  async introspect(): Promise<Introspection> {
    const { introspectToken } = await loadPart(() => import('../smart/introspection.js'));
    this.#expectCurrent();
    // As it is: renewing first would answer another question.
    return introspectToken(this.#party, this.credentials.accessToken);
  }

  /**
   * Looks whether the tab still has this session: a page that the Back button restores may have slept through a sign-out,
   * or another person’s sign-in. One that was never stored is nowhere else to be ended.
   */
  async checkStillThere(): Promise<void> {
    await this.adoptStored().catch(() => undefined);
  }

  /** Forgets the tokens, here and in the store, and tells other tabs. What it was about stays, for whoever signs in again. */
  forgetTokens(): void {
    this.#keeper.forgetTokens().then(
      () => {
        this.#parts.host.tell({ changed: this.id });
      },
      () => undefined,
    );
  }

  /** Removes what is stored of it. Rejects where the browser does not. */
  async discard(): Promise<void> {
    await this.#parts.workings.vault.clear(this.id);
  }

  /** Ends everything that is under way, at once. */
  end(): void {
    this.#life.abort(sessionError('superseded'));
  }

  /** Asks the server to forget the tokens. */
  revoke(): Promise<void> {
    return revokeCredentials(this.#party, this.credentials);
  }

  /** Where the person is signed out of the server too; undefined where it names no such place. */
  get endSessionUrl(): string | undefined {
    const { clientId, redirectUri } = this.#parts.workings.settings;
    return endSessionUrl(this.credentials.configuration, clientId, redirectUri);
  }

  get #isOver(): boolean {
    return this.#life.signal.aborted;
  }

  get #party(): OAuthParty {
    const { host, workings, opened } = this.#parts;
    return { ...workings.settings, configuration: opened.credentials.configuration, fetch: host.fetch };
  }

  async #send(url: string, init: RequestInit, token: string): Promise<Response> {
    this.#expectCurrent();
    const response = await this.#parts.host.fetch(url, authorizedRequest(init, token, this.#life.signal));
    this.#expectCurrent();
    return response;
  }

  /**
   * A 401 without CORS headers looks like a network that is away. Where the token has ended by the clock meanwhile, it is
   * worth another try with another one; what might have changed something is not sent again.
   */
  #mayBeHiddenRefusal(thrown: unknown, { method = 'GET' }: RequestInit): boolean {
    return (
      thrown instanceof TypeError &&
      /^(?:GET|HEAD)$/i.test(method) &&
      this.isRenewable &&
      this.#keeper.isDue &&
      !this.isAway &&
      !this.#isOver
    );
  }

  #expectCurrent(): void {
    if (this.#isOver) {
      throw sessionError('superseded');
    }
  }

  /** Runs something that may renew, and draws the conclusion where that shows the session to be over. */
  async #keep<T>(task: () => Promise<T>): Promise<T> {
    this.#expectCurrent();
    try {
      return await task();
    } catch (thrown) {
      if (!this.#isOver) {
        this.#parts.onTurn(turnOf(thrown));
      }
      throw thrown instanceof GoneElsewhereError ? sessionError('superseded') : asError(thrown);
    }
  }
}

function turnOf(thrown: unknown): Turn {
  if (thrown instanceof GoneElsewhereError) {
    return { kind: 'gone-elsewhere' };
  }
  const error = asError(thrown);
  if (error.code === 'session/expired') {
    return { kind: 'expired', tokensGone: true };
  }
  if (error.code === 'token/invalid-grant') {
    // The sentence for the person is that their sign-in has ended; the server's own words go with it.
    return {
      kind: 'expired',
      tokensGone: true,
      error: sessionError('expired', { ...(error.oauth && { oauth: error.oauth }) }),
    };
  }
  return { kind: endsSession(thrown) ? 'over' : 'trouble', error };
}

/** What went wrong, as one of ours: a fault of the platform here is one of its storage. */
export function asError(thrown: unknown): SmartError {
  return SmartError.is(thrown) ? thrown : storageError('unavailable');
}
