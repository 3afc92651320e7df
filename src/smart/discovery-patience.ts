import { InTrouble, type DiscoveryOptions, type ReadDocumentResult } from './discovery.js';

/** How long is waited before a server in trouble is asked again, unless it says so itself. */
const pausesMs = [500, 1_500];
/** A person waits: no server makes them wait longer than this between two attempts. */
const longestPauseMs = 5_000;

/**
 * Asks a server in trouble again, after a while (SMART-1).
 *
 * @throws {Fault} `discovery/unavailable` where it is still in trouble then; what `read` throws.
 */
export async function readAgain(
  read: () => Promise<ReadDocumentResult>,
  trouble: InTrouble,
  { pause = pauseByClock, signal }: DiscoveryOptions,
): Promise<ReadDocumentResult> {
  let latest = trouble;
  for (const pauseMs of pausesMs) {
    const asked = Number(latest.retryAfter ?? Number.NaN) * 1_000;
    await pause(asked >= 0 ? Math.min(asked, longestPauseMs) : pauseMs);
    signal?.throwIfAborted();
    try {
      return await read();
    } catch (thrown) {
      if (!(thrown instanceof InTrouble)) {
        throw thrown;
      }
      latest = thrown;
    }
  }
  throw latest;
}

function pauseByClock(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
