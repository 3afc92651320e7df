/** A session without any element: sign in, stay signed in, ask for records with the token. */
export { AdaptedSession, type AdaptedOptions } from './adapted-session.js';
export { BackendSession, type BackendOptions } from './backend-session.js';
export { createBrowserHost } from './browser-host.js';
export { captureCallback } from './captured-callback.js';
export type { Ending, EndingCause } from './endings.js';
export type { Host, PageEvent, RecordStore, TabStorage } from './host.js';
export { OAuthSession } from './oauth-session.js';
export type {
  AuthorizingSnapshot,
  ExchangingSnapshot,
  ExpiredSnapshot,
  Recovery,
  Session,
  SessionStatus,
  SignedInSnapshot,
  SignedOutReason,
  SignedOutSnapshot,
  Snapshot,
  StartingSnapshot,
  UnavailableSnapshot,
  UnprotectedSnapshot,
} from './session.js';
export type {
  AdapterFacts,
  AdapterOfPage,
  FetchAdapter,
  SessionAdapter,
  TokenAdapter,
  TokenRequest,
} from './session-adapter.js';
