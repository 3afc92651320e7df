import { errorFamily, type ErrorFamily } from '../error-family.js';

const texts = {
  'invalid-source': {
    message: 'This part of the page does not say correctly what to show.',
    fix: 'src is not a usable reference: “{value}”. Write it like Patient/{patient}.',
    who: 'page',
  },
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
  unreachable: {
    message: 'The record could not be fetched: the server could not be reached.',
    fix: 'Check the network. If it works, {host} does not allow this site (CORS).',
    who: 'server',
  },
  'timed-out': {
    message: 'The record could not be fetched: the server did not answer in time.',
    fix: 'Try again.',
    who: 'person',
  },
  'not-json': {
    message: 'The server answered with {value}, and not with a record.',
    fix: 'FHIR JSON (application/fhir+json) is needed. A web page is often the sign-in page of a proxy on the way.',
    who: 'server',
  },
  'wrong-type': {
    message: 'The server answered with another record than the one asked for. It is not shown.',
    fix: '{expected} was asked for, {value} came.',
    who: 'server',
  },
  'wrong-patient': {
    message: 'The server answered with the record of another patient. It is not shown.',
    fix: 'Its subject is not the patient of this session.',
    who: 'server',
  },
  'broken-reference': {
    message: 'This record refers to something that cannot be found.',
    fix: 'A reference leads to {value}.',
    who: 'server',
  },
} as const;

/** Errors and warnings of `fhir/…`: reading records. */
export const fhirError: ErrorFamily<'fhir', keyof typeof texts> = /* @__PURE__ */ errorFamily('fhir', texts);
