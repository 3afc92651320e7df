/**
 * The one place that knows oauth4webapi: PKCE, checking the answer to a sign-in, the token requests, revocation and the
 * checks of an id_token. Everything it throws leaves here as a SmartError without a cause, because the library's errors
 * hold responses, and those hold tokens.
 *
 * The library keeps what it has checked in module-level maps: two copies of it refuse each other's values, so it is
 * bundled once.
 */
export { prepareAuthorization } from './authorization-request.js';
export {
  checkIdToken,
  peekSubject,
  requestKeys,
  type CheckedIdToken,
  type IdTokenCheck,
} from './id-token-check.js';
export type { OAuthParty } from './party.js';
export { exchangeCode, renewTokens, revokeToken } from './token-requests.js';
