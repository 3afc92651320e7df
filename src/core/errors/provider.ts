import { errorFamily, type ErrorFamily } from '../error-family.js';

const texts = {
  'no-provider': {
    message: 'This part of the page is not connected to a sign-in.',
    fix: 'Put <{tag}> inside a <smart-auth>, or give it for="…" with the id of one.',
    who: 'page',
  },
  'unknown-provider': {
    message: 'This part of the page is not connected to a sign-in.',
    fix: 'for="{value}" on <{tag}> names no <smart-auth> of this page.',
    who: 'page',
  },
} as const;

/** Errors of `config/…` that an element raises: apart, because the others are loaded only where there is one. */
export const providerError: ErrorFamily<'config', keyof typeof texts> = /* @__PURE__ */ errorFamily(
  'config',
  texts,
);
