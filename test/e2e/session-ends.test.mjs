/** How a session ends: what is left of it, what other tabs and the Back button show, and how a person is warned. */
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';

import { engine, openBrowser } from './harness/browser.mjs';
import { pressButton, signIn, startPortal, untilShown, untilStatus } from './harness/portal.mjs';
import { eventually } from './harness/waiting.mjs';

describe(`the end of a session, in ${engine}`, { concurrency: 1 }, () => {
  let browser;
  let portal;
  let url;
  let page;

  // What a session leaves in the browser is what this is about: nobody else's is to be there, so each has its own servers.
  beforeEach(async () => {
    portal = await startPortal({ values: { persist: 'tab', idleTimeout: '3600' } });
    url = `${portal.app.origin}/life.html`;
    browser = await openBrowser();
    page = await browser.newPage();
  });

  afterEach(async () => {
    const { errors } = page;
    await browser.close();
    await portal.close();
    assert.deepEqual(errors, []);
  });

  /** Signs in. @returns what must be nowhere afterwards. */
  async function signInAsMaria(at = page) {
    await at.goto(url);
    await signIn(at, 'maria');
    await untilShown(at);
    const issued = await at.evaluate(() => globalThis.issued.splice(0));
    assert.equal(issued.filter(Boolean).length, 2);
    return [...issued, 'Silva'];
  }

  async function assertNothingIsLeft(secrets, at = page, { isLoadedAnew = false } = {}) {
    const { ofOurs, text } = await at.evaluate(whatIsLeft);
    if (isLoadedAnew) {
      // It has prepared a sign-in for whoever comes next: random values, which are of nobody.
      ofOurs.databases = ofOurs.databases.filter((key) => !key.startsWith('login/'));
    }
    assert.deepEqual(ofOurs, { localStorage: [], sessionStorage: [], databases: [], caches: [] });
    for (const secret of secrets) {
      assert.ok(!text.includes(secret), `“${secret.slice(0, 12)}” is still there`);
    }
  }

  for (const persist of ['memory', 'tab', 'browser']) {
    it(`after a sign-out nothing is left of a session kept in the ${persist}, also when the Back button comes`, async () => {
      portal.app.values.persist = persist;
      const secrets = await signInAsMaria();
      assert.match(JSON.stringify(await page.evaluate(whatIsLeft)), /Silva/, 'it was there before');
      await pressButton(page);
      await untilStatus(page, 'signed-out');
      await portalHeard('revoke', 2);
      await assertNothingIsLeft(secrets);
      await page.goto(`${portal.app.origin}/app.css`);
      await page.back();
      await untilStatus(page, 'signed-out');
      await assertNothingIsLeft(secrets, page, { isLoadedAnew: true });
    });
  }

  const portalHeard = (leg, count) =>
    eventually(
      () => portal.sandbox.log.filter((one) => one.leg === leg && one.method !== 'OPTIONS').length >= count,
    );

  it('a page that was put away while another tab signed out comes back without anything of it', async (context) => {
    portal.app.values.persist = 'browser';
    const secrets = await signInAsMaria();
    const other = await browser.newPage();
    await other.goto(url);
    await untilStatus(other, 'signed-in');
    await page.goto(`${portal.app.origin}/app.css`);
    await pressButton(other);
    await untilStatus(other, 'signed-out');
    await page.back();
    await page.waitFor((wanted) => location.href === wanted, url);
    // It may be loaded anew at just this moment.
    const { text } = await page.waitToDo(whatIsLeft);
    for (const secret of secrets) {
      assert.ok(!text.includes(secret), 'not even for a moment');
    }
    await untilStatus(page, 'signed-out');
    await assertNothingIsLeft(secrets, page, { isLoadedAnew: true });
    context.diagnostic(
      `restored from the back/forward cache: ${await page.evaluate(() => globalThis.isRestored)}`,
    );
  });

  it('a page that was put away comes back with its session where that goes on', async () => {
    portal.app.values.persist = 'browser';
    await signInAsMaria();
    await page.goto(`${portal.app.origin}/app.css`);
    await page.back();
    await untilStatus(page, 'signed-in');
    await untilShown(page);
    assert.match(await page.text(), /Silva/);
  });

  it('signing out goes on to the server where the page wants that, and comes back', async () => {
    await signInAsMaria();
    await page.evaluate(() => {
      document.querySelector('smart-auth').endServerSession = true;
    });
    await untilStatus(page, 'signed-in');
    await pressButton(page);
    await page.click('button[name=logout]');
    await page.waitFor((wanted) => location.href.split('?')[0] === wanted, url);
    await untilStatus(page, 'signed-out');
    await pressButton(page);
    // The server asks who it is again.
    await page.waitFor(() => Boolean(document.querySelector('#username')));
  });

  it('a sign-in in one tab serves all, and a sign-out too', async () => {
    portal.app.values.persist = 'browser';
    const other = await browser.newPage();
    await other.goto(url);
    await untilStatus(other, 'signed-out');
    const secrets = await signInAsMaria();
    await untilStatus(other, 'signed-in');
    await untilShown(other);
    await pressButton(page);
    await untilStatus(other, 'signed-out');
    await portalHeard('revoke', 2);
    await assertNothingIsLeft(secrets, other);
    assert.match(await other.text(), /signed out in another tab/);
  });

  it('a person is warned, and stays or leaves by the keyboard alone; what they wrote is still there', async () => {
    portal.app.values.idleTimeout = '30';
    const secrets = await signInAsMaria();
    await page.type('#draft', 'half a sentence');
    await untilWarned();
    assert.equal(await page.evaluate(focused), 'Stay signed in');
    await page.key('Enter');
    await untilNotWarned();
    assert.equal(await page.evaluate(focused), 'draft');
    assert.match(await page.text(), /You stay signed in/);
    assert.equal(renewals().length, 1, 'the server has confirmed it');

    await untilWarned();
    await page.key('Escape');
    await untilNotWarned();
    assert.equal(renewals().length, 2);
    assert.equal(await page.evaluate(() => document.querySelector('#draft').value), 'half a sentence');

    await untilWarned();
    await page.key('Tab');
    assert.equal(await page.evaluate(focused), 'Sign out now');
    await page.key('Enter');
    await untilStatus(page, 'signed-out');
    await portalHeard('revoke', 2);
    await assertNothingIsLeft(secrets);
  });

  const renewals = () =>
    portal.sandbox.log.filter(
      ({ leg, grantType, method }) => leg === 'token' && method === 'POST' && grantType === 'refresh_token',
    );

  const untilWarned = () =>
    page.waitFor(
      () => document.querySelector('smart-session-status').shadowRoot.querySelector('dialog')?.open,
    );

  async function untilNotWarned() {
    await page.waitFor(
      () => !document.querySelector('smart-session-status').shadowRoot.querySelector('dialog'),
    );
  }
});

