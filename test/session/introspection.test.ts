import { expect } from '@open-wc/testing';

import { SmartError } from '../../src/core/smart-error.js';
import type { Introspection } from '../../src/smart/introspection.js';
import { signIn } from '../support/signed-in.js';
import { SimulatedBrowser } from '../support/simulated-host.js';
import { json, origin, SimulatedServer, smartConfiguration } from '../support/simulated-server.js';

const endpoint = `${origin}/introspect`;

describe('SMART-103: asking what the server makes of a token', () => {
  let server: SimulatedServer;

  beforeEach(() => {
    server = new SimulatedServer({
      wellKnown: () => json({ ...smartConfiguration, introspection_endpoint: endpoint }),
    });
  });

  async function introspect(): Promise<Introspection> {
    const { session } = await signIn(new SimulatedBrowser(), server);
    return session.introspect();
  }

  async function refusal(): Promise<SmartError> {
    const thrown: unknown = await introspect().catch((error: unknown) => error);
    if (!SmartError.is(thrown)) {
      throw new Error(`Not one of ours: ${String(thrown)}`);
    }
    return thrown;
  }

  it('SMART-103: says whether it is good, until when, for what and for whom; and never the token', async () => {
    server.plan.introspect = () =>
      json({
        active: true,
        scope: 'patient/Patient.rs openid',
        client_id: 'portal',
        exp: 1_790_000_000,
        iss: origin,
        sub: 'somebody',
        patient: 'maria',
        token: 'access-1',
        hint: { of: ['access-1'] },
      });
    expect(await introspect()).to.deep.equal({
      isActive: true,
      clientId: 'portal',
      scopes: ['patient/Patient.rs', 'openid'],
      expiresAt: 1_790_000_000_000,
      context: { patient: 'maria', needPatientBanner: true, extra: {} },
    });
    const asked = server.seen.find(({ leg }) => leg === 'introspect');
    expect(Object.fromEntries(asked?.form ?? [])).to.deep.equal({
      token: 'access-1',
      token_type_hint: 'access_token',
      client_id: 'portal',
    });
    expect(asked?.init).to.include({ credentials: 'omit', redirect: 'error', cache: 'no-store' });
  });

  it('SMART-103: of a token that is no longer good nothing else is known', async () => {
    server.plan.introspect = () => json({ active: false, patient: 'maria', scope: 'openid', exp: 1 });
    expect(await introspect()).to.deep.equal({
      isActive: false,
      scopes: [],
      context: { needPatientBanner: true, extra: {} },
    });
  });

  it('SMART-103: a server that wants the token itself as the bearer gets it', async () => {
    server.plan.introspect = (_, authorization) =>
      authorization === 'Bearer access-1' ? json({ active: 'true' }) : json({ error: 'invalid_client' }, 401);
    expect((await introspect()).isActive).to.equal(true);
    expect(server.count('introspect')).to.equal(2);
  });

  for (const [breaks, answer, code] of [
    ['refuses', () => json({ error: 'invalid_client' }, 401), 'token/introspection-refused'],
    ['is in trouble', () => new Response('', { status: 503 }), 'token/unavailable'],
    ['is out of reach', () => Promise.reject(new TypeError('Failed to fetch')), 'token/unreachable'],
    ['answers with a web page', () => new Response('<html>'), 'token/invalid-response'],
    ['does not say whether', () => json({ scope: 'openid' }), 'token/invalid-response'],
  ] as const) {
    it(`SMART-103: a server that ${breaks} ends no session`, async () => {
      server.plan.introspect = answer;
      const { session } = await signIn(new SimulatedBrowser(), server);
      const thrown: unknown = await session.introspect().catch((error: unknown) => error);
      expect(SmartError.is(thrown) && thrown.code).to.equal(code);
      expect(JSON.stringify(thrown)).not.to.contain('access-1');
      expect(session.snapshot.status).to.equal('signed-in');
      expect(session.snapshot.error).to.equal(undefined);
    });
  }

  it('SMART-103: a server that offers none is not asked', async () => {
    server = new SimulatedServer();
    expect((await refusal()).code).to.equal('token/no-introspection');
    expect(server.count('introspect')).to.equal(0);
  });

  it('needs somebody to be signed in, and only who holds the present snapshot', async () => {
    const { session } = await signIn(new SimulatedBrowser(), server);
    const { snapshot } = session;
    await session.signOut();
    const held = snapshot.status === 'signed-in' ? snapshot.introspect() : Promise.resolve();
    const codes = await Promise.all(
      [held, session.introspect()].map((asked) =>
        asked.then(
          () => 'answered',
          (error: unknown) => SmartError.is(error) && error.code,
        ),
      ),
    );
    expect(codes).to.deep.equal(['session/superseded', 'session/not-signed-in']);
    expect(server.count('introspect')).to.equal(0);
  });
});
