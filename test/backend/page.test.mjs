/** The two halves of docs/backend.md together: the session of a page, and the backend, with a browser in between. */
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';

import { BackendSession } from '../../build/ts/session/backend-session.js';
import { openBrowser, openSandbox, startAt } from './browsers.mjs';

/** What a page has of the platform, with the cookies of a browser. */
function pageOf(site, browser) {
  const told = new Set();
  const timers = [];
  const page = {
    visited: [],
    url: `${site.origin}/backend.html?tab=labs`,
    fetch: async (url, { method = 'GET', headers, body, credentials, redirect }) => {
      assert.deepEqual([credentials, redirect], ['same-origin', 'error']);
      const own = Object.fromEntries(new Headers(headers));
      const { status, headers: answered, html } = await browser.ask(url, { method, headers: own, body });
      return new Response(status === 204 ? null : html, { status, headers: answered });
    },
    now: () => site.clock.now,
    setTimer: (callback) => {
      timers.push(callback);
      return () => timers.splice(timers.indexOf(callback), 1);
    },
    pageUrl: () => page.url,
    navigate: (url) => page.visited.push(url),
    onPageEvent: (listener) => {
      page.emit = listener;
      return () => undefined;
    },
    onActivity: () => () => undefined,
    onTold: (listener) => {
      told.add(listener);
      return () => told.delete(listener);
    },
    tell: (message) => told.forEach((listener) => listener(message)),
    isSecure: true,
    tabStorage: undefined,
  };
  return page;
}

describe('a page and its backend', () => {
  let sandbox;
  let site;
  let browser;

  before(async () => {
    sandbox = await openSandbox();
  });

  beforeEach(async () => {
    site = await startAt(sandbox);
    browser = openBrowser(site);
  });

  afterEach(() => site.close());
  after(() => sandbox.close());

  async function open() {
    const page = pageOf(site, browser);
    const session = new BackendSession({ backend: '/smart' }, page);
    await session.start();
    return { page, session };
  }

  it('sign in, read, stay, and sign out', async () => {
    const before = await open();
    assert.equal(before.session.snapshot.status, 'signed-out');
    await before.session.signIn();
    const [address] = before.page.visited;
    before.session.stop();
    const back = await browser.follow(address);
    assert.equal(back.headers.get('location'), '/backend.html?tab=labs');

    const { session } = await open();
    const { snapshot } = session;
    assert.equal(snapshot.status, 'signed-in');
    assert.equal(snapshot.context.patient, 'anna');
    assert.equal(snapshot.user.name, 'Name of anna');
    assert.deepEqual(snapshot.missingScopes, []);
    assert.equal(snapshot.idleLimit, 900_000);
    assert.equal(snapshot.server.managementEndpoint, `${sandbox.origin}/`);
    const answer = await snapshot.fetch('Patient/anna');
    assert.deepEqual([answer.status, (await answer.json()).id], [200, 'anna']);
    await assert.rejects(snapshot.fetch(`${sandbox.fhirBase('south')}/Patient/anna`), {
      code: 'fhir/foreign-url',
    });

    site.clock.now += 14 * 60_000;
    await snapshot.extend();
    site.clock.now += 14 * 60_000;
    assert.equal((await session.fetch('Patient/anna')).status, 200);

    await session.signOut();
    assert.equal(session.snapshot.error, undefined);
    const after = await open();
    assert.equal(after.session.snapshot.reason, 'initial');
  });

  it('a person who says no, one who was away, and one whose sign-in has ended', async () => {
    await browser.signIn({ decision: 'deny' });
    const denied = await open();
    assert.equal(denied.session.snapshot.reason, 'denied');
    assert.equal(denied.session.snapshot.error.code, 'authorize/denied');

    await browser.signIn();
    const away = await open();
    site.clock.now += 15 * 60_000;
    await assert.rejects(away.session.fetch('Patient/anna'), { code: 'session/superseded' });
    assert.equal(away.session.snapshot.reason, 'idle');

    await browser.signIn();
    const ended = await open();
    sandbox.revokeAll();
    assert.equal((await ended.session.fetch('Patient/anna')).status, 401);
    assert.equal(ended.session.snapshot.status, 'expired');
    assert.equal(ended.session.snapshot.context.patient, 'anna');
  });

  it('two tabs, and another person in one of them', async () => {
    await browser.signIn();
    const first = await open();
    await browser.signIn({ username: 'dr-lee', patient: 'cleo' });
    const second = await open();
    assert.equal(second.session.snapshot.context.patient, 'cleo');
    await assert.rejects(first.session.fetch('Patient/anna'), { code: 'session/superseded' });
    assert.equal(first.session.snapshot.reason, 'signed-out-elsewhere');
    await first.session.signOut();
    assert.equal((await second.session.fetch('Patient/cleo')).status, 200);
  });
});
