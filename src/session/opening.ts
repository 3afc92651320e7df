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

/** A session that has just been opened. */
export interface NewSession {
  readonly opened: OpenedSession;
  readonly isStored: boolean;
  /** The id of the session that this tab had stored before. */
  readonly replaced: string | undefined;
}

/**
 * Makes a session of what a sign-in brought, and stores it where sessions are stored.
 *
 * @returns undefined where nobody wants it any more: then nothing of it is left, here or at the server.
 */
export async function openSession({
  host,
  workings,
  result: { credentials, warnings },
  isWanted,
}: OpeningParts): Promise<NewSession | undefined> {
  const { settings, vault } = workings;
  const opened = (all = warnings): OpenedSession => ({
    sessionId,
    generation: 1,
    usedAt: host.now(),
    credentials: withWarnings(credentials, all),
  });
  const sessionId = crypto.randomUUID();
  let isStored = false;
  let replaced: string | undefined;
  if (isWanted() && vault.isLasting) {
    try {
      replaced = await vault.create(sessionId, opened().credentials);
      isStored = true;
    } catch {
      // This page alone has it then, and says so.
    }
  }
  if (!isWanted()) {
    await (isStored ? vault.clear(sessionId).catch(() => undefined) : undefined);
    const party = { ...settings, configuration: credentials.configuration, fetch: host.fetch };
    await revokeCredentials(party, credentials).catch(() => undefined);
    return undefined;
  }
  const isRefused = vault.isLasting && !isStored;
  return {
    isStored,
    replaced,
    opened: isRefused ? opened([...warnings, storageError('write-failed')]) : opened(),
  };
}
