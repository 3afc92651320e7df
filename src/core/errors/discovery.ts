import { errorFamily, type ErrorFamily } from '../error-family.js';

const texts = {
  unreachable: {
    message: 'The health record server could not be reached.',
    fix: 'Check the network. If it works, {host} does not allow this site (CORS), or this page’s Content-Security-Policy does not list it in connect-src.',
    who: 'server',
  },
  'timed-out': {
    message: 'The health record server did not answer in time.',
    fix: 'Try again. {host} is slow to answer .well-known/smart-configuration and metadata.',
    who: 'person',
  },
  unavailable: {
    message: 'The health record server is not available at the moment.',
    fix: 'Try again later. {host} answered with HTTP {status}.',
    who: 'server',
  },
  'not-found': {
    message: 'This address is not a health record server that an app can sign in to.',
    fix: 'Check fhir-base: nothing under it (.well-known/smart-configuration, metadata) says where to sign in.',
    who: 'page',
  },
  'no-sign-in': {
    message: 'This health record server does not ask anyone to sign in.',
    fix: 'It names no place to sign in. Set allow-unprotected on <smart-auth> if its records are for everybody.',
    who: 'page',
  },
  refused: {
    message: 'The health record server does not say where to sign in.',
    fix: '{host} answered with HTTP {status} where everybody may ask.',
    who: 'server',
  },
  'not-json': {
    message: 'This address does not answer as a health record server does.',
    fix: 'Check fhir-base: {host} did not answer with JSON.',
    who: 'page',
  },
  'blocked-by-policy': {
    message: 'This page does not let itself reach the health record server.',
    fix: 'List {host} in connect-src of this page’s Content-Security-Policy.',
    who: 'page',
  },
  'content-type': {
    message: 'The health record server describes itself in an unusual way.',
    fix: 'Its configuration is not labelled as application/json. It was read all the same.',
    who: 'server',
  },
  'missing-member': {
    message: 'The health record server describes itself incompletely.',
    fix: 'Its configuration has no {name}. It was used all the same.',
    who: 'server',
  },
  'missing-endpoint': {
    message: 'The health record server does not say where to sign in.',
    fix: 'Its configuration has no {name}.',
    who: 'server',
  },
  'insecure-endpoint': {
    message: 'The health record server would have you sign in at an address that is not secure.',
    fix: 'Its {name} is not https: “{value}”.',
    who: 'server',
  },
  'insecure-optional-endpoint': {
    message: 'The health record server names an address that is not secure.',
    fix: 'Its {name} is not https, and is not used: “{value}”.',
    who: 'server',
  },
  'relative-endpoint': {
    message: 'The health record server describes itself incompletely.',
    fix: 'Its {name} is a relative URL. It was resolved against the FHIR base.',
    who: 'server',
  },
  'pkce-not-advertised': {
    message: 'The health record server does not say that it protects sign-in with PKCE.',
    fix: 'Its code_challenge_methods_supported lacks S256. It was used all the same.',
    who: 'server',
  },
} as const;

/** Errors and warnings of `discovery/…`: finding the server's endpoints. */
export const discoveryError: ErrorFamily<'discovery', keyof typeof texts> = /* @__PURE__ */ errorFamily(
  'discovery',
  texts,
);
