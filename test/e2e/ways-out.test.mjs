import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';

import { allScopes } from '../../demo/sandbox/scopes.mjs';
import { engine, openBrowser } from './harness/browser.mjs';
import { requestsOf } from './harness/journey.mjs';
import {
  giveName,
  openWindow,
  signIn,
  signInByWindow,
  snapshotOf,
  startPortal,
  untilShown,
  untilStatus,
} from './harness/portal.mjs';

/** More than 2,000 characters of scopes, each of which the sandbox knows. */
const manyScopes = ['launch/patient', 'openid', 'fhirUser', 'online_access']
  .concat(allScopes().filter((scope) => /^patient\/\w+\.(?:r|s|rs|read)$/.test(scope)))
  .join(' ');

describe(`the ways out of a page to sign in, in ${engine}`, () => {
  let browser;
  let portal;
  let page;
  let usualScope;

  before(async () => {
    browser = await openBrowser();
    portal = await startPortal();
    usualScope = portal.app.values.scope;
  });

  after(async () => {
    await browser?.close();
    await portal?.close();
  });

  beforeEach(async () => {
    portal.sandbox.reset();
    portal.sandbox.forgetEverything();
    portal.sandbox.log.length = 0;
    Object.assign(portal.app.values, { display: '', redirectUri: '', scope: usualScope });
    page = await browser.newPage();
  });

  afterEach(async () => {
    assert.deepEqual(page.errors, []);
    await page.close();
  });

  const requests = (leg) => requestsOf(portal.sandbox, leg);

  /** The server says that a request may be posted. */
  function offerPost() {
    const add = (body) => ({ ...body, capabilities: [...body.capabilities, 'authorize-post'] });
    portal.sandbox.set({ rewrite: { wellKnown: add } });
  }

  describe('a request that is too long for some addresses', () => {
    before(() => {
      assert.ok(manyScopes.length > 2_000, `${manyScopes.length} characters`);
    });

    for (const [what, offer, scope, method] of [
      ['goes as a form where the server takes that', offerPost, manyScopes, 'POST'],
      ['goes as an address where the server does not say that it takes forms', () => {}, manyScopes, 'GET'],
      ['goes as an address where it is short, whatever the server takes', offerPost, undefined, 'GET'],
    ]) {
      it(`SMART-30: ${what}, and the person comes back signed in`, async () => {
        offer();
        portal.app.values.scope = scope ?? usualScope;
        await page.goto(portal.url);
        await signIn(page, 'maria');
        await untilShown(page);
        assert.match(await page.text(), /Signed in as Maria Elena Silva/);
        assert.equal(await page.url(), portal.url);
        const [authorization, ...others] = requests('authorize').filter(({ query }) => query.client_id);
        assert.deepEqual(others, []);
        assert.equal(authorization.method, method);
        assert.equal(authorization.query.scope, portal.app.values.scope, 'nothing of it was cut off');
        assert.equal(authorization.query.code_challenge_method, 'S256');
        assert.equal(requests('token').length, 1);
        assert.deepEqual((await snapshotOf(page)).missingScopes, []);
      });
    }

    it('SMART-30 SMART-31: a query that the endpoint has stays in its address', async () => {
      portal.sandbox.set({
        rewrite: {
          wellKnown: (body) => ({
            ...body,
            authorization_endpoint: `${body.authorization_endpoint}?ui_locales=en`,
            capabilities: [...body.capabilities, 'authorize-post'],
          }),
        },
      });
      portal.app.values.scope = manyScopes;
      await page.goto(portal.url);
      await signIn(page, 'maria');
      const [authorization] = requests('authorize');
      assert.equal(authorization.method, 'POST');
      assert.equal(authorization.query.ui_locales, 'en');
    });
  });

  describe('a window of its own', () => {
    for (const [what, offer, method] of [
      ['', () => {}, 'GET'],
      [', also with a request that is posted', offerPost, 'POST'],
    ]) {
      it(`SMART-20: comes back through the ready page for callbacks${what}`, async (context) => {
        offer();
        const isLong = method === 'POST';
        Object.assign(portal.app.values, {
          display: 'popup',
          redirectUri: '/dist/smart-callback.html',
          ...(isLong && { scope: manyScopes }),
        });
        const { opened, isBlocked } = await signInByWindow({ browser, page, portal }, context);
        const [{ query, ...authorization }] = requests('authorize');
        assert.equal(query.redirect_uri, `${portal.app.origin}/dist/smart-callback.html`);
        // A link is an address, however long.
        assert.equal(authorization.method, isBlocked ? 'GET' : method);
        if (isBlocked) {
          await opened.waitFor(() => !document.querySelector('[data-when=completed]').hidden);
          assert.equal(await opened.url(), `${portal.app.origin}/dist/smart-callback.html`);
          await opened.close();
        } else {
          assert.equal(await opened.isClosed(), true);
        }
      });
    }

    it('SMART-20 SMART-37: brings a refusal back to the page, which offers to sign in again', async (context) => {
      Object.assign(portal.app.values, { display: 'popup', redirectUri: '/dist/smart-callback.html' });
      await page.goto(portal.url);
      await untilStatus(page, 'signed-out');
      const { opened, isBlocked } = await openWindow({ browser, page, portal }, context);
      await opened.waitFor(() => Boolean(document.querySelector('#username')));
      await giveName(opened, 'maria');
      await opened.click('button[value=deny]').catch(() => undefined);
      await page.waitFor(() => document.querySelector('smart-auth').session.reason === 'denied');
      assert.equal((await snapshotOf(page)).error, 'authorize/denied');
      assert.match(await page.text(), /You did not allow access/);
      assert.equal(requests('token').length, 0);
      if (isBlocked) {
        await opened.close();
      }
    });
  });

  describe('an app in the page of an EHR, which is of another origin', () => {
    /** The page of the EHR, with a frame in it in which it opens the app. What the app tells is kept. */
    async function openInFrame(patient, issuers = portal.sandbox.fhirBase()) {
      portal.app.values.issuers = issuers;
      // As an EHR has it: its screens may be shown within its own pages, whose policy allows frames.
      portal.sandbox.set({ headers: { screens: { 'content-security-policy': undefined } } });
      await page.goto(`${portal.sandbox.origin}/interaction/ehr`);
      await page.evaluate(() => {
        window.heard = [];
        addEventListener('message', ({ data }) => window.heard.push(data));
        document.body.replaceChildren(Object.assign(document.createElement('iframe'), { title: 'The app' }));
      });
      await openApp(patient);
    }

    function openApp(patient) {
      const url = portal.sandbox.launchUrl(`${portal.app.origin}/launched.html`, { patient });
      return page.evaluate((src) => {
        window.heard = [];
        document.querySelector('iframe').src = src;
      }, url);
    }

    /** Does something at the sandbox within the frame, which is of the same origin as the page around it. */
    async function inFrame(selector, change) {
      await page.waitToDo(
        (wanted, values) => {
          const inner = document.querySelector('iframe').contentDocument;
          const element = inner?.readyState === 'complete' && inner.querySelector(wanted);
          for (const [id, value] of Object.entries(element ? values : {})) {
            inner.getElementById(id).value = value;
          }
          element?.click();
          return Boolean(element);
        },
        selector,
        change ?? {},
      );
    }

    const heardRecord = () => page.waitFor(() => window.heard.findLast(({ what }) => what === 'record'));

    async function signInInFrame() {
      await inFrame('button[name=sign-in]', { username: 'dr-okafor', password: 'dr-okafor' });
      await inFrame('button[value=allow]');
      return heardRecord();
    }

    it('SMART-14: shows the patient of the EHR, in the frame, and takes nothing of the page around it', async () => {
      await openInFrame('maria');
      const { status, patient, code, words } = await signInInFrame();
      assert.deepEqual([status, patient, code], ['signed-in', 'maria', undefined]);
      assert.match(words, /Silva/);
      assert.equal(await page.url(), `${portal.sandbox.origin}/interaction/ehr`, 'the EHR’s page stays');
      const [authorization] = requests('authorize');
      assert.equal(authorization.query.launch, '…');
      assert.equal(authorization.query.scope.split(' ')[0], 'launch');
      assert.equal(requests('token').length, 1);
      const known = await page.evaluate(() => {
        try {
          return String(document.querySelector('iframe').contentDocument?.title ?? 'nothing');
        } catch {
          return 'nothing';
        }
      });
      assert.equal(known, 'nothing', 'the page around it is of another origin');
    });

    it('SMART-18: shows the next patient of the EHR, and nothing of the one before', async () => {
      await openInFrame('maria');
      const { page: before } = await signInInFrame();
      await page.evaluate(
        (src) => {
          window.heard = [];
          document.querySelector('iframe').src = src;
        },
        portal.sandbox.launchUrl(`${portal.app.origin}/launched.html`, { patient: 'sam' }),
      );
      await inFrame('button[value=allow]');
      const { patient } = await heardRecord();
      assert.equal(patient, 'sam');
      // The page of before says that it is put away, while it still stands there.
      const all = (await page.evaluate(() => window.heard)).filter((told) => told.page !== before);
      assert.ok(before > 0 && all.length > 0);
      for (const { words, patient: told } of all) {
        assert.doesNotMatch(words ?? '', /Silva/);
        assert.notEqual(told, 'maria');
      }
    });

    it('SMART-17: an EHR that the page does not list opens nothing, and that is said in the frame', async () => {
      await openInFrame('maria', 'https://other.example/fhir');
      const { status, code } = await page.waitFor(() => window.heard.findLast((told) => told.code));
      assert.equal(status, 'unavailable');
      assert.match(code, /^launch\//);
      assert.deepEqual(requests('token'), []);
    });
  });
});
