import { expect } from '@open-wc/testing';

import { SmartError } from '../../src/core/smart-error.js';
import type { AuthorizationRequest, PreparedAuthorization } from '../../src/smart/authorization.js';
import { exchangeCode, prepareAuthorization, revokeToken } from '../../src/smart/oauth/index.js';
import { readServerConfiguration, type ServerConfiguration } from '../../src/smart/server-configuration.js';
import {
  fhirBase,
  json,
  origin,
  SimulatedServer,
  smartConfiguration,
  tokenAnswer,
} from '../support/simulated-server.js';

const { configuration } = readServerConfiguration(smartConfiguration, fhirBase, 'smart-configuration');
const code = 'the-code/with+signs==';

function request(changes: Partial<AuthorizationRequest> = {}): AuthorizationRequest {
  return {
    fhirBase,
    clientId: 'portal',
    redirectUri: 'https://portal.example/chart',
    scope: 'openid fhirUser patient/Patient.rs',
    configuration,
    ...changes,
  };
}

async function prepare(changes: Partial<ServerConfiguration> = {}): Promise<PreparedAuthorization> {
  return prepareAuthorization(request({ configuration: { ...configuration, ...changes } }));
}

/** The answer to a sign-in, as the server puts it into the address. */
function answer(
  login: PreparedAuthorization,
  parameters: Record<string, string> = { code },
): URLSearchParams {
  return new URLSearchParams({ ...parameters, state: login.state });
}

async function errorOf(promise: Promise<unknown>): Promise<SmartError> {
  const thrown: unknown = await promise.then(
    () => new Error('The answer was accepted.'),
    (error: unknown) => error,
  );
  if (SmartError.is(thrown)) {
    return thrown;
  }
  throw thrown;
}

/** Everything of an error that a page, a console or a report could show. */
function all(error: SmartError): string {
  const { message, fix, stack, url, oauth, outcome } = error;
  return JSON.stringify([message, fix, stack, url, oauth, outcome, error]);
}

describe('a request to sign in, prepared', () => {
  it('SMART-31 [R31]: has each parameter once, whatever the endpoint’s query says already', async () => {
    const authorizationEndpoint = `${origin}/authorize?tenant=7&tenant=8&state=x&state=y&aud=z&client_id=other`;
    const login = await prepare({ authorizationEndpoint });
    const { searchParams, pathname } = new URL(login.url);
    expect(pathname).to.equal('/authorize');
    expect(searchParams.getAll('tenant')).to.deep.equal(['7', '8']);
    for (const name of new Set(searchParams.keys())) {
      expect(searchParams.getAll(name), name).to.have.length(name === 'tenant' ? 2 : 1);
    }
    expect(Object.fromEntries(searchParams)).to.include({
      client_id: 'portal',
      aud: fhirBase,
      state: login.state,
      response_type: 'code',
      code_challenge_method: 'S256',
    });
  });

  it('SMART-26: sends base and redirect URI verbatim', async () => {
    const base = 'https://EHR.example:443/fhir/R4/a%2Fb/';
    const redirectUri = 'https://portal.example/cb?x=%7e&y=a+b';
    const { url } = await prepareAuthorization(request({ fhirBase: base, redirectUri }));
    expect(new URL(url).searchParams.get('aud')).to.equal(base);
    expect(new URL(url).searchParams.get('redirect_uri')).to.equal(redirectUri);
  });

  it('SMART-27: the challenge is that of the verifier, and the verifier stays here', async () => {
    const login = await prepare();
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(login.codeVerifier));
    const challenge = btoa(String.fromCharCode(...new Uint8Array(digest)))
      .replaceAll('+', '-')
      .replaceAll('/', '_')
      .replaceAll('=', '');
    expect(new URL(login.url).searchParams.get('code_challenge')).to.equal(challenge);
    expect(login.url).not.to.contain(login.codeVerifier);
  });

  for (const [scope, has] of [
    ['openid', true],
    ['launch/patient openid fhirUser', true],
    ['patient/Patient.rs', false],
    ['openid-like', false],
    ['OpenID', false],
  ] as const) {
    it(`has ${has ? 'a' : 'no'} nonce for ${scope}`, async () => {
      const login = await prepareAuthorization(request({ scope }));
      const { searchParams } = new URL(login.url);
      expect(searchParams.has('nonce')).to.equal(has);
      expect(login.nonce ?? null).to.equal(searchParams.get('nonce'));
    });
  }

  it('SMART-25: has a state of its form, different 1,000 times, every place of it', async () => {
    const logins = await Promise.all(Array.from({ length: 1000 }, () => prepare()));
    const states = logins.map(({ state }) => state);
    expect(states.every((state) => /^se\.[\w-]{43}$/.test(state))).to.equal(true);
    expect(new Set(states).size).to.equal(1000);
    expect(new Set(logins.map(({ codeVerifier }) => codeVerifier)).size).to.equal(1000);
    expect(new Set(logins.map(({ nonce }) => nonce)).size).to.equal(1000);
    // Of 64 characters a thousand random ones show nearly all. The last place holds four bits only.
    for (let place = 3; place < 45; place++) {
      expect(new Set(states.map((state) => state[place])).size, `place ${place}`).to.be.above(32);
    }
  });
});

