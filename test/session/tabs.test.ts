import { expect } from '@open-wc/testing';

import type { OAuthSession } from '../../src/session/oauth-session.js';
import { settled } from '../support/settled.js';
import { callbackUrl, leave, pageUrl, signIn, startSession } from '../support/signed-in.js';
import { SimulatedBrowser, type SimulatedTab } from '../support/simulated-host.js';
import { fhirBase, json, revoked, SimulatedServer } from '../support/simulated-server.js';
import { authorizationOf, codeOf, refreshTokensSent, signedIn } from './sessions.js';

const minuteMs = 60_000;

describe('several tabs of one session', () => {
  let browser: SimulatedBrowser;
  let server: SimulatedServer;
  let tab: SimulatedTab;
  let one: OAuthSession;
  let otherTab: SimulatedTab;
  let two: OAuthSession;

  beforeEach(async () => {
    browser = new SimulatedBrowser();
    server = new SimulatedServer();
    ({ tab, session: one } = await signIn(browser, server));
    otherTab = browser.openTab(pageUrl, server.fetch, tab);
    two = await startSession(otherTab);
  });

  it('what one has renewed, the other has too, without asking', async () => {
    await one.refresh();
    await settled();
    expect(signedIn(two).expiresAt).to.equal(signedIn(one).expiresAt);
    await two.fetch('Patient/maria');
    expect(authorizationOf(server.seen.at(-1))).to.equal('Bearer access-2');
    expect(refreshTokensSent(server)).to.deep.equal(['refresh-1']);
  });

  it('a sign-out reaches the other at once, and leaves nothing in its tab', async () => {
    const signedOut = one.signOut();
    expect(two.snapshot).to.include({ status: 'signed-out', reason: 'signed-out-elsewhere' });
    await signedOut;
    await settled();
    expect([...otherTab.storage]).to.deep.equal([]);
    expect([...tab.storage]).to.deep.equal([]);
    expect([...browser.stored.keys()]).to.deep.equal([]);
  });

  it('an end reaches the other: it asks to sign in again too, and says what the session was about', async () => {
    server.plan.token = () => json({ error: 'invalid_grant' }, 400);
    expect(await codeOf(one.refresh())).to.equal('token/invalid-grant');
    await settled();
    expect(two.snapshot).to.include({ status: 'expired' });
    expect(two.snapshot.status === 'expired' && two.snapshot.context.patient).to.equal('maria');
    expect(refreshTokensSent(server), 'nobody tries it again').to.deep.equal(['refresh-1']);
  });

  it('a tab that has slept finds out before it shows anything', async () => {
    otherTab.emit('left');
    expect(two.snapshot.status).to.equal('starting');
    // The message does not reach it.
    const told = otherTab.hear.bind(otherTab);
    otherTab.hear = () => undefined;
    await one.signOut();
    otherTab.hear = told;
    const seen: string[] = [];
    two.subscribe(({ status }) => seen.push(status));
    otherTab.emit('restored');
    await settled();
    expect(new Set(seen)).to.deep.equal(new Set(['signed-out']));
  });

  it('one that has slept through a renewal goes on with the new token', async () => {
    otherTab.emit('frozen');
    otherTab.hear = () => undefined;
    await one.refresh();
    otherTab.emit('resumed');
    await settled();
    await two.fetch('Patient/maria');
    expect(authorizationOf(server.seen.at(-1))).to.equal('Bearer access-2');
    expect(refreshTokensSent(server)).to.deep.equal(['refresh-1']);
  });

  it('a page that is put away saves with what it has, and renews nothing', async () => {
    const { fetch } = signedIn(two);
    await browser.pass(10 * minuteMs);
    otherTab.emit('left');
    await fetch('Patient/maria', { method: 'PUT', body: '{}', keepalive: true });
    expect(authorizationOf(server.seen.at(-1))).to.equal('Bearer access-1');
    expect(refreshTokensSent(server)).to.deep.equal([]);
  });

  it('two launches of two patients never meet, also where one ends', async () => {
    const { token } = server.plan;
    server.plan.token = async (form) => {
      const answer = await token(form);
      return new Response((await answer.text()).replaceAll('maria', 'walter'), answer);
    };
    const { session: three } = await signIn(browser, server);
    expect(signedIn(three).context.patient).to.equal('walter');
    await one.signOut();
    await settled();
    expect(signedIn(three).context.patient).to.equal('walter');
    expect((await three.fetch('Patient/walter')).status).to.equal(200);
  });

  it('a tab that renews for too long keeps nobody from reading as long as the old token serves', async () => {
    await browser.pass(9 * minuteMs + 10_000);
    server.plan.token = () => new Promise(() => undefined);
    void one.refresh().catch(() => undefined);
    await settled();
    const reading = two.fetch('Patient/maria');
    await browser.pass(16_000);
    expect((await reading).status).to.equal(200);
    const asking = codeOf(two.refresh());
    await browser.pass(16_000);
    expect(await asking).to.equal('session/busy');
    expect(refreshTokensSent(server)).to.deep.equal(['refresh-1']);
  });

  it('of many tabs the one that is looked at renews, and the server is asked once', async () => {
    const tabs = await Promise.all(
      Array.from({ length: 18 }, async () => {
        const another = browser.openTab(pageUrl, server.fetch, tab);
        another.isVisible = false;
        return { another, session: await startSession(another) };
      }),
    );
    otherTab.isVisible = false;
    for (let minute = 0; minute < 60; minute++) {
      tab.act();
      await browser.pass(minuteMs);
    }
    // Tokens of ten minutes, renewed a minute before their end.
    expect(refreshTokensSent(server).length).to.equal(6);
    for (const { session } of tabs) {
      expect(signedIn(session).expiresAt).to.equal(signedIn(one).expiresAt);
    }
  });

  it('a sign-out that the browser does not finish is said, and the server hears of it all the same', async () => {
    browser.refusesToWrite = true;
    await one.signOut();
    await settled();
    expect(one.snapshot).to.include({ status: 'signed-out' });
    expect(one.snapshot.error?.code).to.equal('storage/not-removed');
    expect(revoked(server)).to.deep.equal(['refresh-1', 'access-1']);
  });

  it('a database that does not answer keeps no token from being revoked', async () => {
    const giveUp = async (): Promise<void> => {
      await new Promise<void>((resolve) => void tab.setTimer(resolve, 5_000));
      throw new DOMException('The database does not answer.', 'TimeoutError');
    };
    Object.assign(tab.records, { remove: giveUp });
    const signedOut = one.signOut();
    await browser.pass(5_000);
    await signedOut;
    expect(one.snapshot.error?.code).to.equal('storage/not-removed');
    expect(revoked(server)).to.deep.equal(['refresh-1', 'access-1']);
  });

  it('a sign-out that comes while a tab starts is not missed', async () => {
    const another = browser.openTab(pageUrl, server.fetch, tab);
    // It reads what is stored before the sign-out, and hears of nothing.
    const stored = new Map(browser.stored);
    another.hear = () => undefined;
    const { get } = another.records;
    let reads = 0;
    Object.assign(another.records, {
      get: (key: string) => (reads++ === 0 ? Promise.resolve(stored.get(key)) : get(key)),
    });
    await one.signOut();
    await settled();
    const late = await startSession(another);
    expect(late.snapshot.status).to.equal('signed-out');
  });

  it('nor one that the database takes its time for, be it by signing out or by a launch', async () => {
    const launchUrl = `${pageUrl.split('?')[0] ?? ''}?iss=${encodeURIComponent(fhirBase)}&launch=xyz`;
    const ways = [
      () => one.signOut(),
      () => {
        one.stop();
        tab.load(launchUrl);
        return startSession(tab, { issuers: fhirBase });
      },
    ];
    for (const way of ways) {
      ({ tab, session: one } = await signIn(browser, server));
      const { remove } = tab.records;
      let release: () => void = () => undefined;
      const released = new Promise<void>((resolve) => (release = resolve));
      Object.assign(tab.records, {
        remove: (...keys: string[]) => released.then(() => remove(...keys)),
      });
      const duplicate = browser.openTab(pageUrl, server.fetch, tab);
      const ended = way();
      // What this tab had heard was before it knew which session it has.
      const late = await startSession(duplicate);
      release();
      await ended;
      await settled();
      expect(late.snapshot).to.include({ status: 'signed-out', reason: 'signed-out-elsewhere' });
    }
  });

  it('signing out revokes once, however many tabs hear of it', async () => {
    await one.signOut();
    await settled();
    expect(revoked(server)).to.deep.equal(['refresh-1', 'access-1']);
  });

  it('what went wrong in one is not said any more once the other has renewed', async () => {
    const { token } = server.plan;
    server.plan.token = () => json({}, 503);
    expect(await codeOf(two.refresh())).to.equal('token/unavailable');
    expect(signedIn(two).error?.code).to.equal('token/unavailable');
    server.plan.token = token;
    await one.refresh();
    await settled();
    expect(signedIn(two).expiresAt).to.equal(signedIn(one).expiresAt);
    expect(signedIn(two).error).to.equal(undefined);
  });
});

