/**
 * The tests of signing in that are the same at every kind of server: what the engine, the network and the kit do there, and
 * nothing that a server says in a way of its own.
 */
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';

import { openBrowser } from './browser.mjs';
import {
  consent,
  giveName,
  leave,
  pressButton,
  readAfterEnd,
  signIn,
  snapshotOf,
  untilShown,
  untilStatus,
} from './portal.mjs';

/** @param {import('./sign-in-suite.mjs').Here} here of the suite that these belong to */
export function testAnyServer(here) {
  it('a wrong password is said at the server, and can be tried again', async () => {
    const { page } = here;
    await leave(page);
    await giveName(page, 'maria', 'wrong');
    await page.waitFor(() => Boolean(document.querySelector('#problem')));
    await giveName(page, 'maria');
    await consent(page);
    await untilStatus(page, 'signed-in');
  });

  it('a reload in the middle of the exchange loses nothing but the sign-in, and does not use the code twice', async () => {
    const { page, portal } = here;
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
    const codes = here.requests('token').filter(({ grantType }) => grantType === 'authorization_code');
    assert.ok(codes.length <= 2);
  });

  it('denying is not an error of anybody’s, and signing in is offered again', async () => {
    const { page, requests } = here;
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

  it('a reload after sign-in keeps the session, and asks nobody to sign in', async () => {
    const { page, requests, server } = here;
    await signIn(page);
    const { id } = await snapshotOf(page);
    await page.reload();
    await untilStatus(page, 'signed-in');
    await untilShown(page);
    assert.equal((await snapshotOf(page)).id, id);
    assert.equal(requests('token').length, 1);
    assert.deepEqual([requests('wellKnown').length, requests('metadata').length], server.discovery);
  });

  it('a token that ends without a refresh token asks to sign in again', async () => {
    const { page, portal } = here;
    portal.sandbox.set({ refreshTokens: false });
    await readAfterEnd({ page, portal });
    await untilStatus(page, 'expired');
    await untilShown(page, 'stale');
    const renewals = here.requests('token').filter(({ grantType }) => grantType === 'refresh_token');
    assert.deepEqual(renewals, []);
    assert.match(await page.text(), /Your sign-in has ended/);
  });

  it(
    'discovery by the conformance statement alone works, with PKCE all the same',
    { skip: here.server.noFallback },
    async () => {
      const { page, portal, requests } = here;
      portal.sandbox.set({ wellKnown: false });
      await page.reload();
      await signIn(page);
      await untilShown(page);
      assert.equal(requests('authorize')[0].query.code_challenge_method, 'S256');
      assert.equal((await snapshotOf(page)).user.signature, 'unverified');
    },
  );

  describe('somebody who goes back', () => {
    let wholeBrowser;

    before(async () => {
      wholeBrowser = here.isLight ? await openBrowser() : undefined;
    });

    beforeEach(async () => {
      if (wholeBrowser) {
        await here.page.close();
        here.page = await wholeBrowser.newPage();
        await here.page.goto(here.portal.url);
      }
    });

    after(() => wholeBrowser?.close());

    it('Back after sign-in, and forward again, does not replay the answer', async () => {
      const { page, portal } = here;
      await signIn(page);
      await page.back();
      await page.waitFor((origin) => location.origin === origin, portal.sandbox.origin);
      await page.forward();
      await page.waitFor((origin) => location.origin === origin, portal.app.origin);
      await untilStatus(page, 'signed-in');
      assert.equal(await page.url(), portal.url);
      assert.equal((await snapshotOf(page)).error, undefined);
      assert.equal(here.requests('token').length, 1);
    });

    it('Back from the sign-in page gives the button back, and it works', async () => {
      const { page } = here;
      await leave(page);
      await page.back();
      await untilStatus(page, 'signed-out');
      await signIn(page);
    });
  });

  it('a callback that is opened twice is exchanged once', async () => {
    const { page } = here;
    await leave(page);
    await giveName(page);
    const callback = await catchCallback();
    await page.goto(callback);
    await untilStatus(page, 'signed-in');
    await page.goto(callback);
    await untilStatus(page, 'signed-in');
    assert.equal((await snapshotOf(page)).error, 'callback/unknown-state');
    assert.match(await page.text(), /already used, is too old/);
    assert.equal(here.requests('token').length, 1);
  });

  /** Consents, and gives back the address of the answer, which nobody has used: the page comes without the kit. */
  async function catchCallback() {
    const { page, portal } = here;
    portal.app.withoutKit = true;
    await consent(page);
    const url = await page.waitFor(() => location.search.includes('state=se.') && location.href);
    portal.app.withoutKit = false;
    return url;
  }

  it('somebody else’s code and state are left alone', async () => {
    const { page, portal } = here;
    const url = `${portal.app.origin}/app.html?code=SPRING-SALE&state=theirs`;
    await page.goto(url);
    await untilStatus(page, 'signed-out');
    assert.equal(await page.url(), url);
    assert.equal((await snapshotOf(page)).error, undefined);
  });

  it('a forged callback changes nothing, also for somebody who is signed in', async () => {
    const { page, portal } = here;
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
    assert.equal(here.requests('token').length, 1);
  });

  it('an error without state is said, and is not an answer', async () => {
    const { page, portal } = here;
    await page.goto(`${portal.app.origin}/app.html?error=access_denied`);
    await untilStatus(page, 'signed-out');
    assert.equal((await snapshotOf(page)).error, 'callback/error-without-state');
  });

  describe('a server that is down', () => {
    it('at discovery: it is said, and trying again works', { skip: here.server.noDiscovery }, async () => {
      const { page, portal } = here;
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
      { skip: here.server.noDiscovery },
      async () => {
        const { page, portal } = here;
        portal.sandbox.set({ down: { wellKnown: 'drop', metadata: 'drop' } });
        await page.reload();
        await untilStatus(page, 'unavailable');
        assert.equal((await snapshotOf(page)).error, 'discovery/unreachable');
      },
    );

    it('at the token endpoint: nobody is signed in, and it is said', async () => {
      const { page, portal } = here;
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
      const { page, portal } = here;
      await leave(page);
      await giveName(page);
      portal.sandbox.set({ down: { jwks: true } });
      await consent(page);
      await untilStatus(page, 'signed-in');
      const expected = new Set([...here.server.warnings, 'id-token/keys-unavailable']);
      assert.deepEqual(new Set((await snapshotOf(page)).warnings), expected);
    });

    it('at the records: it is an error, never an empty record', async () => {
      const { page, portal } = here;
      portal.sandbox.set({ down: { fhir: true } });
      await signIn(page);
      await untilShown(page, 'error');
      assert.match(await page.text(), /had a problem of its own/);
    });

    it('at revocation: signing out works all the same', async () => {
      const { page, portal } = here;
      await signIn(page);
      portal.sandbox.set({ down: { revoke: 'drop' } });
      await pressButton(page);
      await untilStatus(page, 'signed-out');
      assert.equal((await snapshotOf(page)).error, undefined);
    });

    it(
      'answers with a web page: it is said not to be a health record server',
      { skip: here.server.noDiscovery },
      async () => {
        const { page, portal } = here;
        portal.sandbox.set({ html: { wellKnown: true, metadata: true } });
        await page.reload();
        await untilStatus(page, 'unavailable');
        assert.equal((await snapshotOf(page)).error, 'discovery/not-json');
      },
    );
  });
}
