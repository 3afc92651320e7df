import { errorFamily, type ErrorFamily } from '../error-family.js';

const texts = {
  failed: {
    message: 'The sign-in of this page did not work.',
    fix: '{name} of the adapter failed. Catch there what goes wrong: it is not repeated here, as it could hold a token.',
    who: 'page',
  },
  'invalid-token': {
    message: 'The sign-in of this page gave something that records cannot be read with.',
    fix: 'getToken of the adapter has to give an access token alone, without “Bearer ” before it.',
    who: 'page',
  },
  'no-sign-in': {
    message: 'Sign in where this page offers it.',
    fix: 'The adapter has no signIn.',
    who: 'page',
  },
} as const;

/** Errors of `adapter/…`: code of the page that brings a session of its own. */
export const adapterError: ErrorFamily<'adapter', keyof typeof texts> = /* @__PURE__ */ errorFamily(
  'adapter',
  texts,
);

const configTexts = {
  'invalid-adapter': {
    message: 'This page has not been set up correctly.',
    fix: 'adapter of <smart-auth> is an object with getToken, or with fetch, and not with both.',
    who: 'page',
  },
} as const;

/** Errors of `config/…` that only a page with an adapter can have. */
export const adapterConfigError: ErrorFamily<'config', keyof typeof configTexts> =
  /* @__PURE__ */ errorFamily('config', configTexts);
