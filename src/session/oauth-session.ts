import { Fault, wordsFor } from '../core/fault.js';
import { sessionError } from '../core/errors/session.js';
import type { SmartError } from '../core/smart-error.js';
import type { ClientOptions } from '../smart/client-settings.js';
import type { Introspection } from '../smart/introspection.js';
import { createTokenGuard } from '../smart/token-guard.js';
import { authorizedRequest } from './authorized-request.js';
import { captureCallback, forgetPlace, readHandedIn, type CapturedCallback } from './captured-callback.js';
import { CurrentSession } from './current-session.js';
import type { Host, PageEvent } from './host.js';
import { asError } from './kept-session.js';
import { loadSignInPart } from './load-sign-in-part.js';
import { SessionMachine, type Remarks } from './session-machine.js';
import { SignInJourney } from './sign-in-journey.js';
import { SessionOpener } from './session-opener.js';
import { findStart, issuerKey, type Start } from './session-start.js';
import type { Session, SessionStatus, Snapshot } from './session.js';
import { createSnapshot, whileCurrent } from './snapshots.js';
import { tellEnded } from './tell-ended.js';
import { createWorkings, sweep, type Workings } from './workings.js';

/**
 * A session by SMART App Launch: the authorization code flow with PKCE, in this browser.
 *
 * One state machine (`session-state.ts`) says what may happen when; each step hands out a new frozen snapshot. The
 * tokens, and all that is asked with them, are with the {@link KeptSession}.
 */
export class OAuthSession implements Session {
  readonly #options: ClientOptions;
  readonly #host: Host;
  readonly #machine: SessionMachine;
  readonly #stopListening: () => void;
  readonly #current: CurrentSession;
  /** Ends with this object, whatever session it has then. */
  readonly #life = new AbortController();
  #workings: Workings | undefined;
  #journey: SignInJourney | undefined;
  #opener: SessionOpener | undefined;
  #captured: CapturedCallback | undefined;
  /** How the session starts; kept until the launch in it is spent. */
  #start: Start | undefined;

