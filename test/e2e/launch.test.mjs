import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';

import { engine, openBrowser } from './harness/browser.mjs';
import {
  consent,
  giveName,
  signIn,
  signInByWindow,
  snapshotOf,
  startPortal,
  untilShown,
  untilStatus,
} from './harness/portal.mjs';

describe(`apps that an EHR opens, and windows, in ${engine}`, () => {
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
    Object.assign(portal.app.values, {
      issuers: portal.sandbox.fhirBase(),
      display: '',
      redirectUri: '',
      fhirBase: portal.sandbox.fhirBase(),
    });
    page = await browser.newPage();
  });

  afterEach(async () => {
    assert.deepEqual(page.errors, []);
    await page.close();
  });

  const launch = (patient) =>
    `${portal.sandbox.origin}/launch/riverside?patient=${patient}&app=${encodeURIComponent(portal.url)}`;

  /** At the sandbox, after a launch: a clinician signs in where the server does not know them yet, and allows. */
  async function allow() {
    await page.waitFor(() => Boolean(document.querySelector('#username, [name=decision]')));
    if (await page.evaluate(() => Boolean(document.querySelector('#username')))) {
      await giveName(page, 'dr-okafor');
    }
    await consent(page);
    await untilStatus(page, 'signed-in');
    await untilShown(page);
  }

  it('SMART-14 SMART-18 SMART-19: shows the patient of the EHR; then the next one, and nothing of the first', async () => {
    await page.goto(launch('maria'));
    await allow();
    assert.equal((await snapshotOf(page)).context.patient, 'maria');
    assert.match(await page.text(), /Silva/);
    assert.equal(await page.url(), portal.url);

    await page.goto(launch('sam'));
    await allow();
    assert.equal((await snapshotOf(page)).context.patient, 'sam');
    assert.doesNotMatch(await page.text(), /Silva/);
    assert.equal(await page.url(), portal.url);

    const authorizations = () => portal.sandbox.log.filter(({ leg }) => leg === 'authorize').length;
    const before = authorizations();
    await page.reload();
    await untilStatus(page, 'signed-in');
    await untilShown(page);
    assert.equal((await snapshotOf(page)).context.patient, 'sam');
    assert.equal(authorizations(), before, 'a reload does not replay the launch');
  });

  it('SMART-17: a server that is not allowed changes nothing, and is said', async () => {
    await page.goto(portal.url);
    await signIn(page, 'maria');
    await untilShown(page);
    const stranger = encodeURIComponent('https://evil.example/fhir');
    await page.goto(`${portal.app.origin}/app.html?iss=${stranger}&launch=x`);
    await untilStatus(page, 'signed-in');
    await untilShown(page);
    assert.equal((await snapshotOf(page)).error, 'launch/issuer-not-allowed');
    assert.match(await page.text(), /does not know/);
    assert.match(await page.text(), /Silva/);
    assert.equal(await page.url(), `${portal.app.origin}/app.html`);
  });

  it('SMART-20: a person signs in in a window of its own, and the page stays where it was', async (context) => {
    portal.app.values.display = 'popup';
    const { opened, isBlocked } = await signInByWindow({ browser, page, portal }, context);
    if (isBlocked) {
      await opened.waitFor(() => document.querySelector('smart-auth')?.session.error);
      assert.equal((await snapshotOf(opened)).error, 'authorize/completed-elsewhere');
      await opened.close();
    } else {
      assert.equal(await opened.isClosed(), true);
    }
  });

  it('the ready page for callbacks takes the answer to where the person was', async () => {
    portal.app.values.redirectUri = '/dist/smart-callback.html';
    await page.goto(portal.url);
    await signIn(page, 'maria');
    await untilShown(page);
    assert.equal(await page.url(), portal.url);
    assert.equal(portal.sandbox.log.filter(({ leg }) => leg === 'token').length, 1);
  });

  it('the ready page for callbacks says where it knows of no sign-in', async () => {
    await page.goto(`${portal.app.origin}/dist/smart-callback.html?code=stolen&state=se.${'A'.repeat(43)}`);
    await page.waitFor(() => !document.querySelector('[data-when=nobody]').hidden);
    assert.equal(await page.url(), `${portal.app.origin}/dist/smart-callback.html`);
  });
});