describe('the answer to a sign-in', () => {
  for (const [error, ours] of [
    ['access_denied', 'authorize/denied'],
    ['invalid_scope', 'authorize/invalid-scope'],
    ['unauthorized_client', 'authorize/invalid-client'],
    ['invalid_client', 'authorize/invalid-client'],
    ['invalid_request', 'authorize/invalid-request'],
    ['invalid_target', 'authorize/invalid-request'],
    ['server_error', 'authorize/server-error'],
    ['temporarily_unavailable', 'authorize/server-error'],
    ['login_required', 'authorize/refused'],
    ['something_else', 'authorize/refused'],
  ] as const) {
    it(`SMART-37: ${error} is ${ours}, and nothing is exchanged`, async () => {
      const server = new SimulatedServer();
      const login = await prepare();
      const thrown = await errorOf(
        exchangeCode(login, answer(login, { error, error_description: 'In\nwords' }), server.fetch),
      );
      expect(thrown.code).to.equal(ours);
      expect(thrown.oauth).to.deep.equal({ error, description: 'In words' });
      expect(thrown.cause).to.equal(undefined);
      expect(server.seen).to.deep.equal([]);
    });
  }

  for (const query of ['', 'code=1&code=2', 'error=a&error=b', 'code=1&error=access_denied']) {
    it(`is malformed: ${query || 'neither code nor error'}`, async () => {
      const server = new SimulatedServer();
      const login = await prepare();
      const thrown = await errorOf(
        exchangeCode(login, new URLSearchParams(`${query}&state=${login.state}`), server.fetch),
      );
      expect(thrown.code).to.equal('callback/malformed');
      expect(server.seen).to.deep.equal([]);
    });
  }

  for (const [name, changes, iss, accepted] of [
    ['the right iss', { issParameterSupported: true }, origin, true],
    ['another iss', { issParameterSupported: true }, 'https://evil.example', false],
    ['no iss where one is promised', { issParameterSupported: true }, undefined, false],
    ['another iss where none is promised', {}, 'https://evil.example', false],
    ['no iss where none is promised', {}, undefined, true],
    ['an iss of a server that has no issuer', { issuer: undefined }, 'https://any.example', true],
    [
      'no iss of a server that has none to send',
      { issuer: undefined, issParameterSupported: true },
      undefined,
      true,
    ],
  ] as const) {
    it(`RFC 9207: is ${accepted ? 'accepted' : 'refused'} with ${name}`, async () => {
      const server = new SimulatedServer();
      const login = await prepare(changes as Partial<ServerConfiguration>);
      const given = answer(login, { code, ...(iss !== undefined && { iss }) });
      const exchange = exchangeCode(login, given, server.fetch);
      if (accepted) {
        expect((await exchange).accessToken).to.equal('access-1');
      } else {
        expect((await errorOf(exchange)).code).to.equal('callback/issuer-mismatch');
        expect(server.seen, 'the code went nowhere').to.deep.equal([]);
      }
    });
  }
});

