import { errorFamily, type ErrorFamily } from '../error-family.js';

const texts = {
  'window-blocked': {
    message: 'Your browser did not open the window for signing in.',
    fix: 'Use the link to open it, or allow this page to open windows.',
    who: 'person',
  },
  'window-closed': {
    message: 'The window for signing in was closed.',
    fix: 'Sign in again if you had not finished.',
    who: 'person',
  },
  'completed-elsewhere': {
    message: 'You can close this window.',
    fix: 'Go on in the window that you came from.',
    who: 'person',
  },
} as const;

/** Errors of `authorize/…` about signing in in a window of its own. */
export const windowError: ErrorFamily<'authorize', keyof typeof texts> = /* @__PURE__ */ errorFamily(
  'authorize',
  texts,
);
