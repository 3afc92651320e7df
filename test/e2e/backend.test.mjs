/** A backend that keeps the tokens: the same elements, and no token in the browser. */
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';

import { startBackend } from '../../demo/backend/backend.mjs';
import { startSandbox } from '../../demo/sandbox/sandbox.mjs';
import { engine, openBrowser } from './harness/browser.mjs';
import { pressButton, signIn, snapshotOf, untilShown, untilStatus } from './harness/portal.mjs';

describe(`a page with a backend, in ${engine}`, { concurrency: 1 }, () => {
  let sandbox;
  let backend;
  let browser;
  let page;

  // What a browser keeps of the one before is of no worth at new servers.
  beforeEach(async () => {
    sandbox = await startSandbox();
    backend = await startBackend({
      port: 0,
      fhirBase: sandbox.fhirBase(),
      clientId: 'demo-app',
      scope: 'launch/patient openid fhirUser patient/Patient.rs online_access',
    });
    browser = await openBrowser({ isLight: true });
    page = await browser.newPage();
    await page.goto(`${backend.origin}/backend.html`);
  });

  afterEach(async () => {
    const { errors } = page;
    await browser.close();
    await backend.close();
    await sandbox.close();
    assert.deepEqual(errors, []);
  });

  it('a person signs in, sees their record, and the browser has nothing but a cookie that no script can see', async () => {
    await signIn(page, 'maria');
    await untilShown(page);
    assert.match(await page.text(), /Signed in as Maria Elena Silva/);
    assert.match(await page.text(), /14 March 1968|March 14, 1968/);
    assert.equal((await snapshotOf(page)).context.patient, 'maria');
    const kept = await page.evaluate(async () => ({
      cookies: document.cookie,
      tab: { ...sessionStorage },
      databases: (await indexedDB.databases()).map(({ name }) => name),
    }));
    assert.deepEqual(kept, { cookies: '', tab: {}, databases: [] });
    // Where the engine tells: no request of the page had a token, and none went to the server itself.
    const ofScripts = (page.requests ?? []).filter(({ url }) => !url.includes('/interaction/'));
    assert.deepEqual(
      ofScripts.filter(({ hasToken }) => hasToken),
      [],
    );
  });

  it('a reload goes on, and a sign-out in one tab is one in all, at the server too', async () => {
    await signIn(page, 'maria');
    const { id } = await snapshotOf(page);
    await page.reload();
    await untilStatus(page, 'signed-in');
    assert.equal((await snapshotOf(page)).id, id);
    const other = await browser.newPage();
    await other.goto(`${backend.origin}/backend.html`);
    await untilStatus(other, 'signed-in');
    await pressButton(page);
    await untilStatus(page, 'signed-out');
    await untilStatus(other, 'signed-out');
    assert.doesNotMatch(await other.text(), /Silva/);
    assert.ok(sandbox.log.some(({ leg }) => leg === 'revoke'));
    await page.reload();
    await untilStatus(page, 'signed-out');
  });
});
