import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { engine, isThorough, openBrowser } from './harness/browser.mjs';
import { startPortal } from './harness/portal.mjs';
import { storm } from './harness/storm.mjs';

/**
 * Tabs of one browser share what it stores. All but the one that was opened last are in the background: in Chromium and
 * Firefox they are hidden, and renew only when they ask for something; the last one is visible, and renews by the clock.
 * WebKitGTK under its driver calls all of them hidden. Puppeteer keeps Chromium from slowing the timers of hidden tabs;
 * Firefox and WebKit slow them to about one a second.
 */
const small = { tabs: 5, seconds: 12, pauseMs: 400, deedEveryMs: 1_200, ambushEveryMs: 3_000 };
const long = { tabs: 20, seconds: 60, pauseMs: 1_200, deedEveryMs: 900, ambushEveryMs: 6_000 };
const usual = { chromium: small, firefox: small, webkit: { ...small, tabs: 4 } }[engine];
/** WebDriver, which looks at one tab at a time, cannot keep up with so many. */
const plan = isThorough && engine !== 'webkit' ? long : usual;
/** What tabs do to each other shows at either server; what a server makes of a tab that was lost is its own affair. */
const itInOneEngine = engine === 'chromium' || isThorough ? it : () => undefined;
const tokenSeconds = 3;
const requests = 10;
const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));

describe(`many tabs of one session, in ${engine}`, { concurrency: 1 }, () => {
  let browser;

  before(async () => {
    browser = await openBrowser();
  });

  after(async () => {
    await browser?.close();
  });

  async function rage(context, { rotationGrace }) {
    // A renewal takes its time, so that others come while it is under way.
    const portal = await startPortal({
      accessTokenLifetime: tokenSeconds,
      rotationGrace,
      delay: { token: 200 },
    });
    try {
      const account = await storm(browser, portal, { ...plan, requests, seed });
      context.diagnostic(JSON.stringify({ engine, seed, rotationGrace, ...plan, ...account.counts }));
      return account;
    } finally {
      await portal.close();
    }
  }

  /** What is true of a storm, whatever the server forgives. */
  function check({ counts, atRest, ...account }) {
    const told = `SEED=${seed} ${JSON.stringify(counts)}`;
    assert.deepEqual(account.serverFaults, [], told);
    assert.deepEqual(account.pageFaults, [], told);
    assert.deepEqual(account.unexplainedRepeats, [], `A refresh token came twice, for no reason: ${told}`);
    assert.deepEqual(account.patients, ['maria'], told);
    // What the storm is about has happened.
    assert.ok(counts.fewest >= requests, told);
    assert.ok(counts.struckInFlight > 1, told);
    assert.ok(counts.reuses > 0, told);
    // In the end all are in one session, and it works.
    const [{ id }] = atRest;
    assert.deepEqual(
      atRest,
      atRest.map(() => ({ id, error: undefined, status: 200 })),
      told,
    );
  }

  it('whose server forgives that an answer was lost: nobody is signed out', async (context) => {
    const account = await rage(context, { rotationGrace: 10 });
    check(account);
    assert.deepEqual(account.endings, [], `SEED=${seed}`);
    assert.deepEqual(account.unexplainedFailures, [], `SEED=${seed}`);
  });

  itInOneEngine(
    'whose server is strict: only a tab that was lost while it renewed can end the session',
    async (context) => {
      const account = await rage(context, { rotationGrace: 0 });
      check(account);
      const { signOuts, refusedReuses, struckInFlight } = account.counts;
      assert.ok(signOuts <= refusedReuses && signOuts <= struckInFlight, `SEED=${seed}`);
    },
  );
});
