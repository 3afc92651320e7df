import { errorFamily, type ErrorFamily } from '../error-family.js';

const texts = {
  'unknown-state': {
    message: 'This sign-in was already used, is too old, or was started in another browser.',
    fix: 'Sign in again from this page. If it happens each time, sign-in starts and ends on different addresses, or storage is blocked.',
    who: 'person',
  },
  expired: {
    message: 'The sign-in took too long.',
    fix: 'Sign in again, within ten minutes.',
    who: 'person',
  },
  malformed: {
    message: 'The health record server sent an incomplete answer to the sign-in.',
    fix: 'Sign in again. The answer held neither one code nor one error.',
    who: 'person',
  },
  'issuer-mismatch': {
    message: 'The answer to the sign-in did not come from the expected server. It was not used.',
    fix: 'The iss of the answer (RFC 9207) is not the server’s issuer.',
    who: 'server',
  },
  'error-without-state': {
    message: 'Signing in was not completed. Nothing was changed.',
    fix: 'An error came without state (RFC 6749 §4.1.2.1): it could be anybody’s, so that nothing of it was used.',
    who: 'server',
  },
  'other-configuration': {
    message: 'This sign-in was started with other settings than the page has now.',
    fix: 'Sign in again. client-id, fhir-base or tenant of <smart-auth name="{name}"> changed meanwhile.',
    who: 'page',
  },
} as const;

/** Errors and warnings of `callback/…`: coming back to the page. */
export const callbackError: ErrorFamily<'callback', keyof typeof texts> = /* @__PURE__ */ errorFamily(
  'callback',
  texts,
);
