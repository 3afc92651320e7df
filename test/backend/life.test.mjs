import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';

import { createSessions } from '../../demo/backend/sessions.mjs';
import { askAs, cookieOf, openBrowser, openSandbox, scope, startAt } from './browsers.mjs';

const minute = 60_000;
const read = '/smart/fhir/Patient/anna';

describe('the life of a session', () => {
  let sandbox;
  let site;
  let browser;
  let session;

  before(async () => {
    sandbox = await openSandbox();
  });

  async function begin(options) {
    site = await startAt(sandbox, options);
    browser = openBrowser(site);
    const back = await browser.signIn();
    session = await browser.takeUp();
    return back;
  }

  beforeEach(() => begin());
  afterEach(() => site.close());
  after(() => sandbox.close());

  /** The backend asks for it without anybody waiting. */
  async function untilRevoked() {
    while (sandbox.log.filter(({ leg, at }) => leg === 'revoke' && at >= site.startedAt).length < 2) {
      await new Promise(setImmediate);
    }
  }

  /** What the server makes of a token now. */
  async function isActive(token) {
    const body = new URLSearchParams({ client_id: 'demo-app', token });
    const answer = await fetch(`${sandbox.origin}/token/introspection`, { method: 'POST', body });
    return (await answer.json()).active;
  }

  const anyActive = async () => (await Promise.all([...site.issued].map(isActive))).includes(true);

  describe('signing out', () => {
    it('ends the session at once, and has the server revoke both tokens', async () => {
      assert.equal(await anyActive(), true);
      const { status, headers } = await browser.ask('/smart/sign-out', { method: 'POST' });
      assert.equal(status, 204);
      assert.match(headers.get('set-cookie'), /^smart-session=; Max-Age=0; Path=\/; HttpOnly/);
      assert.equal((await browser.takeUp()).status, 'signed-out');
      await untilRevoked();
      assert.equal(await anyActive(), false);
    });

    it('also for who has kept the cookie', async () => {
      await site.close();
      const cookie = cookieOf(await begin());
      await browser.ask('/smart/sign-out', { method: 'POST' });
      const { status } = await askAs(site, read, { cookie, 'smart-session': session.id });
      assert.equal(status, 401);
    });

    it('is done also where the server cannot be reached', async () => {
      sandbox.set({ down: { revoke: 'drop' } });
      assert.equal((await browser.ask('/smart/sign-out', { method: 'POST' })).status, 204);
      assert.equal((await browser.takeUp()).status, 'signed-out');
    });

    it('may be asked for twice', async () => {
      await browser.ask('/smart/sign-out', { method: 'POST' });
      assert.equal((await browser.ask('/smart/sign-out', { method: 'POST' })).status, 204);
    });
  });

  describe('renewing', () => {
    // Longer than the token, and shorter than what ends a session.
    const options = { idleSeconds: 4 * 3600 };

    beforeEach(async () => {
      await site.close();
      await begin(options);
    });

    it('is done where it is time, without the page', async () => {
      site.clock.now += 60 * minute;
      assert.equal((await browser.ask(read)).status, 200);
      assert.equal(site.count('/token'), 2);
      assert.equal((await browser.ask(read)).status, 200);
      assert.equal(site.count('/token'), 2);
    });

    it('is one request for all who need it', async () => {
      site.clock.now += 60 * minute;
      const many = Array.from({ length: 8 }, () => browser.ask(read));
      const refreshes = [1, 2].map(() => browser.ask('/smart/refresh', { method: 'POST' }));
      const answers = await Promise.all([...many, ...refreshes]);
      assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([200]));
      assert.equal(site.count('/token'), 2);
    });

    it('is done once where the server no longer accepts the token, for all who were refused', async () => {
      sandbox.forgetAccessTokens();
      const answers = await Promise.all([1, 2, 3, 4].map(() => browser.ask(read)));
      assert.deepEqual(
        answers.map(({ status }) => status),
        [200, 200, 200, 200],
      );
      assert.equal(site.count('/token'), 2);
    });

    it('a network that fails ends nothing', async () => {
      site.clock.now += 60 * minute;
      for (const down of [{ token: 'drop' }, { token: true }, { token: 500 }]) {
        sandbox.set({ down });
        const { status, headers, body } = await browser.ask(read);
        assert.deepEqual([status, body.code], [503, 'not-renewed']);
        assert.equal(headers.get('retry-after'), '5');
        assert.equal((await browser.ask('/smart/session')).body.status, 'signed-in');
      }
      sandbox.reset();
      assert.equal((await browser.ask(read)).status, 200);
    });

    it('a server that refuses ends the session, and the page is told what it was about', async () => {
      site.clock.now += 60 * minute;
      sandbox.forgetRefreshTokens();
      const { status, headers, body } = await browser.ask(read);
      assert.deepEqual([status, body.code], [401, 'session-ended']);
      assert.equal(headers.get('www-authenticate'), 'Cookie');
      const { id, fhir_base: base, context, user } = session;
      assert.deepEqual((await browser.ask('/smart/session')).body, {
        status: 'expired',
        id,
        fhir_base: base,
        recovery: 'sign-in',
        context,
        user,
      });
      const refresh = await browser.ask('/smart/refresh', { method: 'POST' });
      assert.deepEqual([refresh.status, refresh.body.code], [401, 'session-ended']);
    });

    it('a renewal that speaks of another patient ends the session, and what it brought is revoked', async () => {
      sandbox.set({
        rewrite: {
          token: (body, { grantType }) =>
            grantType === 'refresh_token' ? { ...body, patient: 'ben' } : body,
        },
      });
      site.clock.now += 60 * minute;
      assert.equal((await browser.ask(read)).body.code, 'session-ended');
      assert.equal((await browser.ask('/smart/session')).body.status, 'expired');
      assert.ok(site.count('/token/revocation') >= 2);
    });

    it('a renewal that ends after the person has signed out gives the session nothing', async () => {
      site.clock.now += 60 * minute;
      sandbox.set({ delay: { token: 50 } });
      const late = browser.ask(read);
      while (site.count('/token') < 2) {
        await new Promise(setImmediate);
      }
      await browser.ask('/smart/sign-out', { method: 'POST' });
      assert.equal((await late).body.code, 'session-ended');
      assert.equal((await browser.takeUp()).status, 'signed-out');
      assert.equal(await anyActive(), false);
    });
  });

  describe('its end', () => {
    it('comes when nobody says that they are here; reading records does not say so', async () => {
      site.clock.now += 14 * minute;
      assert.equal((await browser.ask(read)).status, 200);
      assert.deepEqual((await browser.ask('/smart/session')).body.ending, {
        cause: 'idle',
        in: 60,
        extendable: true,
      });
      site.clock.now += minute;
      assert.equal((await browser.ask(read)).body.code, 'session-ended');
      assert.deepEqual((await browser.ask('/smart/session')).body, {
        status: 'signed-out',
        reason: 'idle',
        fhir_base: session.fhir_base,
      });
      await untilRevoked();
    });

    it('is put off by who says so', async () => {
      for (let times = 0; times < 3; times++) {
        site.clock.now += 14 * minute;
        const { status, body } = await browser.ask('/smart/refresh', { method: 'POST' });
        assert.deepEqual([status, body.id, body.ending.in], [200, session.id, 900]);
      }
      assert.equal((await browser.ask(read)).status, 200);
    });

    it('comes after the longest time, whoever is here', async () => {
      await site.close();
      await begin({ longestSeconds: 1800 });
      site.clock.now += 14 * minute;
      await browser.ask('/smart/refresh', { method: 'POST' });
      site.clock.now += 10 * minute;
      const { body } = await browser.ask('/smart/refresh', { method: 'POST' });
      assert.deepEqual(body.ending, { cause: 'server', in: 360, extendable: false });
      site.clock.now += 6 * minute;
      assert.equal((await browser.ask(read)).body.code, 'session-ended');
      assert.equal((await browser.ask('/smart/session')).body.status, 'expired');
    });

    it('comes also where nobody comes back, and some time later it is forgotten', () => {
      const clock = { now: 0 };
      const revoked = [];
      const sessions = createSessions({
        idleMs: 15 * minute,
        longestMs: 60 * minute,
        now: () => clock.now,
        revoke: ({ accessToken }) => revoked.push(accessToken),
      });
      const tokens = { accessToken: 'one', refreshToken: 'two' };
      const cookie = sessions.begin({ tokens, scope, context: {} });
      clock.now = 15 * minute;
      sessions.sweep();
      assert.deepEqual(revoked, ['one']);
      assert.equal(sessions.find(cookie).ended, 'idle');
      clock.now = 76 * minute;
      sessions.sweep();
      assert.equal(sessions.find(cookie), undefined);
      assert.deepEqual(revoked, ['one']);
    });

    it('comes with the token where there is nothing to renew it with', async () => {
      await site.close();
      await begin({ scope: scope.replace(' online_access', ''), idleSeconds: 7200 });
      assert.equal(session.refreshable, false);
      assert.ok(session.expires_in > 3590 && session.expires_in <= 3600);
      assert.equal(session.ending.cause, 'token');
      site.clock.now += 60 * minute;
      assert.equal((await browser.ask('/smart/session')).body.status, 'expired');
    });
  });
});
