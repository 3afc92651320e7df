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

const uris = { authorize: `${origin}/authorize`, token: `${origin}/token` };
const missing = (): Response => json({}, 404);
const html = (): Response => new Response('<!doctype html><p>Hello', { status: 200 });
const unreachable = (): Promise<Response> => Promise.reject(new TypeError('Failed to fetch'));

const discover = (server: SimulatedServer): ReturnType<typeof discoverEndpoints> =>
  discoverEndpoints(fhirBase, { fetch: server.fetch });

async function errorOf(promise: Promise<unknown>): Promise<SmartError> {
  return promise.then(
    () => {
      throw new Error('Endpoints were found.');
    },
    (thrown: unknown) => {
      if (SmartError.is(thrown)) {
        return thrown;
      }
      throw thrown;
    },
  );
}

async function configurationOf(
  changes: Record<string, unknown>,
): Promise<Awaited<ReturnType<typeof discoverEndpoints>>> {
  return discover(new SimulatedServer({ wellKnown: () => json({ ...smartConfiguration, ...changes }) }));
}

describe('the requests of discovery', () => {
  it('SMART-1 SMART-5: ask for JSON, without cookies and without a token', async () => {
    const server = new SimulatedServer({
      wellKnown: missing,
      metadata: () => json(capabilityStatement(uris)),
    });
    await discover(server);
    expect(server.seen.map(({ leg }) => leg)).to.deep.equal(['wellKnown', 'metadata']);
    for (const { init } of server.seen) {
      const headers = new Headers(init.headers);
      expect(headers.get('accept')).to.contain('json');
      expect(headers.has('authorization')).to.equal(false);
      expect(init.credentials).to.equal('omit');
      expect(init.method ?? 'GET').to.equal('GET');
      expect(init.signal).to.be.instanceOf(AbortSignal);
    }
  });

  it('SMART-12 [R17]: do not remember a failure: the next try asks again', async () => {
    const server = new SimulatedServer({ wellKnown: unreachable, metadata: unreachable });
    expect((await errorOf(discover(server))).code).to.equal('discovery/unreachable');
    server.plan.wellKnown = () => json(smartConfiguration);
    expect((await discover(server)).configuration.source).to.equal('smart-configuration');
    expect(server.count('wellKnown')).to.equal(2);
  });

  for (const leg of ['wellKnown', 'metadata'] as const) {
    it(`end with the caller’s own reason when the caller stops them at ${leg}`, async () => {
      const stop = new AbortController();
      const reason = new Error('The page says something else now.');
      const server = new SimulatedServer({
        wellKnown: missing,
        [leg]: () => {
          stop.abort(reason);
          return json({}, 404);
        },
      });
      const thrown: unknown = await discoverEndpoints(fhirBase, {
        fetch: server.fetch,
        signal: stop.signal,
      }).catch((error: unknown) => error);
      expect(thrown).to.equal(reason);
      expect(server.seen.at(-1)?.leg).to.equal(leg);
    });
  }

  it('count a body that breaks off as no connection', async () => {
    const broken = (): Response =>
      new Response(new ReadableStream({ start: (stream) => stream.error(new TypeError('Broken')) }));
    const server = new SimulatedServer({ wellKnown: broken, metadata: broken });
    expect((await errorOf(discover(server))).code).to.equal('discovery/unreachable');
  });
});

