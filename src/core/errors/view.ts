import { errorFamily, type ErrorFamily } from '../error-family.js';

const texts = {
  'not-a-resource': {
    message: 'This cannot be shown, because it is not a health record.',
    fix: 'resource must be an object with a resourceType.',
    who: 'page',
  },
  'modifier-not-understood': {
    message:
      'This record carries a condition that changes its meaning and that this page does not understand. It is not shown.',
    fix: 'Read it in the source system: {value}.',
    who: 'server',
  },
} as const;

/** Errors and warnings of `view/…`: showing records. */
export const viewError: ErrorFamily<'view', keyof typeof texts> = /* @__PURE__ */ errorFamily('view', texts);
