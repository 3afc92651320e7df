import { worded } from '../core/fault.js';
import { loadPart } from '../core/load-part.js';
import { sessionError } from '../core/errors/session.js';
import type { SmartError } from '../core/smart-error.js';
import type { Callback } from '../smart/callback.js';
import {
  claimCallback,
  isSamePlace,
  rememberPlace,
  type CapturedCallback,
  type ClaimedCallback,
} from './captured-callback.js';
import type { SignInResult } from './code-exchange.js';
import type { Host, SignInWindow } from './host.js';
import { loadSignInPart } from './load-sign-in-part.js';
import type { PendingLogin } from './pending-logins.js';
import type { SessionMachine } from './session-machine.js';
import type { Workings } from './workings.js';

/** A browser that was told to leave, and has not after so long, will not: the person may press the button again. */
const leavingTakesMs = 10_000;
/** How long the other elements of a page have to take an answer. */
const unclaimedAfterMs = 1_000;
/** Characters. */
const longestAddress = 2_000;

/** What a journey works with. */
export interface JourneyParts {
  readonly host: Host;
  readonly machine: SessionMachine;
  readonly workings: Workings;
  /** What has happened where a person has not left after all. */
  readonly stayed: () => 'stayed' | 'stayed-expired';
}

/** Takes what a sign-in brought. */
export type OnResult = (result: SignInResult) => Promise<void>;

/** What a sign-in tells on its way. */
export interface JourneyEvents {
  /** The page is being left, or the window is on its way: the attempt counts. */
  readonly onLeaving: () => void;
  /** The person is back, in a window of its own. */
  readonly onResult: OnResult;
}

/** A person's way to the authorization server and back, in this window or in one of its own. */
export class SignInJourney {
  readonly #parts: JourneyParts;
  #waiting: AbortController | undefined;
  /** Counts the attempts, so that one which was given up does not leave the page after all. */
  #attempt = 0;
  #isStopped = false;
  /** Where the person was when they left, as long as they have not come back there. */
  #returnTo: string | undefined;
  #signInUrl: string | undefined;
  #cancelTimer: (() => void) | undefined;

  constructor(parts: JourneyParts) {
    this.#parts = parts;
  }

  /** Where to sign in, for a link: the browser has blocked the window that was to be opened. */
  get signInUrl(): string | undefined {
    return this.#signInUrl;
  }

  /**
   * Sends the person to sign in.
   *
   * @throws {SmartError} `discovery/…`, and where the sign-in is in another window what {@link comeBack} throws.
   */
  async begin(event: 'sign-in' | 'launched', { onLeaving, onResult }: JourneyEvents): Promise<void> {
    const { host, machine, workings } = this.#parts;
    if (!machine.allows(event)) {
      return;
    }
    const attempt = ++this.#attempt;
    // A window opens only within the click itself.
    const opened = workings.isInWindow ? host.openWindow() : undefined;
    machine.enter(event);
    let login: PendingLogin;
    try {
      login = await workings.preparation.readyToLeave();
    } catch (thrown) {
      opened?.close();
      throw thrown;
    }
    if (attempt !== this.#attempt || machine.status !== 'authorizing') {
      // Given up, or begun again, meanwhile.
      opened?.close();
      return;
    }
    workings.preparation.spend();
    onLeaving();
    if (workings.isInWindow) {
      await this.#waitForWindow(login, opened, onResult);
    } else {
      this.#leave(login);
    }
  }

  /**
   * Takes the answer that the page came back with, and turns it into credentials.
   *
   * @returns whether the answer was for this session, and was taken; what it brought is in `onResult` first.
   * @throws {SmartError} `authorize/…`, `callback/…`, `token/…`, `id-token/nonce-mismatch`.
   */
  async comeBack(captured: CapturedCallback, onResult: OnResult): Promise<boolean> {
    const { machine, workings } = this.#parts;
    await this.#handOver(captured);
    if (this.#isStopped) {
      return false;
    }
    const { completion } = captured;
    if (completion && isSamePlace(completion.settings, workings.settings)) {
      // Another session of the same place is at it already: what it stores is this one's too.
      await worded(() => completion.done);
      return false;
    }
    const claimed = await worded(() => claimCallback(captured, workings.logins, workings.settings));
    if (!claimed) {
      // Another session was quicker; if it is one of the same place, this one waits for it.
      const isOfSamePlace =
        captured.completion !== completion &&
        captured.completion &&
        isSamePlace(captured.completion.settings, workings.settings);
      return isOfSamePlace ? this.comeBack(captured, onResult) : false;
    }
    this.#returnTo = captured.returnTo;
    machine.enter('returned');
    const done = this.#complete(claimed, onResult);
    claimed.finish(done);
    await done;
    return true;
  }

