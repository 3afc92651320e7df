import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';

import { engine, openBrowser } from './browser.mjs';
import {
  consent,
  giveName,
  leave,
  pressButton,
  signIn,
  snapshotOf,
  startPortal,
  untilShown,
  untilStatus,
} from './portal.mjs';

/**
 * Signing in, whole, at one kind of server.
 *
 * @param {import('./servers.mjs').Server} server what a server is like, and what the kit is to make of it
 * @param {{ isLight?: boolean }} [options] as of `openBrowser`; to go back takes a whole browser all the same
 */
export function describeSignIn(server, { isLight = false } = {}) {
  // Its tests share a page; that of the suite around them, which several servers may share, would be inherited.
  describe(`signing in at ${server.name}, in ${engine}`, { concurrency: 1 }, () => {
    const cannotRenew = !server.renews && 'This server gives public apps no refresh token.';
    let browser;
    let wholeBrowser;
    let portal;
    let page;

    before(async () => {
      browser = await openBrowser({ isLight });
      portal = await startPortal({ preset: server.preset, valuesFor: server.valuesFor });
    });

    after(async () => {
      await browser?.close();
      await wholeBrowser?.close();
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

    const requests = (leg) =>
      portal.sandbox.log.filter((entry) => entry.leg === leg && entry.method !== 'OPTIONS');

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

    it('a clinician chooses a patient', async () => {
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

    it('denying is not an error of anybody’s, and signing in is offered again', async () => {
      await leave(page);
      await giveName(page);
      await consent(page, 'deny');
      await untilStatus(page, 'signed-out');
      const snapshot = await snapshotOf(page);
      assert.equal(snapshot.reason, 'denied');
      assert.equal(snapshot.error, 'authorize/denied');
      assert.match(await page.text(), /You did not allow access/);
      assert.equal(requests('token').length, 0);
      await signIn(page);
    });

    it('a wrong password is said at the server, and can be tried again', async () => {
      await leave(page);
      await giveName(page, 'maria', 'wrong');
      await page.waitFor(() => Boolean(document.querySelector('#problem')));
      await giveName(page, 'maria');
      await consent(page);
      await untilStatus(page, 'signed-in');
    });

    it('a scope that is not allowed is missing, and what needs it is denied, not empty', async () => {
      await leave(page);
      await giveName(page);
      await page.click('input[value="patient/Patient.rs"]');
      await consent(page);
      await untilStatus(page, 'signed-in');
      const missing = server.listsScopes ? ['patient/Patient.rs'] : [];
      assert.deepEqual((await snapshotOf(page)).missingScopes, missing);
      await untilShown(page, 'denied');
      assert.match(await page.text(), /not allowed/);
    });

    it('a reload after sign-in keeps the session, and asks nobody to sign in', async () => {
      await signIn(page);
      const { id } = await snapshotOf(page);
      await page.reload();
      await untilStatus(page, 'signed-in');
      await untilShown(page);
      assert.equal((await snapshotOf(page)).id, id);
      assert.equal(requests('token').length, 1);
      assert.deepEqual([requests('wellKnown').length, requests('metadata').length], server.discovery);
    });

    it('a reload in the middle of the exchange loses nothing but the sign-in, and does not use the code twice', async () => {
      await leave(page);
      await giveName(page);
      portal.sandbox.set({ delay: { token: 5_000 } });
      await consent(page);
      await untilStatus(page, 'exchanging');
      assert.equal(await page.url(), portal.url, 'the code is out of the address bar already');
      await page.reload();
      await untilStatus(page, 'signed-out');
      portal.sandbox.set({ delay: 0 });
      await signIn(page);
      const codes = requests('token').filter(({ grantType }) => grantType === 'authorization_code');
      assert.ok(codes.length <= 2);
    });

    describe('somebody who goes back', () => {
      before(async () => {
        wholeBrowser = isLight ? await openBrowser() : undefined;
      });

      beforeEach(async () => {
        if (wholeBrowser) {
          await page.close();
          page = await wholeBrowser.newPage();
          await page.goto(portal.url);
        }
      });

      it('Back after sign-in, and forward again, does not replay the answer', async () => {
        await signIn(page);
        await page.back();
        await page.waitFor((origin) => location.origin === origin, portal.sandbox.origin);
        await page.forward();
        await page.waitFor((origin) => location.origin === origin, portal.app.origin);
        await untilStatus(page, 'signed-in');
        assert.equal(await page.url(), portal.url);
        assert.equal((await snapshotOf(page)).error, undefined);
        assert.equal(requests('token').length, 1);
      });

      it('Back from the sign-in page gives the button back, and it works', async () => {
        await leave(page);
        await page.back();
        await untilStatus(page, 'signed-out');
        await signIn(page);
      });
    });

    it('a callback that is opened twice is exchanged once', async () => {
      await leave(page);
      await giveName(page);
      const callback = await catchCallback();
      await page.goto(callback);
      await untilStatus(page, 'signed-in');
      await page.goto(callback);
      await untilStatus(page, 'signed-in');
      assert.equal((await snapshotOf(page)).error, 'callback/unknown-state');
      assert.match(await page.text(), /already used, is too old/);
      assert.equal(requests('token').length, 1);
    });

    /** Consents, and gives back the address of the answer, which nobody has used: the page comes without the kit. */
    async function catchCallback() {
      portal.app.withoutKit = true;
      await consent(page);
      const url = await page.waitFor(() => location.search.includes('state=se.') && location.href);
      portal.app.withoutKit = false;
      return url;
    }

    it('somebody else’s code and state are left alone', async () => {
      const url = `${portal.app.origin}/app.html?code=SPRING-SALE&state=theirs`;
      await page.goto(url);
      await untilStatus(page, 'signed-out');
      assert.equal(await page.url(), url);
      assert.equal((await snapshotOf(page)).error, undefined);
    });

    it('a forged callback changes nothing, also for somebody who is signed in', async () => {
      const forged = `${portal.app.origin}/app.html?code=stolen&state=se.${'A'.repeat(43)}&keep=1`;
      await page.goto(forged);
      await untilStatus(page, 'signed-out');
      assert.equal((await snapshotOf(page)).error, 'callback/unknown-state');
      assert.equal(await page.url(), `${portal.app.origin}/app.html?keep=1`);
      await page.goto(portal.url);
      await signIn(page);
      await page.goto(forged);
      await untilStatus(page, 'signed-in');
      await untilShown(page);
      assert.equal((await snapshotOf(page)).error, 'callback/unknown-state');
      assert.equal(requests('token').length, 1);
    });

    it('an error without state is said, and is not an answer', async () => {
      await page.goto(`${portal.app.origin}/app.html?error=access_denied`);
      await untilStatus(page, 'signed-out');
      assert.equal((await snapshotOf(page)).error, 'callback/error-without-state');
    });

    /** Signs in with a token that lives a second, and asks for the record again when it has ended. */
    async function readAfterEnd() {
      portal.sandbox.set({ accessTokenLifetime: 1 });
      await signIn(page);
      await untilShown(page);
      const { expiresAt } = await snapshotOf(page);
      await page.waitFor((end) => Date.now() > end, expiresAt);
      await page.evaluate(() => document.querySelector('fhir-resource').reload());
      return expiresAt;
    }

    const renewals = () => requests('token').filter(({ grantType }) => grantType === 'refresh_token').length;

    it('a token that ends during use is renewed, and nobody notices', { skip: cannotRenew }, async () => {
      const expiresAt = await readAfterEnd();
      await page.waitFor((end) => document.querySelector('smart-auth').session.expiresAt > end, expiresAt);
      await untilShown(page);
      assert.equal(renewals(), 1);
      assert.equal((await snapshotOf(page)).error, undefined);
      assert.equal(requests('fhir').filter(({ status }) => status === 401).length, 0);
    });

    it('a token that ends without a refresh token asks to sign in again', async () => {
      portal.sandbox.set({ refreshTokens: false });
      await readAfterEnd();
      await untilStatus(page, 'expired');
      await untilShown(page, 'stale');
      assert.equal(renewals(), 0);
      assert.match(await page.text(), /Your sign-in has ended/);
    });

    it('a refresh token that is refused asks to sign in again, and comes back to the same place', async () => {
      portal.sandbox.set({ accessTokenLifetime: 1 });
      await signIn(page);
      await untilShown(page);
      portal.sandbox.forgetRefreshTokens();
      const { expiresAt } = await snapshotOf(page);
      await page.waitFor((end) => Date.now() > end, expiresAt);
      await page.evaluate(() => document.querySelector('fhir-resource').reload());
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

    it('an access token that the server has forgotten is renewed where the server says so', async () => {
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
      await waitUntil(() => renewals() === 1);
      await page.waitFor(() => !document.querySelector('smart-auth').session.refreshing);
      await untilShown(page);
      assert.equal((await snapshotOf(page)).status, 'signed-in');
      assert.deepEqual(
        requests('fhir')
          .slice(-2)
          .map(({ status }) => status),
        [401, 200],
      );
    });

    it(
      'discovery by the conformance statement alone works, with PKCE all the same',
      { skip: server.noFallback },
      async () => {
        portal.sandbox.set({ wellKnown: false });
        await page.reload();
        await signIn(page);
        await untilShown(page);
        assert.equal(requests('authorize')[0].query.code_challenge_method, 'S256');
        assert.equal((await snapshotOf(page)).user.signature, 'unverified');
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
      await waitUntil(() => requests('revoke').length === (server.revokes ? 2 : 0));
      await page.reload();
      await untilStatus(page, 'signed-out');
    });

    describe('a server that is down', () => {
      it('at discovery: it is said, and trying again works', { skip: server.noDiscovery }, async () => {
        portal.sandbox.set({ down: { wellKnown: true, metadata: true } });
        await page.reload();
        await untilStatus(page, 'unavailable');
        assert.equal((await snapshotOf(page)).error, 'discovery/unavailable');
        portal.sandbox.set({ down: {} });
        await pressButton(page);
        await signIn(page);
      });

      it(
        'and drops the connection: it is said to be out of reach',
        { skip: server.noDiscovery },
        async () => {
          portal.sandbox.set({ down: { wellKnown: 'drop', metadata: 'drop' } });
          await page.reload();
          await untilStatus(page, 'unavailable');
          assert.equal((await snapshotOf(page)).error, 'discovery/unreachable');
        },
      );

      it('at the token endpoint: nobody is signed in, and it is said', async () => {
        await leave(page);
        await giveName(page);
        portal.sandbox.set({ down: { token: true } });
        await consent(page);
        await page.waitFor(() => Boolean(document.querySelector('smart-auth')?.session?.error));
        const snapshot = await snapshotOf(page);
        assert.equal(snapshot.status, 'signed-out');
        assert.equal(snapshot.error, 'token/unavailable');
        portal.sandbox.set({ down: {} });
        await pressButton(page);
        await consent(page);
        await untilStatus(page, 'signed-in');
      });

      it('at the keys: the person is signed in, and the signature is not vouched for', async () => {
        await leave(page);
        await giveName(page);
        portal.sandbox.set({ down: { jwks: true } });
        await consent(page);
        await untilStatus(page, 'signed-in');
        const expected = new Set([...server.warnings, 'id-token/keys-unavailable']);
        assert.deepEqual(new Set((await snapshotOf(page)).warnings), expected);
      });

      it('at the records: it is an error, never an empty record', async () => {
        portal.sandbox.set({ down: { fhir: true } });
        await signIn(page);
        await untilShown(page, 'error');
        assert.match(await page.text(), /had a problem of its own/);
      });

      it('at revocation: signing out works all the same', async () => {
        await signIn(page);
        portal.sandbox.set({ down: { revoke: 'drop' } });
        await pressButton(page);
        await untilStatus(page, 'signed-out');
        assert.equal((await snapshotOf(page)).error, undefined);
      });

      it(
        'answers with a web page: it is said not to be a health record server',
        { skip: server.noDiscovery },
        async () => {
          portal.sandbox.set({ html: { wellKnown: true, metadata: true } });
          await page.reload();
          await untilStatus(page, 'unavailable');
          assert.equal((await snapshotOf(page)).error, 'discovery/not-json');
        },
      );
    });
  });
}

async function waitUntil(condition) {
  const end = Date.now() + 10_000;
  while (!condition()) {
    assert.ok(Date.now() < end, `in vain: ${condition}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
