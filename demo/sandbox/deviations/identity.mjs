import { change, onRefresh, without } from './changes.mjs';

/** What servers get wrong about saying who signed in. */

const idToken = (task) => change('idToken', task);
const claims = (task) => idToken((parts, about) => ({ ...parts, claims: task(parts.claims, about) }));

/** A server that signs id_tokens by another algorithm than RS256. */
const signedBy = (alg, kid, keysOf) => ({
  rewrite: {
    idToken: (parts) => ({ ...parts, header: { alg, kid } }),
    jwks: (body, { keys }) => ({ keys: keysOf(body.keys, keys) }),
  },
});

/** A server that signs in people under a name other than its own. */
const namedAs = (issuerOf) => ({
  rewrite: {
    wellKnown: (body, { base }) => ({ ...body, issuer: issuerOf(base) }),
    idToken: (parts, { base }) => ({ ...parts, claims: { ...parts.claims, iss: issuerOf(base) } }),
    callback: (parameters, { base }) => {
      if (parameters.has('iss')) {
        parameters.set('iss', issuerOf(base));
      }
      return parameters;
    },
  },
});

/** @type {Record<string, { says: string, switches: Partial<import('../switches.mjs').Switches> }>} */
export const identityDeviations = {
  'issuer-elsewhere': {
    says: 'Who signs people in is on another host than the records.',
    switches: namedAs(() => 'https://identity.example/oauth2'),
  },
  'issuer-with-slash': {
    says: 'The issuer ends in a slash, in the smart-configuration alone.',
    switches: { rewrite: { wellKnown: (body) => ({ ...body, issuer: `${body.issuer}/` }) } },
  },
  'no-id-token': {
    says: 'It grants openid, and does not say who signed in.',
    switches: change('token', without('id_token')),
  },
  'id-token-expired': {
    says: 'The id_token has expired.',
    switches: claims((body) => ({ ...body, iat: body.iat - 90_000, exp: body.exp - 90_000 })),
  },
  'id-token-of-another-issuer': {
    says: 'The id_token is of another issuer.',
    switches: claims((body) => ({ ...body, iss: 'https://elsewhere.example' })),
  },
  'id-token-for-another-app': {
    says: 'The id_token is for another app.',
    switches: claims((body) => ({ ...body, aud: 'another-app' })),
  },
  'id-token-with-other-nonce': {
    says: 'The id_token is of another sign-in.',
    switches: claims((body) => ({ ...body, nonce: 'another' })),
  },
  'id-token-without-nonce': {
    says: 'The id_token does not say which sign-in it is of.',
    switches: claims(without('nonce')),
  },
  'id-token-without-signature': {
    says: 'The id_token is not signed.',
    switches: idToken((parts) => ({ ...parts, header: { alg: 'none' }, signature: 'none' })),
  },
  'id-token-with-bad-signature': {
    says: 'The signature of the id_token is wrong.',
    switches: idToken((parts) => ({ ...parts, signature: 'bad' })),
  },
  'id-token-without-key-id': {
    says: 'The id_token does not say which key it is signed with.',
    switches: idToken((parts) => ({ ...parts, header: without('kid')(parts.header) })),
  },
  'id-token-by-rs384': {
    says: 'The id_token is signed by RS384.',
    switches: signedBy('RS384', 'sandbox', ([key]) => [{ ...key, alg: 'RS384' }]),
  },
  'id-token-by-es384': {
    says: 'The id_token is signed by ES384.',
    switches: signedBy('ES384', 'other', (_, { ecPublicJwk }) => [ecPublicJwk]),
  },
  'id-token-by-hs256': {
    says: 'The id_token is signed with a secret that every copy of the app would have to know.',
    switches: signedBy('HS256', 'sandbox', (keys) => keys),
  },
  'keys-rotated': {
    says: 'The keys are being changed: every other answer does not have the new one yet.',
    switches: change('jwks', (body, { earlier, keys }) =>
      earlier % 2 === 0 ? { keys: [keys.ecPublicJwk] } : body,
    ),
  },
  'id-token-for-several-apps': {
    says: 'The id_token is for several apps, and says which one asked.',
    switches: claims((body) => ({ ...body, aud: [body.aud, 'another-app'], azp: body.aud })),
  },
  'id-token-from-the-future': {
    says: 'The id_token is not valid yet.',
    switches: claims((body) => ({
      ...body,
      iat: body.iat + 4_000,
      nbf: body.iat + 4_000,
      exp: body.exp + 4_000,
    })),
  },
  'another-person-on-renewal': {
    says: 'A renewal is of another person.',
    switches: claims(onRefresh((body) => ({ ...body, sub: 'somebody-else' }))),
  },
  'id-token-poor-on-renewal': {
    says: 'The id_token of a renewal says neither for whom nor for which sign-in it is.',
    switches: claims(onRefresh(without('aud', 'nonce'))),
  },
  'no-cors-on-keys': {
    says: 'No page of another site may read the keys.',
    switches: { noCors: { jwks: true } },
  },
  'relative-fhir-user': {
    says: 'fhirUser is relative to the FHIR base.',
    switches: claims(({ fhirUser, ...body }) => ({
      ...body,
      ...(fhirUser && { fhirUser: fhirUser.split('/').slice(-2).join('/') }),
    })),
  },
  'profile-in-place-of-fhir-user': {
    says: 'What fhirUser should say is in profile, as in version 1.',
    switches: claims(({ fhirUser, ...body }) => ({ ...body, ...(fhirUser && { profile: fhirUser }) })),
  },
  'profile-is-a-web-page': {
    says: 'In place of fhirUser there is a profile, which is a page about the person.',
    switches: claims(({ fhirUser, ...body }) => ({
      ...body,
      ...(fhirUser && { profile: 'https://social.example/maria' }),
    })),
  },
  'fhir-user-with-version': {
    says: 'fhirUser names a version of the record.',
    switches: claims((body) => ({
      ...body,
      ...(body.fhirUser && { fhirUser: `${body.fhirUser}/_history/1` }),
    })),
  },
  'fhir-user-elsewhere': {
    says: 'fhirUser is a record of another server.',
    switches: claims((body) => ({ ...body, fhirUser: 'https://elsewhere.example/fhir/Patient/1' })),
  },
  'fhir-user-of-unknown-type': {
    says: 'fhirUser is neither a person nor a role.',
    switches: claims((body, { fhirBase }) => ({ ...body, fhirUser: `${fhirBase}/Device/1` })),
  },
};
