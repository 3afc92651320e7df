import { errorFamily, type ErrorFamily } from '../error-family.js';

const texts = {
  'memory-only': {
    message: 'Your sign-in cannot be kept here: it ends when you leave this page.',
    fix: 'The browser refuses storage: the page is in a frame, or storage is blocked.',
    who: 'person',
  },
  'not-removed': {
    message:
      'You are signed out, but this browser has kept your sign-in. If others use this computer, clear the data of this site.',
    fix: 'The browser refused to remove a record of the database “smart-elements”.',
    who: 'person',
  },
  unreadable: {
    message: 'The earlier sign-in could not be read again. Load this page again, or sign in.',
    fix: 'Close the other tabs of this site, and load this page again: one of them may keep the database “smart-elements” busy.',
    who: 'person',
  },
  'write-failed': {
    message: 'Your sign-in could not be kept: it ends when you leave this page.',
    fix: 'The browser refused to write. Its storage may be full.',
    who: 'person',
  },
} as const;

/** Warnings of `storage/…`: how far the browser keeps what it is given. Apart, because hardly any browser refuses. */
export const keepingWarning: ErrorFamily<'storage', keyof typeof texts> = /* @__PURE__ */ errorFamily(
  'storage',
  texts,
);
