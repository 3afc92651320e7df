import type { Host, TabMessage } from './host.js';

/**
 * Tells the other tabs that a session is over: at once, so that none of them shows it any longer; and again when nothing
 * of it is stored. A tab that was reading it the first time had no session yet that this could have been about.
 */
export function tellEnded(
  host: Host,
  id: string,
  cleared: Promise<unknown>,
  reason?: TabMessage['reason'],
): void {
  const tell = (): void => {
    host.tell({ ended: id, ...(reason && { reason }) });
  };
  tell();
  cleared.then(tell, tell);
}
