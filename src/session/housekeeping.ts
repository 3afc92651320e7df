import type { Host } from './host.js';
import { longestSessionMs } from './endings.js';
import { loginPrefix, pendingLoginLifetimeMs, readPendingLogin } from './pending-logins.js';
import { isSealedRecord, keyPrefix, recordPrefix } from './session-vault.js';

/** Kept for a while past its end, so that a late return is told what happened. */
const forgottenAfterMs = 2 * pendingLoginLifetimeMs;

/**
 * Removes what others left behind: the sessions that nobody has used for so long that none of them goes on, and the
 * sign-ins that nobody came back from.
 */
export async function sweep(host: Host): Promise<void> {
  const now = host.now();
  const entries = await host.records.entries();
  const isOver = (value: unknown): boolean => !isSealedRecord(value) || now - value.usedAt > longestSessionMs;
  const gone = entries.flatMap(([key, value]) => {
    const login = key.startsWith(loginPrefix) ? readPendingLogin(value) : undefined;
    if (login) {
      return now - login.createdAt > forgottenAfterMs ? [key] : [];
    }
    // What sealed it is of no more use.
    return key.startsWith(recordPrefix) && isOver(value)
      ? [key, keyPrefix + key.slice(recordPrefix.length)]
      : [];
  });
  if (gone.length > 0) {
    await host.records.remove(...gone);
  }
}
