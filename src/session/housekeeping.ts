import type { Host } from './host.js';
import { loginPrefix, pendingLoginLifetimeMs, readPendingLogin } from './pending-logins.js';
import { isSealedRecord, recordPrefix } from './session-vault.js';

/** A record whose tab has not touched it for so long is an orphan: its key died with the tab. */
const orphanedAfterMs = 24 * 60 * 60_000;
/** Kept for a while past its end, so that a late return is told what happened. */
const forgottenAfterMs = 2 * pendingLoginLifetimeMs;

/** Removes what others left behind: the sessions of closed tabs, and the sign-ins that nobody came back from. */
export async function sweep(host: Host): Promise<void> {
  const now = host.now();
  for (const [key, value] of await host.records.entries()) {
    const login = key.startsWith(loginPrefix) ? readPendingLogin(value) : undefined;
    const isForgotten = login && now - login.createdAt > forgottenAfterMs;
    const isOrphan =
      key.startsWith(recordPrefix) && isSealedRecord(value) && now - value.writtenAt > orphanedAfterMs;
    if (isForgotten || isOrphan) {
      await host.records.remove(key);
    }
  }
}
