import { errorFamily, type ErrorFamily } from '../error-family.js';

/* Codes that are promised, and that nothing raises at present: apart, so that no page carries their words. */

const storageTexts = {
  unreadable: {
    message: 'The earlier sign-in could not be read again.',
    fix: 'Sign in again.',
    who: 'person',
  },
} as const;

/** Errors of `storage/…` that are reserved. */
export const reservedStorageError: ErrorFamily<'storage', keyof typeof storageTexts> =
  /* @__PURE__ */ errorFamily('storage', storageTexts);
