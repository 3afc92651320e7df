import { Fault, inWords } from '../core/fault.js';
import { sessionError } from '../core/errors/session.js';
import { loadPart } from '../core/load-part.js';
import { storageError } from '../core/errors/storage.js';
import { SmartError } from '../core/smart-error.js';
import type { ClientOptions } from '../smart/client-settings.js';
import { readCallback } from '../smart/callback.js';
import type { Introspection } from '../smart/introspection.js';
import { revokeToken, type OAuthParty } from '../smart/oauth/index.js';
import { authorizedRequest } from './authorized-request.js';
import { captureCallback, type CapturedCallback } from './captured-callback.js';
import type { SignInResult } from './code-exchange.js';
import type { Credentials } from './credentials.js';
import { EndWatch } from './end-watch.js';
import type { Host, PageEvent } from './host.js';
import { SessionMachine, type Remarks } from './session-machine.js';
import type { OpenedSession } from './session-vault.js';
import { SignInJourney } from './sign-in-journey.js';
import { findStart, type Start } from './session-start.js';
import type { Session, SessionStatus, SignedOutReason, Snapshot } from './session.js';
import { createSnapshot, whileCurrent } from './snapshots.js';
import { endsSession, GoneElsewhereError, TokenKeeper } from './token-keeper.js';
import { createWorkings, sweep, type Workings } from './workings.js';

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
  readonly #endWatch: EndWatch;
  #journey: SignInJourney | undefined;
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
    this.#endWatch = new EndWatch(host, () => this.#machine.enter('ended'));
    const stopListening = host.onPageEvent((event) => {
      this.#onPageEvent(event);
    });
    const stopHearing = host.onTold(({ ended }) => {
      if (ended === this.#id) {
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
    sweep(this.#host);
    this.#journey = new SignInJourney({
      host: this.#host,
      machine: this.#machine,
      workings,
      stayed: () => this.#stayed,
    });
    if (start.launch !== undefined) {
      await this.#leaveToSignIn('launched');
      return;
    }
    await this.#comeBack(captured, start.problem);
  }

  async completeSignIn(answer: string | URLSearchParams): Promise<void> {
    const address = new URL(`?${String(answer).replace(/^\?/, '')}`, this.#host.pageUrl());
    const callback = readCallback(address.href);
    if (callback) {
      await this.#comeBack({ callback, claimed: false }, undefined);
    } else {
      const [error] = await inWords([new Fault('callback/malformed')]);
      this.#machine.enter('changed', { error });
    }
  }

  async signIn(): Promise<void> {
    await this.#leaveToSignIn('sign-in');
  }

  async signOut(): Promise<void> {
    const keeper = this.#keeper;
    const workings = this.#workings;
    const id = this.#id;
    if (!workings || !this.#end('signed-out')) {
      return;
    }
    this.#host.tell({ ended: id });
    await workings.vault.clear().catch(() => undefined);
    if (keeper) {
      await revokeCredentials(this.#party(workings, keeper.credentials), keeper.credentials);
    }
  }

  async refresh(): Promise<void> {
    const keeper = this.#requireKeeper();
    await this.#keep(keeper, () => keeper.renew(keeper.credentials.accessToken));
  }

  async introspect(): Promise<Introspection> {
    const [keeper, workings] = [this.#requireKeeper(), this.#workings];
    if (!workings) {
      throw sessionError('not-signed-in');
    }
    const { introspectToken } = await loadPart(() => import('../smart/introspection.js'));
    // As it is: renewing first would answer another question.
    return introspectToken(this.#party(workings, keeper.credentials), keeper.credentials.accessToken);
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
    this.#endWatch.until(undefined);
    this.#journey?.end();
    this.#workings?.preparation.stop();
    this.#machine.silence();
    this.#life.abort(sessionError('superseded'));
  }

  async #comeBack(captured: CapturedCallback, otherProblem: SmartError | undefined): Promise<void> {
    const [journey, workings] = [this.#journey, this.#workings];
    if (!journey || !workings) {
      return;
    }
    let problem = otherProblem;
    try {
      const result = await journey.comeBack(captured);
      if (result) {
        await this.#accept(workings, result, captured.returnTo);
        return;
      }
    } catch (thrown) {
      problem = asError(thrown);
    }
    await this.#restore(workings, problem);
  }

  async #leaveToSignIn(event: 'sign-in' | 'launched'): Promise<void> {
    const [journey, workings] = [this.#journey, this.#workings];
    if (!journey || !workings) {
      return;
    }
    try {
      const result = await journey.begin(event);
      // A launch is spent with the first attempt.
      this.#start = undefined;
      if (result) {
        await this.#accept(workings, result);
      }
    } catch (thrown) {
      const error = asError(thrown);
      if (error.code === 'session/superseded') {
        // The person has given up, or begun again.
      } else if (this.#machine.status === 'exchanging') {
        await this.#restore(workings, error);
      } else if (error.code.startsWith('callback/')) {
        this.#machine.enter(this.#stayed, { error });
      } else {
        this.#onUnprepared(error);
      }
    }
  }

  async #accept(
    workings: Workings,
    { credentials, warnings }: SignInResult,
    returnTo?: string,
  ): Promise<void> {
    const opened: OpenedSession = { sessionId: crypto.randomUUID(), generation: 1, credentials };
    if (this.#machine.status !== 'exchanging') {
      // Signed out, or the page changed its mind, while the code was exchanged.
      await revokeCredentials(this.#party(workings, credentials), credentials);
      return;
    }
    this.#signInWarnings = warnings;
    const isStored = await this.#store(workings, opened);
    if (returnTo !== undefined && isStored) {
      this.#host.replacePage(returnTo);
      return;
    }
    this.#begin(workings, opened, isStored);
    this.#machine.enter('exchanged');
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
    if (this.#machine.enter('changed', { error })) {
      // There is a session, or nobody, already: an answer was handed in that is of no use.
      return;
    }
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

  #onUnprepared(error: SmartError): void {
    if (this.#options.allowUnprotected && error.code === 'discovery/not-found' && !this.#keeper) {
      this.#machine.enter('open');
    } else if (this.#machine.status === 'authorizing' && this.#keeper) {
      this.#machine.enter('stayed-expired', { error });
    } else {
      this.#machine.enter(this.#keeper ? 'changed' : 'unprepared', { error });
    }
  }

  #retry(): void {
    if (this.#machine.enter('retry')) {
      // In a later task: whoever asked sees the session start again, and then how it went.
      this.start().catch(() => undefined);
    }
  }

  #stay(): void {
    this.#journey?.end();
    this.#machine.enter(this.#stayed);
  }

  get #stayed(): 'stayed' | 'stayed-expired' {
    return this.#keeper ? 'stayed-expired' : 'stayed';
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

  /** A token that cannot be renewed has an end to look out for. */
  #watch(): void {
    const keeper = this.#machine.status === 'signed-in' ? this.#keeper : undefined;
    this.#endWatch.until(keeper?.isRenewable ? undefined : keeper?.credentials.expiresAt);
  }

  #onEntered(status: SessionStatus): void {
    this.#journey?.rest();
    this.#watch();
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
        signInUrl: this.#journey?.signInUrl,
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
