import { expect } from '@open-wc/testing';

import { SimulatedServer } from '../support/simulated-server.js';
import { authorizationOf, signedIn, signInWith, warnedOf } from './sessions.js';

const asked = ['launch/patient', 'patient/Patient.rs', 'patient/Observation.rs', 'online_access'];
const options = { scope: asked.join(' ') };
const all = { scope: options.scope };

describe('what a server answers to a code', () => {
  let server: SimulatedServer;

  beforeEach(() => {
    server = new SimulatedServer();
  });

  it('SMART-44: a whole answer is worth no warning', async () => {
    const { session } = await signInWith(server, () => all, options);
    expect(warnedOf(signedIn(session))).to.deep.equal([]);
  });

  for (const [member, code] of [
    ['token_type', 'token/type-missing'],
    ['scope', 'token/scope-missing'],
    ['expires_in', 'token/lifetime-missing'],
  ] as const) {
    it(`SMART-44: without ${member} the person is signed in, with a warning`, async () => {
      const { session } = await signInWith(server, () => ({ ...all, [member]: undefined }), options);
      expect(warnedOf(signedIn(session))).to.deep.equal([code]);
      await session.fetch('Patient/maria');
      expect(authorizationOf(server.seen.at(-1))).to.equal('Bearer access-1');
    });
  }

  for (const access_token of [undefined, null, '', 7, {}]) {
    it(`SMART-44: with ${JSON.stringify(access_token) ?? 'nothing'} for an access token nobody is signed in`, async () => {
      const { session } = await signInWith(server, () => ({ ...all, access_token }), options);
      expect(session.snapshot.status).to.equal('signed-out');
      expect(session.snapshot.error?.code).to.equal('token/invalid-response');
    });
  }

  for (const token_type of ['Bearer', 'bearer', 'BEARER']) {
    it(`SMART-45: a token of type ${token_type} is used as what it is`, async () => {
      const { session } = await signInWith(server, () => ({ ...all, token_type }), options);
      await session.fetch('Patient/maria');
      expect(authorizationOf(server.seen.at(-1))).to.equal('Bearer access-1');
    });
  }

  for (const token_type of ['mac', 'DPoP', 'N_A']) {
    it(`SMART-45 [R26]: a token of type ${token_type} is not used as a bearer token, and that is said`, async () => {
      const { session } = await signInWith(server, () => ({ ...all, token_type }), options);
      expect(session.snapshot.status).to.equal('signed-out');
      expect(session.snapshot.error?.code).to.equal('token/unsupported-type');
      expect(server.seen.map((request) => authorizationOf(request)).filter(Boolean)).to.deep.equal([]);
    });
  }

  for (const expires_in of [600, '600', ' 600 ']) {
    it(`SMART-47 [R10]: expires_in ${JSON.stringify(expires_in)} is over after 600 seconds`, async () => {
      const members = { ...all, expires_in, refresh_token: undefined };
      const { browser, session } = await signInWith(server, () => members, options);
      expect(signedIn(session).expiresAt).to.equal(browser.now + 600_000);
      await browser.pass(599_000);
      expect(session.snapshot.status).to.equal('signed-in');
      await browser.pass(2_000);
      expect(session.snapshot.status).to.equal('expired');
    });
  }

  it('SMART-47 [R10]: with a refresh token, "600" is renewed when it is due', async () => {
    const { browser, session } = await signInWith(server, () => ({ ...all, expires_in: '600' }), options);
    await browser.pass(300_000);
    await session.fetch('Patient/maria');
    expect(server.count('token')).to.equal(1);
    await browser.pass(300_000);
    await session.fetch('Patient/maria');
    expect(server.count('token')).to.equal(2);
  });

  for (const expires_in of ['soon', '', 0, -1]) {
    it(`SMART-47: expires_in ${JSON.stringify(expires_in)} says nothing: the token serves, with a warning`, async () => {
      const members = { ...all, expires_in, refresh_token: undefined };
      const { browser, session } = await signInWith(server, () => members, options);
      await browser.pass(11 * 3_600_000);
      expect(warnedOf(signedIn(session))).to.deep.equal(['token/lifetime-missing']);
    });
  }

  it('SMART-48: where the server does not say what it granted, it is what was asked for', async () => {
    const { session } = await signInWith(server, () => ({ ...all, scope: undefined }), options);
    const { scopes, missingScopes } = signedIn(session);
    expect(scopes).to.deep.equal(asked);
    expect(missingScopes).to.deep.equal([]);
  });

  for (const [kind, scope, granted, missing] of [
    ['grants all', options.scope, asked, []],
    [
      'grants all, in other words',
      'online_access patient/*.cruds launch/patient',
      ['online_access', 'patient/*.cruds', 'launch/patient'],
      [],
    ],
    [
      'trims what it grants',
      'launch/patient patient/Patient.r online_access',
      ['launch/patient', 'patient/Patient.r', 'online_access'],
      ['patient/Patient.rs', 'patient/Observation.rs'],
    ],
    ['grants nothing', '', [], ['launch/patient', 'patient/Patient.rs', 'patient/Observation.rs']],
    ['grants more', `${options.scope} user/*.rs openid`, [...asked, 'user/*.rs', 'openid'], []],
  ] as const) {
    it(`SMART-49: of a server that ${kind} the page can tell what is missing`, async () => {
      const { session } = await signInWith(server, () => ({ scope }), options);
      expect(signedIn(session).scopes).to.deep.equal(granted);
      expect(signedIn(session).missingScopes).to.deep.equal(missing);
    });
  }
});