describe('a tab in which no sign-in could be prepared', () => {
  const persist = 'browser';
  let browser: SimulatedBrowser;
  let server: SimulatedServer;

  beforeEach(() => {
    browser = new SimulatedBrowser();
    server = new SimulatedServer();
  });

  async function signInElsewhere(): Promise<void> {
    const tab = browser.openTab(pageUrl, server.fetch);
    const before = await startSession(tab, { persist });
    const authorization = await leave(before, tab);
    before.stop();
    tab.load(callbackUrl(authorization));
    await startSession(tab, { persist });
  }

  it('takes up what another tab has begun, and says nothing of it', async () => {
    let isOnline = false;
    const tab = browser.openTab(pageUrl, (input, init) =>
      isOnline ? server.fetch(input, init) : Promise.reject(new TypeError('Failed to fetch')),
    );
    const waiting = await startSession(tab, { persist });
    expect(waiting.snapshot.status).to.equal('unavailable');
    isOnline = true;
    await signInElsewhere();
    expect(signedIn(waiting).error).to.equal(undefined);
    expect((await waiting.fetch('Patient/maria')).status).to.equal(200);
  });

  it('says nothing of it, either, where that turns out only after another tab has begun a session', async () => {
    let fail = (): void => undefined;
    const failed = new Promise<void>((resolve) => (fail = resolve));
    const tab = browser.openTab(pageUrl, () =>
      failed.then(() => Promise.reject(new TypeError('Failed to fetch'))),
    );
    const waiting = await startSession(tab, { persist });
    await signInElsewhere();
    expect(waiting.snapshot.status).to.equal('signed-in');
    fail();
    await browser.pass(minuteMs);
    expect(signedIn(waiting).error).to.equal(undefined);
  });
});
