import { expect } from '@open-wc/testing';

import type { BackendOptions } from '../../src/session/backend-session.js';
import { settled } from '../support/settled.js';
import { SimulatedBrowser } from '../support/simulated-host.js';
import { json } from '../support/simulated-server.js';
import { codeOf, signedIn } from './sessions.js';
import {
  nobody,
  problem,
  SimulatedBackend,
  someone,
  startAt,
  whereIs,
  type AtBackend,
} from './simulated-backend.js';

const minute = 60_000;

describe('the life of a session that a backend keeps', () => {
  let browser: SimulatedBrowser;
  let backend: SimulatedBackend;

  beforeEach(() => {
    browser = new SimulatedBrowser();
    backend = new SimulatedBackend();
  });

  const start = (options: Partial<BackendOptions> = {}): Promise<AtBackend> =>
    startAt(backend, browser, options);

  describe('another session in the same browser', () => {
    const sam = someone({
      id: 'session-2',
      context: { patient: 'sam' },
      user: { sub: 'riverside:sam', name: 'Sam' },
    });

    it('is never shown in place of the one that the page has: the page is signed out', async () => {
      const { session, tab } = await start();
      backend.session = () => json(sam);
      tab.emit('visible');
      await settled();
      expect(whereIs(session)).to.equal('signed-out: signed-out-elsewhere');
      tab.emit('visible');
      await settled();
      expect(whereIs(session)).to.equal('signed-out: signed-out-elsewhere');
    });

    it('is found out by a request: its answer reaches nobody', async () => {
      const { session } = await start();
      backend.session = () => json(sam);
      backend.fhir = () => problem(409, 'other-session');
      expect(await codeOf(session.fetch('Patient/maria'))).to.equal('session/superseded');
      expect(whereIs(session)).to.equal('signed-out: signed-out-elsewhere');
    });

    it('is believed to be there also where the backend cannot say which: the answer reaches nobody', async () => {
      const { session } = await start();
      backend.vanish();
      backend.fhir = () => problem(409, 'other-session');
      expect(await codeOf(session.fetch('Patient/maria'))).to.equal('session/superseded');
      expect(session.snapshot.status).to.equal('expired');
    });

    it('is one also where a backend uses an id twice', async () => {
      const { session, tab } = await start();
      backend.session = () => json(someone({ context: { patient: 'sam' } }));
      tab.emit('visible');
      await settled();
      expect(whereIs(session)).to.equal('signed-out: signed-out-elsewhere');
    });

    it('of somebody who is not named may be anybody’s', async () => {
      backend.session = () => json(someone({ user: undefined }));
      const { session, tab } = await start();
      backend.session = () => json(someone({ id: 'session-3', user: undefined }));
      tab.emit('visible');
      await settled();
      expect(whereIs(session)).to.equal('signed-out: signed-out-elsewhere');
    });

    it('of the same person and the same record, the page goes on with', async () => {
      const { session, tab } = await start();
      const before = signedIn(session);
      backend.session = () => json(someone({ id: 'session-3' }));
      tab.emit('visible');
      await settled();
      expect(signedIn(session).id).to.equal('session-3');
      expect(await codeOf(before.fetch('Patient/maria'))).to.equal('session/superseded');
      expect((await session.fetch('Patient/maria')).status).to.equal(200);
      expect(backend.seen.at(-1)?.session).to.equal('session-3');
    });

    it('of the same person about another record, the page does not', async () => {
      const { session, tab } = await start();
      backend.session = () => json(someone({ id: 'session-3', context: { patient: 'noah' } }));
      tab.emit('visible');
      await settled();
      expect(whereIs(session)).to.equal('signed-out: signed-out-elsewhere');
    });

    it('does not follow one that has ended, unless it is of the same record', async () => {
      backend.session = () => json(someone({ status: 'expired' }));
      const { session, tab } = await start();
      backend.session = () => json(sam);
      tab.emit('visible');
      await settled();
      expect(session.snapshot.status).to.equal('expired');
      backend.session = () => json(someone({ id: 'session-3' }));
      tab.emit('visible');
      await settled();
      expect(signedIn(session).id).to.equal('session-3');
    });
  });

  describe('a page that is put away', () => {
    it('shows nothing until the backend has said that the session is still there', async () => {
      const { session, tab } = await start();
      tab.emit('left');
      expect(session.snapshot.status).to.equal('starting');
      let release = (): void => undefined;
      const gate = new Promise<void>((resolve) => (release = resolve));
      backend.session = async () => {
        await gate;
        return json(someone());
      };
      tab.emit('restored');
      await settled();
      expect(session.snapshot.status).to.equal('starting');
      release();
      await settled();
      expect(signedIn(session).id).to.equal('session-1');
    });

    it('an answer of before it was left brings nothing back', async () => {
      const { session, tab } = await start();
      let release = (): void => undefined;
      const gate = new Promise<void>((resolve) => (release = resolve));
      backend.session = async () => {
        await gate;
        return json(someone());
      };
      tab.emit('visible');
      await settled();
      tab.emit('left');
      release();
      await settled();
      expect(session.snapshot.status).to.equal('starting');
      backend.session = () => json(nobody);
      tab.emit('restored');
      await settled();
      expect(whereIs(session)).to.equal('signed-out: signed-out-elsewhere');
    });

    it('shows nothing where the backend does not answer, and the same session once it does', async () => {
      const { session, tab } = await start();
      tab.emit('frozen');
      const { session: answer } = backend;
      backend.session = () => Promise.reject(new TypeError('Failed to fetch'));
      tab.emit('resumed');
      await settled();
      expect(session.snapshot.status).to.equal('unavailable');
      expect(session.snapshot.error?.code).to.equal('backend/unreachable');
      backend.session = answer;
      tab.emit('online');
      await settled();
      expect(signedIn(session).id).to.equal('session-1');
    });

    it('still saves what it has begun', async () => {
      const { session, tab } = await start();
      tab.emit('left');
      expect((await session.fetch('Patient/maria')).status).to.equal(200);
    });

    it('one that is only looked at again goes on showing, and finds out what has changed', async () => {
      const { session, tab } = await start();
      const seen: string[] = [];
      session.subscribe(({ status }) => seen.push(status));
      tab.emit('hidden');
      tab.emit('visible');
      await settled();
      expect(new Set(seen)).to.deep.equal(new Set(['signed-in']));
      backend.session = () => json(someone({ status: 'expired' }));
      tab.emit('visible');
      await settled();
      expect(session.snapshot.status).to.equal('expired');
    });

    it('one that has ended meanwhile says so, also where the backend says nothing more of it', async () => {
      const { session, tab } = await start();
      tab.emit('left');
      const more = { status: 'expired', context: undefined, user: undefined };
      backend.session = () => json(someone(more));
      tab.emit('restored');
      await settled();
      expect(session.snapshot.status === 'expired' && session.snapshot.context.patient).to.equal('maria');
    });

    it('a network that fails while it is looked at ends nothing', async () => {
      const { session, tab } = await start();
      backend.vanish();
      tab.emit('visible');
      await settled();
      expect(signedIn(session).error).to.equal(undefined);
    });

    it('on a computer of many people nothing is shown while nobody looks, and leaving signs out', async () => {
      const { session, tab } = await start({ kiosk: true });
      tab.emit('hidden');
      expect(session.snapshot.status).to.equal('starting');
      tab.emit('visible');
      await settled();
      expect(session.snapshot.status).to.equal('signed-in');
      tab.emit('left');
      expect(whereIs(session)).to.equal('signed-out: signed-out');
      await settled();
      expect(backend.asked).to.include('POST sign-out');
    });
  });

  describe('signing out', () => {
    it('forgets everything at once, and has the backend end the session', async () => {
      const { session } = await start();
      const before = signedIn(session);
      backend.session = () => json(nobody);
      const ended = session.signOut();
      expect(whereIs(session)).to.equal('signed-out: signed-out');
      expect(await codeOf(before.fetch('Patient/maria'))).to.equal('session/superseded');
      await ended;
      const seen = backend.seen.at(-1);
      expect([seen?.method, seen?.path, seen?.session]).to.deep.equal(['POST', 'sign-out', 'session-1']);
      expect(seen?.init).to.include({ keepalive: true, credentials: 'same-origin' });
      expect(session.snapshot.error).to.equal(undefined);
    });

    it('signs out the other tabs of the same session', async () => {
      const [one, two] = [await start(), await start()];
      await one.session.signOut();
      expect(whereIs(two.session)).to.equal('signed-out: signed-out-elsewhere');
      expect(backend.count('sign-out')).to.equal(1);
    });

    it('leaves a tab with another session alone', async () => {
      const { session } = await start();
      backend.session = () => json(someone({ id: 'session-2' }));
      const other = await start();
      await other.session.signOut();
      expect(session.snapshot.status).to.equal('signed-in');
    });

    it('nothing that was asked for before reaches anybody after', async () => {
      const { session } = await start();
      let release = (): void => undefined;
      const gate = new Promise<void>((resolve) => (release = resolve));
      backend.fhir = async () => {
        await gate;
        return json({ resourceType: 'Patient' });
      };
      const late = codeOf(session.fetch('Patient/maria'));
      await session.signOut();
      release();
      expect(await late).to.equal('session/superseded');
    });

    it('of which the backend could not be told is said, and told as soon as it can be', async () => {
      const { session, tab } = await start();
      const working = new SimulatedBackend();
      backend.vanish();
      await session.signOut();
      expect(whereIs(session)).to.equal('signed-out: signed-out');
      expect(session.snapshot.error?.code).to.equal('backend/sign-out-unconfirmed');
      backend.signOut = working.signOut;
      backend.session = () => json(nobody);
      tab.emit('online');
      await settled();
      expect(session.snapshot.error).to.equal(undefined);
      expect(backend.count('sign-out')).to.equal(2);
    });

    it('of which the backend could not be told is not undone by loading the page again', async () => {
      const { session, tab } = await start();
      backend.signOut = () => new Response('', { status: 503 });
      await session.signOut();
      session.stop();
      tab.load();
      const again = await startAt(backend, browser, {}, tab);
      expect(whereIs(again.session)).to.equal('signed-out: signed-out');
      expect(again.session.snapshot.error?.code).to.equal('backend/sign-out-unconfirmed');
      again.session.stop();
      tab.load();
      // Somebody else has signed in since: the old session is no more.
      backend.signOut = () => problem(409, 'other-session');
      backend.session = () => json(someone({ id: 'session-2' }));
      const other = await startAt(backend, browser, {}, tab);
      expect(signedIn(other.session).id).to.equal('session-2');
      expect(other.session.snapshot.error).to.equal(undefined);
    });

    it('clears what an ended session was about', async () => {
      backend.session = () => json(someone({ status: 'expired' }));
      const { session } = await start();
      await session.signOut();
      expect(whereIs(session)).to.equal('signed-out: signed-out');
      expect(JSON.stringify(session.snapshot)).to.not.contain('maria');
    });
  });

  describe('its end', () => {
    it('is told before it comes, once the backend has confirmed that it still does', async () => {
      const { session } = await start();
      await browser.pass(13 * minute - 1000);
      expect(signedIn(session).ending).to.equal(undefined);
      expect(backend.count('session')).to.equal(1);
      backend.session = () => json(someone({ ending: { cause: 'idle', in: 120, extendable: true } }));
      await browser.pass(1000);
      expect(backend.count('session')).to.equal(2);
      expect(signedIn(session).ending).to.deep.equal({
        cause: 'idle',
        at: browser.now + 2 * minute,
        extendable: true,
      });
    });

    it('is not told of where it was put off in another tab', async () => {
      const { session } = await start();
      const seen: unknown[] = [];
      session.subscribe((snapshot) => seen.push(signedIn({ snapshot }).ending));
      await browser.pass(14 * minute);
      expect(seen.filter(Boolean)).to.deep.equal([]);
      expect(backend.count('session')).to.equal(2);
    });

    it('because nobody was here leaves nothing of the person', async () => {
      const { session } = await start();
      const end = browser.now + 15 * minute;
      backend.session = () => {
        const left = (end - browser.now) / 1000;
        return left > 0
          ? json(someone({ ending: { cause: 'idle', in: left, extendable: true } }))
          : json({ ...nobody, reason: 'idle' });
      };
      await browser.pass(15 * minute);
      expect(whereIs(session)).to.equal('signed-out: idle');
    });

    it('comes also where the backend cannot be reached: nothing stays on a screen that nobody is at', async () => {
      const { session } = await start();
      backend.vanish();
      await browser.pass(13 * minute);
      expect(signedIn(session).ending?.cause).to.equal('idle');
      await browser.pass(2 * minute);
      expect(whereIs(session)).to.equal('signed-out: idle');
    });

    it('of the server’s own says that another sign-in is needed', async () => {
      backend.session = () => json(someone({ ending: { cause: 'server', in: 600, extendable: false } }));
      const { session } = await start();
      const end = browser.now + 10 * minute;
      backend.session = () => {
        const ending = { cause: 'server', in: (end - browser.now) / 1000, extendable: false };
        return json(someone(browser.now < end ? { ending } : { status: 'expired' }));
      };
      await browser.pass(9 * minute);
      expect(signedIn(session).ending).to.include({ cause: 'server', extendable: false });
      await browser.pass(minute);
      expect(session.snapshot.status).to.equal('expired');
    });

    it('of a token that cannot be renewed is known without being told', async () => {
      const more = { refreshable: false, expires_in: 600, ending: undefined, idle_limit: undefined };
      backend.session = () => json(someone(more));
      const { session } = await start();
      expect(signedIn(session)).to.include({
        refreshable: false,
        expiresAt: browser.now + 10 * minute,
        idleLimit: Infinity,
      });
      backend.vanish();
      await browser.pass(10 * minute);
      expect(session.snapshot.status).to.equal('expired');
    });

    it('a backend that says an end which is over is not asked without pause', async () => {
      backend.session = () => json(someone({ ending: { cause: 'idle', in: 0, extendable: true } }));
      const { session } = await start();
      await browser.pass(10_000);
      expect(session.snapshot.status).to.equal('signed-in');
      expect(backend.count('session')).to.be.lessThan(25);
    });

    it('another cause than those that are known is the server’s', async () => {
      backend.session = () => json(someone({ ending: { cause: 'curfew', in: 30, extendable: 'yes' } }));
      const { session } = await start();
      expect(signedIn(session).ending).to.include({ cause: 'server', extendable: false });
    });
  });

  describe('a person who is here', () => {
    it('puts off the end, once the backend has confirmed it', async () => {
      backend.session = () => json(someone({ ending: { cause: 'idle', in: 60, extendable: true } }));
      const { session } = await start();
      expect(signedIn(session).ending?.cause).to.equal('idle');
      let release = (): void => undefined;
      const gate = new Promise<void>((resolve) => (release = resolve));
      backend.refresh = async () => {
        await gate;
        return json(someone());
      };
      let isConfirmed = false;
      const extended = signedIn(session)
        .extend()
        .then(() => (isConfirmed = true));
      await settled();
      expect(isConfirmed).to.equal(false);
      release();
      await extended;
      expect(signedIn(session).ending).to.equal(undefined);
      expect(backend.seen.at(-1)).to.include({ method: 'POST', path: 'refresh', session: 'session-1' });
    });

    it('asks once where several ask at the same time', async () => {
      const { session } = await start();
      await Promise.all([session.extend(), session.refresh(), session.extend()]);
      expect(backend.count('refresh')).to.equal(1);
    });

    const failures = [
      ['backend/unreachable', () => Promise.reject(new TypeError('Failed to fetch'))],
      ['backend/unavailable', () => problem(503, 'not-renewed')],
      ['backend/refused', () => problem(403, 'foreign-origin')],
    ] as const;
    for (const [code, answer] of failures) {
      it(`is told where that cannot be confirmed: ${code}; the session is as it was`, async () => {
        const { session } = await start();
        backend.refresh = answer;
        expect(await codeOf(session.extend())).to.equal(code);
        expect(session.snapshot.status).to.equal('signed-in');
      });
    }

    it('is told that it is another one now', async () => {
      const { session } = await start();
      backend.refresh = () => json(someone({ id: 'session-2', context: { patient: 'sam' } }));
      expect(await codeOf(session.extend())).to.equal('session/superseded');
      expect(whereIs(session)).to.equal('signed-out: signed-out-elsewhere');
    });

    it('is told that it is over', async () => {
      const { session } = await start();
      backend.refresh = () => problem(401, 'session-ended');
      backend.session = () => json(someone({ status: 'expired' }));
      expect(await codeOf(session.extend())).to.equal('session/expired');
      expect(session.snapshot.status).to.equal('expired');
    });

    it('is noticed by what they do, at most once a minute', async () => {
      const { tab, session } = await start();
      tab.act();
      await settled();
      expect(backend.count('refresh')).to.equal(1);
      for (let second = 0; second < 59; second++) {
        await browser.pass(1000);
        tab.act();
      }
      expect(backend.count('refresh')).to.equal(1);
      await browser.pass(1000);
      tab.act();
      await settled();
      expect(backend.count('refresh')).to.equal(2);
      expect(signedIn(session).error).to.equal(undefined);
    });

    it('is not taken for one by a movement of the mouse while they are asked whether they are here', async () => {
      backend.session = () => json(someone({ ending: { cause: 'idle', in: 60, extendable: true } }));
      const { tab } = await start();
      tab.act();
      await settled();
      expect(backend.count('refresh')).to.equal(0);
    });

    it('is of no interest to a backend without a limit', async () => {
      backend.session = () => json(someone({ idle_limit: undefined, ending: undefined }));
      const { tab } = await start();
      tab.act();
      await settled();
      expect(backend.count('refresh')).to.equal(0);
    });

    it('signs in again before the end, where it cannot be put off', async () => {
      const { session, tab } = await start();
      await signedIn(session).signInAgain();
      expect(session.snapshot.status).to.equal('authorizing');
      expect(tab.visited).to.have.length(1);
    });
  });

  it('a session that was stopped hears and does nothing more', async () => {
    const { session, tab } = await start();
    const seen: string[] = [];
    session.subscribe(({ status }) => seen.push(status));
    session.stop();
    tab.emit('visible');
    tab.emit('left');
    tab.act();
    tab.tell({ ended: 'session-1' });
    await browser.pass(60 * minute);
    expect(seen).to.deep.equal([]);
    expect(backend.asked).to.deep.equal(['GET session']);
  });

  it('what the server makes of the token, nobody here can ask', async () => {
    const { session } = await start();
    expect(await codeOf(session.introspect())).to.equal('token/no-introspection');
  });
});
