import { errorFamily, type ErrorFamily } from '../error-family.js';

const texts = {
  missing: {
    message: 'You have not allowed this app to read this.',
    fix: 'The scope {value} was not granted.',
    who: 'person',
  },
} as const;

/** Errors and warnings of `scope/…`: what was allowed. */
export const scopeError: ErrorFamily<'scope', keyof typeof texts> = /* @__PURE__ */ errorFamily(
  'scope',
  texts,
);
