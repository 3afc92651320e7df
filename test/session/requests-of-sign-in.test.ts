import { expect } from '@open-wc/testing';

import { leave, pageUrl, signIn, startSession } from '../support/signed-in.js';
import { settled } from '../support/settled.js';
import { SimulatedBrowser } from '../support/simulated-host.js';
import { revoked, fhirBase, json, SimulatedServer, smartConfiguration } from '../support/simulated-server.js';

const manyScopes = Array.from({ length: 120 }, (_, number) => `patient/Type${String(number)}.rs`).join(' ');

describe('the request for a sign-in', () => {
  let browser: SimulatedBrowser;
  let server: SimulatedServer;

  beforeEach(() => {
    browser = new SimulatedBrowser();
    server = new SimulatedServer();
  });

  for (const [scope, capabilities, isPosted] of [
    ['short', ['authorize-post'], false],
    [manyScopes, ['authorize-post'], true],
    [manyScopes, [], false],
  ] as const) {
    const how = isPosted ? 'as a form' : 'as an address';
    it(`SMART-30: goes ${how}: ${String(scope.length)} characters, ${capabilities.join() || 'nothing'} offered`, async () => {
      server.plan.wellKnown = () => json({ ...smartConfiguration, capabilities });
      const tab = browser.openTab(pageUrl, server.fetch);
      const authorization = await leave(await startSession(tab, { scope }), tab);
      expect(tab.posted).to.deep.equal(isPosted ? [smartConfiguration.authorization_endpoint] : []);
      expect(authorization.searchParams.get('scope')).to.equal(scope);
    });
  }

  it('SMART-33 SMART-34: carries nothing that the author did not choose', async () => {
    const tab = browser.openTab(pageUrl, server.fetch);
    const { searchParams } = await leave(await startSession(tab), tab);
    for (const name of ['max_age', 'prompt', 'resource', 'id_token_hint', 'acr_values', 'launch']) {
      expect(searchParams.has(name), name).to.equal(false);
    }
  });

  it('SMART-33 SMART-34: carries what the author chose, which replaces nothing of ours', async () => {
    const tab = browser.openTab(pageUrl, server.fetch);
    const extraParameters =
      'prompt=login&resource=https%3A%2F%2Fehr.example&state=evil&redirect_uri=x&code_challenge_method=plain&__proto__=a';
    const { searchParams } = await leave(await startSession(tab, { extraParameters }), tab);
    expect(searchParams.get('prompt')).to.equal('login');
    expect(searchParams.get('resource')).to.equal('https://ehr.example');
    expect(searchParams.getAll('state')).to.have.length(1);
    expect(searchParams.get('state')).to.match(/^se\./);
    expect(searchParams.get('redirect_uri')).to.equal('https://portal.example/chart');
    expect(searchParams.get('code_challenge_method')).to.equal('S256');
  });
});

describe('a server that names no place to sign in', () => {
  let server: SimulatedServer;
  const open = new SimulatedServer({
    wellKnown: () => json({}, 404),
    metadata: () => json({ resourceType: 'CapabilityStatement', rest: [{ mode: 'server' }] }),
  });

  beforeEach(() => {
    server = open;
    server.seen.length = 0;
  });

  it('SMART-6: is not taken for an open one by itself', async () => {
    const session = await startSession(new SimulatedBrowser().openTab(pageUrl, server.fetch));
    expect(session.snapshot.status).to.equal('unavailable');
    expect(session.snapshot.error?.code).to.equal('discovery/no-sign-in');
  });

  it('SMART-6: is read without a token where the author allows it, and nothing else is', async () => {
    const tab = new SimulatedBrowser().openTab(pageUrl, server.fetch);
    const session = await startSession(tab, { allowUnprotected: true });
    const { snapshot } = session;
    if (snapshot.status !== 'unprotected') {
      throw new Error(snapshot.status);
    }
    expect((await snapshot.fetch('Patient/maria')).status).to.equal(200);
    const request = server.seen.at(-1);
    expect(request?.url).to.equal(`${fhirBase}/Patient/maria`);
    expect(new Headers(request?.init.headers).has('authorization')).to.equal(false);
    let code: unknown;
    await snapshot
      .fetch('https://evil.example/')
      .catch((thrown: unknown) => (code = (thrown as { code?: unknown }).code));
    expect(code).to.equal('fhir/foreign-url');
  });

  it('SMART-6 [R3b]: a server in trouble is not an open one, whatever the author allows', async () => {
    const browser = new SimulatedBrowser();
    const busy = new SimulatedServer({ wellKnown: () => json({}, 503), metadata: () => json({}, 503) });
    const session = await startSession(browser.openTab(pageUrl, busy.fetch), { allowUnprotected: true });
    await browser.pass(60_000);
    expect(session.snapshot.status).to.equal('unavailable');
  });
});

describe('a sign-out', () => {
  it('SMART-104: reaches every tab of the session at once, and no other session', async () => {
    const browser = new SimulatedBrowser();
    const server = new SimulatedServer();
    const { tab, session } = await signIn(browser, server);
    const sharing = await startSession(browser.openTab(pageUrl, server.fetch, tab));
    const { session: other } = await signIn(browser, server);
    await session.signOut();
    await settled();
    expect(sharing.snapshot).to.include({ status: 'signed-out', reason: 'signed-out-elsewhere' });
    expect(other.snapshot.status).to.equal('signed-in');
  });

  it('SMART-101: does not wait for the server to revoke, and is over even where that fails', async () => {
    const browser = new SimulatedBrowser();
    for (const revoke of [
      () => new Response(null, { status: 400 }),
      () => new Response(null, { status: 503 }),
      () => Promise.reject(new TypeError('Failed to fetch')),
      () => new Promise<Response>(() => undefined),
    ]) {
      const server = new SimulatedServer({ revoke });
      const { session } = await signIn(browser, server);
      void session.signOut();
      expect(session.snapshot).to.include({ status: 'signed-out', reason: 'signed-out' });
      await settled();
      expect([...browser.stored.keys()].filter((key) => key.startsWith('session/'))).to.deep.equal([]);
      expect(revoked(server)).to.deep.equal(['refresh-1', 'access-1']);
      session.stop();
    }
  });
});
