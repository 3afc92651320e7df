import { expect } from '@open-wc/testing';

import { FhirClient } from '../../src/fhir/index.js';
import { readAuthorizationDetails } from '../../src/smart/context-details.js';
import { callbackUrl, leave, pageUrl, signIn, startSession } from '../support/signed-in.js';
import { SimulatedBrowser } from '../support/simulated-host.js';
import {
  capabilityStatement,
  fhirBase,
  json,
  origin,
  SimulatedServer,
  smartConfiguration,
  tokenAnswer,
} from '../support/simulated-server.js';
import { authorizationOf, codeOf, signedIn, warnedOf } from './sessions.js';

describe('servers that do as they like', () => {
  let browser: SimulatedBrowser;
  let server: SimulatedServer;

  beforeEach(() => {
    browser = new SimulatedBrowser();
    server = new SimulatedServer();
  });

  for (const [written, meant, isRelative] of [
    [`${origin}/authorize`, `${origin}/authorize`, false],
    ['/authorize', `${origin}/authorize`, true],
    ['authorize', `${fhirBase}/authorize`, true],
    ['../../auth/authorize?tenant=7', `${origin}/fhir/auth/authorize`, true],
  ] as const) {
    it(`SMART-4 [R15]: a person who signs in at ${written} is at ${meant}, and not at a page of the app`, async () => {
      server.plan.wellKnown = () => json({ ...smartConfiguration, authorization_endpoint: written });
      const tab = browser.openTab(pageUrl, server.fetch);
      const session = await startSession(tab);
      const left = await leave(session, tab);
      expect(left.origin + left.pathname).to.equal(meant);
      expect(left.searchParams.get('tenant')).to.equal(written.includes('tenant') ? '7' : null);
      expect(warnedOf(session.snapshot).includes('discovery/relative-endpoint')).to.equal(isRelative);
    });
  }

  const others = {
    ...smartConfiguration,
    issuer: 'https://evil.example',
    authorization_endpoint: 'https://evil.example/authorize',
    token_endpoint: 'https://evil.example/token',
    jwks_uri: 'https://evil.example/jwks',
  };
  for (const [name, wellKnown] of [
    ['says the same', () => json(smartConfiguration)],
    ['names other endpoints', () => json(others)],
    ['is in trouble', () => json({}, 503)],
    ['is out of reach', () => Promise.reject(new TypeError('Failed to fetch'))],
    ['is no SMART server any more', () => json({}, 404)],
  ] as const) {
    it(`SMART-12: the code goes where the person has signed in, also where the server ${name} meanwhile`, async () => {
      const tab = browser.openTab(pageUrl, server.fetch);
      const before = await startSession(tab);
      const authorization = await leave(before, tab);
      before.stop();
      server.plan.wellKnown = wellKnown;
      tab.load(callbackUrl(authorization));
      const session = await startSession(tab);
      signedIn(session);
      expect(server.seen.filter(({ form }) => form.has('code')).map(({ url }) => url)).to.deep.equal([
        `${origin}/token`,
      ]);
      await session.refresh();
      expect(server.seen.filter(({ url }) => url.includes('evil'))).to.deep.equal([]);
    });
  }

  it('SMART-12: a failure is not remembered, and what was found is', async () => {
    server.plan.wellKnown = () => json({}, 404);
    const tab = browser.openTab(pageUrl, server.fetch);
    const session = await startSession(tab);
    expect(session.snapshot.error?.code).to.match(/^discovery\//);
    server.plan.wellKnown = () => json(smartConfiguration);
    const { snapshot } = session;
    if (snapshot.status !== 'unavailable') {
      throw new Error(snapshot.status);
    }
    snapshot.retry();
    await browser.pass(0);
    expect((await leave(session, tab)).origin).to.equal(origin);
    expect(server.count('wellKnown')).to.equal(2);
  });

  for (const release of ['4.0.1', '4.3.0', '5.0.0']) {
    it(`SMART-5 SMART-56 [R18]: a server of FHIR ${release} is signed in to, and read`, async () => {
      const statement = {
        ...capabilityStatement({ authorize: `${origin}/authorize`, token: `${origin}/token` }),
        fhirVersion: release,
      };
      const authorization_details = [
        { type: 'smart_on_fhir', locations: [fhirBase], fhirVersions: [release], patient: 'maria' },
      ];
      server.plan.wellKnown = () => json({}, 404);
      server.plan.metadata = () => json(statement);
      server.plan.token = () => json(tokenAnswer(1, { authorization_details }));
      server.plan.fhir = ({ url }) =>
        url.endsWith('/Patient/maria') ? json({ resourceType: 'Patient', id: 'maria' }) : json({}, 404);
      const { session } = await signIn(browser, server);
      const { context, fetch, warnings } = signedIn(session);
      expect(warnings).to.deep.equal([]);
      expect(readAuthorizationDetails(context)).to.deep.equal([
        { locations: [fhirBase], fhirVersions: [release], scopes: [], patient: 'maria', fhirContext: [] },
      ]);
      const client = new FhirClient({ fetch, base: fhirBase, patient: 'maria' });
      expect(await client.read('Patient/maria')).to.include({ resourceType: 'Patient', id: 'maria' });
      expect(await client.read('metadata')).to.include({ fhirVersion: release });
      client.close();
    });
  }

  const posted: RequestInit = { method: 'POST', body: '{"resourceType":"Observation"}' };

  for (const location of [
    'https://evil.example/fhir/Observation/1/_history/1',
    `${fhirBase}/Observation/1/_history/1`,
  ]) {
    it(`SMART-58 [R33]: a Location is an answer, and not an address to go to: ${location}`, async () => {
      const { session } = await signIn(browser, server);
      server.plan.fhir = () => new Response('', { status: 201, headers: { location } });
      const before = server.seen.length;
      const response = await session.fetch('Observation', posted);
      expect(response.status).to.equal(201);
      expect(await response.text()).to.equal('');
      expect(response.headers.get('location')).to.equal(location);
      expect(server.seen.slice(before).map(({ url }) => url)).to.deep.equal([`${fhirBase}/Observation`]);
    });
  }

  for (const [next, isHere] of [
    [`${fhirBase}?_getpages=abc&_getpagesoffset=20`, true],
    [`${fhirBase}/Observation?page=2`, true],
    ['https://evil.example/fhir/R4/riverside?_getpages=abc', false],
    [`${fhirBase.replace('https:', 'http:')}?_getpages=abc`, false],
    [`${origin}/fhir/R4/hillcrest?_getpages=abc`, false],
  ] as const) {
    it(`SMART-58 [R27]: the next page at ${next} is ${isHere ? 'asked for with' : 'not asked for with'} the token`, async () => {
      const { session } = await signIn(browser, server);
      server.plan.fhir = () =>
        json({ resourceType: 'Bundle', type: 'searchset', link: [{ relation: 'next', url: next }] });
      const first = await session.fetch('Observation?patient=maria');
      const { link } = (await first.json()) as { link: { url: string }[] };
      const before = server.seen.length;
      const code = await codeOf(session.fetch(link[0]?.url ?? ''));
      expect(code).to.equal(isHere ? 'no error' : 'fhir/foreign-url');
      const asked = server.seen.slice(before);
      expect(asked.map((request) => [request.url, authorizationOf(request)])).to.deep.equal(
        isHere ? [[next, 'Bearer access-1']] : [],
      );
    });
  }
});