  constructor(options: ClientOptions, host: Host) {
    this.#options = options;
    this.#host = host;
    this.#current = new CurrentSession(host, () => this.#machine);
    this.#machine = new SessionMachine(
      (status, remarks) => this.#describe(status, remarks),
      (status) => {
        this.#onEntered(status);
      },
    );
    const stopListening = host.onPageEvent((event) => {
      this.#onPageEvent(event);
    });
    const stopHearing = host.onTold((message) => {
      this.#current.onTold(message);
      if (message.began !== undefined && message.began === this.#workings?.vault.place) {
        this.#opener?.takeUp().catch(() => undefined);
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
    const captured = (this.#captured = captureCallback(this.#host));
    // It comes while everything else is looked at.
    loadSignInPart().catch(() => undefined);
    let start: Start;
    let workings: Workings;
    try {
      start = this.#start ??= await findStart(this.#options, captured, this.#host);
      if (start.refusal) {
        throw start.refusal;
      }
      workings = await createWorkings(start.options, this.#host, start.launch);
    } catch (thrown) {
      this.#start = undefined;
      this.#machine.enter('refused', { error: asError(thrown) });
      return;
    }
    if (this.#isStopped()) {
      this.#handBackLaunch();
      return;
    }
    this.#workings = workings;
    this.#journey = new SignInJourney({
      host: this.#host,
      machine: this.#machine,
      workings,
      stayed: () => this.#stayed,
    });
    this.#opener = new SessionOpener({
      host: this.#host,
      machine: this.#machine,
      current: this.#current,
      workings,
      isStopped: () => this.#isStopped(),
    });
    if (start.launch !== undefined) {
      await this.#leaveToSignIn('launched');
      return;
    }
    await this.#comeBack(captured, start.problem);
    // Last: nobody waits for it.
    sweep(this.#host);
  }

  async completeSignIn(answer: string | URLSearchParams): Promise<void> {
    const captured = readHandedIn(answer, this.#host.pageUrl());
    if (captured) {
      await this.#comeBack(captured, undefined);
    } else {
      const error = await wordsFor(new Fault('callback/malformed'));
      this.#machine.enter('changed', { error });
    }
  }

  async signIn(): Promise<void> {
    await this.#leaveToSignIn('sign-in');
  }

  async signInAgain(): Promise<void> {
    const kept = this.#current.expectUsable();
    // What is replaced before its end is of use to nobody.
    kept.revoke().catch(() => undefined);
    kept.forgetTokens();
    this.#machine.enter('ended');
    await this.signIn();
  }

  async signOut(): Promise<void> {
    const { kept, id } = this.#current;
    const ended = this.#current.end('signed-out');
    if (!ended) {
      return;
    }
    // And what a session of before has left, where this one had not been read yet.
    const cleared = Promise.all([ended.cleared, this.#workings?.vault.clear().catch(() => undefined)]);
    tellEnded(this.#host, id, cleared);
    await cleared;
    const revoked = kept?.revoke().catch(() => undefined);
    const away = this.#isStopped() ? undefined : kept?.endSessionUrl;
    if (this.#options.endServerSession && away !== undefined) {
      // What was begun goes on without the page.
      this.#host.navigate(away);
    }
    await revoked;
  }

  async refresh(): Promise<void> {
    await this.#current.expectUsable().renew();
  }

  async extend(): Promise<void> {
    const kept = this.#current.expectUsable();
    if (kept.isRenewable) {
      await kept.renew();
    }
    this.#current.noteActivity();
  }

  async introspect(): Promise<Introspection> {
    return this.#current.expectUsable().introspect();
  }

  async fetch(input: string | URL, init: RequestInit = {}): Promise<Response> {
    if (this.#machine.status === 'unprotected' && this.#workings) {
      // The same places as with a token: what a page shows of this server is from this server.
      const url = createTokenGuard(this.#workings.settings.fhirBase)(input);
      return this.#host.fetch(url.href, authorizedRequest(init, undefined, this.#life.signal));
    }
    return this.#current.expectUsable().fetch(input, init);
  }

  stop(): void {
    this.#stopListening();
    this.#journey?.stop();
    this.#workings?.preparation.stop();
    this.#machine.silence();
    this.#current.stop();
    this.#life.abort(sessionError('superseded'));
    this.#handBackLaunch();
  }

  /** A method, because it is asked again after waiting, and the compiler takes a property to be as it was. */
  #isStopped(): boolean {
    return this.#life.signal.aborted;
  }

  /** A launch that nobody has left with is there for the session that takes this one's place. */
  #handBackLaunch(): void {
    if (this.#start?.launch !== undefined && this.#captured) {
      this.#captured.isLaunchClaimed = false;
    }
  }

  async #comeBack(captured: CapturedCallback, otherProblem: SmartError | undefined): Promise<void> {
    const [journey, opener] = [this.#journey, this.#opener];
    if (!journey || !opener) {
      return;
    }
    let problem = otherProblem;
    try {
      if (await journey.comeBack(captured, (result) => opener.accept(result, captured.returnTo))) {
        return;
      }
    } catch (thrown) {
      problem = asError(thrown);
    }
    await opener.restore(problem);
    journey.reportUnclaimed(captured);
  }

  async #leaveToSignIn(event: 'sign-in' | 'launched'): Promise<void> {
    const [journey, opener] = [this.#journey, this.#opener];
    if (!journey || !opener) {
      return;
    }
    try {
      await journey.begin(event, {
        // A launch is spent with the first attempt.
        onLeaving: () => (this.#start = undefined),
        onResult: (result) => opener.accept(result, undefined),
      });
    } catch (thrown) {
      const error = asError(thrown);
      if (error.code === 'session/superseded') {
        // The person has given up, or begun again.
      } else if (this.#machine.status === 'exchanging') {
        await opener.restore(error);
      } else if (error.code.startsWith('callback/')) {
        this.#machine.enter(this.#stayed, { error });
      } else {
        this.#onUnprepared(error);
      }
    }
  }

  #onUnprepared(error: SmartError): void {
    if (this.#options.allowUnprotected && error.code === 'discovery/no-sign-in' && !this.#current.kept) {
      this.#machine.enter('open');
    } else if (this.#machine.status === 'authorizing' && this.#current.kept) {
      this.#machine.enter('stayed-expired', { error });
    } else {
      this.#machine.enter(this.#current.kept ? 'changed' : 'unprepared', { error });
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
    return this.#current.kept ? 'stayed-expired' : 'stayed';
  }

  #onPageEvent(event: PageEvent): void {
    const { status } = this.#machine;
    const isKiosk = this.#options.kiosk ?? false;
    if (status === 'authorizing' && event === 'restored') {
      this.#stay();
    } else if (status === 'unavailable' && event === 'restored') {
      // Leaving the page may have interrupted what was being prepared.
      this.#retry();
    }
    if (event === 'left' && isKiosk) {
      this.#current.endIdle();
      if (status === 'exchanging') {
        // What comes of it is for nobody.
        this.#machine.enter('nobody', { reason: 'idle' });
      }
    } else if (event === 'left' || event === 'frozen' || (event === 'hidden' && isKiosk)) {
      this.#current.hide();
    } else if (event === 'restored' || event === 'resumed' || (event === 'visible' && isKiosk)) {
      this.#current.show().catch(() => undefined);
    } else {
      this.#current.onPageEvent(event);
    }
  }

  #onEntered(status: SessionStatus): void {
    this.#journey?.rest();
    this.#current.watch();
    if (status === 'signed-out' || status === 'expired') {
      this.#prepare();
    }
  }

  #prepare(): void {
    if (this.#isStopped()) {
      return;
    }
    const { preparation } = this.#workings ?? {};
    if (this.#hasBeenSignedIn) {
      preparation?.leaveNothing();
      this.#host.tabStorage?.remove(issuerKey(this.#options));
      forgetPlace(this.#host);
    }
    preparation?.ready().then(
      () => this.#machine.enter('changed'),
      (thrown: unknown) => {
        // Meanwhile another tab may have begun a session: what was wanting of a sign-in is nothing to it.
        if (this.#machine.status === 'signed-out' || this.#machine.status === 'expired') {
          this.#onUnprepared(asError(thrown));
        }
      },
    );
  }

  /** Whether somebody was signed in here, and nothing of that is to be left. */
  get #hasBeenSignedIn(): boolean {
    const { snapshot } = this.#machine;
    return snapshot.status === 'signed-out' && snapshot.reason !== 'initial' && snapshot.reason !== 'denied';
  }

  #describe(status: SessionStatus, remarks: Remarks): Snapshot {
    const { id, kept } = this.#current;
    const { settings, preparation, warnings } = this.#workings ?? {};
    return createSnapshot(
      status,
      {
        id,
        fhirBase: settings?.fhirBase ?? '',
        ...remarks,
        advice: [...(warnings ?? []), ...(preparation?.warnings ?? [])],
        credentials: kept?.credentials,
        refreshing: kept?.isRenewing ?? false,
        ending: this.#current.ending,
        idleLimitMs: this.#current.idleLimitMs ?? 0,
        isReplacing: this.#start?.isReplacing ?? false,
        signInUrl: this.#journey?.signInUrl,
      },
      {
        ...whileCurrent(() => id === this.#current.id, this),
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
