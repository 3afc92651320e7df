import { expect } from '@open-wc/testing';

import type { ClientOptions } from '../../src/smart/client-settings.js';
import { callbackUrl, leave, pageUrl, signIn, startSession } from '../support/signed-in.js';
import { SimulatedBrowser } from '../support/simulated-host.js';
import { fhirBase, origin, SimulatedServer } from '../support/simulated-server.js';
import { signedIn } from './sessions.js';

const page = 'https://portal.example/chart';
const unknownState = `se.${'A'.repeat(43)}`;

describe('an address that somebody else has made', () => {
  let browser: SimulatedBrowser;
  let server: SimulatedServer;

  beforeEach(() => {
    browser = new SimulatedBrowser();
    server = new SimulatedServer();
  });

  /** What was asked of a place that is not the server. */
  const elsewhere = (): readonly string[] =>
    server.seen.map(({ url }) => url).filter((url) => !url.startsWith(`${origin}/`));

  const overriding = 'fhirServiceUrl=https%3A%2F%2Fevil.example%2Ffhir&patientId=x&clientId=evil&scope=z';

  for (const [why, options] of [
    ['of a page without launches', {}],
    ['of a page that EHRs may open', { issuers: fhirBase }],
    ['of a page that may read without sign-in', { allowUnprotected: true }],
  ] as [string, Partial<ClientOptions>][]) {
    it(`SMART-17 [R1b]: names no server and no patient to read without signing in, ${why}`, async () => {
      const tab = browser.openTab(`${page}?${overriding}`, server.fetch);
      const session = await startSession(tab, options);
      expect(session.snapshot).to.include({ status: 'signed-out', fhirBase });
      expect(session.snapshot.error).to.equal(undefined);
      expect(elsewhere()).to.deep.equal([]);
      const { origin: left, searchParams } = await leave(session, tab);
      expect(left).to.equal(origin);
      expect(searchParams.get('aud')).to.equal(fhirBase);
      expect(searchParams.get('client_id')).to.equal('portal');
      expect(searchParams.get('scope')).to.equal('launch/patient patient/Patient.rs online_access');
    });
  }

  it('SMART-17 [R1b]: leaves a session as it is, and whom it is about', async () => {
    const { tab, session: before } = await signIn(browser, server);
    before.stop();
    const asked = server.seen.length;
    tab.load(`${page}?${overriding}`);
    const { context, fhirBase: base } = signedIn(await startSession(tab));
    expect([base, context.patient]).to.deep.equal([fhirBase, 'maria']);
    expect(server.seen).to.have.length(asked);
  });

  for (const query of [
    'code=the-code',
    'code=the-code&state=',
    'code=the-code&state=se.',
    'code=forged&iss=x',
  ]) {
    it(`SMART-36 [R4]: ?${query} is exchanged by nobody, and the sign-in that is under way goes on`, async () => {
      const tab = browser.openTab(pageUrl, server.fetch);
      const before = await startSession(tab);
      const authorization = await leave(before, tab);
      before.stop();
      tab.load(`${page}?${query}`);
      const forged = await startSession(tab);
      expect(forged.snapshot.status).to.equal('signed-out');
      expect(server.count('token')).to.equal(0);
      forged.stop();
      tab.load(callbackUrl(authorization));
      signedIn(await startSession(tab));
      expect(server.count('token')).to.equal(1);
    });
  }

  const words = 'Call +1 555 0100 and tell them your password';
  const forgedError = new URLSearchParams({
    error: 'access_denied',
    error_description: words,
    error_uri: 'https://evil.example/help',
    state: unknownState,
  });

  for (const isSignedIn of [true, false]) {
    it(`SMART-36 [R28]: an error with a state that nobody knows changes nothing for somebody signed ${isSignedIn ? 'in' : 'out'}`, async () => {
      const { tab, session: before } = await signIn(browser, server);
      if (!isSignedIn) {
        await before.signOut();
      }
      before.stop();
      const asked = server.count('token');
      tab.load(`${page}?${forgedError.toString()}`);
      const { snapshot } = await startSession(tab);
      expect(snapshot.status).to.equal(isSignedIn ? 'signed-in' : 'signed-out');
      expect(snapshot.error?.code).to.equal('callback/unknown-state');
      const { message, fix, oauth, url } = snapshot.error ?? {};
      const shown = JSON.stringify([snapshot, message, fix, oauth, url]);
      expect(shown).not.to.contain('555').and.not.to.contain('evil').and.not.to.contain('access_denied');
      expect(tab.pageUrl()).to.equal(page);
      expect(server.count('token')).to.equal(asked);
    });
  }

  it('SMART-37: an error with a state that is ours says what the server said', async () => {
    const tab = browser.openTab(pageUrl, server.fetch);
    const authorization = await leave(await startSession(tab), tab);
    tab.load(callbackUrl(authorization, { error: 'access_denied', error_description: words }));
    const { error } = (await startSession(tab)).snapshot;
    expect(error?.code).to.equal('authorize/denied');
    expect(error?.oauth?.description).to.equal(words);
  });

  const answerParts = {
    error_description: 'No.',
    error_uri: 'https://ehr.example/why',
    iss: origin,
    session_state: 'a.b',
  };
  for (const answer of [
    { code: 'the-code', ...answerParts },
    { error: 'access_denied', ...answerParts },
  ]) {
    it(`SMART-40 [R34]: nothing of an answer with ${Object.keys(answer)[0] ?? ''} stays in the address`, async () => {
      const tab = browser.openTab(pageUrl, server.fetch);
      const authorization = await leave(await startSession(tab), tab);
      tab.load(callbackUrl(authorization, answer));
      await startSession(tab);
      expect(tab.pageUrl(), 'with a state of ours').to.equal(pageUrl);
      const forged = new URLSearchParams({ ...answer, state: unknownState, tab: 'labs' });
      tab.load(`${page}?${forged.toString()}#latest`);
      await startSession(tab);
      expect(tab.pageUrl(), 'with a state that nobody knows').to.equal(pageUrl);
    });
  }

  describe('with a server that is not over TLS', () => {
    const insecure = fhirBase.replace('https:', 'http:');

    for (const [how, issuers] of [
      ['allowed by the author', insecure],
      ['allowed by the author, beside the one over TLS', `${fhirBase} ${insecure}`],
      ['not allowed', fhirBase],
    ] as const) {
      it(`SMART-13 SMART-17 [R24]: asks nothing of it, and keeps the session, where it is ${how}`, async () => {
        const { tab, session: before } = await signIn(browser, server, { issuers });
        const { id } = signedIn(before);
        before.stop();
        const left = tab.visited.length;
        tab.load(`${page}?iss=${encodeURIComponent(insecure)}&launch=xyz`);
        const session = await startSession(tab, { issuers });
        expect(elsewhere()).to.deep.equal([]);
        expect(tab.visited).to.have.length(left);
        expect(signedIn(session).id).to.equal(id);
        expect(session.snapshot.fhirBase).to.equal(fhirBase);
        expect(session.snapshot.error, 'it is said').not.to.equal(undefined);
      });
    }

    it('SMART-13 [R24]: asks nothing of it where the page was not signed in either', async () => {
      for (const issuers of [insecure, fhirBase]) {
        const tab = browser.openTab(`${page}?iss=${encodeURIComponent(insecure)}&launch=xyz`, server.fetch);
        const session = await startSession(tab, { issuers });
        expect(elsewhere()).to.deep.equal([]);
        expect(tab.visited).to.deep.equal([]);
        expect(session.snapshot.error).not.to.equal(undefined);
      }
    });
  });
});
