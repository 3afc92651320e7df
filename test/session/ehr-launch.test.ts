import { expect } from '@open-wc/testing';

import { OAuthSession } from '../../src/session/oauth-session.js';
import type { Snapshot } from '../../src/session/session.js';
import type { ClientOptions } from '../../src/smart/client-settings.js';
import { callbackUrl, clientOptions, leave, pageUrl, signIn, startSession } from '../support/signed-in.js';
import { settled } from '../support/settled.js';
import { SimulatedBrowser, type SimulatedTab } from '../support/simulated-host.js';
import { fhirBase, json, SimulatedServer, tokenAnswer } from '../support/simulated-server.js';

const other = 'https://other.example/fhir';
const launchUrl = (query: string): string => `https://portal.example/chart?tab=labs&${query}#latest`;
const byEhr = (launch = 'xyz', issuer = fhirBase): string =>
  launchUrl(`iss=${encodeURIComponent(issuer)}&launch=${launch}`);
const options = { issuers: fhirBase };

function lastLeft(tab: SimulatedTab): URL {
  return new URL(tab.visited.at(-1) ?? 'about:blank');
}

describe('a launch by an EHR', () => {
  let browser: SimulatedBrowser;
  let server: SimulatedServer;

  beforeEach(() => {
    browser = new SimulatedBrowser();
    server = new SimulatedServer();
  });

  const open = (url: string): SimulatedTab => browser.openTab(url, server.fetch);

  it('SMART-14 SMART-15 [R2]: goes to sign in at once, with the launch and its scope', async () => {
    const tab = open(byEhr());
    const session = await startSession(tab, options);
    const { searchParams } = lastLeft(tab);
    expect(session.snapshot.status).to.equal('authorizing');
    expect(searchParams.get('launch')).to.equal('xyz');
    expect(searchParams.get('aud')).to.equal(fhirBase);
    expect(searchParams.get('scope')?.split(' ')).to.include('launch').and.to.include('launch/patient');
  });

  it('SMART-15: “launch” is a scope of its own, also beside launch/patient', async () => {
    const tab = open(byEhr());
    await startSession(tab, { ...options, scope: 'launch/patient launch openid' });
    const scopes = lastLeft(tab).searchParams.get('scope')?.split(' ') ?? [];
    expect(scopes.filter((scope) => scope === 'launch')).to.have.length(1);
  });

  for (const [written, meant] of [
    ['a+b', 'a+b'],
    ['a%2Bb', 'a+b'],
    ['a%20b', 'a b'],
    ['eyJ.x_-~', 'eyJ.x_-~'],
    ['%F0%9F%92%8A', '💊'],
  ] as const) {
    it(`SMART-15 [R30]: ${written} comes back as it was meant`, async () => {
      const tab = open(byEhr(written));
      await startSession(tab, options);
      expect(lastLeft(tab).searchParams.get('launch')).to.equal(meant);
    });
  }

  it('SMART-26: iss is sent as it came, with or without its slash', async () => {
    const tab = open(byEhr('x', `${fhirBase}/`));
    await startSession(tab, options);
    expect(lastLeft(tab).searchParams.get('aud')).to.equal(`${fhirBase}/`);
  });

  it('SMART-17: an issuer may have a client id and scopes of its own', async () => {
    const tab = open(byEhr());
    const issuers = [{ issuer: fhirBase, clientId: 'there', scope: 'launch openid' }];
    await startSession(tab, { fhirBase: other, issuers });
    const { searchParams } = lastLeft(tab);
    expect(searchParams.get('client_id')).to.equal('there');
    expect(searchParams.get('scope')).to.equal('launch openid');
  });

  it('SMART-17: a list may be written as an attribute, plain or as JSON', async () => {
    for (const issuers of [` ${other}\n ${fhirBase} `, JSON.stringify([{ issuer: fhirBase }])]) {
      const tab = open(byEhr());
      await startSession(tab, { issuers });
      expect(lastLeft(tab).searchParams.get('launch'), issuers).to.equal('xyz');
    }
  });

  for (const issuers of [
    '[',
    '[1]',
    '[{}]',
    '[{"issuer": 1}]',
    '[{"issuer": "https://a", "scope": 1}]',
    '[null]',
  ]) {
    it(`SMART-17: a list that cannot be read is said: ${issuers}`, async () => {
      const tab = open(byEhr());
      const session = await startSession(tab, { issuers });
      expect(session.snapshot.status).to.equal('unavailable');
      expect(session.snapshot.error?.code).to.equal('launch/invalid-issuers');
    });
  }

  const refused: [why: string, url: string, options: Partial<ClientOptions>, code: string | undefined][] = [
    ['no list', byEhr(), {}, 'launch/issuer-not-allowed'],
    ['another server', byEhr('x', 'https://evil.example/fhir'), options, 'launch/issuer-not-allowed'],
    ['a longer path', byEhr('x', `${fhirBase}/x`), options, 'launch/issuer-not-allowed'],
    ['a look-alike', byEhr('x', `${fhirBase}.evil.example`), options, 'launch/issuer-not-allowed'],
    ['no iss', launchUrl('launch=xyz'), options, 'launch/missing-issuer'],
    ['somebody else’s launch', launchUrl('launch=campaign'), {}, undefined],
    ['somebody else’s iss', launchUrl('iss=7'), options, undefined],
    ['an iss that nobody asked for', launchUrl(`iss=${encodeURIComponent(fhirBase)}`), {}, undefined],
  ];
  for (const [why, url, given, code] of refused) {
    it(`SMART-17 SMART-18: changes nothing with ${why}`, async () => {
      const { tab, session: before } = await signIn(browser, server, options);
      expect(before.snapshot.status).to.equal('signed-in');
      before.stop();
      const left = tab.visited.length;
      tab.load(url);
      const session = await startSession(tab, given);
      expect(session.snapshot.status).to.equal('signed-in');
      expect(session.snapshot.error?.code).to.equal(code);
      expect(tab.visited).to.have.length(left);
      if (url.includes('evil')) {
        expect(server.seen.filter((request) => request.url.includes('evil'))).to.deep.equal([]);
      }
    });
  }

  it('SMART-17 [R1]: nothing else of the configuration is read from the address', async () => {
    const tab = open(byEhr().replace('tab=labs', 'clientId=evil&fhirServiceUrl=x&patientId=y&scope=z'));
    await startSession(tab, options);
    const { searchParams } = lastLeft(tab);
    expect(searchParams.get('client_id')).to.equal('portal');
    expect(searchParams.get('aud')).to.equal(fhirBase);
  });

  it('SMART-14: iss alone names an allowed server for a sign-in by hand', async () => {
    const tab = open(launchUrl(`iss=${encodeURIComponent(fhirBase)}`));
    const session = await startSession(tab, { ...options, fhirBase: other });
    expect(session.snapshot.status).to.equal('signed-out');
    const { searchParams } = await leave(session, tab);
    expect(searchParams.get('aud')).to.equal(fhirBase);
    expect(searchParams.has('launch')).to.equal(false);
  });

  it('SMART-18 [R6]: nothing of the old patient is left before the new sign-in begins', async () => {
    const { tab, session: before } = await signIn(browser, server, options);
    expect([...browser.stored.keys()].filter((key) => key.startsWith('session/'))).to.have.length(1);
    before.stop();
    let storedAtDiscovery: string[] = [];
    const wellKnown = server.plan.wellKnown;
    server.plan.wellKnown = () => {
      storedAtDiscovery = [...browser.stored.keys()].filter((key) => key.startsWith('session/'));
      return wellKnown();
    };
    tab.load(byEhr());
    const session = await startSession(tab, options);
    expect(storedAtDiscovery).to.deep.equal([]);
    expect(session.snapshot).to.include({ status: 'authorizing', isReplacing: true });
  });

  it('SMART-18: a first launch replaces nothing', async () => {
    const tab = open(byEhr());
    const session = await startSession(tab, options);
    expect(session.snapshot).to.include({ status: 'authorizing', isReplacing: false });
  });

  it('SMART-18 SMART-104: the tabs that share the old session hear of it, and no others', async () => {
    const { tab, session: first } = await signIn(browser, server, options);
    const duplicate = browser.openTab(pageUrl, server.fetch, tab);
    const sharing = await startSession(duplicate, options);
    const apart = await signIn(browser, server, options);
    const seen: Snapshot[] = [];
    sharing.subscribe((snapshot) => seen.push(snapshot));
    expect(sharing.snapshot.status).to.equal('signed-in');
    first.stop();
    tab.load(byEhr());
    await startSession(tab, options);
    await settled();
    expect(sharing.snapshot).to.include({ status: 'signed-out', reason: 'signed-out-elsewhere' });
    expect(apart.session.snapshot.status).to.equal('signed-in');
  });

  it('SMART-19: the launch leaves the address bar, and a reload does not replay it', async () => {
    const tab = open(byEhr());
    await startSession(tab, options);
    expect(tab.pageUrl()).to.equal('https://portal.example/chart?tab=labs#latest');
    tab.load();
    const left = tab.visited.length;
    const session = await startSession(tab, options);
    expect(session.snapshot.status).to.equal('signed-out');
    expect(tab.visited).to.have.length(left);
  });

  it('SMART-16: a later sign-in by hand knows nothing of the launch', async () => {
    const tab = open(byEhr());
    const session = await startSession(tab, options);
    tab.emit('restored');
    await settled();
    const { searchParams } = await leave(session, tab);
    expect(searchParams.has('launch')).to.equal(false);
    expect(searchParams.get('scope')).to.equal('launch/patient patient/Patient.rs online_access');
  });

  it('SMART-16: the scope launch is not asked for without one', async () => {
    const tab = open(pageUrl);
    const session = await startSession(tab, { ...options, scope: 'launch openid' });
    expect((await leave(session, tab)).searchParams.get('scope')).to.equal('openid');
  });

  it('SMART-98: an ended session of a launch waits for the EHR; one by hand does not', async () => {
    for (const isLaunched of [true, false]) {
      browser = new SimulatedBrowser();
      server = new SimulatedServer();
      const tab = open(isLaunched ? byEhr() : pageUrl);
      const before = await startSession(tab, options);
      const authorization = isLaunched ? lastLeft(tab) : await leave(before, tab);
      before.stop();
      server.plan.token = () => json(tokenAnswer(1, { refresh_token: undefined }));
      tab.load(callbackUrl(authorization));
      const session = await startSession(tab, options);
      expect(session.snapshot.status).to.equal('signed-in');
      await browser.pass(11 * 60_000);
      expect(session.snapshot).to.include({
        status: 'expired',
        recovery: isLaunched ? 'relaunch' : 'sign-in',
      });
    }
  });

  it('is restored after a reload, for the server that the EHR named', async () => {
    const tab = open(byEhr());
    const given = { issuers: fhirBase, fhirBase: '' };
    const before = await startSession(tab, given);
    before.stop();
    tab.load(callbackUrl(lastLeft(tab)));
    const signedIn = await startSession(tab, given);
    expect(signedIn.snapshot).to.include({ status: 'signed-in', fhirBase });
    signedIn.stop();
    tab.load();
    expect((await startSession(tab, given)).snapshot).to.include({ status: 'signed-in', fhirBase });
  });

  it('is what a page for EHRs only waits for, in words', async () => {
    const session = await startSession(open(pageUrl), { issuers: fhirBase, fhirBase: '' });
    expect(session.snapshot.status).to.equal('unavailable');
    expect(session.snapshot.error).to.include({ code: 'launch/required', who: 'person' });
  });

  it('is tried again with the same launch where the server was away', async () => {
    const wellKnown = server.plan.wellKnown;
    server.plan.wellKnown = () => json({}, 503);
    const tab = open(byEhr());
    const session = new OAuthSession({ ...clientOptions, ...options }, tab);
    void session.start();
    while (session.snapshot.status !== 'unavailable') {
      await browser.pass(1_000);
    }
    const { snapshot } = session;
    server.plan.wellKnown = wellKnown;
    if (snapshot.status === 'unavailable') {
      snapshot.retry();
    }
    await settled();
    expect(lastLeft(tab).searchParams.get('launch')).to.equal('xyz');
  });

  it('belongs to the element that allows it, where there are several', async () => {
    const tab = open(byEhr());
    const [closed, allowing] = await Promise.all([
      startSession(tab, { name: 'closed', fhirBase: other }),
      startSession(tab, { ...options, name: 'open' }),
    ]);
    expect(allowing.snapshot.status).to.equal('authorizing');
    expect(closed.snapshot.status).not.to.equal('authorizing');
    expect(tab.visited).to.have.length(1);
  });
});