/* These run in the page. */

function focused() {
  let { activeElement } = document;
  while (activeElement?.shadowRoot?.activeElement) {
    ({ activeElement } = activeElement.shadowRoot);
  }
  return activeElement?.id || activeElement?.textContent.trim();
}

/** What the site has stored, and everything that can be read of the page, as text. */
async function whatIsLeft() {
  const stored = (storage) => Object.entries({ ...storage });
  const answerTo = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const databases = [];
  for (const { name } of await indexedDB.databases()) {
    const database = await answerTo(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      const records = database.transaction(store).objectStore(store);
      databases.push(...(await answerTo(records.getAllKeys())));
    }
    database.close();
  }
  const markup = (node) => [
    node.outerHTML ?? '',
    ...[...node.querySelectorAll('*')].flatMap(({ shadowRoot }) =>
      shadowRoot ? [shadowRoot.innerHTML, ...markup(shadowRoot)] : [],
    ),
  ];
  const ofOurs = {
    localStorage: stored(localStorage),
    sessionStorage: stored(sessionStorage),
    databases,
    caches: (await globalThis.caches?.keys()) ?? [],
  };
  const text = [
    JSON.stringify(ofOurs),
    ...markup(document.documentElement),
    JSON.stringify(history.state),
    location.href,
    document.title,
  ].join('\n');
  return { ofOurs, text };
}
