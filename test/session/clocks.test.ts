import { expect } from '@open-wc/testing';

import { OAuthSession } from '../../src/session/oauth-session.js';
import type { ClientOptions } from '../../src/smart/client-settings.js';
import { settled } from '../support/settled.js';
import { callbackUrl, clientOptions, leave, pageUrl, signIn, startSession } from '../support/signed-in.js';
import { SimulatedBrowser, type SimulatedTab } from '../support/simulated-host.js';
import { json, revoked, SimulatedServer, tokenAnswer } from '../support/simulated-server.js';
import { codeOf, refreshTokensSent, signedIn } from './sessions.js';

const secondMs = 1_000;
const minuteMs = 60_000;

describe('the clocks of a session', () => {
  let browser: SimulatedBrowser;
  let server: SimulatedServer;
  let tab: SimulatedTab;
  let session: OAuthSession;

  async function begin(options: Partial<ClientOptions> = {}): Promise<void> {
    ({ tab, session } = await signIn(browser, server, options));
  }

  beforeEach(() => {
    browser = new SimulatedBrowser();
    server = new SimulatedServer();
  });

  describe('of the person', () => {
    const options = { idleTimeout: 900 };

    it('warns two minutes before, and signs out where nothing happens: everywhere, and at the server', async () => {
      await begin(options);
      const otherTab = browser.openTab(pageUrl, server.fetch, tab);
      const two = await startSession(otherTab, options);
      await browser.pass(13 * minuteMs - secondMs);
      expect(signedIn(session).ending).to.equal(undefined);
      await browser.pass(secondMs);
      const at = browser.now + 2 * minuteMs;
      expect(signedIn(session).ending).to.deep.equal({ cause: 'idle', at, extendable: true });
      await browser.pass(2 * minuteMs - secondMs);
      expect(signedIn(session).status).to.equal('signed-in');
      await browser.pass(secondMs);
      for (const { snapshot } of [session, two]) {
        expect(snapshot).to.include({ status: 'signed-out', reason: 'idle' });
      }
      await settled();
      expect(revoked(server)).to.deep.equal(['refresh-1', 'access-1']);
      expect([...browser.stored.keys()]).to.deep.equal([]);
      expect([...tab.storage, ...otherTab.storage]).to.deep.equal([]);
    });

    it('is put back by what the person does, in any tab, but not by requests', async () => {
      await begin(options);
      const otherTab = browser.openTab(pageUrl, server.fetch, tab);
      const two = await startSession(otherTab, options);
      for (let minute = 0; minute < 40; minute += 10) {
        await browser.pass(10 * minuteMs);
        otherTab.act();
      }
      for (let minute = 0; minute < 13; minute++) {
        await session.fetch('Patient/maria');
        await two.fetch('Patient/maria');
        expect(signedIn(session).ending).to.equal(undefined);
        await browser.pass(minuteMs);
      }
      expect(signedIn(session).ending?.cause).to.equal('idle');
      expect(signedIn(two).ending?.at).to.equal(signedIn(session).ending?.at);
    });

    it('a movement of the mouse is no answer to the question; saying so is, in one tab for all', async () => {
      await begin(options);
      const two = await startSession(browser.openTab(pageUrl, server.fetch, tab), options);
      await browser.pass(14 * minuteMs);
      tab.act();
      await settled();
      expect(signedIn(session).ending?.cause).to.equal('idle');
      await signedIn(two).extend();
      await settled();
      expect(refreshTokensSent(server), 'the server has confirmed it').to.deep.equal(['refresh-1']);
      for (const one of [session, two]) {
        expect(signedIn(one).ending).to.equal(undefined);
      }
      await browser.pass(13 * minuteMs - secondMs);
      expect(signedIn(session).ending).to.equal(undefined);
    });

    it('can be put off more than ten times', async () => {
      await begin(options);
      for (let time = 0; time < 12; time++) {
        await browser.pass(14 * minuteMs);
        await signedIn(session).extend();
      }
      expect(signedIn(session).ending).to.equal(undefined);
    });

    it('is not put off where the server does not confirm it, and the person hears why', async () => {
      await begin(options);
      await browser.pass(14 * minuteMs);
      server.plan.token = () => Promise.reject(new TypeError('Failed to fetch'));
      expect(await codeOf(signedIn(session).extend())).to.equal('token/unreachable');
      expect(signedIn(session).ending?.cause).to.equal('idle');
      expect(signedIn(session).error?.code).to.equal('token/unreachable');
      await browser.pass(minuteMs);
      expect(session.snapshot).to.include({ status: 'signed-out', reason: 'idle' });
    });

    it('looking at the tab again is a sign of life, unless it comes too late', async () => {
      await begin(options);
      await browser.pass(14 * minuteMs);
      tab.emit('visible');
      await settled();
      expect(signedIn(session).ending).to.equal(undefined);
      // The machine sleeps: no timer runs.
      browser.now += 20 * minuteMs;
      tab.emit('visible');
      await settled();
      expect(session.snapshot).to.include({ status: 'signed-out', reason: 'idle' });
    });

    it('a movement of the mouse that wakes the machine comes too late as well', async () => {
      await begin(options);
      browser.now += 20 * minuteMs;
      tab.act();
      await settled();
      expect(session.snapshot).to.include({ status: 'signed-out', reason: 'idle' });
    });

    it('goes on while the page is away: a reload does not begin it anew', async () => {
      await begin(options);
      session.stop();
      tab.load();
      browser.now += 16 * minuteMs;
      expect((await startSession(tab, options)).snapshot).to.include({
        status: 'signed-out',
        reason: 'idle',
      });
    });

    it('a tab that has slept signs nobody out who is at work in another one', async () => {
      await begin(options);
      const deaf = browser.openTab(pageUrl, server.fetch, tab);
      const two = await startSession(deaf, options);
      deaf.hear = () => undefined;
      for (let minute = 0; minute < 30; minute++) {
        tab.act();
        await browser.pass(minuteMs);
      }
      expect(signedIn(session).ending).to.equal(undefined);
      expect(signedIn(two).status).to.equal('signed-in');
      deaf.emit('frozen');
      for (let minute = 0; minute < 30; minute++) {
        tab.act();
        await browser.pass(minuteMs);
      }
      deaf.emit('resumed');
      await settled();
      expect(signedIn(session).status).to.equal('signed-in');
      expect(signedIn(two).status).to.equal('signed-in');
    });

    it('counts for an ended session too: what was read is not left on the page for whoever comes by', async () => {
      server.plan.token = () => json(tokenAnswer(1, { refresh_token: undefined }));
      await begin(options);
      for (let minute = 0; minute < 10; minute++) {
        tab.act();
        await browser.pass(minuteMs);
      }
      expect(session.snapshot.status).to.equal('expired');
      // Fifteen minutes after what was done last.
      await browser.pass(13 * minuteMs);
      expect(session.snapshot.status).to.equal('expired');
      await browser.pass(minuteMs);
      expect(session.snapshot).to.include({ status: 'signed-out', reason: 'idle' });
      await settled();
      expect([...browser.stored.keys()]).to.deep.equal([]);
    });

    it('a short limit leaves at least 20 seconds to answer', async () => {
      await begin({ idleTimeout: 30 });
      await browser.pass(10 * secondMs);
      expect(signedIn(session).ending?.at).to.equal(browser.now + 20 * secondMs);
    });

    it('SMART-100: nobody who has gone is kept signed in: the token is not renewed, until they are back', async () => {
      await begin({ idleTimeout: 3600 });
      await browser.pass(30 * minuteMs);
      expect(refreshTokensSent(server)).to.deep.equal([]);
      tab.act();
      await settled();
      expect(refreshTokensSent(server)).to.deep.equal(['refresh-1']);
      expect(signedIn(session).expiresAt).to.equal(browser.now + 10 * minuteMs);
    });
  });

  describe('of the token', () => {
    it('SMART-99: warns where it cannot be renewed, and says that it cannot be extended', async () => {
      server.plan.token = () => json(tokenAnswer(1, { refresh_token: undefined }));
      await begin();
      await browser.pass(8 * minuteMs - secondMs);
      expect(signedIn(session).ending).to.equal(undefined);
      await browser.pass(secondMs);
      const { expiresAt } = signedIn(session);
      expect(signedIn(session).ending).to.deep.equal({ cause: 'token', at: expiresAt, extendable: false });
      await browser.pass(2 * minuteMs);
      expect(session.snapshot.status).to.equal('expired');
    });

    it('is not shown where it can', async () => {
      await begin();
      for (let minute = 0; minute < 30; minute++) {
        tab.act();
        await browser.pass(minuteMs);
        expect(signedIn(session).ending).to.equal(undefined);
      }
      expect(refreshTokensSent(server).length).to.equal(3);
    });

    it('signing in again ends it before its time, here and at the server, and leaves', async () => {
      server.plan.token = () => json(tokenAnswer(1, { refresh_token: undefined }));
      await begin();
      await browser.pass(9 * minuteMs);
      const { signInAgain } = signedIn(session);
      await signInAgain();
      expect(session.snapshot.status).to.equal('authorizing');
      expect(new URL(tab.visited.at(-1) ?? '').pathname).to.equal('/authorize');
      expect(revoked(server)).to.deep.equal(['access-1']);
    });

    it('a 401 that the browser hides from the page is known by the clock: one renewal, one more try', async () => {
      await begin();
      const { fhir } = server.plan;
      let tries = 0;
      server.plan.fhir = async (request) => {
        if (++tries === 1) {
          // The token ends while the request is on its way.
          browser.now += 10 * minuteMs;
          throw new TypeError('Failed to fetch');
        }
        return fhir(request);
      };
      expect((await session.fetch('Patient/maria')).status).to.equal(200);
      expect([tries, refreshTokensSent(server).length]).to.deep.equal([2, 1]);
    });

    it('what might have changed something is not sent a second time, nor anything while the token is good', async () => {
      await begin();
      let tries = 0;
      server.plan.fhir = () => {
        tries++;
        return Promise.reject(new TypeError('Failed to fetch'));
      };
      expect(await codeOf(session.fetch('Patient/maria'))).to.equal('TypeError');
      browser.now += 10 * minuteMs;
      await session.refresh();
      const posting = session.fetch('Observation', { method: 'POST', body: '{}' });
      browser.now += 10 * minuteMs;
      expect(await codeOf(posting)).to.equal('TypeError');
      expect(tries).to.equal(2);
    });

    it('a clock that is set back makes it worthless; one that is set forward only renews', async () => {
      await begin();
      browser.now -= 5 * minuteMs;
      await session.fetch('Patient/maria');
      expect(refreshTokensSent(server).length).to.equal(1);
      browser.now += 60 * minuteMs;
      tab.act();
      await session.fetch('Patient/maria');
      expect(refreshTokensSent(server).length).to.equal(2);
      expect(signedIn(session).error).to.equal(undefined);
    });
  });

  describe('of the server', () => {
    for (const [name, cause] of [
      ['authorization_expires_in', 'server'],
      ['refresh_token_timeout', undefined],
      ['refresh_expires_in', undefined],
    ] as const) {
      it(`${name}: ${cause ? 'is an end that nobody can put off' : 'is put off by renewing in time'}`, async () => {
        server.plan.token = () => json(tokenAnswer(server.count('token'), { [name]: 300 }));
        await begin();
        for (let minute = 0; minute < 3; minute++) {
          await browser.pass(minuteMs);
          tab.act();
        }
        const ending = cause && { cause, at: browser.now + 2 * minuteMs, extendable: false };
        expect(signedIn(session).ending).to.deep.equal(ending);
        await browser.pass(minuteMs);
        tab.act();
        await browser.pass(minuteMs);
        expect(session.snapshot.status).to.equal(cause ? 'expired' : 'signed-in');
        expect(refreshTokensSent(server).length).to.equal(cause ? 0 : 1);
      });
    }

    it('no number, none of it: what says nothing is no end', async () => {
      server.plan.token = () =>
        json(tokenAnswer(1, { authorization_expires_in: 0, refresh_token_timeout: 'soon' }));
      await begin();
      await browser.pass(5 * minuteMs);
      expect(signedIn(session).ending).to.equal(undefined);
    });
  });

  describe('a server in trouble', () => {
    it('is left in peace for longer and longer, a minute at most, and the next success forgets it', async () => {
      await begin();
      const { token } = server.plan;
      const askedAt: number[] = [];
      server.plan.token = () => {
        askedAt.push(browser.now);
        return Promise.reject(new TypeError('Failed to fetch'));
      };
      await browser.pass(9 * minuteMs);
      for (let second = 0; second < 600; second++) {
        tab.act();
        await session.fetch('Patient/maria').catch(() => undefined);
        await browser.pass(secondMs);
      }
      const gaps = askedAt.slice(1).map((at, index) => at - (askedAt[index] ?? 0));
      expect(gaps[0]).to.be.lessThan(3 * secondMs);
      expect(Math.max(...gaps)).to.be.within(30 * secondMs, 62 * secondMs);
      expect(gaps.length).to.be.lessThan(24);
      expect(new Set(refreshTokensSent(server)).size).to.equal(1);
      server.plan.token = token;
      tab.emit('online');
      await settled();
      expect(signedIn(session).error).to.equal(undefined);
      expect((await session.fetch('Patient/maria')).status).to.equal(200);
    });
  });

  describe('on a computer of many people', () => {
    const options = { kiosk: true };

    it('nothing is shown while nobody looks, and the session goes on for whoever comes back in time', async () => {
      await begin(options);
      tab.isVisible = false;
      tab.emit('hidden');
      expect(session.snapshot.status).to.equal('starting');
      await browser.pass(minuteMs);
      tab.isVisible = true;
      tab.emit('visible');
      await settled();
      expect(signedIn(session).context.patient).to.equal('maria');
      tab.isVisible = false;
      tab.emit('hidden');
      await browser.pass(3 * minuteMs);
      tab.emit('visible');
      await settled();
      expect(session.snapshot).to.include({ status: 'signed-out', reason: 'idle' });
    });

    it('leaving the page signs out, here at once and at the server; Back shows nothing', async () => {
      await begin(options);
      tab.emit('left');
      expect(session.snapshot).to.include({ status: 'signed-out' });
      await settled();
      expect(revoked(server)).to.deep.equal(['refresh-1', 'access-1']);
      tab.emit('restored');
      await settled();
      expect(session.snapshot).to.include({ status: 'signed-out' });
      expect([...browser.stored.keys()]).to.deep.equal([]);
    });

    it('a sign-in that nobody waits for any more comes to nothing', async () => {
      tab = browser.openTab(pageUrl, server.fetch);
      const before = await startSession(tab, options);
      const authorization = await leave(before, tab);
      before.stop();
      tab.load(callbackUrl(authorization));
      let answer: () => void = () => undefined;
      const held = new Promise<void>((resolve) => {
        answer = resolve;
      });
      const { token } = server.plan;
      server.plan.token = async (form) => {
        await held;
        return token(form);
      };
      const late = await startSessionWithoutWaiting(tab);
      expect(late.snapshot.status).to.equal('exchanging');
      tab.emit('left');
      answer();
      await settled();
      tab.emit('restored');
      await settled();
      expect(late.snapshot).to.include({ status: 'signed-out' });
      expect(revoked(server)).to.deep.equal(['refresh-1', 'access-1']);
    });

    async function startSessionWithoutWaiting(at: SimulatedTab): Promise<OAuthSession> {
      const started = new OAuthSession({ ...clientOptions, ...options }, at);
      started.start().catch(() => undefined);
      await settled();
      return started;
    }

    it('the next person is asked who they are', async () => {
      const start = await startSession(browser.openTab(pageUrl, server.fetch), options);
      await start.signIn();
      const left = [...browser.tabs].at(-1)?.visited.at(-1) ?? '';
      expect(new URL(left).searchParams.get('prompt')).to.equal('login');
    });
  });
});
