import { expect } from '@open-wc/testing';

import { AdaptedSession, type AdaptedOptions } from '../../src/session/adapted-session.js';
import type { AdapterFacts, SessionAdapter, TokenRequest } from '../../src/session/session-adapter.js';
import type { Snapshot } from '../../src/session/session.js';
import { settled } from '../support/settled.js';
import { SimulatedBrowser, type SimulatedTab } from '../support/simulated-host.js';
import { codeOf, signedIn } from './sessions.js';

const fhirBase = 'https://ehr.example/fhir/R4';
const minute = 60_000;

/** A FHIR server in a function. */
class SimulatedRecords {
  readonly seen: { readonly url: string; readonly token: string | null; readonly init: RequestInit }[] = [];
  accepts: (token: string | null) => boolean = () => true;

  readonly fetch: typeof globalThis.fetch = async (input, init = {}) => {
    init.signal?.throwIfAborted();
    const url = input instanceof Request ? input.url : String(input);
    const token = new Headers(init.headers).get('authorization');
    this.seen.push({ url, token, init });
    return new Response('{}', { status: this.accepts(token) ? 200 : 401 });
  };
}

/** A page that signs people in itself. */
class SimulatedPage {
  facts: AdapterFacts | undefined = { context: { patient: 'maria' }, user: { sub: 'maria' } };
  readonly asked: TokenRequest[] = [];
  token = 'token-1';
  renewed = 'token-2';
  onChange = (): void => undefined;
  isSubscribed = false;
  readonly done: string[] = [];

  readonly adapter = {
    getToken: async (request: TokenRequest): Promise<string> => {
      this.asked.push(request);
      if (request.rejected) {
        this.token = this.renewed;
      }
      return this.token;
    },
    describe: (): AdapterFacts | undefined => this.facts,
    signIn: (): void => void this.done.push('signIn'),
    signOut: (): void => void this.done.push('signOut'),
    subscribe: (onChange: () => void): (() => void) => {
      this.onChange = onChange;
      this.isSubscribed = true;
      return () => (this.isSubscribed = false);
    },
  };

  async change(facts: AdapterFacts | undefined): Promise<void> {
    this.facts = facts;
    this.onChange();
    await settled();
  }
}