describe('what discovery says when it fails', () => {
  it('names host, status and address, and hangs nothing on the error', async () => {
    const error = await errorOf(discover(new SimulatedServer({ wellKnown: () => json({}, 503) })));
    expect(error).to.include({
      code: 'discovery/unavailable',
      status: 503,
      url: `${fhirBase}/.well-known/smart-configuration`,
    });
    expect(error.fix).to.contain('ehr.example').and.to.contain('503');
    expect(error.cause).to.equal(undefined);
  });

  for (const status of [400, 401, 403, 404, 405, 410]) {
    it(`SMART-5: takes ${String(status)} for “not there”, and asks the other place`, async () => {
      const server = new SimulatedServer({
        wellKnown: () => json({}, status),
        metadata: () => json(capabilityStatement(uris)),
      });
      expect((await discover(server)).configuration.source).to.equal('capability-statement');
    });
  }

  for (const [name, wellKnown, metadata, code] of [
    ['the second trouble, where there is one', html, unreachable, 'discovery/unreachable'],
    [
      'the first trouble, where nothing is at the second place',
      unreachable,
      missing,
      'discovery/unreachable',
    ],
    [
      'the first trouble, where the second place names none',
      unreachable,
      () => json({ resourceType: 'CapabilityStatement' }),
      'discovery/unreachable',
    ],
    ['that the second place is no FHIR', missing, () => json({}), 'discovery/not-json'],
    ['what is broken at the second place', html, () => json({}, 500), 'discovery/unavailable'],
  ] as const) {
    it(`tells ${name}`, async () => {
      expect((await errorOf(discover(new SimulatedServer({ wellKnown, metadata })))).code).to.equal(code);
    });
  }

  for (const [code, changes] of [
    ['discovery/missing-endpoint', { token_endpoint: '' }],
    ['discovery/missing-endpoint', { token_endpoint: 7 }],
    ['discovery/missing-endpoint', { authorization_endpoint: 'https://[' }],
    ['discovery/insecure-endpoint', { authorization_endpoint: 'javascript:alert(1)' }],
    ['discovery/insecure-endpoint', { authorization_endpoint: 'data:text/html,x' }],
    ['discovery/insecure-endpoint', { token_endpoint: 'http://localhost.ehr.example/token' }],
    ['discovery/insecure-endpoint', { token_endpoint: 'ftp://ehr.example/token' }],
  ] as const) {
    it(`SMART-3 SMART-13: a flawed configuration is for its server to mend: ${JSON.stringify(changes)}`, async () => {
      const server = new SimulatedServer({
        wellKnown: () => json({ ...smartConfiguration, ...changes }),
        metadata: () => json(capabilityStatement(uris)),
      });
      const error = await errorOf(discover(server));
      expect(error.code).to.equal(code);
      expect(error.fix).to.contain(Object.keys(changes)[0]);
      expect(server.count('metadata'), 'nobody goes round it').to.equal(0);
    });
  }
});

describe('a configuration', () => {
  it('has an issuer only where the server has one', async () => {
    for (const issuer of [undefined, null, '', 7, {}]) {
      expect((await configurationOf({ issuer })).configuration).not.to.have.property('issuer');
    }
    expect((await configurationOf({ issuer: 'https://id.example/' })).configuration.issuer).to.equal(
      'https://id.example/',
    );
  });

  it('has the optional endpoints that are there, and no others', async () => {
    const { configuration } = await configurationOf({
      jwks_uri: undefined,
      revocation_endpoint: null,
      introspection_endpoint: `${origin}/introspect`,
      management_endpoint: '',
    });
    expect(configuration.introspectionEndpoint).to.equal(`${origin}/introspect`);
    expect(configuration).not.to.have.any.keys('jwksUri', 'revocationEndpoint', 'managementEndpoint');
  });

  for (const methods of [undefined, null, [], ['plain'], 'S256', ['s256']]) {
    it(`SMART-27: warns where PKCE is advertised as ${JSON.stringify(methods) ?? 'nothing'}`, async () => {
      const { warnings } = await configurationOf({ code_challenge_methods_supported: methods });
      expect(warnings.map(({ code }) => code)).to.deep.equal(['discovery/pkce-not-advertised']);
    });
  }

  it('of a conformance statement cannot speak of PKCE, and is not blamed for it', async () => {
    const server = new SimulatedServer({
      wellKnown: missing,
      metadata: () => json(capabilityStatement(uris)),
    });
    const { configuration, warnings } = await discover(server);
    expect(warnings).to.deep.equal([]);
    expect(configuration).to.deep.include({ capabilities: [], associatedEndpoints: [] });
    expect(configuration.issParameterSupported).to.equal(false);
  });

  for (const value of ['launch-standalone', null, { 0: 'x' }, 7]) {
    it(`SMART-3: has no capabilities where they are ${JSON.stringify(value)}`, async () => {
      expect((await configurationOf({ capabilities: value })).configuration.capabilities).to.deep.equal([]);
    });
  }

  it('SMART-3: leaves out what is not text among capabilities', async () => {
    const { configuration } = await configurationOf({ capabilities: ['a', 7, null, ['b'], 'c'] });
    expect(configuration.capabilities).to.deep.equal(['a', 'c']);
  });

  for (const value of ['true', 1, null, undefined, {}]) {
    it(`promises iss only by true, not by ${JSON.stringify(value) ?? 'nothing'}`, async () => {
      const { configuration } = await configurationOf({
        authorization_response_iss_parameter_supported: value,
      });
      expect(configuration.issParameterSupported).to.equal(false);
    });
  }

  it('SMART-58: takes as associated endpoints secure URLs alone', async () => {
    const { configuration } = await configurationOf({
      associated_endpoints: [
        { url: 'https://images.example/dicom', capabilities: [] },
        { url: 'http://images.example/dicom' },
        { url: '/relative' },
        { url: 'javascript:alert(1)' },
        { url: 'file:///records' },
        { url: 7 },
        'https://bare.example/',
        null,
      ],
    });
    expect(configuration.associatedEndpoints).to.deep.equal(['https://images.example/dicom']);
  });

  for (const [value, resolved] of [
    ['token', `${fhirBase}/token`],
    ['./token', `${fhirBase}/token`],
    ['../token', 'https://ehr.example/fhir/R4/token'],
    ['/token', 'https://ehr.example/token'],
    ['//id.example/token', 'https://id.example/token'],
    ['?op=token', `${fhirBase}/?op=token`],
  ] as const) {
    it(`SMART-4: has ${resolved} for the relative ${value}, and a warning`, async () => {
      const { configuration, warnings } = await configurationOf({ token_endpoint: value });
      expect(configuration.tokenEndpoint).to.equal(resolved);
      expect(warnings.map(({ code, fix }) => [code, fix.includes('token_endpoint')])).to.deep.equal([
        ['discovery/relative-endpoint', true],
      ]);
    });
  }

  it('keeps an absolute endpoint as it is written', async () => {
    const authorization_endpoint = 'https://EHR.example:443/authorize?tenant=%7e';
    const { configuration } = await configurationOf({ authorization_endpoint });
    expect(configuration.authorizationEndpoint).to.equal(authorization_endpoint);
  });

  for (const host of ['localhost:9', '127.0.0.1:9', '127.1.2.3', '[::1]:9', 'ehr.localhost']) {
    it(`SMART-13: may be at ${host} without TLS`, async () => {
      const { configuration } = await configurationOf({ token_endpoint: `http://${host}/token` });
      expect(configuration.tokenEndpoint).to.equal(`http://${host}/token`);
    });
  }
});

