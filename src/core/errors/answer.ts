import { errorFamily, type ErrorFamily } from '../error-family.js';

const texts = {
  unauthorized: {
    message: 'The server did not accept the sign-in for this record.',
    fix: 'Sign in again. HTTP 401, also after renewal.',
    who: 'person',
  },
  forbidden: {
    message: 'You are not allowed to see {value} here.',
    fix: 'HTTP 403. It takes {scope}.',
    who: 'server',
  },
  'not-found': {
    message: 'There is no such record, or it is not shared with this app.',
    fix: 'HTTP 404.',
    who: 'server',
  },
  gone: {
    message: 'This record was deleted.',
    fix: 'HTTP 410.',
    who: 'server',
  },
  'too-many-requests': {
    message: 'The server is busy. Try again in a moment.',
    fix: 'HTTP 429.',
    who: 'server',
  },
  rejected: {
    message: 'The server could not do what this page asked for.',
    fix: 'HTTP {status}. See the server’s own words.',
    who: 'page',
  },
  'server-error': {
    message: 'The server had a problem of its own. What was asked for could not be read.',
    fix: 'Try again later. HTTP {status}.',
    who: 'server',
  },
  'broken-reference': {
    message: 'This record refers to something that cannot be found.',
    fix: 'A reference leads to {value}.',
    who: 'server',
  },
} as const;

/** Errors of `fhir/…` for answers without a record: apart, because they are loaded with the first such answer. */
export const answerError: ErrorFamily<'fhir', keyof typeof texts> = /* @__PURE__ */ errorFamily(
  'fhir',
  texts,
);
