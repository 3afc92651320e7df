import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';

import { engine, isThorough, openBrowser } from './browser.mjs';
import { requestsOf } from './journey.mjs';
import {
  consent,
  giveName,
  leave,
  pressButton,
  readAfterEnd,
  signIn,
  snapshotOf,
  startPortal,
  untilShown,
  untilStatus,
} from './portal.mjs';
import { plainServer } from './servers.mjs';
import { eventually } from './waiting.mjs';

/**
 * Where the tests of a suite are.
 *
 * @typedef {object} Here
 * @property {import('./servers.mjs').Server} server
 * @property {boolean} isLight as of `openBrowser`
 * @property {object} portal
 * @property {import('./page.mjs').Page} page a new one for each test
 * @property {(leg: string) => object[]} requests what that part of the server was asked in this test
 */

/**
 * Signing in, whole, at one kind of server: all that servers do in ways of their own.
 *
 * @param {import('./servers.mjs').Server} server what a server is like, and what the kit is to make of it
 * @param {{ isLight?: boolean, more?: (here: Here) => void }} [options] `isLight` as of `openBrowser`; `more` adds tests
 */
export function describeSignIn(server, { isLight = false, more } = {}) {
  // Its tests share a page; that of the suite around them, which several servers may share, would be inherited.
  describe(`signing in at ${server.name}, in ${engine}`, { concurrency: 1 }, () => {
    const cannotRenew = !server.renews && 'This server gives public apps no refresh token.';
    let browser;
    let portal;
    let page;

    before(async () => {
      browser = await openBrowser({ isLight });
      portal = await startPortal({ preset: server.preset, valuesFor: server.valuesFor });
    });

    after(async () => {
      await browser?.close();
      await portal?.close();
    });

    beforeEach(async () => {
      portal.sandbox.reset();
      portal.sandbox.forgetEverything();
      portal.sandbox.log.length = 0;
      page = await browser.newPage();
      await page.goto(portal.url);
    });

    afterEach(async () => {
      assert.deepEqual(page.errors, []);
      assert.deepEqual(
        portal.sandbox.log.filter(({ fault }) => fault),
        [],
      );
      await page.close();
    });

    const requests = (leg) => requestsOf(portal.sandbox, leg);

    /** A test of what servers do in ways of their own: one that has none of these traits does as the plain one does. */
    const itWhere = (...traits) =>
      server === plainServer || isThorough || traits.some((trait) => server[trait] !== plainServer[trait])
        ? it
        : () => undefined;

    /** @type {Here} */
    const here = {
      server,
      isLight,
      requests,
      get portal() {
        return portal;
      },
      get page() {
        return page;
      },
      set page(other) {
        page = other;
      },
    };

    it('a person signs in, consents, comes back to the same place, and sees their record', async () => {
      await signIn(page, 'maria');
      await untilShown(page);
      assert.match(await page.text(), /Signed in as Maria Elena Silva/);
      assert.match(await page.text(), /14 March 1968|March 14, 1968/);
      assert.equal(await page.url(), portal.url);
      const snapshot = await snapshotOf(page);
      assert.equal(snapshot.user.signature, server.signature);
      assert.equal(snapshot.context.patient, server.hasPatient ? 'maria' : undefined);
      assert.deepEqual(snapshot.missingScopes, []);
      assert.deepEqual(snapshot.warnings, server.warnings);
      assert.deepEqual([requests('wellKnown').length, requests('metadata').length], server.discovery);
      assert.equal(requests('token').length, 1);
      assert.equal(requests('fhir').length, 1);
    });

    itWhere('hasPatient')('a clinician chooses a patient', async () => {
      await leave(page);
      await giveName(page, 'dr-okafor');
      await page.click('input[value=walter]');
      await page.click('button[name=choose]');
      await consent(page);
      await untilStatus(page, 'signed-in');
      if (server.hasPatient) {
        await untilShown(page);
        assert.match(await page.text(), /Walter Finch/);
        assert.match(await page.text(), /[Dd]ied|[Dd]eceased/);
      } else {
        assert.match(await page.text(), /The server did not say whose record this is/);
      }
    });

    itWhere('listsScopes')(
      'a scope that is not allowed is missing, and what needs it is denied, not empty',
      async () => {
        await leave(page);
        await giveName(page);
        await page.click('input[value="patient/Patient.rs"]');
        await consent(page);
        await untilStatus(page, 'signed-in');
        const missing = server.listsScopes ? ['patient/Patient.rs'] : [];
        assert.deepEqual((await snapshotOf(page)).missingScopes, missing);
        await untilShown(page, 'denied');
        assert.match(await page.text(), /not allowed/);
      },
    );

    const renewals = () => requests('token').filter(({ grantType }) => grantType === 'refresh_token').length;

    it('a token that ends during use is renewed, and nobody notices', { skip: cannotRenew }, async () => {
      const expiresAt = await readAfterEnd({ page, portal });
      await page.waitFor((end) => document.querySelector('smart-auth').session.expiresAt > end, expiresAt);
      await untilShown(page);
      assert.equal(renewals(), 1);
      assert.equal((await snapshotOf(page)).error, undefined);
      assert.equal(requests('fhir').filter(({ status }) => status === 401).length, 0);
    });

    it('a refresh token that is refused asks to sign in again, and comes back to the same place', async () => {
      await readAfterEnd({ page, portal }, () => portal.sandbox.forgetRefreshTokens());
      await untilStatus(page, 'expired');
      await untilShown(page, 'stale');
      assert.match(await page.text(), /Your sign-in has ended/);
      assert.match(
        await page.text(),
        /Maria Elena Silva|Silva/,
        'what was shown is still there, marked as old',
      );
      portal.sandbox.set({ accessTokenLifetime: 3600 });
      await page.click('smart-session-status >>> button');
      await page.waitFor(() => Boolean(document.querySelector('[name=decision]')));
      await consent(page);
      await untilStatus(page, 'signed-in');
      await untilShown(page);
      assert.equal(await page.url(), portal.url);
    });

    itWhere('saysRefusals', 'renews')(
      'an access token that the server has forgotten is renewed where the server says so',
      async () => {
        await signIn(page);
        await untilShown(page);
        portal.sandbox.forgetAccessTokens();
        await page.evaluate(() => document.querySelector('fhir-resource').reload());
        if (!server.saysRefusals) {
          // The page cannot tell it from a server that is out of reach, and must not call it an empty record.
          await page.waitFor(() => document.querySelector('fhir-resource').matches(':state(stale)'));
          assert.match(await page.text(), /could not be reached/);
          assert.equal((await snapshotOf(page)).status, 'signed-in');
          return;
        }
        if (!server.renews) {
          await untilStatus(page, 'expired');
          return;
        }
        await eventually(() => renewals() === 1);
        await page.waitFor(() => !document.querySelector('smart-auth').session.refreshing);
        await untilShown(page);
        assert.equal((await snapshotOf(page)).status, 'signed-in');
        assert.deepEqual(
          requests('fhir')
            .slice(-2)
            .map(({ status }) => status),
          [401, 200],
        );
      },
    );

    it('signing out forgets everything, and the server is told', async () => {
      await signIn(page);
      await untilShown(page);
      const { id } = await snapshotOf(page);
      await pressButton(page);
      await untilStatus(page, 'signed-out');
      assert.doesNotMatch(await page.text(), /Silva/);
      const left = await page.evaluate(async (sessionId) => {
        const databases = await indexedDB.databases();
        const database = databases.some(({ name }) => name === 'smart-elements')
          ? await new Promise((resolve, reject) => {
              const request = indexedDB.open('smart-elements');
              request.onsuccess = () => resolve(request.result);
              request.onerror = () => reject(request.error);
            })
          : undefined;
        const keys = database
          ? await new Promise((resolve) => {
              const request = database.transaction('records').objectStore('records').getAllKeys();
              request.onsuccess = () => resolve(request.result);
            })
          : [];
        database?.close();
        return { session: keys.filter((key) => key.endsWith(sessionId)), tab: { ...sessionStorage } };
      }, id);
      assert.deepEqual(left, { session: [], tab: {} });
      await eventually(() => requests('revoke').length === (server.revokes ? 2 : 0));
      await page.reload();
      await untilStatus(page, 'signed-out');
    });

    more?.(here);
  });
}
