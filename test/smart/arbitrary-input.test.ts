/**
 * Whatever a server, an address or a page says: it is read, or refused with an error that has a code. Nothing else is
 * thrown, nothing of the language is changed, and nothing takes longer with its length than it has to.
 */
import { expect } from '@open-wc/testing';
import fc from 'fast-check';

import { SmartError } from '../../src/core/smart-error.js';
import { readCallback, readStrayError, withoutCallback, withoutLaunch } from '../../src/smart/callback.js';
import { readClientSettings } from '../../src/smart/client-settings.js';
import { discoverEndpoints } from '../../src/smart/discovery.js';
import { readSignedInUser } from '../../src/smart/id-token.js';
import { readIssuers } from '../../src/smart/issuers.js';
import { readLaunch } from '../../src/smart/launch.js';
import { exchangeCode, prepareAuthorization, renewTokens } from '../../src/smart/oauth/index.js';
import { readServerConfiguration } from '../../src/smart/server-configuration.js';
import { createTokenGuard } from '../../src/smart/token-guard.js';
import { runs } from '../support/property-runs.js';
import { fhirBase, origin, smartConfiguration } from '../support/simulated-server.js';

const page = 'https://portal.example/chart';

/** What a careless reader trips over: names that every object has. */
const traps = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf'];
const text = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom(...traps, 'javascript:alert(1)', '//evil.example', 'https://[', '%', '%E0%A4%A'),
);

/** JSON that has, among others, the members that matter, with values of any kind. */
function documents(
  names: readonly string[],
  values: fc.Arbitrary<unknown> = fc.anything(),
): fc.Arbitrary<string> {
  const members = fc.dictionary(fc.oneof(fc.constantFrom(...names, ...traps), fc.string()), values);
  return fc.oneof(
    { weight: 6, arbitrary: members.map(asJson) },
    { weight: 1, arbitrary: fc.json() },
    { weight: 1, arbitrary: fc.string() },
  );
}

function asJson(value: unknown): string {
  return (
    JSON.stringify(value, (_, member: unknown) => (typeof member === 'bigint' ? String(member) : member)) ??
    ''
  );
}

/** Fails for every thrown value that is not an error of ours, with a code of ours. */
function expectCoded(thrown: unknown): void {
  if (!SmartError.is(thrown) || !/^[a-z-]+\/[a-z-]+$/.test(thrown.code)) {
    throw thrown;
  }
}

async function settles(task: () => unknown): Promise<void> {
  try {
    await task();
  } catch (thrown) {
    expectCoded(thrown);
  }
}

const answers = (body: string, status: number, type: string): typeof fetch => {
  const isBodiless = [204, 205, 304].includes(status);
  return () =>
    Promise.resolve(new Response(isBodiless ? null : body, { status, headers: { 'content-type': type } }));
};
const statuses = fc.oneof(fc.constant(200), fc.integer({ min: 200, max: 599 }));
const types = fc.constantFrom('application/json', 'text/html', 'application/fhir+xml');

const { configuration } = readServerConfiguration(smartConfiguration, fhirBase, 'smart-configuration');
const login = await prepareAuthorization({
  fhirBase,
  clientId: 'portal',
  redirectUri: page,
  scope: 'openid patient/*.rs',
  configuration,
});

