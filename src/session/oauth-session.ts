import { sessionError } from '../core/errors/session.js';
import { storageError } from '../core/errors/storage.js';
import { SmartError } from '../core/smart-error.js';
import type { ClientOptions } from '../smart/client-settings.js';
import { revokeToken, type OAuthParty } from '../smart/oauth/index.js';
import { authorizedRequest } from './authorized-request.js';
import { captureCallback, claimCallback, rememberPlace, type CapturedCallback } from './captured-callback.js';
import { completeSignIn } from './code-exchange.js';
import type { Credentials } from './credentials.js';
import type { Host, PageEvent } from './host.js';
import type { PendingLogin } from './pending-logins.js';
import { SessionMachine, type Remarks } from './session-machine.js';
import type { OpenedSession } from './session-vault.js';
import { findStart, type Start } from './session-start.js';
import type { Session, SessionStatus, SignedOutReason, Snapshot } from './session.js';
import { createSnapshot, whileCurrent } from './snapshots.js';
import { endsSession, GoneElsewhereError, TokenKeeper } from './token-keeper.js';
import { createWorkings, sweep, type Workings } from './workings.js';

/** A browser that was told to leave, and has not after so long, will not: the person may press the button again. */
const leavingTakesMs = 10_000;
/** How often the end of a token that cannot be renewed is looked for. Timers sleep with the machine. */
const watchEveryMs = 15_000;
/** Characters. */
const longestAddress = 2_000;

/**
 * A session by SMART App Launch: the authorization code flow with PKCE, in this browser.
 *
 * One state machine (`session-state.ts`) says what may happen when; each step hands out a new frozen snapshot.
 */
export class OAuthSession implements Session {
  readonly #options: ClientOptions;
  readonly #host: Host;
  readonly #machine: SessionMachine;
  readonly #stopListening: () => void;
  #workings: Workings | undefined;
  #keeper: TokenKeeper | undefined;
  #signInWarnings: readonly SmartError[] = [];
  /** New for each session of a person; functions of an older one no longer work. */
  #id: string = crypto.randomUUID();
  /** Ends the requests of a session together with it. */
  #life = new AbortController();
  #cancelTimer: (() => void) | undefined;
  #isStopped = false;
  /** How the session starts; kept until the launch in it is spent. */
  #start: Start | undefined;

