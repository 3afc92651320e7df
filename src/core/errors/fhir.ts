import { errorFamily, type ErrorFamily } from '../error-family.js';

const texts = {
  'invalid-source': {
    message: 'This part of the page does not say correctly what to show.',
    fix: 'src is not a usable reference: “{value}”. Write it like Patient/{patient}.',
    who: 'page',
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
} as const;

/** Errors and warnings of `fhir/…`: reading records. */
export const fhirError: ErrorFamily<'fhir', keyof typeof texts> = /* @__PURE__ */ errorFamily('fhir', texts);
