import { callbackError } from '../core/errors/callback.js';
import { windowError } from '../core/errors/window.js';
import type { SmartError } from '../core/smart-error.js';
import type { Callback } from '../smart/callback.js';
import type { Host, SignInWindow } from './host.js';
import { pendingLoginLifetimeMs, type PendingLogin } from './pending-logins.js';

/** How often a window is looked at that was perhaps closed. */
const lookEveryMs = 1_000;

/** What a sign-in in a window of its own works with. */
export interface WindowSignIn {
  readonly host: Host;
  readonly login: PendingLogin;
  /** Undefined where the browser has blocked it. */
  readonly opened: SignInWindow | undefined;
  /** Where the request goes as a form, where it is too long for an address. */
  readonly formAction: string | undefined;
  /** Called with what the person should know; the sign-in may still be completed. */
  readonly onProblem: (problem: SmartError) => void;
  /** Ends the waiting. */
  readonly signal: AbortSignal;
}

/**
 * Lets a person sign in in another window, and waits for its answer.
 *
 * The answer comes through a channel of this site, so that it does not matter whether the server has cut the tie between
 * the two windows; where the browser gives a framed page a channel of its own, it comes from window to window.
 *
 * @throws {SmartError} `callback/expired`; what `signal` was aborted with.
 */
export function signInByWindow({
  host,
  login,
  opened,
  formAction,
  onProblem,
  signal,
}: WindowSignIn): Promise<Callback> {
  if (opened) {
    opened.go(login.url, formAction);
  } else {
    onProblem(windowError('window-blocked'));
  }
  return new Promise((resolve, reject) => {
    const endedAt = host.now() + pendingLoginLifetimeMs;
    let stopLooking: () => void = () => undefined;
    let wasClosed = false;
    const stopListening = host.onTold(({ answer }) => {
      if (answer?.state === login.state) {
        const taken = { taken: login.state };
        host.tell(taken);
        opened?.tell(taken);
        end();
        resolve({ state: login.state, parameters: new URLSearchParams(answer.query) });
      }
    });
    const end = (): void => {
      stopListening();
      stopLooking();
    };
    const look = (): void => {
      if (host.now() >= endedAt) {
        end();
        reject(callbackError('expired'));
        return;
      }
      if (opened?.isClosed && !wasClosed) {
        wasClosed = true;
        onProblem(windowError('window-closed'));
      }
      stopLooking = host.setTimer(look, lookEveryMs);
    };
    signal.addEventListener('abort', () => {
      end();
      reject(signal.reason as Error);
    });
    stopLooking = host.setTimer(look, lookEveryMs);
  });
}
