import { expect } from '@open-wc/testing';

import { callbackUrl, leave, pageUrl, signIn, startSession } from '../support/signed-in.js';
import { settled } from '../support/settled.js';
import { SimulatedBrowser } from '../support/simulated-host.js';
import { fhirBase, json, origin, SimulatedServer, smartConfiguration } from '../support/simulated-server.js';

describe('the way back', () => {
  let browser: SimulatedBrowser;
  let server: SimulatedServer;

  beforeEach(() => {
    browser = new SimulatedBrowser();
    server = new SimulatedServer();
  });

  for (const [advertised, iss, code] of [
    [true, origin, undefined],
    [true, undefined, 'callback/issuer-mismatch'],
    [true, 'https://evil.example', 'callback/issuer-mismatch'],
    [true, `${origin}/`, 'callback/issuer-mismatch'],
    [false, origin, undefined],
    [false, undefined, undefined],
    [false, 'https://evil.example', 'callback/issuer-mismatch'],
  ] as const) {
    it(`SMART-41: iss ${iss ?? 'left out'}, ${advertised ? '' : 'not '}advertised: ${code ?? 'signed in'}`, async () => {
      server.plan.wellKnown = () =>
        json({ ...smartConfiguration, authorization_response_iss_parameter_supported: advertised });
      const tab = browser.openTab(pageUrl, server.fetch);
      const authorization = await leave(await startSession(tab), tab);
      tab.load(callbackUrl(authorization, { code: 'the-code', ...(iss !== undefined && { iss }) }));
      const { snapshot } = await startSession(tab);
      expect(snapshot.error?.code).to.equal(code);
      expect(snapshot.status).to.equal(code ? 'signed-out' : 'signed-in');
      expect(server.count('token')).to.equal(code ? 0 : 1);
    });
  }

  it('SMART-41: iss beside our state is never a launch, also where that server may launch the app', async () => {
    const options = { issuers: origin };
    const tab = browser.openTab(pageUrl, server.fetch);
    const authorization = await leave(await startSession(tab, options), tab);
    const left = tab.visited.length;
    tab.load(callbackUrl(authorization, { code: 'the-code', iss: origin }));
    const { snapshot } = await startSession(tab, options);
    expect(snapshot).to.include({ status: 'signed-in', fhirBase });
    expect(tab.visited).to.have.length(left);
  });

  it('SMART-40: a page with a hash router is back on its route, and the address holds nothing of ours', async () => {
    const route = 'https://portal.example/app#/chart/labs?page=2';
    const tab = browser.openTab(route, server.fetch);
    const authorization = await leave(await startSession(tab), tab);
    expect(authorization.searchParams.get('redirect_uri')).to.equal('https://portal.example/app');
    tab.load(callbackUrl(authorization));
    await startSession(tab);
    expect(tab.pageUrl()).to.equal(route);
  });

  it('takes an answer that the page hands in, where the platform took it out of the address', async () => {
    for (const form of [
      (text: string) => text,
      (text: string) => `?${text}`,
      (text: string) => new URLSearchParams(text),
    ]) {
      const tab = browser.openTab(pageUrl, server.fetch);
      const authorization = await leave(await startSession(tab), tab);
      const { search } = new URL(callbackUrl(authorization));
      tab.load(pageUrl);
      const session = await startSession(tab);
      expect(session.snapshot.status).to.equal('signed-out');
      await session.completeSignIn(form(search.slice(1)));
      expect(session.snapshot.status).to.equal('signed-in');
      session.stop();
    }
  });

  it('says so where what is handed in is of no use, and changes nothing', async () => {
    const { session } = await signIn(browser, server);
    for (const [answer, code] of [
      ['', 'callback/malformed'],
      ['code=SAVE10', 'callback/malformed'],
      [`code=x&state=se.${'A'.repeat(43)}`, 'callback/unknown-state'],
    ] as const) {
      await session.completeSignIn(answer);
      await settled();
      expect(session.snapshot.status, answer).to.equal('signed-in');
      expect(session.snapshot.error?.code, answer).to.equal(code);
    }
    expect(server.count('token')).to.equal(1);
  });
});
