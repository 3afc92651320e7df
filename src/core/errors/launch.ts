import { errorFamily, type ErrorFamily } from '../error-family.js';

const texts = {
  'issuer-not-allowed': {
    message: 'This app was opened for a health record server that it does not know.',
    fix: 'Add it to issuers on <smart-auth> if you trust it: {host}.',
    who: 'page',
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
