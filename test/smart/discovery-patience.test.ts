import { expect } from '@open-wc/testing';

import { SmartError } from '../../src/core/smart-error.js';
import { discoverEndpoints, type DiscoveryOptions } from '../../src/smart/discovery.js';
import { supports } from '../../src/smart/server-configuration.js';
import {
  capabilityStatement,
  fhirBase,
  json,
  origin,
  SimulatedServer,
  smartConfiguration,
} from '../support/simulated-server.js';

const uris = { authorize: `${origin}/authorize`, token: `${origin}/token` };

describe('discovery at servers as they are', () => {
  let pauses: number[];

  beforeEach(() => {
    pauses = [];
  });

  function discover(
    server: SimulatedServer,
    options: Partial<DiscoveryOptions> = {},
  ): ReturnType<typeof discoverEndpoints> {
    const pause = (ms: number): Promise<void> => {
      pauses.push(ms);
      return Promise.resolve();
    };
    return discoverEndpoints(fhirBase, { fetch: server.fetch, pause, ...options });
  }

  async function codeOf(server: SimulatedServer, options: Partial<DiscoveryOptions> = {}): Promise<string> {
    return discover(server, options).then(
      ({ configuration }) => configuration.source,
      (thrown: unknown) => (SmartError.is(thrown) ? thrown.code : String(thrown)),
    );
  }

  /** A server that answers the well-known place with these, one after the other. */
  function answering(...answers: (() => Response)[]): SimulatedServer {
    return new SimulatedServer({ wellKnown: () => (answers.shift() ?? (() => json(smartConfiguration)))() });
  }

  it('SMART-1: a server in trouble is asked again after a while, twice', async () => {
    const trouble = (): Response => json({}, 503);
    expect(await codeOf(answering(trouble, trouble))).to.equal('smart-configuration');
    expect(pauses).to.deep.equal([500, 1_500]);
    const down = answering(trouble, trouble, trouble);
    expect(await codeOf(down)).to.equal('discovery/unavailable');
    expect(down.count('wellKnown')).to.equal(3);
    expect(down.count('metadata')).to.equal(0);
  });

  it('SMART-1: a server that is well is asked once', async () => {
    const server = answering();
    await discover(server);
    expect(server.seen).to.have.length(1);
    expect(pauses).to.deep.equal([]);
  });

  for (const [retryAfter, pause] of [
    ['2', 2_000],
    ['0', 0],
    ['3600', 5_000],
    ['-1', 500],
    ['soon', 500],
    ['', 0],
  ] as const) {
    it(`SMART-1: Retry-After: ${retryAfter || '(empty)'} is waited for ${String(pause)} ms`, async () => {
      await discover(answering(() => json({}, 429, { 'retry-after': retryAfter })));
      expect(pauses).to.deep.equal([pause]);
    });
  }

  it('SMART-1: a person who leaves is not waited for', async () => {
    const left = new AbortController();
    const server = answering(() => json({}, 503));
    const pause = (): Promise<void> => {
      left.abort(new Error('left'));
      return Promise.resolve();
    };
    expect(await codeOf(server, { signal: left.signal, pause })).to.equal('Error: left');
    expect(server.seen).to.have.length(1);
  });

  for (const [label, warned] of [
    ['application/json', false],
    ['application/fhir+json; charset=utf-8', false],
    ['text/html', true],
    ['', true],
  ] as const) {
    it(`SMART-2 [R32]: labelled ${label || 'as nothing'} it is read, ${warned ? 'with' : 'without'} a warning`, async () => {
      const body = new TextEncoder().encode(JSON.stringify(smartConfiguration));
      const headers: Record<string, string> = label ? { 'content-type': label } : {};
      const server = answering(() => new Response(body, { headers }));
      const { warnings, configuration } = await discover(server);
      expect(configuration.source).to.equal('smart-configuration');
      expect(warnings.map(({ code }) => code)).to.deep.equal(warned ? ['discovery/content-type'] : []);
    });
  }

  it('SMART-3: what a server must say and does not is a warning, and no more', async () => {
    const { issuer: _i, jwks_uri: _j, grant_types_supported: _g, ...rest } = smartConfiguration;
    const poor = { ...rest, capabilities: ['sso-openid-connect'] };
    const { warnings } = await discover(answering(() => json(poor)));
    expect(warnings.map(({ fix }) => /no (\w+)/.exec(fix)?.[1])).to.deep.equal([
      'grant_types_supported',
      'issuer',
      'jwks_uri',
    ]);
    expect((await discover(answering())).warnings).to.deep.equal([]);
  });

  it('SMART-5: a conformance statement in XML is asked for again, in JSON', async () => {
    const asked: string[] = [];
    const server = new SimulatedServer({ wellKnown: () => json({}, 404) });
    const fetch: typeof globalThis.fetch = async (input, init) => {
      const url = new Request(input).url;
      if (!url.includes('/metadata')) {
        return server.fetch(input, init);
      }
      asked.push(url);
      return url.endsWith('?_format=json')
        ? json(capabilityStatement(uris))
        : new Response('<Conformance xmlns="http://hl7.org/fhir"/>', {
            headers: { 'content-type': 'application/xml+fhir' },
          });
    };
    const { configuration } = await discoverEndpoints(fhirBase, { fetch });
    expect(configuration.source).to.equal('capability-statement');
    expect(asked).to.deep.equal([`${fhirBase}/metadata`, `${fhirBase}/metadata?_format=json`]);
  });

  it('SMART-6 [R3b]: only a server that says that it has none is one without a sign-in', async () => {
    const statement = (): Response =>
      json({ resourceType: 'CapabilityStatement', rest: [{ mode: 'server' }] });
    const answers: [string, () => Response | Promise<Response>, () => Response | Promise<Response>][] = [
      ['discovery/no-sign-in', () => json({}, 404), statement],
      ['discovery/no-sign-in', () => json({}, 410), () => json({ resourceType: 'Conformance' })],
      ['discovery/not-json', () => json({}, 404), () => json({ hello: 1 })],
      ['discovery/not-found', () => json({}, 404), () => json({}, 404)],
      ['discovery/refused', () => json({}, 401), statement],
      ['discovery/refused', () => json({}, 403), () => json({}, 403)],
      ['discovery/refused', () => json({}, 404), () => json({}, 401)],
      ['discovery/unreachable', () => Promise.reject(new TypeError('x')), statement],
      ['discovery/unavailable', () => json({}, 503), statement],
      ['discovery/unavailable', () => json({}, 404), () => json({}, 503)],
      ['discovery/unreachable', () => json({}, 404), () => Promise.reject(new TypeError('x'))],
    ];
    for (const [code, wellKnown, metadata] of answers) {
      expect(await codeOf(new SimulatedServer({ wellKnown, metadata }))).to.equal(code);
    }
  });

  it('SMART-7: the author may give the configuration, and nobody is asked', async () => {
    const server = answering(() => json({}, 500));
    const { configuration } = await discover(server, { configuration: smartConfiguration });
    expect(configuration.tokenEndpoint).to.equal(`${origin}/token`);
    expect(server.seen).to.deep.equal([]);
    expect(
      await codeOf(server, { configuration: { ...smartConfiguration, token_endpoint: 'http://x' } }),
    ).to.equal('discovery/insecure-endpoint');
  });

  it('SMART-7: the author may say where the configuration is, and no other place is asked', async () => {
    const asked: string[] = [];
    let answer = json(smartConfiguration);
    const fetch: typeof globalThis.fetch = (input) => {
      asked.push(new Request(input).url);
      return Promise.resolve(answer);
    };
    const configUrl = 'https://portal.example/ehr.json';
    await discoverEndpoints(fhirBase, { fetch, configUrl });
    expect(asked).to.deep.equal([configUrl]);
    answer = json({}, 404);
    let code: unknown;
    await discoverEndpoints(fhirBase, { fetch, configUrl }).catch((thrown: unknown) => {
      code = SmartError.is(thrown) && thrown.code;
    });
    expect(code).to.equal('discovery/refused');
    expect(asked).to.deep.equal([configUrl, configUrl]);
  });

  it('SMART-8: tells what the server says that it can, by the names of both versions of the guide', async () => {
    const capabilities = ['launch-ehr', 'context-passthrough-banner', 'https://ehr.example/other'];
    const { configuration } = await discover(answering(() => json({ ...smartConfiguration, capabilities })));
    expect(supports(configuration, 'launch-ehr')).to.equal(true);
    expect(supports(configuration, 'context-banner')).to.equal(true);
    expect(supports(configuration, 'https://ehr.example/other')).to.equal(true);
    for (const absent of ['launch-standalone', 'context-style', '__proto__', 'constructor', '']) {
      expect(supports(configuration, absent), absent).to.equal(false);
    }
  });

  it('SMART-9: a short list of scopes, or none, blocks nothing', async () => {
    for (const scopes_supported of [undefined, [], ['openid'], 'openid', null]) {
      const server = answering(() => json({ ...smartConfiguration, scopes_supported }));
      expect(await codeOf(server)).to.equal('smart-configuration');
    }
  });

  it('SMART-10: names the endpoints that are there, and does without the others', async () => {
    const more = {
      management_endpoint: `${origin}/manage`,
      introspection_endpoint: `${origin}/introspect`,
      registration_endpoint: `${origin}/register`,
    };
    const { configuration } = await discover(answering(() => json({ ...smartConfiguration, ...more })));
    expect(configuration).to.include({
      managementEndpoint: `${origin}/manage`,
      introspectionEndpoint: `${origin}/introspect`,
      registrationEndpoint: `${origin}/register`,
      revocationEndpoint: `${origin}/revoke`,
    });
    const { configuration: poor } = await discover(answering());
    expect(poor).not.to.have.any.keys('managementEndpoint', 'introspectionEndpoint', 'registrationEndpoint');
  });

  it('SMART-11: names the other FHIR bases that the same token is for', async () => {
    const associated_endpoints = [
      { url: `${origin}/other`, capabilities: [] },
      { url: 'http://x' },
      'y',
      null,
    ];
    const { configuration } = await discover(
      answering(() => json({ ...smartConfiguration, associated_endpoints })),
    );
    expect(configuration.associatedEndpoints).to.deep.equal([`${origin}/other`]);
    expect((await discover(answering())).configuration.associatedEndpoints).to.deep.equal([]);
  });
});