  constructor(options: ClientOptions, host: Host) {
    this.#options = options;
    this.#host = host;
    this.#machine = new SessionMachine(
      (status, remarks) => this.#describe(status, remarks),
      (status) => {
        this.#onEntered(status);
      },
    );
    const stopListening = host.onPageEvent((event) => {
      this.#onPageEvent(event);
    });
    const stopHearing = host.onEnded((sessionId) => {
      if (sessionId === this.#id) {
        this.#end('signed-out-elsewhere');
      }
    });
    this.#stopListening = () => {
      stopListening();
      stopHearing();
    };
  }

  get snapshot(): Snapshot {
    return this.#machine.snapshot;
  }

  subscribe(listener: (snapshot: Snapshot) => void): () => void {
    return this.#machine.subscribe(listener);
  }

  async start(): Promise<void> {
    // Taken out of the address bar whatever comes: a code does not belong there (SMART-40).
    const captured = captureCallback(this.#host);
    let workings: Workings;
    let start: Start;
    try {
      start = this.#start ??= await findStart(this.#options, captured, this.#host);
      if (start.refusal) {
        throw start.refusal;
      }
      workings = this.#workings = await createWorkings(start.options, this.#host, start.launch);
    } catch (thrown) {
      this.#start = undefined;
      this.#machine.enter('refused', { error: asError(thrown) });
      return;
    }
    sweep(workings);
    if (start.launch !== undefined) {
      this.#machine.enter('launched');
      await this.#goAndSignIn(workings);
      return;
    }
    const outcome = await this.#completeCallback(workings, captured);
    if (outcome !== 'completed') {
      await this.#restore(workings, outcome ?? start.problem);
    }
  }

  async signIn(): Promise<void> {
    const workings = this.#workings;
    if (workings && this.#machine.enter('sign-in')) {
      await this.#goAndSignIn(workings);
    }
  }

  async signOut(): Promise<void> {
    const keeper = this.#keeper;
    const workings = this.#workings;
    const id = this.#id;
    if (!workings || !this.#end('signed-out')) {
      return;
    }
    this.#host.tellEnded(id);
    await workings.vault.clear().catch(() => undefined);
    if (keeper) {
      await revokeCredentials(this.#party(workings, keeper.credentials), keeper.credentials);
    }
  }

  async refresh(): Promise<void> {
    const keeper = this.#requireKeeper();
    await this.#keep(keeper, () => keeper.renew(keeper.credentials.accessToken));
  }

  async fetch(input: string | URL, init: RequestInit = {}): Promise<Response> {
    const url = this.#workings?.guard(input);
    if (!url) {
      throw sessionError('not-signed-in');
    }
    const life = this.#life.signal;
    const send = (token?: string): Promise<Response> =>
      this.#host.fetch(url.href, authorizedRequest(init, token, life));
    if (this.#machine.status === 'unprotected') {
      return send();
    }
    const keeper = this.#requireKeeper();
    const token = await this.#keep(keeper, () => keeper.freshToken());
    const response = await send(token);
    // A stream can be read once: such a request cannot be repeated.
    if (response.status !== 401 || init.body instanceof ReadableStream) {
      return response;
    }
    if (!keeper.isRenewable) {
      this.#expire();
      return response;
    }
    await this.#keep(keeper, () => keeper.renew(token));
    return send(keeper.credentials.accessToken);
  }

  stop(): void {
    this.#isStopped = true;
    this.#stopListening();
    this.#cancelTimer?.();
    this.#workings?.preparation.stop();
    this.#machine.silence();
    this.#life.abort(sessionError('superseded'));
  }

  /** @returns what went wrong; undefined where nothing in the address bar was this session's. */
  async #completeCallback(
    workings: Workings,
    captured: CapturedCallback,
  ): Promise<'completed' | SmartError | undefined> {
    try {
      const claimed = await claimCallback(captured, workings.logins, workings.settings);
      if (!claimed) {
        return undefined;
      }
      this.#machine.enter('returned');
      const { login, answer } = claimed;
      const result = await completeSignIn(login, answer, this.#host);
      const { warnings } = result;
      const credentials = { ...result.credentials, ...(login.isLaunched && { isLaunched: true }) };
      const opened: OpenedSession = { sessionId: crypto.randomUUID(), generation: 1, credentials };
      if (this.#machine.status !== 'exchanging') {
        // Signed out, or the page changed its mind, while the code was exchanged.
        await revokeCredentials(this.#party(workings, credentials), credentials);
        return 'completed';
      }
      this.#signInWarnings = warnings;
      const isStored = await this.#store(workings, opened);
      if (captured.returnTo !== undefined && isStored) {
        this.#host.replacePage(captured.returnTo);
        return 'completed';
      }
      this.#begin(workings, opened, isStored);
      this.#machine.enter('exchanged');
      return 'completed';
    } catch (thrown) {
      return asError(thrown);
    }
  }

  async #store({ vault }: Workings, { sessionId, credentials }: OpenedSession): Promise<boolean> {
    try {
      await vault.create(sessionId, credentials);
      return true;
    } catch {
      this.#signInWarnings = [...this.#signInWarnings, storageError('write-failed')];
      return false;
    }
  }

  /** Takes up what this tab had before, or waits signed out. An error is said beside either. */
  async #restore(workings: Workings, error: SmartError | undefined): Promise<void> {
    const opened = await workings.vault.open().catch(() => undefined);
    if (opened) {
      const keeper = this.#begin(workings, opened, true);
      this.#machine.enter(keeper.hasEnded && !keeper.isRenewable ? 'ended' : 'restored', { error });
    } else {
      const reason = error?.code === 'authorize/denied' ? 'denied' : 'initial';
      this.#machine.enter('nobody', { error, reason });
    }
  }

  #begin(workings: Workings, opened: OpenedSession, isStored: boolean): TokenKeeper {
    this.#id = opened.sessionId;
    const keeper = new TokenKeeper({
      host: this.#host,
      vault: workings.vault,
      party: this.#party(workings, opened.credentials),
      opened,
      isStored,
      onChange: () => {
        if (this.#keeper === keeper) {
          this.#machine.enter('changed', keeper.isRenewing ? { error: undefined } : {});
        }
      },
    });
    this.#keeper = keeper;
    return keeper;
  }

  /** Runs something that may renew, and draws the conclusion where that shows the session to be over. */
  async #keep<T>(keeper: TokenKeeper, task: () => Promise<T>): Promise<T> {
    try {
      return await task();
    } catch (thrown) {
      if (this.#keeper === keeper) {
        this.#concludeFrom(thrown);
      }
      throw thrown instanceof GoneElsewhereError ? sessionError('superseded') : thrown;
    }
  }

  #concludeFrom(thrown: unknown): void {
    if (thrown instanceof GoneElsewhereError) {
      this.#end('signed-out-elsewhere');
      return;
    }
    const error = asError(thrown);
    if (error.code === 'token/invalid-grant') {
      // The sentence for the person is that their sign-in has ended; the server's own words go with it.
      this.#expire(sessionError('expired', { ...(error.oauth && { oauth: error.oauth }) }));
    } else if (endsSession(thrown)) {
      const { vault } = this.#workings ?? {};
      vault?.clear().catch(() => undefined);
      this.#end('signed-out', error);
    } else {
      this.#machine.enter('changed', { error });
    }
  }

  /** Tokens that the server refuses are of no more use; what the session was about is kept. */
  #expire(error?: SmartError): void {
    this.#keeper?.forgetTokens().catch(() => undefined);
    this.#machine.enter('ended', { error });
  }

  /** Forgets the session, at once and wholly, before anything is waited for. */
  #end(reason: SignedOutReason, error?: SmartError): boolean {
    if (!this.#machine.allows('nobody')) {
      return false;
    }
    this.#keeper = undefined;
    this.#signInWarnings = [];
    this.#life.abort(sessionError('superseded'));
    this.#life = new AbortController();
    this.#id = crypto.randomUUID();
    return this.#machine.enter('nobody', { reason, error });
  }

  async #goAndSignIn(workings: Workings): Promise<void> {
    try {
      const login = await workings.preparation.ready();
      if (this.#machine.status === 'authorizing') {
        this.#leave(workings, login);
      }
    } catch (thrown) {
      this.#onUnprepared(asError(thrown));
    }
  }

  #onUnprepared(error: SmartError): void {
    if (this.#start?.options.allowUnprotected && error.code === 'discovery/not-found' && !this.#keeper) {
      this.#machine.enter('open');
    } else if (this.#machine.status === 'authorizing' && this.#keeper) {
      this.#machine.enter('stayed-expired', { error });
    } else {
      this.#machine.enter(this.#keeper ? 'changed' : 'unprepared', { error });
    }
  }

  #leave({ preparation }: Workings, login: PendingLogin): void {
    preparation.spend();
    rememberPlace(this.#host, login.state);
    if (login.isLaunched) {
      this.#start = undefined;
      // Back goes to the EHR: a launch cannot be repeated.
      this.#host.replacePage(login.url);
    } else {
      this.#host.navigate(login.url, formAction(login));
    }
    this.#cancelTimer = this.#host.setTimer(() => {
      this.#stay();
    }, leavingTakesMs);
  }

  #retry(): void {
    if (this.#machine.enter('retry')) {
      // In a later task: whoever asked sees the session start again, and then how it went.
      this.start().catch(() => undefined);
    }
  }

  #stay(): void {
    this.#machine.enter(this.#keeper ? 'stayed-expired' : 'stayed');
  }

  #requireKeeper(): TokenKeeper {
    if (this.#machine.status === 'signed-in' && this.#keeper) {
      return this.#keeper;
    }
    throw sessionError(this.#machine.status === 'expired' ? 'expired' : 'not-signed-in');
  }

  #party({ settings }: Workings, { configuration }: Credentials): OAuthParty {
    return { ...settings, configuration, fetch: this.#host.fetch };
  }

  #onPageEvent(event: PageEvent): void {
    const keeper = this.#keeper;
    if (this.#machine.status === 'authorizing' && event === 'restored') {
      this.#stay();
    } else if (this.#machine.status === 'unavailable' && event === 'restored') {
      // Leaving the page may have interrupted what was being prepared.
      this.#retry();
    } else if (this.#machine.status === 'signed-in' && keeper) {
      if (event === 'restored') {
        this.#checkStillThere(keeper);
      }
      this.#watch();
      if (keeper.isRenewable && keeper.isDue) {
        this.#keep(keeper, () => keeper.renew(keeper.credentials.accessToken)).catch(() => undefined);
      }
    }
  }

  /** A page that the Back button restores may have slept through a sign-out. */
  #checkStillThere(keeper: TokenKeeper): void {
    this.#workings?.vault.open().then(
      (opened) => {
        if (opened?.sessionId !== this.#id && this.#keeper === keeper) {
          this.#end('signed-out-elsewhere');
        }
      },
      () => undefined,
    );
  }

  /** Sees to it that a token which cannot be renewed is known to have ended when it has. */
  #watch(): void {
    this.#cancelTimer?.();
    const keeper = this.#keeper;
    const expiresAt = keeper?.credentials.expiresAt;
    if (!keeper || keeper.isRenewable || expiresAt === undefined || this.#machine.status !== 'signed-in') {
      return;
    }
    const leftMs = expiresAt - this.#host.now();
    if (leftMs <= 0) {
      this.#machine.enter('ended');
      return;
    }
    this.#cancelTimer = this.#host.setTimer(
      () => {
        this.#watch();
      },
      Math.min(leftMs, watchEveryMs),
    );
  }

  #onEntered(status: SessionStatus): void {
    this.#cancelTimer?.();
    if (status === 'signed-in') {
      this.#watch();
    }
    if (status === 'signed-out' || status === 'expired') {
      this.#prepare();
    }
  }

  #prepare(): void {
    if (this.#isStopped) {
      return;
    }
    this.#workings?.preparation.ready().then(
      () => this.#machine.enter('changed'),
      (thrown: unknown) => {
        this.#onUnprepared(asError(thrown));
      },
    );
  }

  #describe(status: SessionStatus, remarks: Remarks): Snapshot {
    const id = this.#id;
    const { settings, preparation } = this.#workings ?? {};
    return createSnapshot(
      status,
      {
        id,
        fhirBase: settings?.fhirBase ?? '',
        ...remarks,
        warnings: [...(preparation?.warnings ?? []), ...this.#signInWarnings],
        scope: settings?.scope ?? '',
        credentials: this.#keeper?.credentials,
        refreshing: this.#keeper?.isRenewing ?? false,
        isReplacing: this.#start?.isReplacing ?? false,
      },
      {
        ...whileCurrent(() => id === this.#id, this),
        cancel: () => {
          this.#stay();
        },
        retry: () => {
          this.#retry();
        },
      },
    );
  }
}

/** SMART-30: a request that is too long for some servers' addresses goes as a form, where the server takes that. */
function formAction({ url, configuration }: PendingLogin): string | undefined {
  const canPost = configuration.capabilities.includes('authorize-post');
  return canPost && url.length > longestAddress ? configuration.authorizationEndpoint : undefined;
}

/** The refresh token, where there is one: servers end the access token together with it. */
async function revokeCredentials(
  party: OAuthParty,
  { refreshToken, accessToken }: Credentials,
): Promise<void> {
  await revokeToken(party, refreshToken ?? accessToken);
}

/** What went wrong, as one of ours: a fault of the platform here is one of its storage. */
function asError(thrown: unknown): SmartError {
  return SmartError.is(thrown) ? thrown : storageError('unavailable');
}
