import { ended, refusedRenewal, signedIn, signedOut } from './outcomes.mjs';

/** @type {import('./outcomes.mjs').Expectations} */
export const tokenExpectations = {
  'token-as-jwt': { rule: 'SMART-53', makes: signedIn({ revoked: [200, 400] }) },
  'token-with-dots': { rule: 'SMART-53', makes: signedIn() },
  'short-tokens': { rule: 'SMART-54', makes: signedIn() },
  'no-lifetime': {
    rule: 'SMART-46',
    makes: signedIn({ warnings: ['token/lifetime-missing'], end: 'unknown' }),
  },
  'lifetime-as-text': { rule: 'SMART-47', makes: signedIn() },
  'lifetime-of-zero': {
    rule: 'SMART-47',
    makes: signedIn({ warnings: ['token/lifetime-missing'], end: 'unknown' }),
  },
  'lifetime-negative': {
    rule: 'SMART-47',
    makes: signedIn({ warnings: ['token/lifetime-missing'], end: 'unknown' }),
  },
  'lifetime-nonsense': {
    rule: 'SMART-47',
    makes: signedIn({ warnings: ['token/lifetime-missing'], end: 'unknown' }),
  },
  'no-token-type': { rule: 'SMART-45', makes: signedIn({ warnings: ['token/type-missing'] }) },
  'lower-case-token-type': { rule: 'SMART-45', makes: signedIn() },
  'other-token-type': { rule: 'SMART-45', makes: signedOut('token/unsupported-type') },
  'no-access-token': { rule: 'SMART-44', makes: signedOut('token/invalid-response') },
  'extra-members': {
    rule: 'SMART-80',
    makes: signedIn({
      extra: ['smart_style_url', 'ext_expires_in', 'resource', 'practioner', 'practitioner'],
    }),
  },
  'cacheable-tokens': { rule: 'SMART-50', makes: signedIn() },
  'secret-demanded': {
    rule: 'SMART-105',
    makes: signedOut('token/invalid-client', {
      said: { error: 'invalid_client', description: 'The client secret is missing.' },
    }),
  },
  'errors-as-success': {
    rule: 'SMART-51',
    ...refusedRenewal,
    makes: ended({ error: 'invalid_grant', description: 'grant request is invalid' }),
  },
  'errors-as-401': {
    rule: 'SMART-51',
    ...refusedRenewal,
    makes: ended({ error: 'invalid_grant', description: 'grant request is invalid' }),
  },
  'token-as-web-page': { rule: 'SMART-51', makes: signedOut('token/invalid-response') },
  'unavailable-as-json': { rule: 'SMART-96', makes: signedOut('token/unavailable') },
  'no-cors-on-token': { rule: 'SMART-52', makes: signedOut('token/unreachable') },
};

/** @type {import('./outcomes.mjs').Expectations} */
export const renewalExpectations = {
  'no-refresh-tokens': { rule: 'SMART-99', makes: signedIn({ renewal: undefined, revoked: [200] }) },
  'no-new-refresh-token': { rule: 'SMART-95', makes: signedIn() },
  'same-refresh-token': { rule: 'SMART-95', makes: signedIn() },
  // SMART-46: when the new token ends is not known.
  'bare-renewal': { rule: 'SMART-97', makes: signedIn({ renewal: { end: 'unknown' } }) },
  'another-patient-on-renewal': {
    rule: 'SMART-97',
    makes: signedIn({
      renewal: {
        status: 'signed-out',
        reason: 'signed-out',
        error: 'context/patient-changed',
        record: 'signed-out',
      },
    }),
  },
  'renewal-needs-scope': {
    rule: 'SMART-91',
    makes: signedIn({
      renewal: {
        error: 'token/refused',
        said: { error: 'invalid_request', description: 'scope is wrong' },
      },
    }),
  },
  'renewal-refuses-scope': { rule: 'SMART-91', makes: signedIn() },
  'refresh-needs-client-id': { rule: 'SMART-92', makes: signedIn() },
  'renewal-unavailable': { rule: 'SMART-96', makes: signedIn({ renewal: { error: 'token/unavailable' } }) },
  'renewal-drops-connection': {
    rule: 'SMART-96',
    makes: signedIn({ renewal: { error: 'token/unreachable' } }),
  },
};
