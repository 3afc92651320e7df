import type { Host } from './host.js';
import { longestSessionMs } from './endings.js';
import { loginPrefix, pendingLoginLifetimeMs, readPendingLogin } from './pending-logins.js';
import { isSealedRecord, keyPrefix, lastPrefix, recordPrefix } from './session-vault.js';

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
  const over = new Set(
    entries.flatMap(([key, value]) => (key.startsWith(recordPrefix) && isOver(value) ? [key] : [])),
  );
  const there = new Set(entries.map(([key]) => key).filter((key) => !over.has(key)));
  const gone = entries.flatMap(([key, value]) => {
    const login = key.startsWith(loginPrefix) ? readPendingLogin(value) : undefined;
    const isForgotten = login && now - login.createdAt > forgottenAfterMs;
    return isForgotten || over.has(key) || isOrphan(key, value, there) ? [key] : [];
  });
  if (gone.length > 0) {
    await host.records.remove(...gone);
  }
}

/** What belongs to a session that is not there: the key that sealed it, and that it was the last. */
function isOrphan(key: string, value: unknown, there: ReadonlySet<string>): boolean {
  if (key.startsWith(keyPrefix)) {
    return !there.has(recordPrefix + key.slice(keyPrefix.length));
  }
  return (
    key.startsWith(lastPrefix) &&
    !there.has(`${recordPrefix}${key.slice(lastPrefix.length)}|${String(value)}`)
  );
}