describe('the exchange of a code', () => {
  it('SMART-27: sends code, verifier and client id in a form, and no secret', async () => {
    const server = new SimulatedServer();
    const login = await prepare();
    await exchangeCode(login, answer(login), server.fetch);
    const [sent] = server.seen;
    expect(Object.fromEntries(sent?.form ?? [])).to.deep.equal({
      grant_type: 'authorization_code',
      code,
      redirect_uri: 'https://portal.example/chart',
      code_verifier: login.codeVerifier,
      client_id: 'portal',
    });
    expect(new Headers(sent?.init.headers).has('authorization')).to.equal(false);
    expect(sent?.init).to.include({
      method: 'POST',
      credentials: 'omit',
      redirect: 'error',
      cache: 'no-store',
    });
    expect(sent?.url).not.to.contain('code');
  });

  const echoes: readonly (readonly [string, (secret: string) => object])[] = [
    ['in its description', (secret) => ({ error_description: `No such code: ${secret}` })],
    ['in its URI', (secret) => ({ error_uri: `https://ehr.example/why?code=${secret}` })],
    ['as its error', (secret) => ({ error: secret })],
    ['in a member of its own', (secret) => ({ debug: { received: secret } })],
    ['in every place', (secret) => ({ error: secret, error_description: secret, error_uri: secret })],
  ];
  for (const [where, echo] of echoes) {
    for (const status of [200, 400, 401]) {
      it(`SMART-131: a server that repeats the code ${where} with ${String(status)} does not get it into our error`, async () => {
        const login = await prepare();
        const server = new SimulatedServer({
          token: (form) => json({ error: 'invalid_grant', ...echo(form.get('code') ?? '') }, status),
        });
        const thrown = await errorOf(exchangeCode(login, answer(login), server.fetch));
        expect(thrown.code).to.match(/^token\//);
        expect(thrown.cause).to.equal(undefined);
        expect(all(thrown)).not.to.contain(code);
      });

      it(`SMART-131: nor the verifier, ${where} with ${String(status)}`, async () => {
        const login = await prepare();
        const server = new SimulatedServer({
          token: (form) => json({ error: 'invalid_grant', ...echo(form.get('code_verifier') ?? '') }, status),
        });
        const thrown = await errorOf(exchangeCode(login, answer(login), server.fetch));
        expect(thrown.cause).to.equal(undefined);
        expect(all(thrown)).not.to.contain(login.codeVerifier);
      });
    }
  }

  for (const [name, token] of [
    ['a web page', () => new Response(`<p>${code}`, { status: 200 })],
    ['a web page of a server in trouble', () => new Response(`<p>${code}`, { status: 502 })],
    ['JSON without a token', () => json({ received: code })],
    ['JSON that is no object', () => json([code])],
    ['another type of token', () => json(tokenAnswer(1, { token_type: 'mac', access_token: code }))],
    ['no connection', () => Promise.reject(new TypeError(`Failed: ${code}`))],
    ['no answer in time', () => Promise.reject(new DOMException(code, 'TimeoutError'))],
    ['a fault of the page’s own', () => Promise.reject(new Error(code))],
  ] as const) {
    it(`SMART-131: what fails with ${name} holds nothing of what was sent or came`, async () => {
      const login = await prepare();
      const thrown = await errorOf(exchangeCode(login, answer(login), new SimulatedServer({ token }).fetch));
      expect(thrown.code).to.match(/^token\//);
      expect(thrown.cause).to.equal(undefined);
      expect(all(thrown)).not.to.contain(code);
      expect(thrown.url).to.equal(`${origin}/token`);
    });
  }

  it('hands over an id_token that is nonsense: the code that bought it is spent', async () => {
    const login = await prepare();
    const server = new SimulatedServer({ token: () => json(tokenAnswer(1, { id_token: 'nonsense' })) });
    const tokens = await exchangeCode(login, answer(login), server.fetch);
    expect(tokens.idToken).to.equal('nonsense');
    expect(tokens.members).to.deep.equal({ token_type: 'bearer', patient: 'maria' });
  });
});

describe('the revocation of a token', () => {
  const party = (server: SimulatedServer, changes: object = {}): Parameters<typeof revokeToken>[0] => ({
    configuration: { ...configuration, ...changes },
    clientId: 'portal',
    fhirBase,
    fetch: server.fetch,
  });

  it('is asked for in a form that outlives the page', async () => {
    const server = new SimulatedServer();
    await revokeToken(party(server), 'a-token');
    expect(Object.fromEntries(server.seen[0]?.form ?? [])).to.deep.equal({
      token: 'a-token',
      client_id: 'portal',
    });
    expect(server.seen[0]?.init.keepalive).to.equal(true);
  });

  it('is not asked of a server that offers none', async () => {
    const server = new SimulatedServer();
    await revokeToken(party(server, { revocationEndpoint: undefined }), 'a-token');
    expect(server.seen).to.deep.equal([]);
  });

  for (const [name, revoke] of [
    ['no connection', () => Promise.reject(new TypeError('Failed to fetch'))],
    ['an error', () => json({ error: 'unsupported_token_type' }, 400)],
    ['trouble', () => new Response('<p>Sorry', { status: 503 })],
  ] as const) {
    it(`SMART-101: is quiet about ${name}, and asks once`, async () => {
      const server = new SimulatedServer({ revoke });
      await revokeToken(party(server), 'a-token');
      expect(server.seen.map(({ leg, form }) => [leg, form.get('token')])).to.deep.equal([
        ['revoke', 'a-token'],
      ]);
    });
  }
});
