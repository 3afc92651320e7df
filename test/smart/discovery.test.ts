import { expect } from '@open-wc/testing';

import { SmartError } from '../../src/core/smart-error.js';
import { discoverEndpoints } from '../../src/smart/discovery.js';
import {
  capabilityStatement,
  fhirBase,
  json,
  origin,
  SimulatedServer,
  smartConfiguration,
} from '../support/simulated-server.js';

const uris = { authorize: `${origin}/authorize`, token: `${origin}/token`, revoke: `${origin}/revoke` };
const html = (): Response =>
  new Response('<!doctype html><p>Hello', { headers: { 'content-type': 'text/html' } });
const unreachable = (): Promise<Response> => Promise.reject(new TypeError('Failed to fetch'));
const timedOut = (): Promise<Response> => Promise.reject(new DOMException('Too slow.', 'TimeoutError'));
const missing = (): Response => json({}, 404);

function discover(server: SimulatedServer, base: string = fhirBase): ReturnType<typeof discoverEndpoints> {
  return discoverEndpoints(base, { fetch: server.fetch, pause: () => Promise.resolve() });
}

async function codeOf(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'found',
    (thrown: unknown) => (SmartError.is(thrown) ? thrown.code : String(thrown)),
  );
}

describe('discovery', () => {
  it('SMART-1: asks the well-known place first, and nobody else where that answers', async () => {
    const server = new SimulatedServer();
    const { configuration, warnings } = await discover(server);
    expect(configuration).to.include({
      source: 'smart-configuration',
      issuer: origin,
      authorizationEndpoint: `${origin}/authorize`,
      tokenEndpoint: `${origin}/token`,
      jwksUri: `${origin}/jwks`,
      revocationEndpoint: `${origin}/revoke`,
    });
    expect(warnings).to.deep.equal([]);
    expect(server.seen.map(({ leg }) => leg)).to.deep.equal(['wellKnown']);
    expect(server.seen[0]?.init.credentials).to.equal('omit');
  });

  it('SMART-1: puts the well-known place under a base with a path and a slash at its end', async () => {
    const server = new SimulatedServer();
    await discover(server, `${fhirBase}/`);
    expect(server.seen[0]?.url).to.equal(`${fhirBase}/.well-known/smart-configuration`);
  });

  it('SMART-2: takes JSON for JSON, whatever it is labelled', async () => {
    const body = JSON.stringify(smartConfiguration);
    const server = new SimulatedServer({
      wellKnown: () => new Response(body, { headers: { 'content-type': 'text/html' } }),
    });
    expect((await discover(server)).configuration.source).to.equal('smart-configuration');
  });

  for (const [name, wellKnown] of Object.entries({
    '404': missing,
    'a web page': html,
    'no connection': unreachable,
    'no answer in time': timedOut,
  })) {
    it(`SMART-5: falls back to the conformance statement after ${name}`, async () => {
      const server = new SimulatedServer({ wellKnown, metadata: () => json(capabilityStatement(uris)) });
      const { configuration } = await discover(server);
      expect(configuration).to.include({ source: 'capability-statement', tokenEndpoint: `${origin}/token` });
      expect(configuration.issuer).to.equal(undefined);
    });
  }

  for (const status of [429, 500, 503]) {
    it(`SMART-1 [R3]: a server that answers ${String(status)} is in trouble, and not without sign-in`, async () => {
      const server = new SimulatedServer({
        wellKnown: () => json({}, status),
        metadata: () => json(capabilityStatement(uris)),
      });
      expect(await codeOf(discover(server))).to.equal('discovery/unavailable');
      expect(server.count('metadata')).to.equal(0);
    });
  }

  for (const [code, wellKnown, metadata] of [
    ['discovery/not-found', missing, missing],
    ['discovery/no-sign-in', missing, () => json({ resourceType: 'CapabilityStatement' })],
    ['discovery/not-json', html, html],
    ['discovery/not-json', html, missing],
    ['discovery/unreachable', unreachable, unreachable],
    ['discovery/timed-out', timedOut, timedOut],
    ['discovery/unavailable', missing, () => json({}, 502)],
  ] as const) {
    it(`says ${code}`, async () => {
      expect(await codeOf(discover(new SimulatedServer({ wellKnown, metadata })))).to.equal(code);
    });
  }

  it('SMART-3: only the two endpoints of signing in have to be there', async () => {
    const { authorization_endpoint, token_endpoint } = smartConfiguration;
    const server = new SimulatedServer({ wellKnown: () => json({ authorization_endpoint, token_endpoint }) });
    const { warnings } = await discover(server);
    expect(warnings.map(({ code }) => code)).to.deep.equal([
      'discovery/pkce-not-advertised',
      'discovery/missing-member',
      'discovery/missing-member',
    ]);
    for (const name of ['authorization_endpoint', 'token_endpoint']) {
      const flawed = new SimulatedServer({
        wellKnown: () => json({ ...smartConfiguration, [name]: undefined }),
      });
      expect(await codeOf(discover(flawed))).to.equal('discovery/missing-endpoint');
    }
  });

  it('SMART-4: resolves a relative endpoint against the base as a folder, and says so', async () => {
    const server = new SimulatedServer({
      wellKnown: () => json({ ...smartConfiguration, token_endpoint: 'oauth/token' }),
    });
    const { configuration, warnings } = await discover(server);
    expect(configuration.tokenEndpoint).to.equal(`${fhirBase}/oauth/token`);
    expect(warnings.map(({ code }) => code)).to.deep.equal(['discovery/relative-endpoint']);
  });

  it('SMART-13: refuses endpoints that are not https, but for this machine', async () => {
    const insecure = { ...smartConfiguration, token_endpoint: 'http://ehr.example/token' };
    const server = new SimulatedServer({ wellKnown: () => json(insecure) });
    expect(await codeOf(discover(server))).to.equal('discovery/insecure-endpoint');
    const local = { ...smartConfiguration, token_endpoint: 'http://127.0.0.1:8200/token' };
    const other = new SimulatedServer({ wellKnown: () => json(local) });
    expect((await discover(other)).configuration.tokenEndpoint).to.equal('http://127.0.0.1:8200/token');
  });

  it('SMART-5 [R3]: reads every rest, and not that of a client', async () => {
    const [server] = (capabilityStatement(uris) as { rest: object[] }).rest;
    const statement = {
      resourceType: 'Conformance',
      rest: [{ mode: 'client', security: { extension: [] } }, { mode: 'server' }, server],
    };
    const simulated = new SimulatedServer({ wellKnown: missing, metadata: () => json(statement) });
    expect((await discover(simulated)).configuration.revocationEndpoint).to.equal(`${origin}/revoke`);
  });

  for (const body of [
    null,
    [],
    'text',
    7,
    { rest: 'x' },
    { rest: [null, { security: { extension: [{ url: 3, extension: [null] }] } }] },
  ]) {
    it(`does not stumble over ${JSON.stringify(body)}`, async () => {
      const server = new SimulatedServer({ wellKnown: () => json(body), metadata: () => json(body) });
      expect(await codeOf(discover(server))).to.match(/^discovery\//);
    });
  }
});
