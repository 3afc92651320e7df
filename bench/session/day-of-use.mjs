/** A day in which a person uses a simulated browser, at a simulated server. */
import { liveADay } from '../../test/session/day-of-use.ts';

/** @returns how long the day took, in ms, and how often it read and renewed. */
globalThis.aDayOfUse = async () => {
  const { tookMs, reads, renewals, failedRenewals } = await liveADay();
  return { tookMs, reads, tokenRequests: renewals + failedRenewals };
};
