import { storageError } from '../core/errors/storage.js';
import type { SignInResult } from './code-exchange.js';
import { withWarnings } from './credentials.js';
import type { Host } from './host.js';
import { revokeCredentials } from './revocation.js';
import type { OpenedSession } from './session-vault.js';
import type { Workings } from './workings.js';

/** What a sign-in is opened with. */
export interface OpeningParts {
  readonly host: Host;
  readonly workings: Workings;
  readonly result: SignInResult;
  /** Whether anybody waits for it still: the person may sign out while the code is exchanged, or while it is stored. */
  readonly isWanted: () => boolean;
}

/**
 * Makes a stored session of what a sign-in brought.
 *
 * @returns undefined where nobody wants it any more: then nothing of it is left, here or at the server.
 */
export async function openSession({
  host,
  workings,
  result: { credentials, warnings },
  isWanted,
}: OpeningParts): Promise<{ readonly opened: OpenedSession; readonly isStored: boolean } | undefined> {
  const { settings, vault } = workings;
  const opened = (all = warnings): OpenedSession => ({
    sessionId,
    generation: 1,
    credentials: withWarnings(credentials, all),
  });
  const sessionId = crypto.randomUUID();
  const isStored =
    isWanted() &&
    (await vault.create(sessionId, opened().credentials).then(
      () => true,
      () => false,
    ));
  if (!isWanted()) {
    await (isStored ? vault.clear().catch(() => undefined) : undefined);
    const party = { ...settings, configuration: credentials.configuration, fetch: host.fetch };
    await revokeCredentials(party, credentials).catch(() => undefined);
    return undefined;
  }
  return { isStored, opened: isStored ? opened() : opened([...warnings, storageError('write-failed')]) };
}
