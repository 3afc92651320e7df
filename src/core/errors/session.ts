import { errorFamily, type ErrorFamily } from '../error-family.js';

const texts = {
  superseded: {
    message: 'This belongs to an earlier sign-in.',
    fix: 'Take the current snapshot from <smart-auth> or its context.',
    who: 'page',
  },
  'not-signed-in': {
    message: 'You are not signed in.',
    fix: 'Sign in first.',
    who: 'person',
  },
  expired: {
    message: 'Your sign-in has ended.',
    fix: 'Sign in again.',
    who: 'person',
  },
  'not-renewable': {
    message: 'This sign-in cannot be extended.',
    fix: 'The server gave no refresh token. Ask for online_access or offline_access.',
    who: 'server',
  },
  busy: {
    message: 'Your sign-in is being renewed in another tab.',
    fix: 'Try again in a moment.',
    who: 'person',
  },
  'part-missing': {
    message: 'A part of this page could not be loaded.',
    fix: 'Check the network, and that all files of smart-elements are on the server.',
    who: 'page',
  },
} as const;

/** Errors and warnings of `session/…`: its life. */
export const sessionError: ErrorFamily<'session', keyof typeof texts> = /* @__PURE__ */ errorFamily(
  'session',
  texts,
);
