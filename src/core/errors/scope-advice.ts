import { errorFamily, type ErrorFamily } from '../error-family.js';

const texts = {
  'too-wide': {
    message: 'This app asks for more than it may need.',
    fix: 'Name the types and the permissions that are used, in place of “{value}”.',
    who: 'page',
  },
  'for-no-person': {
    message: 'This app asks for its permissions in an unusual way.',
    fix: '“{value}” is for programs without a person. Ask for patient/ or user/ scopes.',
    who: 'page',
  },
  'letters-out-of-order': {
    message: 'This app asks for its permissions in an unusual way.',
    fix: 'Write the letters of “{value}” in the order c, r, u, d, s: servers may refuse another one.',
    who: 'page',
  },
  'unknown-type': {
    message: 'This app asks for its permissions in an unusual way.',
    fix: 'The types of FHIR begin with a capital letter: see “{value}”.',
    who: 'page',
  },
  'not-in-first-version': {
    message: 'This app asks for its permissions in an unusual way.',
    fix: 'The server speaks version 1 of SMART scopes, which has no words for “{value}”. It was sent as it is.',
    who: 'page',
  },
  'without-openid': {
    message: 'This app asks for its permissions in an unusual way.',
    fix: '{value} is granted together with openid only: ask for both.',
    who: 'page',
  },
  'outlives-storage': {
    message: 'This app asks for access that lasts longer than it is kept.',
    fix: '“{value}” outlives the tab, which the tokens do not: use persist="browser", or ask for online_access.',
    who: 'page',
  },
  'outlived-by-storage': {
    message: 'This app keeps a sign-in longer than it may last.',
    fix: '“{value}” ends with the person’s session at the server: ask for offline_access, or use persist="tab".',
    who: 'page',
  },
  'not-advertised': {
    message: 'The health record server may not offer all that this app asks for.',
    fix: 'Its capabilities say nothing of what “{value}” needs.',
    who: 'page',
  },
} as const;

/** Warnings of `scope/…` about what a page asks for. */
export const scopeAdvice: ErrorFamily<'scope', keyof typeof texts> = /* @__PURE__ */ errorFamily(
  'scope',
  texts,
);
