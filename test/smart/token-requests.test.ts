import { expect } from '@open-wc/testing';

import { SmartError } from '../../src/core/smart-error.js';
import { prepareAuthorization, renewTokens, type OAuthParty } from '../../src/smart/oauth/index.js';
import { readServerConfiguration } from '../../src/smart/server-configuration.js';
import {
  fhirBase,
  json,
  origin,
  SimulatedServer,
  smartConfiguration,
  tokenAnswer,
} from '../support/simulated-server.js';

const { configuration } = readServerConfiguration(smartConfiguration, fhirBase, 'smart-configuration');

function partyOf(answer: () => Response | Promise<Response>): OAuthParty {
  const server = new SimulatedServer({ token: answer });
  return { configuration, clientId: 'portal', fhirBase, fetch: server.fetch };
}

async function errorOf(answer: () => Response | Promise<Response>): Promise<SmartError> {
  try {
    await renewTokens(partyOf(answer), 'the-refresh-token');
  } catch (thrown) {
    if (SmartError.is(thrown)) {
      return thrown;
    }
    throw thrown;
  }
  throw new Error('The answer was accepted.');
}

describe('an answer of the token endpoint', () => {
  const accepted: Readonly<Record<string, readonly [object, object]>> = {
    'SMART-45: bearer in any case': [{ token_type: 'BEARER' }, {}],
    'SMART-45: no token_type': [{ token_type: undefined }, {}],
    'a token_type that is spelt out': [{ token_type: 'BearerToken' }, {}],
    'SMART-47: expires_in as text': [{ expires_in: '4910' }, { expiresIn: 4910 }],
    'SMART-47: expires_in that is none': [{ expires_in: null }, { expiresIn: undefined }],
    'SMART-47: a negative expires_in': [{ expires_in: -5 }, { expiresIn: undefined }],
    'an empty refresh token': [{ refresh_token: '' }, { refreshToken: undefined }],
    'null in place of a refresh token': [{ refresh_token: null }, { refreshToken: undefined }],
    'scope as a list': [{ scope: ['a', 'b'] }, { scope: 'a b' }],
    'SMART-48: no scope': [{ scope: undefined }, { scope: undefined }],
    'an id_token that is nonsense': [{ id_token: 'nonsense' }, { idToken: 'nonsense' }],
  };
  for (const [name, [change, result]] of Object.entries(accepted)) {
    it(`is accepted with ${name}`, async () => {
      const tokens = await renewTokens(
        partyOf(() => json(tokenAnswer(1, change))),
        'r',
      );
      expect(tokens.accessToken).to.equal('access-1');
      for (const [member, value] of Object.entries(result)) {
        expect((tokens as unknown as Record<string, unknown>)[member]).to.deep.equal(value);
      }
    });
  }

  it('is accepted with another status of success, and another label', async () => {
    const answer = (): Response =>
      new Response(JSON.stringify(tokenAnswer(1)), {
        status: 201,
        headers: { 'content-type': 'text/plain' },
      });
    expect((await renewTokens(partyOf(answer), 'r')).accessToken).to.equal('access-1');
  });

  it('keeps the members of the launch, and no token among them', async () => {
    const { members } = await renewTokens(
      partyOf(() => json(tokenAnswer(1, { id_token: 'x', intent: 'reconcile' }))),
      'r',
    );
    expect(members).to.include({ patient: 'maria', intent: 'reconcile' });
    expect(JSON.stringify(members)).not.to.match(/access-1|refresh-1|"x"/);
  });

  const refused: Readonly<Record<string, readonly [SmartError['code'], () => Response | Promise<Response>]>> =
    {
      invalid_grant: ['token/invalid-grant', () => json({ error: 'invalid_grant' }, 400)],
      'invalid_client with a challenge': [
        'token/invalid-client',
        () => json({ error: 'invalid_client' }, 401, { 'www-authenticate': 'Basic' }),
      ],
      'an error with 200': ['token/invalid-grant', () => json({ error: 'invalid_grant' })],
      'an error with another label': [
        'token/refused',
        () => new Response('{"error":"slow_down"}', { status: 400 }),
      ],
      'no access token': ['token/invalid-response', () => json({ token_type: 'bearer' })],
      'another type of token': ['token/unsupported-type', () => json(tokenAnswer(1, { token_type: 'mac' }))],
      'a web page': ['token/invalid-response', () => new Response('<p>Hello')],
      'a web page of a server in trouble': [
        'token/unavailable',
        () => new Response('<p>Sorry', { status: 503 }),
      ],
      'no connection': ['token/unreachable', () => Promise.reject(new TypeError('Failed to fetch'))],
      'no answer in time': [
        'token/timed-out',
        () => Promise.reject(new DOMException('Slow.', 'TimeoutError')),
      ],
    };
  for (const [name, [code, answer]] of Object.entries(refused)) {
    it(`is ${code}: ${name}`, async () => {
      expect((await errorOf(answer)).code).to.equal(code);
    });
  }

  it('SMART-51: keeps what the server said, as short plain text', async () => {
    const { oauth } = await errorOf(() =>
      json(
        {
          error: 'invalid_grant',
          error_description: `Line\none <b>bold</b>${'x'.repeat(600)}`,
          error_uri: 'https://ehr.example/why',
        },
        400,
      ),
    );
    expect(oauth?.description)
      .to.have.length(500)
      .and.match(/^Line one <b>bold/);
    expect(oauth?.uri).to.equal('https://ehr.example/why');
  });

  it('SMART-131: words that repeat a secret are not repeated, and nothing hangs on the error', async () => {
    const error = await errorOf(() =>
      json({ error: 'invalid_grant', error_description: 'the-refresh-token is old' }, 400),
    );
    expect(error.oauth).to.deep.equal({ error: 'invalid_grant' });
    expect(error.cause).to.equal(undefined);
    expect(`${JSON.stringify(error)}${error.stack ?? ''}`).not.to.contain('the-refresh-token');
  });
});

describe('a request to sign in', () => {
  it('SMART-31 [R31]: keeps the query of the endpoint', async () => {
    const endpoint = { ...configuration, authorizationEndpoint: `${origin}/authorize?tenant=7` };
    const request = {
      fhirBase,
      clientId: 'a&b',
      redirectUri: 'https://portal.example/',
      scope: 'openid a',
      configuration: endpoint,
    };
    const { searchParams } = new URL((await prepareAuthorization(request)).url);
    expect(searchParams.get('tenant')).to.equal('7');
    expect(searchParams.get('client_id')).to.equal('a&b');
    expect(searchParams.getAll('state')).to.have.length(1);
  });

  it('SMART-25: never has the same state, verifier or nonce twice', async () => {
    const request = {
      fhirBase,
      clientId: 'a',
      redirectUri: 'https://portal.example/',
      scope: 'openid',
      configuration,
    };
    const all = await Promise.all(Array.from({ length: 300 }, () => prepareAuthorization(request)));
    const values = all.flatMap(({ state, codeVerifier, nonce }) => [state, codeVerifier, nonce]);
    expect(new Set(values).size).to.equal(900);
    expect(all.every(({ state }) => /^se\.[\w-]{43}$/.test(state))).to.equal(true);
  });
});
