import { errorFamily, type ErrorFamily } from '../error-family.js';

const texts = {
  denied: {
    message: 'You did not allow access, or it was refused. Nothing was shared.',
    fix: 'Sign in again if this was not intended.',
    who: 'person',
  },
  'invalid-scope': {
    message: 'The health record server does not offer what this app asks for.',
    fix: 'Ask only for the scopes that the app is registered for.',
    who: 'page',
  },
  'invalid-client': {
    message: 'The health record server does not know this app.',
    fix: 'Check client-id, and that the app is registered and enabled there.',
    who: 'page',
  },
  'invalid-request': {
    message: 'The health record server did not understand the request to sign in.',
    fix: 'Check that redirect URI and FHIR base are exactly as registered.',
    who: 'page',
  },
  'server-error': {
    message: 'The health record server had a problem of its own.',
    fix: 'Try again later.',
    who: 'server',
  },
  refused: {
    message: 'The health record server refused the sign-in.',
    fix: 'See the server’s own words.',
    who: 'server',
  },
} as const;

/** Errors and warnings of `authorize/…`: what the authorization server answered with. */
export const authorizeError: ErrorFamily<'authorize', keyof typeof texts> = /* @__PURE__ */ errorFamily(
  'authorize',
  texts,
);
