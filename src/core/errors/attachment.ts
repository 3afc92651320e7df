import { errorFamily, type ErrorFamily } from '../error-family.js';

const texts = {
  damaged: {
    message: 'This document arrived damaged and cannot be shown.',
    fix: 'What should be base64 is not.',
    who: 'server',
  },
  'too-large': {
    message: 'This document is too large for this page. Ask for it where the record comes from.',
    fix: 'It has more than {value}.',
    who: 'server',
  },
} as const;

/** Errors of `attachment/…`: documents and pictures within records. */
export const attachmentError: ErrorFamily<'attachment', keyof typeof texts> = /* @__PURE__ */ errorFamily(
  'attachment',
  texts,
);
