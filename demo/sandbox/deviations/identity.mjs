import { change, onRefresh, without } from './changes.mjs';

/** What servers get wrong about saying who signed in. */

const idToken = (task) => change('idToken', task);
const claims = (task) => idToken((parts, about) => ({ ...parts, claims: task(parts.claims, about) }));

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
  'fhir-user-elsewhere': {
    says: 'fhirUser is a record of another server.',
    switches: claims((body) => ({ ...body, fhirUser: 'https://elsewhere.example/fhir/Patient/1' })),
  },
  'fhir-user-of-unknown-type': {
    says: 'fhirUser is neither a person nor a role.',
    switches: claims((body, { fhirBase }) => ({ ...body, fhirUser: `${fhirBase}/Device/1` })),
  },
};
