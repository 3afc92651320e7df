import { signedIn, signedInAs, signedInUnverified, signedInWithoutName, signedOut } from './outcomes.mjs';

const ownRecord = { when: 'the page shows who has signed in', way: { values: { src: '{+fhirUser}' } } };

/** @type {import('./outcomes.mjs').Expectations} */
export const identityExpectations = {
  'issuer-elsewhere': { rule: 'SMART-84', makes: signedIn() },
  'issuer-with-slash': [
    { rule: 'SMART-41', makes: signedOut('callback/issuer-mismatch') },
    { rule: 'SMART-84', and: ['no-response-iss'], makes: signedIn() },
  ],
  'no-id-token': { rule: 'SMART-83', makes: signedInWithoutName('id-token/missing') },
  'id-token-expired': { rule: 'SMART-83', makes: signedInWithoutName('id-token/expired') },
  'id-token-from-the-future': { rule: 'SMART-83', makes: signedInWithoutName('id-token/expired') },
  'id-token-of-another-issuer': { rule: 'SMART-84', makes: signedInWithoutName('id-token/issuer-mismatch') },
  'id-token-for-another-app': { rule: 'SMART-83', makes: signedInWithoutName('id-token/audience-mismatch') },
  'id-token-for-several-apps': { rule: 'SMART-83', makes: signedIn() },
  'id-token-with-other-nonce': {
    rule: 'SMART-87',
    makes: signedOut('id-token/nonce-mismatch', { revoked: [200, 200] }),
  },
  'id-token-without-nonce': { rule: 'SMART-87', makes: signedIn({ warnings: ['id-token/nonce-missing'] }) },
  'id-token-without-signature': { rule: 'SMART-85', makes: signedInWithoutName('id-token/bad-signature') },
  'id-token-with-bad-signature': { rule: 'SMART-83', makes: signedInWithoutName('id-token/bad-signature') },
  'id-token-without-key-id': { rule: 'SMART-85', makes: signedIn() },
  'id-token-by-rs384': { rule: 'SMART-85', makes: signedIn() },
  'id-token-by-es384': { rule: 'SMART-85', makes: signedIn() },
  'id-token-by-hs256': { rule: 'SMART-85', makes: signedInWithoutName('id-token/bad-signature') },
  'keys-rotated': { rule: 'SMART-85', makes: signedIn() },
  'no-cors-on-keys': { rule: 'SMART-86', makes: signedInUnverified() },
  // What is wrong with it is said, and what was known before goes on.
  'id-token-poor-on-renewal': {
    rule: 'SMART-88',
    makes: signedIn({ renewal: { warnings: ['id-token/malformed'] } }),
  },
  'another-person-on-renewal': {
    rule: 'SMART-88',
    makes: signedIn({
      renewal: {
        status: 'signed-out',
        reason: 'signed-out',
        error: 'id-token/subject-changed',
        record: 'signed-out',
      },
    }),
  },
  'relative-fhir-user': { rule: 'SMART-89', ...ownRecord, makes: signedIn() },
  'profile-in-place-of-fhir-user': { rule: 'SMART-89', ...ownRecord, makes: signedIn() },
  'profile-is-a-web-page': {
    rule: 'SMART-89',
    ...ownRecord,
    makes: { ...signedInAs({ fhirUser: undefined }), record: 'error' },
  },
  'fhir-user-with-version': {
    rule: 'SMART-89',
    makes: signedInAs({ fhirUser: 'Patient/maria/_history/1' }),
  },
  'fhir-user-elsewhere': {
    rule: 'SMART-58',
    ...ownRecord,
    makes: { ...signedInAs({ fhirUser: 'https://elsewhere.example/fhir/Patient/1' }), record: 'error' },
  },
  'fhir-user-of-unknown-type': {
    rule: 'SMART-89',
    ...ownRecord,
    makes: { ...signedInAs({ fhirUser: 'Device/1' }), record: 'denied' },
  },
};
