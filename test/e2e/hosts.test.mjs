import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';

import { engine, openBrowser } from './harness/browser.mjs';
import {
  giveName,
  consent,
  signIn,
  snapshotOf,
  startPortal,
  untilShown,
  untilStatus,
} from './harness/portal.mjs';

describe(`pages that hold the kit, in ${engine}`, () => {
  let browser;
  let portal;
  let page;

  before(async () => {
    browser = await openBrowser();
    portal = await startPortal();
  });

  after(async () => {
    await browser?.close();
    await portal?.close();
  });

  beforeEach(async () => {
    portal.sandbox.forgetEverything();
    portal.sandbox.log.length = 0;
    portal.app.values.redirectUri = '';
    portal.app.values.fhirBase = portal.sandbox.fhirBase();
    page = await browser.newPage();
  });

  afterEach(() => page.close());

  it('a frame without storage is told to open in a window of its own', async () => {
    await page.goto(`${portal.app.origin}/frame.html`);
    const heard = await page.waitFor(() => window.heard?.status === 'unavailable' && window.heard);
    assert.equal(heard.code, 'storage/unavailable');
    assert.equal(portal.sandbox.log.length, 0);
  });

  it('a page that is left at once does not keep the next one waiting', async () => {
    const forged = `${portal.app.origin}/app.html?code=stolen&state=se.${'A'.repeat(43)}`;
    for (let round = 0; round < 4; round++) {
      await page.goto(`${portal.app.origin}/app.html?round=${round}`);
      await page.goto(forged);
      await untilStatus(page, 'signed-out');
      assert.equal((await snapshotOf(page)).error, 'callback/unknown-state');
    }
  });

  it('another page takes the callback, and the person is back where they started', async () => {
    portal.app.values.redirectUri = '/callback.html';
    await page.goto(portal.url);
    await signIn(page, 'maria');
    await untilShown(page);
    assert.equal(await page.url(), portal.url);
    const [authorization] = portal.sandbox.log.filter(({ leg }) => leg === 'authorize');
    assert.equal(authorization.query.redirect_uri, `${portal.app.origin}/callback.html`);
    assert.equal(portal.sandbox.log.filter(({ leg }) => leg === 'token').length, 1);
  });

  it('two tabs with two people never meet', async () => {
    await page.goto(portal.url);
    await signIn(page, 'maria');
    await untilShown(page);
    // The server no longer knows the first person; what it gave them is still good.
    portal.sandbox.endSessions();
    const other = await browser.newPage();
    await other.goto(portal.url);
    await signIn(other, 'sam');
    await untilStatus(other, 'signed-in');
    await page.reload();
    await untilStatus(page, 'signed-in');
    assert.equal((await snapshotOf(page)).context.patient, 'maria');
    assert.notEqual((await snapshotOf(other)).context.patient, 'maria');
    await other.close();
  });

  it('another organisation of the same server is another session', async () => {
    await page.goto(portal.url);
    await signIn(page, 'maria');
    await untilShown(page);
    const hillcrest = portal.sandbox.fhirBase('hillcrest');
    await page.evaluate(
      (base) => document.querySelector('smart-auth').setAttribute('fhir-base', base),
      hillcrest,
    );
    await untilStatus(page, 'signed-out');
    assert.doesNotMatch(await page.text(), /Silva/);
    await page.click('smart-login-button >>> button');
    await page.waitFor(() => Boolean(document.querySelector('#username')));
    portal.app.values.fhirBase = hillcrest;
    await giveName(page, 'maria');
    await consent(page);
    await untilStatus(page, 'signed-in');
    await untilShown(page);
    assert.match(await page.text(), /Kowalska/);
  });
});