describe('a conformance statement', () => {
  const found = (statement: object): ReturnType<typeof discoverEndpoints> =>
    discover(new SimulatedServer({ wellKnown: missing, metadata: () => json(statement) }));
  const rest = (ofUris: Record<string, string>): object =>
    (capabilityStatement(ofUris) as { rest: object[] }).rest[0] ?? {};

  it('SMART-5: is read where it is one of DSTU2', async () => {
    const { configuration } = await found({ ...capabilityStatement(uris), resourceType: 'Conformance' });
    expect(configuration.authorizationEndpoint).to.equal(`${origin}/authorize`);
  });

  it('SMART-5: may spread its endpoints over several rest, and the first of each counts', async () => {
    const { configuration } = await found({
      rest: [
        rest({ authorize: `${origin}/authorize` }),
        rest({ authorize: `${origin}/other`, token: `${origin}/token` }),
      ],
    });
    expect(configuration).to.include({
      authorizationEndpoint: `${origin}/authorize`,
      tokenEndpoint: `${origin}/token`,
    });
  });

  it('SMART-5: is not read where it speaks as a client', async () => {
    const error = await errorOf(
      found({ resourceType: 'CapabilityStatement', rest: [{ ...rest(uris), mode: 'client' }] }),
    );
    expect(error.code).to.equal('discovery/no-sign-in');
  });

  it('SMART-5: is not read by another extension’s name', async () => {
    const statement = JSON.parse(
      JSON.stringify(capabilityStatement(uris)).replace('oauth-uris', 'other-uris'),
    ) as object;
    expect((await errorOf(found(statement))).code).to.equal('discovery/no-sign-in');
  });

  it('names every endpoint that SMART has a name for', async () => {
    const names = ['authorize', 'token', 'revoke', 'introspect', 'manage', 'register'];
    const { configuration } = await found(
      capabilityStatement(Object.fromEntries(names.map((name) => [name, `${origin}/${name}`]))),
    );
    expect(configuration).to.include({
      revocationEndpoint: `${origin}/revoke`,
      introspectionEndpoint: `${origin}/introspect`,
      managementEndpoint: `${origin}/manage`,
      registrationEndpoint: `${origin}/register`,
    });
  });

  it('SMART-13: is held to the same rule of TLS', async () => {
    const error = await errorOf(found(capabilityStatement({ ...uris, token: 'http://ehr.example/token' })));
    expect(error.code).to.equal('discovery/insecure-endpoint');
  });

  it('SMART-3: without one of the two endpoints is flawed', async () => {
    const error = await errorOf(found(capabilityStatement({ authorize: `${origin}/authorize` })));
    expect(error.code).to.equal('discovery/missing-endpoint');
    expect(error.fix).to.contain('token_endpoint');
  });
});
