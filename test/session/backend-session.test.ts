import { expect } from '@open-wc/testing';

import { BackendSession, type BackendOptions } from '../../src/session/backend-session.js';
import { settled } from '../support/settled.js';
import { SimulatedBrowser } from '../support/simulated-host.js';
import { json } from '../support/simulated-server.js';
import { codeOf, signedIn } from './sessions.js';
import {
  fhirBase,
  nobody,
  problem,
  SimulatedBackend,
  siteUrl,
  someone,
  startAt,
  whereIs,
  type AtBackend,
} from './simulated-backend.js';

describe('a session that a backend keeps', () => {
  let browser: SimulatedBrowser;
  let backend: SimulatedBackend;

  beforeEach(() => {
    browser = new SimulatedBrowser();
    backend = new SimulatedBackend();
  });

  const start = (options: Partial<BackendOptions> = {}): Promise<AtBackend> =>
    startAt(backend, browser, options);

  describe('at its start', () => {
    it('asks the backend, with a header that no other site can send, and with its cookie', async () => {
      await start();
      expect(backend.asked).to.deep.equal(['GET session']);
      const [seen] = backend.seen;
      expect(seen?.session).to.equal('none');
      expect(seen?.init).to.include({ credentials: 'same-origin', redirect: 'error', cache: 'no-store' });
    });

    it('shows who is signed in, and what about, frozen throughout', async () => {
      const { session } = await start();
      const snapshot = signedIn(session);
      expect(snapshot).to.deep.include({
        id: 'session-1',
        fhirBase,
        refreshable: true,
        refreshing: false,
        expiresAt: undefined,
        ending: undefined,
        idleLimit: 15 * 60_000,
        recovery: 'sign-in',
        scopes: ['launch/patient', 'patient/Patient.rs'],
        missingScopes: ['patient/Observation.rs'],
        context: { patient: 'maria', intent: 'review', needPatientBanner: true, extra: {} },
        user: {
          subject: 'riverside:maria',
          name: 'Maria Silva',
          fhirUser: 'Patient/maria',
          signature: 'verified',
        },
        warnings: [],
      });
      for (const part of [snapshot, snapshot.context, snapshot.user, snapshot.scopes, snapshot.server]) {
        expect(Object.isFrozen(part)).to.equal(true);
      }
    });

    it('a backend that says too much gives no token to scripts', async () => {
      const context = {
        patient: 'maria',
        access_token: 'secret-1',
        refresh_token: 'secret-2',
        id_token: 'secret-3',
        vendor_token: 'secret-4',
        client_secret: 'secret-5',
      };
      backend.session = () => json({ ...someone({ context }), access_token: 'secret-6', token: 'secret-7' });
      const { session } = await start();
      expect(JSON.stringify(signedIn(session))).to.not.contain('secret-');
    });

    it('shows where the person manages what apps may read, where the backend tells', async () => {
      const configuration = {
        authorization_endpoint: 'https://ehr.example/authorize',
        token_endpoint: 'https://ehr.example/token',
        management_endpoint: 'https://ehr.example/manage',
        capabilities: ['launch-standalone'],
      };
      backend.session = () => json(someone({ configuration }));
      const { server } = signedIn((await start()).session);
      expect(server.managementEndpoint).to.equal('https://ehr.example/manage');
      expect(server.capabilities).to.deep.equal(['launch-standalone']);
    });

    it('waits for somebody to sign in where nobody is', async () => {
      backend.session = () => json(nobody);
      expect(whereIs((await start()).session)).to.equal('signed-out: initial');
    });

    it('says of a session that has ended that it has, and what it was about', async () => {
      backend.session = () => json(someone({ status: 'expired', recovery: 'relaunch' }));
      const { snapshot } = (await start()).session;
      expect(snapshot).to.deep.include({ status: 'expired', recovery: 'relaunch', id: 'session-1' });
      expect(snapshot.status === 'expired' && snapshot.context.patient).to.equal('maria');
    });

    it('says that nobody was here for too long', async () => {
      backend.session = () => json({ ...nobody, reason: 'idle' });
      expect(whereIs((await start()).session)).to.equal('signed-out: idle');
    });

    const problems = [
      ['access_denied', 'denied', 'authorize/denied'],
      ['server_error', 'initial', 'authorize/server-error'],
      ['temporarily_unavailable', 'initial', 'authorize/server-error'],
      ['invalid_scope', 'initial', 'authorize/refused'],
    ] as const;
    for (const [error, reason, code] of problems) {
      it(`says what went wrong with the sign-in: ${error}`, async () => {
        const said = { error, error_description: 'In\u0000 words' };
        backend.session = () => json({ ...nobody, problem: said });
        const { session } = await start();
        expect(whereIs(session)).to.equal(`signed-out: ${reason}`);
        expect(session.snapshot.error?.code).to.equal(code);
        expect(session.snapshot.error?.oauth).to.deep.equal({ error, description: 'In  words' });
      });
    }

    const unusable = [
      ['nothing', 'backend/unreachable', () => Promise.reject(new TypeError('Failed to fetch'))],
      ['a 404', 'backend/unreachable', () => new Response('No', { status: 404 })],
      ['a 403', 'backend/refused', () => problem(403, 'foreign-origin')],
      ['a 502', 'backend/unavailable', () => new Response('<p>', { status: 502 })],
      ['a 429', 'backend/unavailable', () => new Response('', { status: 429 })],
      ['a web page', 'backend/invalid-answer', () => new Response('<!doctype html>')],
      ['a list', 'backend/invalid-answer', () => json([])],
      ['another status', 'backend/invalid-answer', () => json({ status: 'maybe' })],
      ['somebody without an id', 'backend/invalid-answer', () => json(someone({ id: '' }))],
      ['somebody without a server', 'backend/invalid-answer', () => json(someone({ fhir_base: 'x' }))],
      ['a 401', 'backend/invalid-answer', () => problem(401, 'no-session')],
    ] as const;
    for (const [name, code, answer] of unusable) {
      it(`a backend that answers with ${name} is said to be of no use, and asked again`, async () => {
        backend.session = answer;
        const { session, tab } = await start();
        const { snapshot } = session;
        expect(snapshot.status).to.equal('unavailable');
        expect(snapshot.error?.code).to.equal(code);
        backend.session = () => json(someone());
        tab.emit('online');
        await settled();
        expect(signedIn(session).id).to.equal('session-1');
      });
    }

    it('can be tried again by the person', async () => {
      backend.session = () => new Response('', { status: 503 });
      const { session } = await start();
      backend.session = () => json(someone());
      if (session.snapshot.status === 'unavailable') {
        session.snapshot.retry();
      }
      await settled();
      expect(session.snapshot.status).to.equal('signed-in');
    });

    for (const path of [
      'https://elsewhere.example/smart',
      '//elsewhere.example',
      '',
      '/smart?a',
      'http://[',
    ]) {
      it(`refuses a backend that is no path of this site: “${path}”`, async () => {
        const { session, tab } = await start({ backend: path });
        expect(session.snapshot.error?.code).to.equal('config/invalid-backend');
        tab.emit('visible');
        await settled();
        expect(session.snapshot.status).to.equal('unavailable');
        expect(backend.asked).to.deep.equal([]);
      });
    }

    it('refuses a page that is not secure', async () => {
      const tab = browser.openTab(siteUrl, backend.fetch);
      tab.isSecure = false;
      const session = new BackendSession({ backend: '/smart' }, tab);
      await session.start();
      expect(session.snapshot.error?.code).to.equal('config/insecure-context');
      expect(backend.asked).to.deep.equal([]);
    });
  });

  describe('signing in', () => {
    beforeEach(() => {
      backend.session = () => json(nobody);
    });

    it('leaves for the backend, which brings the person back to where they are', async () => {
      const { session, tab } = await start();
      if (session.snapshot.status === 'signed-out') {
        await session.snapshot.signIn();
      }
      expect(session.snapshot.status).to.equal('authorizing');
      const [address = ''] = tab.visited;
      expect(address).to.contain('https://portal.example/smart/sign-in?return_to=');
      expect(new URL(address).searchParams.get('return_to')).to.equal('/chart?tab=labs#latest');
    });

    it('a person who comes back by the Back button is where they were', async () => {
      const { session, tab } = await start();
      await session.signIn();
      tab.emit('left');
      tab.emit('restored');
      await settled();
      expect(whereIs(session)).to.equal('signed-out: initial');
    });

    it('and is signed in where they have signed in meanwhile', async () => {
      const { session, tab } = await start();
      await session.signIn();
      tab.emit('left');
      backend.session = () => json(someone());
      tab.emit('restored');
      await settled();
      expect(signedIn(session).context.patient).to.equal('maria');
    });

    it('can be given up', async () => {
      const { session } = await start();
      await session.signIn();
      if (session.snapshot.status === 'authorizing') {
        session.snapshot.cancel();
      }
      expect(whereIs(session)).to.equal('signed-out: initial');
    });

    it('a page that has shown nobody takes up who signs in in another tab', async () => {
      const { session, tab } = await start();
      backend.session = () => json(someone());
      tab.emit('visible');
      await settled();
      expect(session.snapshot.status).to.equal('signed-in');
    });

    it('a session that has ended is taken up again by signing in', async () => {
      backend.session = () => json(someone({ status: 'expired' }));
      const { session, tab } = await start();
      await session.signIn();
      expect(tab.visited).to.have.length(1);
      tab.emit('restored');
      await settled();
      expect(session.snapshot.status).to.equal('expired');
    });
  });

  describe('reading records', () => {
    it('asks the backend for what is below the FHIR base, with its cookie and the id of the session', async () => {
      const { session } = await start();
      const addresses: readonly (readonly [string | URL, string])[] = [
        ['Patient/maria', 'fhir/Patient/maria'],
        [`${fhirBase}/Observation?code=a%7Cb&_count=2`, 'fhir/Observation?code=a%7Cb&_count=2'],
        [new URL(`${fhirBase}/Patient/maria#name`), 'fhir/Patient/maria'],
        [`${fhirBase}?_getpages=1`, 'fhir/?_getpages=1'],
        [`${fhirBase}/`, 'fhir/'],
      ];
      for (const [address, path] of addresses) {
        await signedIn(session).fetch(address);
        const seen = backend.seen.at(-1);
        expect(seen?.path).to.equal(path);
        expect(seen?.session).to.equal('session-1');
        expect(seen?.init).to.include({ credentials: 'same-origin', redirect: 'error', cache: 'no-store' });
      }
    });

    it('hands on what the caller says, but for what is the session’s', async () => {
      const { session } = await start();
      await session.fetch('Patient/_search', {
        method: 'POST',
        body: new URLSearchParams({ name: 'Silva' }),
        headers: { accept: 'application/fhir+json', 'smart-session': 'another' },
        credentials: 'include',
        redirect: 'follow',
      });
      const seen = backend.seen.at(-1);
      expect(seen?.method).to.equal('POST');
      expect(seen?.session).to.equal('session-1');
      expect(new Headers(seen?.init.headers).get('accept')).to.equal('application/fhir+json');
      expect(seen?.init).to.include({ credentials: 'same-origin', redirect: 'error' });
    });

    const foreign = [
      'https://elsewhere.example/Patient/1',
      'https://ehr.example/fhir/R4b/Patient/1',
      'https://ehr.example/fhir/',
      '../Patient/1',
      '..%2f..%2fsession',
      '/smart/session',
      'https://portal.example/smart/session',
      'https://me:pw@ehr.example/fhir/R4/Patient/1',
      'Patient//1',
      'javascript:alert(1)',
    ];
    for (const address of foreign) {
      it(`refuses ${address}, as with a token`, async () => {
        const { session } = await start();
        expect(await codeOf(session.fetch(address))).to.equal('fhir/foreign-url');
        expect(backend.asked).to.deep.equal(['GET session']);
      });
    }

    it('a 401 ends the session: the backend says how', async () => {
      const { session } = await start();
      backend.fhir = () => problem(401, 'session-ended');
      backend.session = () => json(someone({ status: 'expired' }));
      const { status } = await session.fetch('Patient/maria');
      expect(status).to.equal(401);
      expect(session.snapshot).to.deep.include({ status: 'expired', recovery: 'sign-in', id: 'session-1' });
      expect(await codeOf(session.fetch('Patient/maria'))).to.equal('session/expired');
    });

    it('a 401 because nobody was here leaves nothing of the person', async () => {
      const { session } = await start();
      backend.fhir = () => problem(401, 'session-ended');
      backend.session = () => json({ ...nobody, reason: 'idle' });
      expect(await codeOf(session.fetch('Patient/maria'))).to.equal('session/superseded');
      expect(whereIs(session)).to.equal('signed-out: idle');
    });

    it('a 401 that nobody can explain ends the session all the same', async () => {
      const { session } = await start();
      backend.vanish();
      backend.fhir = () => problem(401, 'session-ended');
      await session.fetch('Patient/maria');
      expect(session.snapshot.status).to.equal('expired');
    });

    it('an answer of before does not explain a 401', async () => {
      const { session, tab } = await start();
      let release = (): void => undefined;
      const gate = new Promise<void>((resolve) => (release = resolve));
      backend.session = async () => {
        await gate;
        return json(someone());
      };
      tab.emit('visible');
      await settled();
      backend.session = () => json(someone({ status: 'expired' }));
      backend.fhir = () => problem(401, 'session-ended');
      const refused = session.fetch('Patient/maria');
      await settled();
      release();
      await refused;
      expect(session.snapshot.status).to.equal('expired');
    });

    it('a network that fails ends nothing', async () => {
      const { session } = await start();
      backend.vanish();
      expect(await codeOf(session.fetch('Patient/maria'))).to.equal('TypeError');
      expect(signedIn(session).error).to.equal(undefined);
    });

    it('what the FHIR server refuses is the caller’s to read', async () => {
      const { session } = await start();
      for (const status of [403, 404, 500, 502, 503]) {
        backend.fhir = () => new Response('', { status });
        expect((await session.fetch('Patient/maria')).status).to.equal(status);
      }
      expect(session.snapshot.status).to.equal('signed-in');
    });
  });
});
