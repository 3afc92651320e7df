import { windowError } from '../core/errors/window.js';
import type { SmartError } from '../core/smart-error.js';
import type { Callback } from '../smart/callback.js';
import type { Host } from './host.js';

/** How long the page that opened this window has to take the answer. */
const takenWithinMs = 1_500;
const askEveryMs = 250;

/**
 * Gives the answer of the authorization server to the page that opened this window, and closes the window.
 *
 * @returns what to say where the window stays open; undefined where nobody took the answer.
 */
export async function handOver(host: Host, { state, parameters }: Callback): Promise<SmartError | undefined> {
  const isTaken = await new Promise<boolean>((resolve) => {
    const givenUpAt = host.now() + takenWithinMs;
    let stopAsking: () => void = () => undefined;
    const end = (result: boolean): void => {
      stopListening();
      stopAsking();
      resolve(result);
    };
    const stopListening = host.onTold(({ taken }) => {
      if (taken === state) {
        end(true);
      }
    });
    const ask = (): void => {
      if (host.now() >= givenUpAt) {
        end(false);
        return;
      }
      stopAsking = host.setTimer(ask, askEveryMs);
      host.tell({ answer: { state, query: parameters.toString() } });
    };
    ask();
  });
  if (!isTaken) {
    return undefined;
  }
  host.closeWindow();
  return windowError('completed-elsewhere');
}
