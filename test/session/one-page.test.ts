import { expect } from '@open-wc/testing';

import { callbackUrl, leave, pageUrl, startSession } from '../support/signed-in.js';
import { SimulatedBrowser, type SimulatedTab } from '../support/simulated-host.js';
import { fhirBase, json, origin, SimulatedServer, smartConfiguration } from '../support/simulated-server.js';
import { authorizationOf, codeOf, signedIn } from './sessions.js';

describe('several sessions in one page', () => {
  let browser: SimulatedBrowser;
  let server: SimulatedServer;

  beforeEach(() => {
    browser = new SimulatedBrowser();
    server = new SimulatedServer();
  });

  /** Comes back to a page with these sessions, all started before any of them waits. */
  async function comeBackTo(
    names: readonly string[],
    leaving: string,
  ): Promise<{ tab: SimulatedTab; sessions: Awaited<ReturnType<typeof startSession>>[] }> {
    const tab = browser.openTab(pageUrl, server.fetch);
    const before = await startSession(tab, { name: leaving });
    const authorization = await leave(before, tab);
    before.stop();
    tab.load(callbackUrl(authorization));
    return { tab, sessions: await Promise.all(names.map((name) => startSession(tab, { name }))) };
  }

  for (const names of [
    ['first', 'second'],
    ['second', 'first'],
    ['third', 'first', 'second'],
  ]) {
    it(`SMART-39 SMART-125 [R20]: of ${names.join(', ')} the one whose callback it is exchanges the code, once`, async () => {
      const { sessions } = await comeBackTo(names, 'second');
      expect(server.count('token')).to.equal(1);
      for (const [index, { snapshot }] of sessions.entries()) {
        const isIts = names[index] === 'second';
        expect(snapshot.status, names[index]).to.equal(isIts ? 'signed-in' : 'signed-out');
        expect(snapshot.error, names[index]).to.equal(undefined);
      }
    });
  }

  it('SMART-39 [R20]: two with one name exchange it once, and neither says that anything is wrong', async () => {
    const { tab, sessions } = await comeBackTo(['same', 'same'], 'same');
    expect(server.count('token')).to.equal(1);
    expect(sessions.map(({ snapshot }) => snapshot.status)).to.include('signed-in');
    expect(sessions.map(({ snapshot }) => snapshot.error)).to.deep.equal([undefined, undefined]);
    sessions.forEach((session) => session.stop());
    tab.load(pageUrl);
    const again = await Promise.all(['same', 'same'].map((name) => startSession(tab, { name })));
    expect(new Set(again.map((session) => signedIn(session).id)).size).to.equal(1);
  });

  describe('at two servers', () => {
    const secondOrigin = 'https://second.example';
    const secondBase = `${secondOrigin}/fhir`;
    const atSecond = { fhirBase: secondBase, clientId: 'portal-at-second', name: 'second' };
    let second: SimulatedServer;
    let asked: string[];

    beforeEach(() => {
      asked = [];
      const elsewhere = (value: string): string => value.replace(origin, secondOrigin);
      const configuration = Object.fromEntries(
        Object.entries(smartConfiguration).map(([name, value]) => [
          name,
          typeof value === 'string' ? elsewhere(value) : value,
        ]),
      );
      second = new SimulatedServer({ wellKnown: () => json(configuration) });
    });

    /** Each server at its own host: the second one thinks that it is at the usual place. */
    const fetch: typeof globalThis.fetch = (input, init) => {
      const url = new Request(input).url;
      asked.push(url);
      return url.startsWith(`${secondOrigin}/`)
        ? second.fetch(url.replace(secondBase, fhirBase).replace(secondOrigin, origin), init)
        : server.fetch(url, init);
    };

    async function signInAtBoth(): Promise<{
      tab: SimulatedTab;
      one: ReturnType<typeof signedIn>;
      two: ReturnType<typeof signedIn>;
    }> {
      server.plan.token = () =>
        json({ access_token: 'token-of-one', token_type: 'bearer', patient: 'maria' });
      second.plan.token = () => json({ access_token: 'token-of-two', token_type: 'bearer', patient: 'sam' });
      const tab = browser.openTab(pageUrl, fetch);
      for (const options of [{}, atSecond]) {
        const before = await startSession(tab, options);
        const authorization = await leave(before, tab);
        expect(authorization.origin).to.equal('fhirBase' in options ? secondOrigin : origin);
        before.stop();
        tab.load(callbackUrl(authorization));
        const session = await startSession(tab, options);
        signedIn(session);
        session.stop();
      }
      tab.load(pageUrl);
      const [one, two] = await Promise.all([startSession(tab), startSession(tab, atSecond)]);
      return { tab, one: signedIn(one), two: signedIn(two) };
    }

    it('SMART-21: each has the patient and the token of its own server, and neither token goes to the other', async () => {
      const { one, two } = await signInAtBoth();
      expect([one.context.patient, two.context.patient]).to.deep.equal(['maria', 'sam']);
      expect([one.fhirBase, two.fhirBase]).to.deep.equal([fhirBase, secondBase]);
      await one.fetch('Patient/maria');
      await two.fetch('Patient/sam');
      expect(authorizationOf(server.seen.at(-1))).to.equal('Bearer token-of-one');
      expect(authorizationOf(second.seen.at(-1))).to.equal('Bearer token-of-two');
      expect(asked.slice(-2)).to.deep.equal([`${fhirBase}/Patient/maria`, `${secondBase}/Patient/sam`]);
      expect(await codeOf(one.fetch(`${secondBase}/Patient/sam`))).to.equal('fhir/foreign-url');
      expect(await codeOf(two.fetch(`${fhirBase}/Patient/maria`))).to.equal('fhir/foreign-url');
    });

    it('SMART-21: signing out of one leaves the other as it is', async () => {
      const { tab, one, two } = await signInAtBoth();
      await two.signOut();
      expect((await one.fetch('Patient/maria')).status).to.equal(200);
      tab.load(pageUrl);
      signedIn(await startSession(tab));
      expect((await startSession(tab, atSecond)).snapshot.status).to.equal('signed-out');
    });
  });
});
