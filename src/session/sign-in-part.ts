/** What goes over the wire while somebody signs in, renews or signs out: see {@link loadSignInPart}. */
export { completeSignIn } from './code-exchange.js';
export { acceptRenewal } from './renewal.js';
export { prepareAuthorization, renewTokens, revokeToken } from '../smart/oauth/index.js';
