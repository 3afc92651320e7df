import { expect } from '@open-wc/testing';

import type { OAuthSession } from '../../src/session/oauth-session.js';
import { openRecordStore } from '../../src/session/record-store.js';
import { settled } from '../support/settled.js';
import { callbackUrl, leave, pageUrl, signIn, startSession } from '../support/signed-in.js';
import { SimulatedBrowser } from '../support/simulated-host.js';
import { origin, SimulatedServer } from '../support/simulated-server.js';
import { codeOf, signedIn, warnedOf } from './sessions.js';

const hourMs = 3_600_000;
const sessionKeys = (browser: SimulatedBrowser): readonly string[] =>
  [...browser.stored.keys()].filter((key) => !key.startsWith('login/'));

describe('where a session is kept', () => {
  let browser: SimulatedBrowser;
  let server: SimulatedServer;

  beforeEach(() => {
    browser = new SimulatedBrowser();
    server = new SimulatedServer();
  });

  describe('in the page alone', () => {
    it('nothing of it is written, and a reload asks to sign in', async () => {
      const { tab, session } = await signIn(browser, server, { persist: 'memory' });
      await signedIn(session).fetch('Patient/maria');
      expect(signedIn(session).warnings.map(({ code }) => code)).to.deep.equal([]);
      expect(sessionKeys(browser)).to.deep.equal([]);
      expect([...tab.storage]).to.deep.equal([]);
      session.stop();
      tab.load();
      const { snapshot } = await startSession(tab, { persist: 'memory' });
      expect(snapshot).to.include({ status: 'signed-out', reason: 'initial' });
    });

    it('renews all the same, one request at a time', async () => {
      const { session } = await signIn(browser, server, { persist: 'memory' });
      await browser.pass(10 * 60_000);
      await Promise.all([session.fetch('Patient/maria'), session.fetch('Observation/1')]);
      expect(server.count('token')).to.equal(2);
    });
  });

  describe('where the browser lets the page keep nothing', () => {
    it('the person signs in in a window of its own, and is told that it lasts as long as the page', async () => {
      const tab = browser.openTab(pageUrl, server.fetch);
      tab.hasStorage = false;
      browser.refusesToWrite = true;
      const session = await startSession(tab);
      const completed = session.signIn();
      await settled();
      const opened = tab.opened[0];
      const address = new URL(opened?.visited[0] ?? '');
      expect(address.origin).to.equal(origin);
      tab.hear({
        answer: {
          state: address.searchParams.get('state') ?? '',
          query: new URL(callbackUrl(address)).search,
        },
      });
      await completed;
      await completed;
      expect(warnedOf(signedIn(session))).to.include('storage/memory-only');
      expect((await session.fetch('Patient/maria')).status).to.equal(200);
      expect(sessionKeys(browser)).to.deep.equal([]);
    });

    it('a page whose origin is nobody’s is told to open in a window of its own', async () => {
      const tab = browser.openTab(pageUrl, server.fetch);
      tab.hasStorage = false;
      tab.isSandboxed = true;
      expect((await startSession(tab)).snapshot.error?.code).to.equal('storage/unavailable');
    });

    it('a database alone that is refused does not keep anybody from signing in by leaving the page', async () => {
      browser.refusesToWrite = true;
      const { session } = await signIn(browser, server);
      expect(warnedOf(signedIn(session))).to.deep.equal(['storage/write-failed']);
    });
  });

  describe('where the browser does not give back what it keeps', () => {
    for (const persist of ['tab', 'browser'] as const) {
      it(`a tab that somebody is signed in in says so, and has them back when it can: ${persist}`, async () => {
        const { tab, session } = await signIn(browser, server, { persist });
        const { id } = signedIn(session);
        const reload = (): Promise<OAuthSession> => {
          tab.load();
          return startSession(tab, { persist });
        };
        session.stop();
        browser.refusesToRead = true;
        const unread = await reload();
        expect(unread.snapshot.status).to.equal('signed-out');
        expect(unread.snapshot.error?.code).to.equal('storage/unreadable');
        expect(unread.snapshot.error?.message).to.match(/Load this page again/);
        unread.stop();
        browser.refusesToRead = false;
        expect(signedIn(await reload()).id).to.equal(id);
      });

      it(`a tab that nobody is signed in in has nothing to say: ${persist}`, async () => {
        browser.refusesToRead = true;
        const session = await startSession(browser.openTab(pageUrl, server.fetch), { persist });
        expect(session.snapshot.status).to.equal('signed-out');
        expect(session.snapshot.error?.code).to.equal(undefined);
      });
    }
  });

  describe('in the browser', () => {
    const options = { persist: 'browser' } as const;

    it('outlives the tab: another one goes on with it', async () => {
      const { session } = await signIn(browser, server, options);
      const { id } = signedIn(session);
      session.stop();
      browser.tabs.clear();
      await browser.pass(hourMs);
      const next = await startSession(browser.openTab(pageUrl, server.fetch), options);
      expect(signedIn(next).id).to.equal(id);
      expect((await next.fetch('Patient/maria')).status).to.equal(200);
    });

    it('keeps its key where no script can read it out', async () => {
      await signIn(browser, server, options);
      const key = [...browser.stored.values()].find((value) => value instanceof CryptoKey);
      if (!key) {
        throw new Error('There is no key.');
      }
      expect(await codeOf(crypto.subtle.exportKey('raw', key))).to.equal('InvalidAccessError');
      // The same in a real database: a key that cannot be read out can be kept there.
      const records = openRecordStore();
      await records.set([['key/of-a-test', key]]);
      expect(await records.get('key/of-a-test')).to.be.instanceOf(CryptoKey);
      await records.remove('key/of-a-test');
    });

    it('no token is written that can be read', async () => {
      await signIn(browser, server, options);
      const written = [...browser.stored.values()].map((value) =>
        JSON.stringify(value, (_, part: unknown) =>
          part instanceof ArrayBuffer ? new TextDecoder().decode(part) : part,
        ),
      );
      expect(written.join('\n')).not.to.match(/access-1|refresh-1/);
    });

    it('a tab that nobody is signed in in takes up what another one has begun', async () => {
      const other = await startSession(browser.openTab(pageUrl, server.fetch), options);
      const { session } = await signIn(browser, server, options);
      await settled();
      expect(signedIn(other).id).to.equal(signedIn(session).id);
    });

    it('somebody else who signs in in one tab is signed in in all, and nothing of before is left', async () => {
      const { session: one } = await signIn(browser, server, options);
      const two = await startSession(browser.openTab(pageUrl, server.fetch), options);
      const before = signedIn(two);
      await two.signOut();
      const { token } = server.plan;
      server.plan.token = async (form) => {
        const answer = await token(form);
        return new Response((await answer.text()).replaceAll('maria', 'walter'), answer);
      };
      const { session: three } = await signIn(browser, server, options);
      await settled();
      for (const session of [one, two, three]) {
        expect(signedIn(session).context.patient).to.equal('walter');
      }
      expect(await codeOf(before.fetch('Patient/maria'))).to.equal('session/superseded');
      expect(sessionKeys(browser).length, 'a record, its key, and which is the last').to.equal(3);
    });

    it('what an EHR has opened stays in its tab: no other takes it up', async () => {
      const issuers = [{ issuer: 'https://ehr.example/fhir/R4/riverside' }];
      const launched = { ...options, issuers };
      const tab = browser.openTab(
        `${pageUrl.split('?')[0] ?? ''}?iss=${encodeURIComponent(issuers[0]?.issuer ?? '')}&launch=xyz`,
        server.fetch,
      );
      const before = await startSession(tab, launched);
      const authorization = new URL(tab.visited.at(-1) ?? '');
      before.stop();
      tab.load(callbackUrl(authorization));
      const session = await startSession(tab, launched);
      expect(signedIn(session).recovery).to.equal('relaunch');
      const other = await startSession(browser.openTab(pageUrl, server.fetch), launched);
      expect(other.snapshot.status).to.equal('signed-out');
      session.stop();
      tab.load();
      expect(signedIn(await startSession(tab, launched)).id, 'and its own tab does').to.equal(
        session.snapshot.id,
      );
    });

    it('is over when nobody has used it for half a day', async () => {
      const { session } = await signIn(browser, server, options);
      session.stop();
      browser.tabs.clear();
      await browser.pass(13 * hourMs);
      const next = await startSession(browser.openTab(pageUrl, server.fetch), options);
      expect(next.snapshot).to.include({ status: 'signed-out', reason: 'idle' });
      await settled();
      expect(sessionKeys(browser)).to.deep.equal([]);
      expect(server.seen.filter(({ leg }) => leg === 'revoke').length).to.equal(2);
    });

    it('is over after a day, whatever is renewed, and can be taken up by signing in again', async () => {
      const { tab, session } = await signIn(browser, server, options);
      for (let hour = 0; hour < 23; hour++) {
        await browser.pass(hourMs);
        tab.act();
        await session.fetch('Patient/maria');
      }
      await browser.pass(hourMs - 60_000);
      expect(signedIn(session).ending).to.deep.include({ cause: 'limit', extendable: false });
      await browser.pass(60_000);
      expect(session.snapshot).to.include({ status: 'expired', recovery: 'sign-in' });
      expect(await codeOf(session.fetch('Patient/maria'))).to.equal('session/expired');
    });

    it('a record that somebody has put in the place of another opens nothing', async () => {
      const { tab, session } = await signIn(browser, server, options);
      const [one] = sessionKeys(browser).filter((key) => key.startsWith('session/'));
      const { session: other } = await signIn(browser, server, { ...options, name: 'other' });
      const [two] = sessionKeys(browser).filter((key) => key.startsWith('session/') && key !== one);
      browser.stored.set(one ?? '', browser.stored.get(two ?? ''));
      session.stop();
      other.stop();
      tab.load();
      expect((await startSession(tab, options)).snapshot.status).to.equal('signed-out');
    });
  });

  it('what nobody has used for a day is swept, with its key, and so is a sign-in that nobody came back from', async () => {
    const { session } = await signIn(browser, server, { persist: 'browser' });
    session.stop();
    const abandoned = browser.openTab(pageUrl, server.fetch);
    await leave(await startSession(abandoned, { name: 'abandoned' }), abandoned);
    browser.tabs.clear();
    const before = [...browser.stored.keys()];
    expect(before.map((key) => key.split('/')[0])).to.have.members(['login', 'session', 'key', 'last']);
    await browser.pass(25 * hourMs);
    await startSession(browser.openTab(pageUrl, server.fetch), { name: 'another' });
    await settled();
    expect(before.filter((key) => browser.stored.has(key))).to.deep.equal([]);
  });

  it('a sleeping tab of yesterday finds its session again where it has been used since', async () => {
    const { tab, session } = await signIn(browser, server);
    for (let hour = 0; hour < 20; hour += 10) {
      await browser.pass(10 * hourMs);
      tab.act();
    }
    await startSession(browser.openTab(pageUrl, server.fetch), { name: 'another' });
    await settled();
    session.stop();
    tab.load();
    expect(signedIn(await startSession(tab)).id).to.equal(session.snapshot.id);
  });
});
