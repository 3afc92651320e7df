import { errorFamily, type ErrorFamily } from '../error-family.js';

const texts = {
  unreachable: {
    message: 'The sign-in service of this page could not be reached.',
    fix: 'Check the network. If it works, nothing answers at {value}, or it leads elsewhere.',
    who: 'server',
  },
  unavailable: {
    message: 'The sign-in service of this page is not available at the moment.',
    fix: 'Try again later. {value} answered with HTTP {status}.',
    who: 'server',
  },
  refused: {
    message: 'The sign-in service of this page did not accept what this page asked for.',
    fix: '{value} answered with HTTP {status}. It has to be on the origin of the page, and to see Origin and Smart-Session.',
    who: 'page',
  },
  'invalid-answer': {
    message: 'The sign-in service of this page gave an answer that cannot be used.',
    fix: '{value} does not answer in the form that docs/backend.md describes.',
    who: 'server',
  },
  'sign-out-unconfirmed': {
    message:
      'You are signed out here, but the sign-in service could not be told. If others use this computer, close the browser.',
    fix: 'The page tells it as soon as it can be reached.',
    who: 'person',
  },
} as const;

/** Errors of `backend/…`: a server that keeps the tokens for the page. */
export const backendError: ErrorFamily<'backend', keyof typeof texts> = /* @__PURE__ */ errorFamily(
  'backend',
  texts,
);

const configTexts = {
  'invalid-backend': {
    message: 'This page has not been set up correctly.',
    fix: 'backend on <smart-auth> is a path of this site, such as /smart. It is “{value}”.',
    who: 'page',
  },
} as const;

/** Errors of `config/…` that only a page with a backend can have. */
export const backendConfigError: ErrorFamily<'config', keyof typeof configTexts> =
  /* @__PURE__ */ errorFamily('config', configTexts);
