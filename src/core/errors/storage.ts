import { errorFamily, type ErrorFamily } from '../error-family.js';

const texts = {
  unavailable: {
    message: 'This page cannot keep a sign-in here. Open it in a window of its own.',
    fix: 'The browser refuses storage: the page is in a frame, or storage is blocked.',
    who: 'page',
  },
} as const;

/** Errors of `storage/…`: what the browser lets the page keep. */
export const storageError: ErrorFamily<'storage', keyof typeof texts> = /* @__PURE__ */ errorFamily(
  'storage',
  texts,
);
