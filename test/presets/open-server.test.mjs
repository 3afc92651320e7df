/** The kit at a server that anybody may read, and at servers that only look like one. */
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';

import { switchesOf } from '../../demo/sandbox/deviations/index.mjs';
import { openBrowser } from '../e2e/harness/browser.mjs';
import { allowUnprotected } from '../e2e/harness/page-tasks.mjs';
import { snapshotOf, startPortal, untilShown, untilStatus } from '../e2e/harness/portal.mjs';

/** What is said of servers that do not say where to sign in, and are not open for that. */
const closed = {
  'well-known-needs-token+metadata-needs-token': 'discovery/refused',
  'well-known-unavailable': 'discovery/unavailable',
  'no-cors-on-discovery': 'discovery/unreachable',
  'no-authorize-endpoint': 'discovery/missing-endpoint',
};

describe('a server without a sign-in', { concurrency: 1 }, () => {
  let browser;
  let portal;
  let page;

  before(async () => {
    browser = await openBrowser({ isLight: true });
    portal = await startPortal({ preset: 'hapi', values: { src: 'Patient/maria' } });
  });

  after(async () => {
    await browser?.close();
    await portal?.close();
  });

  beforeEach(async () => {
    portal.sandbox.reset();
    await page?.close();
    page = await browser.newPage();
  });

  it('SMART-6: nothing is read where the page does not allow to read without', async () => {
    await page.goto(portal.url);
    await untilStatus(page, 'unavailable');
    await untilShown(page, 'error');
    assert.equal((await snapshotOf(page)).error, 'discovery/no-sign-in');
    assert.doesNotMatch(await page.text(), /Silva/);
  });

  it('SMART-6: records are read, without a token, where the page allows it', async () => {
    await page.goto(portal.url);
    await allowUnprotected(page);
    await untilStatus(page, 'unprotected');
    await untilShown(page);
    assert.match(await page.text(), /Silva/);
    assert.deepEqual((await snapshotOf(page)).warnings, []);
    assert.ok(page.requests.every(({ hasToken }) => !hasToken));
  });

  for (const [names, code] of Object.entries(closed)) {
    it(`SMART-6: ${names.replace('+', ' and ')} does not make a server an open one: ${code}`, async () => {
      portal.sandbox.set({ wellKnown: true, oauthUris: true, open: false, ...switchesOf(names) });
      await page.goto(portal.url);
      await allowUnprotected(page);
      await untilStatus(page, 'unavailable');
      assert.equal((await snapshotOf(page)).error, code);
    });
  }
});
