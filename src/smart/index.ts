/** SMART App Launch without any element: what goes over the wire, and what it means. */
export type { AuthorizationRequest, PreparedAuthorization } from './authorization.js';
export { readCallback, readStrayError, withoutCallback, type Callback } from './callback.js';
export { readClientSettings, type ClientOptions, type ClientSettings } from './client-settings.js';
export {
  readAppContext,
  readAuthorizationDetails,
  readFhirContext,
  readStyleUrl,
  type FhirContextItem,
  type SmartAuthorization,
} from './context-details.js';
export { resolveFhirUser, type FhirUser } from './fhir-user.js';
export { discoverEndpoints, type DiscoveryOptions } from './discovery.js';
export { readSignedInUser, type SignedInUser } from './id-token.js';
export { introspectToken, type Introspection } from './introspection.js';
export type { JsonObject, JsonValue } from './json-object.js';
export { readLaunchContext, type LaunchContext } from './launch-context.js';
export {
  exchangeCode,
  prepareAuthorization,
  renewTokens,
  requestKeys,
  revokeToken,
  type IdTokenCheck,
  type OAuthParty,
} from './oauth/index.js';
export { missingScopes, parseResourceScope, splitScope, type ResourceScope } from './scope.js';
export { neededScope, type NeededScope, type WantedAccess } from './needed-scope.js';
export { formatScope, fromScopeUri, toScopeUri, type ScopeSyntax } from './scope-syntax.js';
export { supports, type Discovered, type ServerConfiguration } from './server-configuration.js';
export { createTokenGuard, type TokenGuard } from './token-guard.js';
export type { TokenResponse } from './token-response.js';
