import { Fault, wordsFor } from '../core/fault.js';
import { SmartError } from '../core/smart-error.js';
import type { Host } from './host.js';

/** Why a server was not reached: perhaps it is the page's own policy that keeps it from asking. */
export async function explainFailure(thrown: unknown, host: Host, url: string): Promise<unknown> {
  const isOpaque = SmartError.is(thrown) && thrown.code === 'discovery/unreachable';
  if (isOpaque && (await host.isBlockedByPolicy(url))) {
    const values = { host: new URL(url).origin };
    return wordsFor(new Fault('discovery/blocked-by-policy', { values }));
  }
  return thrown;
}
