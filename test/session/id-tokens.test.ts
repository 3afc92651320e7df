import { expect } from '@open-wc/testing';

import { json, fhirBase, SimulatedServer, signIdToken } from '../support/simulated-server.js';
import { codeOf, signedIn, signInAs, warnedOf } from './sessions.js';

function base64Url(bytes: ArrayBuffer | Uint8Array): string {
  return btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

const encode = (value: object): string => base64Url(new TextEncoder().encode(JSON.stringify(value)));

const algorithms = {
  RS256: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', modulusLength: 2048 },
  RS384: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-384', modulusLength: 2048 },
  ES256: { name: 'ECDSA', hash: 'SHA-256', namedCurve: 'P-256' },
  ES384: { name: 'ECDSA', hash: 'SHA-384', namedCurve: 'P-384' },
};
type Algorithm = keyof typeof algorithms;

/** A key of a server: how it is published, and how it signs. */
async function createKey(
  alg: Algorithm,
  kid?: string,
): Promise<{ jwk: object; sign: (claims: object) => Promise<string> }> {
  const algorithm = { ...algorithms[alg], publicExponent: new Uint8Array([1, 0, 1]) };
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const name = kid !== undefined && { kid };
  return {
    jwk: {
      ...(await crypto.subtle.exportKey('jwk', keys.publicKey)),
      ...name,
      alg,
      use: 'sig',
      key_ops: undefined,
    },
    sign: async (claims) => {
      const body = `${encode({ alg, ...name })}.${encode(claims)}`;
      const bytes = new TextEncoder().encode(body);
      return `${body}.${base64Url(await crypto.subtle.sign(algorithm, keys.privateKey, bytes))}`;
    },
  };
}

describe('an id_token', () => {
  let server: SimulatedServer;

  beforeEach(() => {
    server = new SimulatedServer();
  });

  for (const name of ['Zoë 中村 ÿþ', 'ÿÿÿ>>>???', 'Müller', '👩🏽‍⚕️ Dr. O’Neil', 'ab', 'abc', 'abcd']) {
    it(`SMART-83 [R14]: says the name as it is: ${name}`, async () => {
      const claims = { name, given_name: '~~~???>>>ÿÿÿ' };
      let payload = '';
      const { session } = await signInAs(server, claims, async (all) => {
        const token = await signIdToken(all);
        payload = token.split('.')[1] ?? '';
        return token;
      });
      expect(payload, 'what base64 alone would not have').to.match(/[-_]/);
      expect(payload).not.to.match(/[+/=]/);
      const { user, warnings } = signedIn(session);
      expect(user).to.include({ name, signature: 'verified' });
      expect(warnings).to.deep.equal([]);
    });
  }

  for (const [kind, claims, isOurs] of [
    ['us alone', { aud: 'portal' }, true],
    ['us alone, as a list', { aud: ['portal'] }, true],
    ['us among others, made out to us', { aud: ['portal', 'billing'], azp: 'portal' }, true],
    ['us, made out to us', { aud: 'portal', azp: 'portal' }, true],
    ['others alone', { aud: 'billing' }, false],
    ['others alone, as a list', { aud: ['billing', 'desk'], azp: 'portal' }, false],
    ['us among others, made out to another', { aud: ['portal', 'billing'], azp: 'billing' }, false],
    ['us among others, made out to nobody', { aud: ['portal', 'billing'] }, false],
    ['nobody', { aud: [] }, false],
    ['a name that begins like ours', { aud: 'portal2' }, false],
  ] as const) {
    it(`SMART-83 [R14b]: is ${isOurs ? '' : 'not '}believed where it is for ${kind}`, async () => {
      const { session } = await signInAs(server, claims);
      expect(signedIn(session).user?.subject).to.equal(isOurs ? 'someone' : undefined);
      expect(warnedOf(session.snapshot)).to.deep.equal(isOurs ? [] : ['id-token/audience-mismatch']);
    });
  }

  for (const alg of Object.keys(algorithms) as Algorithm[]) {
    it(`SMART-85: signed with ${alg} is believed, by the key that signed it alone`, async () => {
      const key = await createKey(alg, 'a');
      server.plan.jwks = () => json({ keys: [key.jwk] });
      const { session } = await signInAs(server, {}, key.sign);
      expect(signedIn(session).user).to.include({ subject: 'someone', signature: 'verified' });
      expect(warnedOf(session.snapshot)).to.deep.equal([]);

      const other = await createKey(alg, 'a');
      const { session: forged } = await signInAs(server, {}, other.sign);
      expect(signedIn(forged).user).to.equal(undefined);
      expect(warnedOf(forged.snapshot)).to.deep.equal(['id-token/bad-signature']);
    });
  }

  it('SMART-85: names no key where the server has one', async () => {
    const key = await createKey('RS256');
    server.plan.jwks = () => json({ keys: [key.jwk] });
    const { session } = await signInAs(server, {}, key.sign);
    expect(signedIn(session).user?.signature).to.equal('verified');
  });

  it('SMART-85: is checked with the key that it names, of several', async () => {
    const keys = [
      await createKey('RS256', 'a'),
      await createKey('RS256', 'b'),
      await createKey('ES384', 'c'),
    ];
    server.plan.jwks = () => json({ keys: keys.map(({ jwk }) => jwk) });
    for (const { sign } of keys) {
      const { session } = await signInAs(server, {}, sign);
      expect(signedIn(session).user?.signature).to.equal('verified');
    }
  });

  it('SMART-85: signed with a key that is newer than what was read is checked with what is read again', async () => {
    const [old, fresh] = [await createKey('ES256', 'old'), await createKey('ES256', 'new')];
    server.plan.jwks = () => json({ keys: server.count('jwks') === 1 ? [old.jwk] : [old.jwk, fresh.jwk] });
    const { session } = await signInAs(server, {}, fresh.sign);
    expect(signedIn(session).user?.signature).to.equal('verified');
    expect(server.count('jwks')).to.equal(2);
  });

  it('SMART-85: signed with a key that the server does not have is not believed, and asked about once more', async () => {
    const [own, foreign] = [await createKey('ES256', 'own'), await createKey('ES256', 'foreign')];
    server.plan.jwks = () => json({ keys: [own.jwk] });
    const { session } = await signInAs(server, {}, foreign.sign);
    expect(signedIn(session).user).to.equal(undefined);
    expect(warnedOf(session.snapshot)).to.deep.equal(['id-token/bad-signature']);
    expect(server.count('jwks')).to.be.at.most(2);
  });

  const unsigned = async (claims: object): Promise<string> => `${encode({ alg: 'none' })}.${encode(claims)}.`;
  const signedByPublicKey = async (claims: object): Promise<string> => {
    // What everybody can read serves as the secret: the old trick against a client that lets the token choose.
    const published = new TextEncoder().encode(JSON.stringify(await server.plan.jwks()));
    const key = await crypto.subtle.importKey('raw', published, { name: 'HMAC', hash: 'SHA-256' }, false, [
      'sign',
    ]);
    const body = `${encode({ alg: 'HS256', kid: 'one' })}.${encode(claims)}`;
    return `${body}.${base64Url(await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(body)))}`;
  };
  for (const [alg, sign] of [
    ['none', unsigned],
    ['HS256', signedByPublicKey],
  ] as const) {
    it(`SMART-85 [R14b]: signed with ${alg} names nobody, whether or not the keys can be read`, async () => {
      for (const jwks of [server.plan.jwks, () => json({}, 500)]) {
        server.plan.jwks = jwks;
        const { session } = await signInAs(server, {}, sign);
        expect(signedIn(session).user).to.equal(undefined);
        expect(warnedOf(session.snapshot)).to.deep.equal(['id-token/bad-signature']);
      }
    });
  }

  for (const [claims, fhirUser] of [
    [{ fhirUser: 'Practitioner/7' }, 'Practitioner/7'],
    [{ profile: 'Practitioner/7' }, 'Practitioner/7'],
    [{ profile: `${fhirBase}/Patient/maria` }, `${fhirBase}/Patient/maria`],
    [{ fhirUser: 'Patient/maria', profile: 'Practitioner/7' }, 'Patient/maria'],
    [{ profile: 'https://social.example/maria' }, undefined],
    [{ profile: 'https://social.example/people/maria' }, undefined],
    [{}, undefined],
  ] as const) {
    it(`SMART-89: ${JSON.stringify(claims)} says that ${fhirUser ?? 'no record'} is of who signed in`, async () => {
      const { session } = await signInAs(server, claims);
      expect(signedIn(session).user?.fhirUser).to.equal(fhirUser);
      expect(signedIn(session).user?.subject).to.equal('someone');
    });
  }

  it('SMART-89 SMART-58: a record of who signed in gets the token where it is of this server, and nowhere else', async () => {
    for (const [fhirUser, isHere] of [
      ['Practitioner/7', true],
      [`${fhirBase}/Practitioner/7`, true],
      ['https://staff.example/fhir/Practitioner/7', false],
      [`${fhirBase}-evil/Practitioner/7`, false],
      [`${fhirBase.replace('https:', 'http:')}/Practitioner/7`, false],
    ] as const) {
      const { session } = await signInAs(server, { fhirUser });
      const { user, fetch } = signedIn(session);
      expect(user?.fhirUser).to.equal(fhirUser);
      const asked = server.seen.length;
      expect(await codeOf(fetch(fhirUser)), fhirUser).to.equal(isHere ? 'no error' : 'fhir/foreign-url');
      expect(server.seen.slice(asked).map(({ url }) => url)).to.deep.equal(
        isHere ? [`${fhirBase}/Practitioner/7`] : [],
      );
    }
  });
});
