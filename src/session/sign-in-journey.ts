import { worded } from '../core/fault.js';
import { loadPart } from '../core/load-part.js';
import { sessionError } from '../core/errors/session.js';
import type { SmartError } from '../core/smart-error.js';
import type { Callback } from '../smart/callback.js';
import { claimCallback, rememberPlace, type CapturedCallback } from './captured-callback.js';
import { completeSignIn, type SignInResult } from './code-exchange.js';
import type { Host, SignInWindow } from './host.js';
import type { PendingLogin } from './pending-logins.js';
import type { SessionMachine } from './session-machine.js';
import type { Workings } from './workings.js';

/** A browser that was told to leave, and has not after so long, will not: the person may press the button again. */
const leavingTakesMs = 10_000;
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

/** A person's way to the authorization server and back, in this window or in one of its own. */
export class SignInJourney {
  readonly #parts: JourneyParts;
  #waiting: AbortController | undefined;
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
   * @returns what they come back with, where that is in another window; undefined where this page is left.
   * @throws {SmartError} `discovery/…`, and where the sign-in is in another window what {@link comeBack} throws.
   */
  async begin(event: 'sign-in' | 'launched'): Promise<SignInResult | undefined> {
    const { host, machine, workings } = this.#parts;
    if (!machine.allows(event)) {
      return undefined;
    }
    // A window opens only within the click itself.
    const opened = workings.isInWindow ? host.openWindow() : undefined;
    machine.enter(event);
    const login = await workings.preparation.ready();
    if (machine.status !== 'authorizing') {
      return undefined;
    }
    workings.preparation.spend();
    if (workings.isInWindow) {
      return this.#waitForWindow(login, opened);
    }
    this.#leave(login);
    return undefined;
  }

  /**
   * Takes the answer that the page came back with, and turns it into credentials.
   *
   * @returns undefined where there is no answer for this session.
   * @throws {SmartError} `authorize/…`, `callback/…`, `token/…`, `id-token/nonce-mismatch`.
   */
  async comeBack(captured: CapturedCallback): Promise<SignInResult | undefined> {
    const { host, machine, workings } = this.#parts;
    await this.#handOver(captured);
    const claimed = await worded(() => claimCallback(captured, workings.logins, workings.settings));
    if (!claimed) {
      return undefined;
    }
    machine.enter('returned');
    const { login, answer } = claimed;
    const { credentials, warnings } = await completeSignIn(login, answer, host, workings.settings.idToken);
    return { credentials: { ...credentials, ...(login.isLaunched && { isLaunched: true }) }, warnings };
  }

  /** The person is elsewhere now: nothing is waited for any more. */
  end(): void {
    this.rest();
    this.#waiting?.abort(sessionError('superseded'));
    this.#signInUrl = undefined;
  }

  /** The person has arrived somewhere: whether they have left need not be looked at any more. */
  rest(): void {
    this.#cancelTimer?.();
  }

  #leave(login: PendingLogin): void {
    const { host, machine, stayed } = this.#parts;
    rememberPlace(host, login.state);
    if (login.isLaunched) {
      // Back goes to the EHR: a launch cannot be repeated.
      host.replacePage(login.url);
    } else {
      host.navigate(login.url, formAction(login));
    }
    this.#cancelTimer = host.setTimer(() => machine.enter(stayed()), leavingTakesMs);
  }

  async #waitForWindow(
    login: PendingLogin,
    opened: SignInWindow | undefined,
  ): Promise<SignInResult | undefined> {
    const { host, machine, stayed } = this.#parts;
    this.#waiting?.abort(sessionError('superseded'));
    const { signal } = (this.#waiting = new AbortController());
    const { signInByWindow } = await loadPart(() => import('./window-sign-in.js'));
    const callback = await signInByWindow({
      host,
      login,
      opened,
      signal,
      onProblem: (error: SmartError) => {
        // Blocked: the person gets a link. Closed: they may begin again, and what still comes is welcome.
        this.#signInUrl = opened ? undefined : login.url;
        machine.enter(opened ? stayed() : 'changed', { error });
      },
    }).finally(() => {
      this.#signInUrl = undefined;
    });
    return this.comeBack({ callback, claimed: false });
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
