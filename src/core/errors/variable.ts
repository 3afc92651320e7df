import { errorFamily, type ErrorFamily } from '../error-family.js';

const texts = {
  'missing-variable': {
    message: 'It is not known which {value} to show.',
    fix: 'src needs {value}, and the server gave none. Ask for the scope {scope}.',
    who: 'page',
  },
} as const;

/** Errors of `context/…` that reading raises: apart, because the others are loaded only where there is one. */
export const variableError: ErrorFamily<'context', keyof typeof texts> = /* @__PURE__ */ errorFamily(
  'context',
  texts,
);
