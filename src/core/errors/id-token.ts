import { errorFamily, type ErrorFamily } from '../error-family.js';

const texts = {
  missing: {
    message: 'The server did not say who signed in.',
    fix: 'openid was granted, but there is no id_token.',
    who: 'server',
  },
  malformed: {
    message: 'The server’s statement of who signed in cannot be read.',
    fix: 'The id_token lacks what OpenID Connect Core §2 requires.',
    who: 'server',
  },
  'issuer-mismatch': {
    message: 'The statement of who signed in is not from the expected server.',
    fix: 'iss of the id_token is not the server’s issuer.',
    who: 'server',
  },
  'audience-mismatch': {
    message: 'The statement of who signed in was made for another app.',
    fix: 'aud or azp of the id_token is not this client id.',
    who: 'server',
  },
  expired: {
    message: 'The statement of who signed in has expired.',
    fix: 'Check the clocks of server and device.',
    who: 'server',
  },
  'nonce-mismatch': {
    message: 'The answer belongs to another sign-in. It was not used.',
    fix: 'Sign in again. The nonce of the id_token is another one.',
    who: 'server',
  },
  'nonce-missing': {
    message: 'The server’s statement of who signed in is incomplete.',
    fix: 'The id_token does not repeat the nonce.',
    who: 'server',
  },
  'bad-signature': {
    message: 'The statement of who signed in is not genuine.',
    fix: 'The signature of the id_token does not fit the server’s keys.',
    who: 'server',
  },
  'keys-unavailable': {
    message: 'Who signed in could not be confirmed.',
    fix: 'The server’s keys (jwks_uri) could not be read. The claims were checked, the signature was not.',
    who: 'server',
  },
  'subject-changed': {
    message: 'The server now says that somebody else is signed in.',
    fix: 'Sign in again. sub of the renewed id_token is another one.',
    who: 'server',
  },
} as const;

/** Errors and warnings of `id-token/…`: who signed in. */
export const idTokenError: ErrorFamily<'id-token', keyof typeof texts> = /* @__PURE__ */ errorFamily(
  'id-token',
  texts,
);
