import { errorFamily, type ErrorFamily } from '../error-family.js';

const texts = {
  'issuer-not-allowed': {
    message: 'This app was opened for a health record server that it does not know.',
    fix: 'Add it to issuers on <smart-auth> if you trust it: {host}.',
    who: 'page',
  },
  'invalid-issuers': {
    message: 'This page has not been set up correctly.',
    fix: 'issuers on <smart-auth> must be FHIR base URLs separated by spaces, or a JSON list of objects with issuer, clientId and scope.',
    who: 'page',
  },
  required: {
    message: 'Open this app from your health record system.',
    fix: 'It signs in only where an EHR opens it with iss and launch. Set fhir-base to sign in without.',
    who: 'person',
  },
  'missing-issuer': {
    message: 'This app was opened in an incomplete way.',
    fix: 'Open it again from the EHR, which sent launch without iss.',
    who: 'server',
  },
} as const;

/** Errors and warnings of `launch/…`: opened from an EHR. */
export const launchError: ErrorFamily<'launch', keyof typeof texts> = /* @__PURE__ */ errorFamily(
  'launch',
  texts,
);
