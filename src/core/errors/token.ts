import { errorFamily, type ErrorFamily } from '../error-family.js';

const texts = {
  unreachable: {
    message: 'The sign-in service could not be reached.',
    fix: 'Check the network. If it works, {host} does not allow this site (CORS), or this page’s Content-Security-Policy does not list it in connect-src.',
    who: 'server',
  },
  'timed-out': {
    message: 'The sign-in service did not answer in time.',
    fix: 'Try again. {host} is slow.',
    who: 'person',
  },
  unavailable: {
    message: 'The sign-in service is not available at the moment.',
    fix: 'Try again later. {host} answered with HTTP {status}.',
    who: 'server',
  },
  'invalid-grant': {
    message: 'The sign-in service no longer accepts this sign-in.',
    fix: 'Sign in again.',
    who: 'person',
  },
  'invalid-client': {
    message: 'The sign-in service does not know this app.',
    fix: 'Check client-id, and that the app is registered as a public client.',
    who: 'page',
  },
  refused: {
    message: 'The sign-in service refused to complete the sign-in.',
    fix: 'See the server’s own words.',
    who: 'server',
  },
  'invalid-response': {
    message: 'The sign-in service gave an answer that cannot be used.',
    fix: 'The token response is not JSON, or has no access_token.',
    who: 'server',
  },
  'unsupported-type': {
    message: 'The sign-in service gave an answer that cannot be used.',
    fix: 'The token_type is not Bearer.',
    who: 'server',
  },
  'type-missing': {
    message: 'The sign-in service described its answer incompletely.',
    fix: 'The token response has no token_type. Bearer was assumed.',
    who: 'server',
  },
  'scope-missing': {
    message: 'The sign-in service does not say what you allowed.',
    fix: 'The token response has no scope: all that was asked for (RFC 6749 §5.1).',
    who: 'server',
  },
  'lifetime-missing': {
    message: 'The sign-in service does not say how long the sign-in lasts.',
    fix: 'The token response has no expires_in. The token is used until it is refused.',
    who: 'server',
  },
  'no-introspection': {
    message: 'The sign-in service does not say what has become of a sign-in.',
    fix: 'It names no introspection_endpoint.',
    who: 'server',
  },
  'introspection-refused': {
    message: 'The sign-in service did not say what has become of this sign-in.',
    fix: 'Its introspection_endpoint answered with HTTP {status}: many answer to servers only.',
    who: 'server',
  },
} as const;

/** Errors and warnings of `token/…`: exchanging the code, renewing. */
export const tokenError: ErrorFamily<'token', keyof typeof texts> = /* @__PURE__ */ errorFamily(
  'token',
  texts,
);
