import type { ServerConfiguration } from './server-configuration.js';

/** What a sign-in asks for. */
export interface AuthorizationRequest {
  /** Sent as `aud`, verbatim. */
  readonly fhirBase: string;
  readonly clientId: string;
  readonly redirectUri: string;
  readonly scope: string;
  /** What the EHR gave; sent back as it came (SMART-15). */
  readonly launch?: string | undefined;
  /** Further parameters, in the form of a query. They never replace one of the flow's own. */
  readonly extraParameters?: string | undefined;
  /**
   * As it was discovered before leaving. The way back uses this and asks nobody again, so that no second server can
   * step in between (RFC 9700 §2.1).
   */
  readonly configuration: ServerConfiguration;
}

/** A sign-in with everything ready to leave. All of it but `url` must be kept until the way back. */
export interface PreparedAuthorization extends Omit<AuthorizationRequest, 'launch' | 'extraParameters'> {
  readonly state: string;
  readonly codeVerifier: string;
  /** Only where identity was asked for. */
  readonly nonce?: string;
  /** Where to send the browser. */
  readonly url: string;
}