describe('a session that the page brings', () => {
  let browser: SimulatedBrowser;
  let records: SimulatedRecords;
  let page: SimulatedPage;
  let tab: SimulatedTab;

  beforeEach(() => {
    browser = new SimulatedBrowser();
    records = new SimulatedRecords();
    page = new SimulatedPage();
    tab = browser.openTab('https://portal.example/chart', records.fetch);
  });

  async function start(
    adapter: SessionAdapter = page.adapter,
    options: Partial<AdaptedOptions> = {},
  ): Promise<AdaptedSession> {
    const session = new AdaptedSession({ adapter, fhirBase, ...options }, tab);
    await session.start();
    await settled();
    return session;
  }

  const whereIs = ({ snapshot }: { readonly snapshot: Snapshot }): string =>
    snapshot.status === 'signed-out' ? `signed-out: ${snapshot.reason}` : snapshot.status;

  describe('at its start', () => {
    it('a token is enough: then somebody is signed in, and nothing more is known', async () => {
      const session = await start({ getToken: () => 'token-1' });
      expect(signedIn(session)).to.deep.include({
        fhirBase,
        scopes: [],
        missingScopes: [],
        user: undefined,
        context: { needPatientBanner: true, extra: {} },
        refreshable: false,
        expiresAt: undefined,
        ending: undefined,
        idleLimit: Infinity,
        warnings: [],
      });
    });

    it('shows what the page says, frozen and as a copy, and never a token', async () => {
      const facts = {
        scope: 'patient/Patient.rs',
        askedScope: 'patient/Patient.rs patient/Observation.rs',
        context: { patient: 'maria', encounter: 'e1', access_token: 'secret-1', my_token: 'secret-2' },
        user: { sub: 'maria', name: 'Maria Silva', fhirUser: 'Patient/maria' },
        expiresAt: browser.now + 10 * minute,
        recovery: 'relaunch' as const,
      };
      page.facts = facts;
      const session = await start();
      facts.context.patient = 'sam';
      const snapshot = signedIn(session);
      expect(snapshot).to.deep.include({
        scopes: ['patient/Patient.rs'],
        missingScopes: ['patient/Observation.rs'],
        context: { patient: 'maria', encounter: 'e1', needPatientBanner: true, extra: {} },
        expiresAt: browser.now + 10 * minute,
        recovery: 'relaunch',
      });
      expect(snapshot.user).to.include({ subject: 'maria', name: 'Maria Silva' });
      expect(JSON.stringify(snapshot)).to.not.contain('secret').and.not.contain('token-1');
      expect(Object.isFrozen(snapshot.context)).to.equal(true);
      expect(Object.isFrozen(facts.context), 'what is the page’s own').to.equal(false);
    });

    it('takes the FHIR base of the page’s markup, its tenant filled in, or else of the adapter', async () => {
      const options = { fhirBase: 'https://ehr.example/{tenant}/fhir', tenant: 'riverside' };
      expect((await start(page.adapter, options)).snapshot.fhirBase).to.equal(
        'https://ehr.example/riverside/fhir',
      );
      page.facts = { fhirBase: 'https://other.example/fhir' };
      expect((await start(page.adapter, { fhirBase: '' })).snapshot.fhirBase).to.equal(
        'https://other.example/fhir',
      );
      page.facts = {};
      const { snapshot } = await start(page.adapter, { fhirBase: '' });
      expect(snapshot.error?.code).to.equal('config/missing-fhir-base');
    });

    it('waits for somebody where nobody is signed in', async () => {
      page.facts = undefined;
      expect(whereIs(await start())).to.equal('signed-out: initial');
    });

    it('says of a session that has ended that it has', async () => {
      page.facts = { hasEnded: true, context: { patient: 'maria' } };
      const { snapshot } = await start();
      expect(snapshot.status === 'expired' && snapshot.context.patient).to.equal('maria');
    });

    const useless = {
      'an object with neither': {},
      'one with both': { getToken: () => 'a', fetch: async () => new Response() },
    };
    for (const [name, adapter] of Object.entries(useless)) {
      it(`refuses ${name}`, async () => {
        const session = await start(adapter as unknown as SessionAdapter);
        expect(session.snapshot.error?.code).to.equal('config/invalid-adapter');
      });
    }

    it('refuses a page that is not secure', async () => {
      tab.isSecure = false;
      expect((await start()).snapshot.error?.code).to.equal('config/insecure-context');
    });

    it('says of a page that cannot be heard that it cannot', async () => {
      const subscribe = (): never => {
        throw new Error('token-1');
      };
      const { snapshot } = await start({ ...page.adapter, subscribe });
      expect(snapshot.error?.code).to.equal('adapter/failed');
      expect(snapshot.status).to.equal('unavailable');
    });

    const broken: Readonly<Record<string, () => AdapterFacts>> = {
      'that throws': () => {
        throw new Error('token-1 is not good');
      },
      'that gives a function': () => ({ context: { patient: () => 'maria' } }),
    };
    for (const [name, describe] of Object.entries(broken)) {
      it(`a describe ${name} is said, not repeated, and asked again`, async () => {
        const session = await start({ ...page.adapter, describe });
        const { error } = session.snapshot;
        expect(error?.code).to.equal('adapter/failed');
        expect(error?.fix).to.contain('describe').and.not.contain('token-1');
        expect(session.snapshot.status).to.equal('unavailable');
      });
    }
  });

  describe('with a token', () => {
    it('sends it to the FHIR base, and asks for it each time', async () => {
      const session = await start();
      await signedIn(session).fetch('Patient/maria');
      await session.fetch(`${fhirBase}/Observation?_count=2`);
      expect(records.seen.map(({ url, token }) => [url, token])).to.deep.equal([
        [`${fhirBase}/Patient/maria`, 'Bearer token-1'],
        [`${fhirBase}/Observation?_count=2`, 'Bearer token-1'],
      ]);
      expect(records.seen[0]?.init).to.include({ credentials: 'omit', redirect: 'error', cache: 'no-store' });
      expect(page.asked.map(({ rejected }) => rejected)).to.deep.equal([false, false]);
      expect(page.asked[0]?.fhirBase).to.equal(fhirBase);
    });

    for (const address of [
      'https://elsewhere.example/Patient/1',
      'https://ehr.example/fhir/R4b/Patient/1',
      '../Patient',
      'Patient/..%2f..%2fadmin',
      '//elsewhere.example',
    ]) {
      it(`does not even ask for it for ${address}`, async () => {
        const session = await start();
        expect(await codeOf(session.fetch(address))).to.equal('fhir/foreign-url');
        expect(page.asked).to.deep.equal([]);
        expect(records.seen).to.deep.equal([]);
      });
    }

    it('asks for another one after a 401, once, and repeats the request with it', async () => {
      records.accepts = (token) => token === 'Bearer token-2';
      const session = await start();
      expect((await session.fetch('Patient/maria')).status).to.equal(200);
      expect(page.asked.map(({ rejected }) => rejected)).to.deep.equal([false, true]);
      expect(records.seen.map(({ token }) => token)).to.deep.equal(['Bearer token-1', 'Bearer token-2']);
      expect(session.snapshot.status).to.equal('signed-in');
    });

    it('is over where the other one is refused too', async () => {
      records.accepts = () => false;
      const session = await start();
      expect((await session.fetch('Patient/maria')).status).to.equal(401);
      expect(records.seen).to.have.length(2);
      expect(session.snapshot.status).to.equal('expired');
      expect(await codeOf(session.fetch('Patient/maria'))).to.equal('session/expired');
    });

    it('is over where the same one comes again: it is not sent a second time', async () => {
      records.accepts = () => false;
      page.renewed = page.token;
      const session = await start();
      expect((await session.fetch('Patient/maria')).status).to.equal(401);
      expect(records.seen).to.have.length(1);
      expect(session.snapshot.status).to.equal('expired');
    });

    it('is over where there is none any more', async () => {
      const session = await start({ ...page.adapter, getToken: () => undefined });
      expect(await codeOf(session.fetch('Patient/maria'))).to.equal('session/expired');
      expect(session.snapshot.status).to.equal('expired');
      expect(records.seen).to.deep.equal([]);
    });

    it('several requests share the question, and the answer to a refusal', async () => {
      records.accepts = (token) => token === 'Bearer token-2';
      const session = await start();
      const requests = [1, 2, 3, 4].map((count) => session.fetch(`Patient/${String(count)}`));
      const answers = await Promise.all(requests);
      expect(answers.map(({ status }) => status)).to.deep.equal([200, 200, 200, 200]);
      expect(page.asked.map(({ rejected }) => rejected)).to.deep.equal([false, true]);
    });

    it('a request that was refused late does not have a good token renewed', async () => {
      let release = (): void => undefined;
      const gate = new Promise<void>((resolve) => (release = resolve));
      const { fetch } = records;
      records.accepts = (token) => token === 'Bearer token-2';
      const slow = browser.openTab('https://portal.example/chart', async (input, init) => {
        const response = await fetch(input, init);
        if (input instanceof URL || input instanceof Request || input.endsWith('/slow')) {
          await gate;
        }
        return response;
      });
      const session = new AdaptedSession({ adapter: page.adapter, fhirBase }, slow);
      await session.start();
      const late = session.fetch('Patient/slow');
      expect((await session.fetch('Patient/quick')).status).to.equal(200);
      release();
      expect((await late).status).to.equal(200);
      expect(page.asked.filter(({ rejected }) => rejected)).to.have.length(1);
    });

    it('a stream cannot be sent twice: then a 401 is the caller’s to read', async () => {
      records.accepts = () => false;
      const session = await start();
      const body = new ReadableStream();
      const { status } = await session.fetch('Patient', { method: 'POST', body });
      expect(status).to.equal(401);
      expect(records.seen).to.have.length(1);
      expect(session.snapshot.status).to.equal('signed-in');
    });

    for (const [name, token] of Object.entries({
      'with its scheme': 'Bearer token-1',
      'with a line end': 'token-1\n',
      'that is empty': '',
      'that is none': { token: 'token-1' },
    })) {
      it(`refuses a token ${name}, and does not repeat it`, async () => {
        const adapter: object = { ...page.adapter, getToken: () => token };
        const session = await start(adapter as SessionAdapter);
        const thrown: unknown = await session.fetch('Patient/maria').catch((error: unknown) => error);
        expect(await codeOf(Promise.reject(thrown))).to.equal('adapter/invalid-token');
        expect(JSON.stringify(thrown) + String(thrown)).to.not.contain('token-1');
        expect(session.snapshot.status).to.equal('signed-in');
        expect(records.seen).to.deep.equal([]);
      });
    }

    it('a getToken that fails ends nothing, and what it threw is not repeated', async () => {
      const getToken = (): never => {
        throw new Error('token-1');
      };
      const session = await start({ ...page.adapter, getToken });
      const thrown: unknown = await session.fetch('Patient/maria').catch((error: unknown) => error);
      expect(thrown).to.include({ code: 'adapter/failed' });
      expect(String(thrown)).to.not.contain('token-1');
      expect(session.snapshot.status).to.equal('signed-in');
    });

    it('a token that comes when its session is over is sent nowhere', async () => {
      let release = (): void => undefined;
      const gate = new Promise<void>((resolve) => (release = resolve));
      const getToken = async ({ signal }: TokenRequest): Promise<string> => {
        await gate;
        expect(signal.aborted).to.equal(true);
        return 'token-1';
      };
      const session = await start({ ...page.adapter, getToken });
      const late = codeOf(session.fetch('Patient/maria'));
      await session.signOut();
      release();
      expect(await late).to.equal('session/superseded');
      expect(records.seen).to.deep.equal([]);
    });

    it('a token that was asked for in one session is never sent in the next', async () => {
      let release = (): void => undefined;
      const gate = new Promise<void>((resolve) => (release = resolve));
      const tokens = [gate.then(() => 'token-of-maria'), Promise.resolve('token-of-sam')];
      const session = await start({ ...page.adapter, getToken: async () => tokens.shift() });
      const late = codeOf(session.fetch('Patient/maria'));
      await page.change({ context: { patient: 'sam' }, user: { sub: 'sam' } });
      await session.fetch('Patient/sam');
      release();
      expect(await late).to.equal('session/superseded');
      expect(records.seen.map(({ token }) => token)).to.deep.equal(['Bearer token-of-sam']);
    });
  });

  describe('with a fetch of its own', () => {
    const through = (fetch: (url: string, init: RequestInit) => Promise<Response>): SessionAdapter => ({
      fetch,
      describe: () => page.facts,
    });

    it('has it ask for what the guard lets pass, without a token of the kit’s', async () => {
      const asked: (readonly [string, RequestInit])[] = [];
      const session = await start(
        through(async (url, init) => {
          asked.push([url, init]);
          return new Response('{}');
        }),
      );
      await session.fetch('Patient/maria', { headers: { accept: 'application/fhir+json' } });
      expect(await codeOf(session.fetch('https://elsewhere.example/'))).to.equal('fhir/foreign-url');
      expect(asked).to.have.length(1);
      const [url, init] = asked[0] ?? [];
      expect(url).to.equal(`${fhirBase}/Patient/maria`);
      expect(init).to.include({ credentials: 'same-origin', redirect: 'error', cache: 'no-store' });
      expect([...new Headers(init?.headers)]).to.deep.equal([['accept', 'application/fhir+json']]);
      expect(records.seen).to.deep.equal([]);
    });

    it('is over with a 401', async () => {
      const session = await start(through(async () => new Response('', { status: 401 })));
      expect((await session.fetch('Patient/maria')).status).to.equal(401);
      expect(session.snapshot.status).to.equal('expired');
    });

    it('a fault ends nothing, and reads like one of the network', async () => {
      const session = await start(through(() => Promise.reject(new Error('Bearer token-1 failed'))));
      const thrown: unknown = await session.fetch('Patient/maria').catch((error: unknown) => error);
      expect(thrown).to.be.instanceOf(TypeError);
      expect(String(thrown)).to.not.contain('token-1');
      expect(session.snapshot.status).to.equal('signed-in');
    });

    it('who gives up is told so', async () => {
      const session = await start(
        through(
          (_, { signal }) =>
            new Promise((_resolve, reject) =>
              signal?.addEventListener('abort', () => reject(new Error('x'))),
            ),
        ),
      );
      const giving = new AbortController();
      const request = codeOf(session.fetch('Patient/maria', { signal: giving.signal }));
      giving.abort();
      expect(await request).to.equal('AbortError');
    });
  });

  describe('changes', () => {
    it('of the person or of the patient make another session: nothing of before goes on', async () => {
      const session = await start();
      for (const facts of [
        { context: { patient: 'sam' }, user: { sub: 'maria' } },
        { context: { patient: 'sam' }, user: { sub: 'sam' } },
      ]) {
        const before = signedIn(session);
        await page.change(facts);
        const { id, context } = signedIn(session);
        expect(id).to.not.equal(before.id);
        expect(context.patient).to.equal('sam');
        expect(await codeOf(before.fetch('Patient/maria'))).to.equal('session/superseded');
      }
    });

    it('of anything else do not', async () => {
      const session = await start();
      const { id } = signedIn(session);
      await page.change({ ...page.facts, scope: 'patient/*.rs' });
      expect(signedIn(session)).to.deep.include({ id, scopes: ['patient/*.rs'] });
    });

    it('of the id do, whatever else is the same', async () => {
      page.facts = { id: 'one', user: { sub: 'maria' } };
      const session = await start();
      expect(signedIn(session).id).to.equal('one');
      await page.change({ id: 'two', user: { sub: 'maria' } });
      expect(signedIn(session).id).to.equal('two');
    });

    it('somebody has signed out in the page', async () => {
      const session = await start();
      await page.change(undefined);
      expect(whereIs(session)).to.equal('signed-out: signed-out');
      await page.change({});
      expect(session.snapshot.status).to.equal('signed-in');
    });

    it('the session has ended, and goes on again', async () => {
      const session = await start();
      await page.change({ ...page.facts, hasEnded: true });
      expect(session.snapshot.status).to.equal('expired');
      await page.change({ ...page.facts, hasEnded: false });
      expect(session.snapshot.status).to.equal('signed-in');
    });

    it('an id that comes again for another patient makes another session all the same', async () => {
      page.facts = { id: 'one', context: { patient: 'maria' } };
      const session = await start();
      const before = signedIn(session);
      await page.change({ id: 'one', context: { patient: 'sam' } });
      expect(signedIn(session).id).to.not.equal('one');
      expect(signedIn(session).context.patient).to.equal('sam');
      expect(await codeOf(before.fetch('Patient/maria'))).to.equal('session/superseded');
    });

    it('what the server has refused stays so until the page says that something has changed', async () => {
      records.accepts = (token) => token === 'Bearer token-3';
      const session = await start();
      await session.fetch('Patient/maria');
      for (const event of ['visible', 'left', 'restored'] as const) {
        tab.emit(event);
        await settled();
      }
      expect(session.snapshot.status).to.equal('expired');
      page.token = 'token-3';
      await page.change(page.facts);
      expect((await session.fetch('Patient/maria')).status).to.equal(200);
    });

    it('are looked for when the page is seen again; before, nothing of it is shown', async () => {
      const session = await start();
      tab.emit('left');
      expect(session.snapshot.status).to.equal('starting');
      page.facts = undefined;
      tab.emit('restored');
      await settled();
      expect(whereIs(session)).to.equal('signed-out: signed-out');
    });

    it('are not heard any more once it was stopped', async () => {
      const session = await start();
      expect(page.isSubscribed).to.equal(true);
      session.stop();
      expect(page.isSubscribed).to.equal(false);
    });
  });

  describe('signing in', () => {
    beforeEach(() => {
      page.facts = undefined;
    });

    it('is the page’s to do, and shows who it is then', async () => {
      const signIn = async (): Promise<void> => {
        page.facts = { user: { sub: 'maria' } };
      };
      const session = await start({ ...page.adapter, signIn });
      const seen: string[] = [];
      session.subscribe(({ status }) => seen.push(status));
      await session.signIn();
      expect(seen[0]).to.equal('authorizing');
      expect(signedIn(session).user?.subject).to.equal('maria');
    });

    it('may leave the page: who comes back by the Back button is where they were', async () => {
      const session = await start({ ...page.adapter, signIn: () => new Promise<void>(() => undefined) });
      session.signIn().catch(() => undefined);
      await settled();
      expect(session.snapshot.status).to.equal('authorizing');
      tab.emit('left');
      tab.emit('restored');
      await settled();
      expect(whereIs(session)).to.equal('signed-out: initial');
    });

    it('may be told of by a change, before it is done', async () => {
      const session = await start({ ...page.adapter, signIn: () => new Promise<void>(() => undefined) });
      session.signIn().catch(() => undefined);
      await page.change(undefined);
      expect(session.snapshot.status).to.equal('authorizing');
      await page.change({ user: { sub: 'maria' } });
      expect(session.snapshot.status).to.equal('signed-in');
    });

    it('that comes to nothing leaves things as they were', async () => {
      const session = await start();
      await session.signIn();
      expect(whereIs(session)).to.equal('signed-out: initial');
      expect(session.snapshot.error).to.equal(undefined);
      expect(page.done).to.deep.equal(['signIn']);
    });

    it('that fails is said, and not repeated', async () => {
      const signIn = (): never => {
        throw new Error('token-1');
      };
      const session = await start({ ...page.adapter, signIn });
      await session.signIn();
      expect(session.snapshot.status).to.equal('signed-out');
      expect(session.snapshot.error?.code).to.equal('adapter/failed');
      expect(session.snapshot.error?.fix).to.contain('signIn').and.not.contain('token-1');
    });

    it('is somewhere else where the page brings none', async () => {
      const session = await start({ getToken: () => 'token-1', describe: () => page.facts });
      await session.signIn();
      expect(session.snapshot.error?.code).to.equal('adapter/no-sign-in');
    });
  });

  describe('signing out', () => {
    it('forgets everything at once, and has the page do the rest', async () => {
      const session = await start();
      const before = signedIn(session);
      const ended = session.signOut();
      expect(whereIs(session)).to.equal('signed-out: signed-out');
      expect(await codeOf(before.fetch('Patient/maria'))).to.equal('session/superseded');
      await ended;
      expect(page.done).to.deep.equal(['signOut']);
    });

    it('holds where the page knows nothing of it, until it says that something has changed', async () => {
      const { getToken, describe: say, subscribe } = page.adapter;
      const session = await start({ getToken, describe: say, subscribe });
      await session.signOut();
      tab.emit('visible');
      await settled();
      expect(whereIs(session)).to.equal('signed-out: signed-out');
      await page.change(page.facts);
      expect(session.snapshot.status).to.equal('signed-in');
    });

    it('that fails is said', async () => {
      const signOut = (): never => {
        throw new Error('token-1');
      };
      const session = await start({ ...page.adapter, signOut });
      await session.signOut();
      expect(whereIs(session)).to.equal('signed-out: signed-out');
      expect(session.snapshot.error?.code).to.equal('adapter/failed');
    });

    it('reaches the other tabs with the same id', async () => {
      page.facts = { id: 'one' };
      const session = await start();
      const other = browser.openTab('https://portal.example/other', records.fetch);
      const second = new AdaptedSession({ adapter: page.adapter, fhirBase }, other);
      await second.start();
      await session.signOut();
      expect(whereIs(second)).to.equal('signed-out: signed-out-elsewhere');
      other.emit('visible');
      await settled();
      expect(whereIs(second)).to.equal('signed-out: signed-out-elsewhere');
    });
  });

  describe('its end', () => {
    it('of the token comes where the page says nothing of a renewal', async () => {
      page.facts = { expiresAt: browser.now + 10 * minute };
      const session = await start();
      await browser.pass(9 * minute);
      expect(signedIn(session).ending).to.include({ cause: 'token', extendable: false });
      await browser.pass(minute);
      expect(session.snapshot.status).to.equal('expired');
    });

    it('is another one where the page says so in time', async () => {
      page.facts = { expiresAt: browser.now + 10 * minute };
      const session = await start();
      page.facts = { expiresAt: browser.now + 30 * minute };
      await browser.pass(10 * minute);
      expect(signedIn(session).ending).to.equal(undefined);
    });

    it('is put off by a page that can', async () => {
      const refresh = (): void => {
        page.facts = { ending: { cause: 'idle', at: browser.now + 15 * minute, extendable: true } };
      };
      refresh();
      const session = await start({ ...page.adapter, refresh });
      expect(signedIn(session).refreshable).to.equal(true);
      await browser.pass(14 * minute);
      expect(signedIn(session).ending?.cause).to.equal('idle');
      await signedIn(session).extend();
      expect(signedIn(session).ending).to.equal(undefined);
      await browser.pass(15 * minute);
      expect(whereIs(session)).to.equal('signed-out: idle');
    });

    it('cannot be put off otherwise', async () => {
      const session = await start();
      expect(await codeOf(session.extend())).to.equal('session/not-renewable');
      const refresh = (): never => {
        throw new Error('token-1');
      };
      const failing = await start({ ...page.adapter, refresh });
      expect(await codeOf(failing.refresh())).to.equal('adapter/failed');
      expect(failing.snapshot.status).to.equal('signed-in');
    });
  });
});
