import { errorFamily, type ErrorFamily } from '../error-family.js';

const texts = {
  'foreign-url': {
    message: 'This record is at another place than the one you signed in to. It was not asked for.',
    fix: 'The access token does not go to {host}.',
    who: 'page',
  },
} as const;

/** Errors of `fhir/…` that the session layer raises: apart, so that signing in does not bring all texts of reading along. */
export const guardError: ErrorFamily<'fhir', keyof typeof texts> = /* @__PURE__ */ errorFamily('fhir', texts);
