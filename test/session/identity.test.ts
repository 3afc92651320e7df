import { expect } from '@open-wc/testing';

import type { Snapshot } from '../../src/session/session.js';
import { callbackUrl, leave, pageUrl, startSession } from '../support/signed-in.js';
import { SimulatedBrowser } from '../support/simulated-host.js';
import {
  revoked,
  json,
  origin,
  SimulatedServer,
  signIdToken,
  smartConfiguration,
  tokenAnswer,
} from '../support/simulated-server.js';

type Claims = (nonce: string, now: number) => object;

const usual: Claims = (nonce, now) => ({
  iss: origin,
  aud: 'portal',
  sub: 'maria',
  iat: now,
  exp: now + 600,
  nonce,
});

describe('who signed in', () => {
  /** Signs in at a server whose id_token holds these claims. */
  async function signInWith(
    claims: Claims | undefined,
    idToken: 'strict' | 'warn',
    server: SimulatedServer = new SimulatedServer(),
  ): Promise<{ snapshot: Snapshot; server: SimulatedServer }> {
    const browser = new SimulatedBrowser();
    const tab = browser.openTab(pageUrl, server.fetch);
    const options = { scope: 'openid fhirUser patient/Patient.rs', idToken };
    const authorization = await leave(await startSession(tab, options), tab);
    const nonce = authorization.searchParams.get('nonce') ?? '';
    const now = Math.floor(browser.now / 1000);
    const id_token = claims && (await signIdToken(claims(nonce, now)));
    server.plan.token = () => json(tokenAnswer(1, { id_token, scope: options.scope }));
    tab.load(callbackUrl(authorization));
    const { snapshot } = await startSession(tab, options);
    return { snapshot, server };
  }

  it('SMART-83: with a good id_token both policies sign in, by name', async () => {
    for (const policy of ['strict', 'warn'] as const) {
      const { snapshot } = await signInWith(usual, policy);
      expect(snapshot.status, policy).to.equal('signed-in');
      expect(snapshot.status === 'signed-in' && snapshot.user).to.deep.include({
        subject: 'maria',
        signature: 'verified',
      });
      expect(snapshot.warnings).to.deep.equal([]);
    }
  });

  const flaws: [row: string, code: string, claims: Claims | undefined][] = [
    ['SMART-83', 'id-token/missing', undefined],
    ['SMART-83', 'id-token/audience-mismatch', (nonce, now) => ({ ...usual(nonce, now), aud: 'other' })],
    ['SMART-83', 'id-token/expired', (nonce, now) => ({ ...usual(nonce, now), exp: now - 3_600 })],
    [
      'SMART-84',
      'id-token/issuer-mismatch',
      (nonce, now) => ({ ...usual(nonce, now), iss: 'https://evil.example' }),
    ],
    ['SMART-87', 'id-token/nonce-missing', (nonce, now) => ({ ...usual(nonce, now), nonce: undefined })],
  ];
  for (const [row, code, claims] of flaws) {
    it(`${row} [R14b]: ${code} is a warning, or with the strict policy the end of the sign-in`, async () => {
      const { snapshot: lenient } = await signInWith(claims, 'warn');
      expect(lenient.status).to.equal('signed-in');
      expect(lenient.warnings.map((warning) => warning.code)).to.include(code);
      const { snapshot: strict, server } = await signInWith(claims, 'strict');
      expect(strict.status).to.equal('signed-out');
      expect(strict.error?.code).to.equal(code);
      expect(revoked(server)).to.deep.equal(['refresh-1', 'access-1']);
    });
  }

  it('SMART-87: another nonce ends the sign-in with either policy', async () => {
    for (const policy of ['strict', 'warn'] as const) {
      const { snapshot } = await signInWith((nonce, now) => ({ ...usual(nonce, now), nonce: 'x' }), policy);
      expect(snapshot.error?.code).to.equal('id-token/nonce-mismatch');
    }
  });

  it('SMART-84: an issuer is the same with a slash at its end', async () => {
    const { snapshot } = await signInWith(
      (nonce, now) => ({ ...usual(nonce, now), iss: `${origin}/` }),
      'strict',
    );
    expect(snapshot.status).to.equal('signed-in');
  });

  it('SMART-86: keys that cannot be read leave the claims, unverified; the strict policy wants them', async () => {
    const jwks = (): Response => json({}, 500);
    const { snapshot } = await signInWith(usual, 'warn', new SimulatedServer({ jwks }));
    expect(snapshot.status === 'signed-in' && snapshot.user?.signature).to.equal('unverified');
    const strict = await signInWith(usual, 'strict', new SimulatedServer({ jwks }));
    expect(strict.snapshot.error?.code).to.equal('id-token/keys-unavailable');
  });

  for (const [issuer, signature] of [
    [origin, 'verified'],
    ['https://evil.example', 'unverified'],
  ] as const) {
    it(`SMART-84: keys named by the openid-configuration of ${issuer} leave it ${signature}`, async () => {
      const { jwks_uri, ...withoutKeys } = smartConfiguration;
      const server = new SimulatedServer({
        wellKnown: () => json(withoutKeys),
        fhir: ({ url }) =>
          url === `${origin}/.well-known/openid-configuration` ? json({ issuer, jwks_uri }) : json({}, 404),
      });
      const { snapshot } = await signInWith(usual, 'warn', server);
      expect(snapshot.status === 'signed-in' && snapshot.user?.signature).to.equal(signature);
    });
  }

  it('SMART-74: scopes for a patient without a patient are worth a warning', async () => {
    const server = new SimulatedServer();
    const browser = new SimulatedBrowser();
    const tab = browser.openTab(pageUrl, server.fetch);
    const authorization = await leave(await startSession(tab), tab);
    server.plan.token = () => json(tokenAnswer(1, { patient: undefined }));
    tab.load(callbackUrl(authorization));
    const { snapshot } = await startSession(tab);
    expect(snapshot.status).to.equal('signed-in');
    expect(snapshot.warnings.map(({ code }) => code)).to.deep.equal(['context/missing-patient']);
  });
});