  /**
   * Says, where no element of the page has taken an answer that belongs to one of this name, that the settings have
   * changed meanwhile. The others get a moment: they may be upgraded later.
   */
  reportUnclaimed(captured: CapturedCallback): void {
    const { host, machine, workings } = this.#parts;
    if (captured.callback && !captured.claimed) {
      host.setTimer(() => {
        claimCallback(captured, workings.logins, workings.settings, true)
          .then(
            () => undefined,
            (thrown: unknown) => worded(() => Promise.reject(thrown as Error)),
          )
          .catch((error: unknown) => machine.enter('changed', { error: error as SmartError }));
      }, unclaimedAfterMs);
    }
  }

  /** Somebody else goes on from here: nothing is begun any more. */
  stop(): void {
    this.#isStopped = true;
    this.end();
  }

  /** The person is elsewhere now: nothing is waited for any more. */
  end(): void {
    this.#attempt++;
    this.rest();
    this.#waiting?.abort(sessionError('superseded'));
    this.#signInUrl = undefined;
  }

  /** The person has arrived somewhere: whether they have left need not be looked at any more. */
  rest(): void {
    this.#cancelTimer?.();
  }

  async #complete({ login, answer }: ClaimedCallback, onResult: OnResult): Promise<void> {
    const { host, workings } = this.#parts;
    const { completeSignIn } = await loadSignInPart();
    await onResult(await completeSignIn(login, answer, host, workings.settings.idToken));
    this.#returnTo = undefined;
  }

  #leave(login: PendingLogin): void {
    const { host, machine, stayed } = this.#parts;
    rememberPlace(host, login.state, this.#returnTo);
    const post = formAction(login);
    if (login.isLaunched && post === undefined) {
      // Back goes to the EHR: a launch cannot be repeated.
      host.replacePage(login.url);
    } else {
      host.navigate(login.url, post);
    }
    this.#cancelTimer = host.setTimer(() => machine.enter(stayed()), leavingTakesMs);
  }

  async #waitForWindow(
    login: PendingLogin,
    opened: SignInWindow | undefined,
    onResult: OnResult,
  ): Promise<void> {
    const { host, machine, stayed } = this.#parts;
    this.#waiting?.abort(sessionError('superseded'));
    const { signal } = (this.#waiting = new AbortController());
    const { signInByWindow } = await loadPart(() => import('./window-sign-in.js'));
    const callback = await signInByWindow({
      host,
      login,
      opened,
      formAction: formAction(login),
      signal,
      onProblem: (error: SmartError) => {
        // Blocked: the person gets a link. Closed: they may begin again, and what still comes is welcome.
        this.#signInUrl = opened ? undefined : login.url;
        machine.enter(opened ? stayed() : 'changed', { error });
      },
    }).finally(() => {
      this.#signInUrl = undefined;
    });
    await this.comeBack({ callback, claimed: false }, onResult);
  }

  /** In a window that another page has opened, the answer is for that page. @throws {SmartError} to say so. */
  async #handOver(captured: CapturedCallback): Promise<void> {
    const { callback } = captured;
    if (callback && !captured.claimed && !this.#waiting && (await this.#isForOpener(callback))) {
      captured.claimed = true;
      const { handOver } = await loadPart(() => import('./hand-over.js'));
      const problem = await handOver(this.#parts.host, callback);
      if (problem) {
        throw problem;
      }
      // Nobody is there any more to take it: then the person is signed in here.
      captured.claimed = false;
    }
  }

  async #isForOpener({ state }: Callback): Promise<boolean> {
    const { host, workings } = this.#parts;
    const login = await workings.logins.peek(state);
    // A framed page keeps its pending logins where other windows do not see them.
    return login ? login.isInWindow === true : host.isOpened;
  }
}

/** SMART-30: a request that is too long for some servers' addresses goes as a form, where the server takes that. */
function formAction({ url, configuration }: PendingLogin): string | undefined {
  const canPost = configuration.capabilities.includes('authorize-post');
  return canPost && url.length > longestAddress ? configuration.authorizationEndpoint : undefined;
}