describe('for all input', () => {
  const before = Reflect.ownKeys(Object.prototype).length;

  afterEach(() => {
    expect(Reflect.ownKeys(Object.prototype)).to.have.length(before);
    expect(({} as Record<string, unknown>)['polluted']).to.equal(undefined);
  });

  const check = <Ts extends [unknown, ...unknown[]]>(
    arbitraries: { [K in keyof Ts]: fc.Arbitrary<Ts[K]> },
    predicate: (...values: Ts) => Promise<void> | void,
  ): Promise<void> =>
    Promise.resolve(
      fc.assert(
        fc.asyncProperty(...arbitraries, async (...values: Ts) => {
          await predicate(...values);
        }),
        { numRuns: runs },
      ),
    );

  it('a smart-configuration is read, or refused with a code', () =>
    check(
      [
        documents(
          [...Object.keys(smartConfiguration), 'associated_endpoints', 'introspection_endpoint'],
          fc.oneof(fc.anything(), fc.webUrl(), text, fc.constantFrom(`${origin}/token`, 'token', '../x')),
        ),
        statuses,
        types,
      ],
      (body, status, type) =>
        settles(() =>
          discoverEndpoints(fhirBase, { fetch: answers(body, status, type), pause: () => Promise.resolve() }),
        ),
    ));

  it('a conformance statement is read, or refused with a code', () => {
    const part = fc.record(
      {
        url: fc.oneof(fc.constantFrom('authorize', 'token', 'revoke', ...traps), fc.anything()),
        valueUri: fc.oneof(fc.webUrl(), text, fc.anything()),
      },
      { requiredKeys: [] },
    );
    const extension = fc.record(
      {
        url: fc.constantFrom(
          'http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris',
          'other',
        ),
        extension: fc.oneof(fc.array(part), fc.anything()),
      },
      { requiredKeys: [] },
    );
    const security = fc.record({ extension: fc.oneof(fc.array(extension), fc.anything()) });
    const rest = fc.record({
      mode: fc.constantFrom('server', 'client'),
      security: fc.oneof(security, fc.anything()),
    });
    return check([fc.record({ rest: fc.oneof(fc.array(rest), fc.anything()) }).map(asJson)], (body) => {
      const statement = answers(body, 200, 'application/fhir+json');
      const nothing = answers('', 404, 'text/plain');
      const fetch: typeof globalThis.fetch = (url, init) =>
        (url === `${fhirBase}/metadata` ? statement : nothing)(url, init);
      return settles(() => discoverEndpoints(fhirBase, { fetch }));
    });
  });

  const tokenMembers = [
    'access_token',
    'token_type',
    'expires_in',
    'scope',
    'refresh_token',
    'id_token',
    'error',
  ];

  it('a token answer is read, or refused with a code', () => {
    const values = fc.oneof(fc.constantFrom('x', 'Bearer', 600, '600', '', null), fc.anything());
    const answer = new URLSearchParams({ code: 'the-code', state: login.state });
    const party = { configuration, clientId: 'portal', fhirBase };
    return check([documents(tokenMembers, values), statuses, types], async (body, status, type) => {
      const fetch = answers(body, status, type);
      await settles(() => exchangeCode(login, answer, fetch));
      await settles(() => renewTokens({ ...party, fetch }, 'refresh-1'));
    });
  });

  it('an id_token names somebody, or is refused with a code', () => {
    const claims = documents(['iss', 'aud', 'azp', 'sub', 'exp', 'iat', 'nonce', 'fhirUser', 'name']);
    const header = documents(
      ['alg', 'kid', 'typ', 'crit'],
      fc.oneof(fc.constantFrom('RS256', 'none'), fc.anything()),
    );
    const encode = (json: string): string =>
      btoa(String.fromCharCode(...new TextEncoder().encode(json)))
        .replaceAll('+', '-')
        .replaceAll('/', '_')
        .replaceAll('=', '');
    const token = fc.oneof(
      fc.tuple(header, claims).map(([head, body]) => `${encode(head)}.${encode(body)}.c2ln`),
      text,
    );
    return check([token], (idToken) =>
      settles(() =>
        readSignedInUser(idToken, {
          party: {
            configuration,
            clientId: 'portal',
            fhirBase,
            fetch: answers('{}', 200, 'application/json'),
          },
          nonce: 'n',
          keys: undefined,
          now: Date.now(),
        }),
      ),
    );
  });

  const queries = fc
    .array(
      fc.tuple(
        fc.constantFrom('state', 'code', 'error', 'error_description', 'error_uri', 'iss', 'launch', 'page'),
        fc.oneof(text, fc.constantFrom(login.state, 'access_denied', origin)),
      ),
      { maxLength: 6 },
    )
    .map((pairs) => pairs.map(([name, value]) => `${name}=${value}`).join('&'));

  it('an address is read, and what is not ours stays in it', () =>
    check([queries, text], (query, hash) => {
      const { href } = new URL(`${page}?${query}#${hash}`);
      readCallback(href);
      readStrayError(href);
      readLaunch(href);
      const rest = new URL(withoutLaunch(withoutCallback(href)));
      expect(rest.hash).to.equal(new URL(href).hash);
      expect(rest.searchParams.getAll('page')).to.deep.equal(new URL(href).searchParams.getAll('page'));
      expect(['state', 'code', 'iss', 'launch'].filter((name) => rest.searchParams.has(name))).to.deep.equal(
        [],
      );
    }));

  it('an answer to a sign-in is exchanged, or refused with a code', () =>
    check([queries], (query) => {
      const answer = new URLSearchParams(query);
      answer.set('state', login.state);
      return settles(() =>
        exchangeCode(login, answer, answers('{"access_token":"x"}', 200, 'application/json')),
      );
    }));

  it('a URL that may have the token is one below the FHIR base', () => {
    const guard = createTokenGuard(fhirBase);
    const segments = fc.array(
      fc.oneof(
        text,
        fc.constantFrom('..', '.', '%2e%2e', '\\', '/', '@', 'Patient', '?', '#', 'fhir', 'R4', 'riverside'),
      ),
      { maxLength: 8 },
    );
    const targets = fc.oneof(
      fc.webUrl(),
      text,
      segments.map((parts) => parts.join('/')),
      segments.map((parts) => `${fhirBase}/${parts.join('/')}`),
      segments.map((parts) => `${origin}${parts.join('')}`),
    );
    return check([targets], (target) => {
      let url: URL;
      try {
        url = guard(target);
      } catch (thrown) {
        expectCoded(thrown);
        return;
      }
      expect(
        url.href === fhirBase || url.href.startsWith(`${fhirBase}/`) || url.href.startsWith(`${fhirBase}?`),
      ).to.equal(true, url.href);
      expect(guard(url.href).href).to.equal(url.href);
    });
  });

  it('the settings of a page are good, or refused with a code', () => {
    const address = fc.oneof(text, fc.webUrl({ withQueryParameters: true, withFragments: true }));
    const options = fc.record({
      fhirBase: address,
      clientId: text,
      scope: fc.oneof(text, fc.constant('openid')),
      tenant: text,
      redirectUri: address,
      name: text,
      configUrl: address,
      extraParameters: text,
      issuers: fc.oneof(text, fc.json(), fc.array(fc.record({ issuer: address })).map(asJson)),
    });
    return check([options], async (given) => {
      await settles(() => readClientSettings(given, page));
      await settles(() => readIssuers(given.issuers));
    });
  });
});

describe('however long the input', () => {
  const length = 200_000;
  const long = {
    'a scope': 'patient/'.repeat(length / 8),
    'white space': ' '.repeat(length),
    'one letter': 'a'.repeat(length),
    slashes: '/'.repeat(length),
    'dots and slashes': '../'.repeat(length / 3),
    'encoded dots': '%2e'.repeat(length / 3),
    ampersands: '&state='.repeat(length / 7),
  };
  for (const [name, value] of Object.entries(long)) {
    it(`${name} is read in no time`, async () => {
      const start = performance.now();
      const address = `${page}?${value}#${value}`;
      readCallback(address);
      readLaunch(address);
      withoutLaunch(withoutCallback(address));
      await settles(() => createTokenGuard(fhirBase)(value));
      await settles(() => readClientSettings({ fhirBase: value, clientId: value, scope: value }, page));
      await settles(() =>
        readClientSettings({ fhirBase, clientId: value, scope: value, redirectUri: value }, page),
      );
      await settles(() => readIssuers(value));
      // Milliseconds when it is linear; minutes when it is not.
      expect(performance.now() - start).to.be.below(3_000);
    });
  }
});
