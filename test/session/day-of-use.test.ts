import { expect } from '@open-wc/testing';

import { liveADay } from './day-of-use.js';

// How long it takes is measured by the benchmark: here other tests keep the machine busy.
describe('a day of use', () => {
  it('asks for a token only where there is a reason', async () => {
    const day = await liveADay();
    expect(day.atItsEnd.error).to.equal(undefined);
    expect(day.reads).to.be.at.least(500);
    // 261 minutes of work, and nine minutes from one renewal to the next.
    expect(day.renewals).to.equal(28);
    // While offline: the first ones soon after each other, then one a minute.
    expect(day.failedRenewals).to.equal(24);
    // What was read offline, and nothing else.
    expect(day.failedReads).to.equal(5 + 15 + 1);
  });
});
