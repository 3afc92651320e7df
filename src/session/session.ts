import type { SmartError } from '../core/smart-error.js';
import type { LaunchContext } from '../smart/launch-context.js';
import type { Introspection } from '../smart/introspection.js';
import type { ServerConfiguration } from '../smart/server-configuration.js';
import type { SignedInUser } from '../smart/id-token.js';
import type { Ending } from './endings.js';

/** Why nobody is signed in. */
export type SignedOutReason = 'initial' | 'signed-out' | 'signed-out-elsewhere' | 'denied' | 'idle';

/** What an ended session needs: another sign-in by the app, or another launch from the EHR. */
export type Recovery = 'sign-in' | 'relaunch';

interface SnapshotBase {
  /** The random id of the session that this snapshot, and each function in it, belongs to. */
  readonly id: string;
  /** The FHIR base URL as configured, its tenant filled in; empty while there is no usable one. */
  readonly fhirBase: string;
  /** Something to read. It may accompany any status. */
  readonly error?: SmartError;
  /** What the server did that it should not, and what follows for the person. */
  readonly warnings: readonly SmartError[];
}

/** Reading the address bar, restoring; or the page is put away, and looks again when it is seen again. */
export interface StartingSnapshot extends SnapshotBase {
  readonly status: 'starting';
}

/** Nobody is signed in. */
export interface SignedOutSnapshot extends SnapshotBase {
  readonly status: 'signed-out';
  readonly reason: SignedOutReason;
  /** Leaves for the authorization server, as soon as all is prepared. */
  signIn(): Promise<void>;
}

/** The browser is on its way to the authorization server. */
export interface AuthorizingSnapshot extends SnapshotBase {
  readonly status: 'authorizing';
  /** Whether an EHR has opened the app anew, and what this tab had before is gone for it. */
  readonly isReplacing: boolean;
  /** Where to sign in, for a link: the browser has blocked the window that was to be opened. */
  readonly signInUrl: string | undefined;
  cancel(): void;
}

/** A code is being exchanged for tokens. */
export interface ExchangingSnapshot extends SnapshotBase {
  readonly status: 'exchanging';
}

/** Usable. */
export interface SignedInSnapshot extends SnapshotBase {
  readonly status: 'signed-in';
  /** The end of the access token in ms since the epoch; undefined where the server does not say. */
  readonly expiresAt: number | undefined;
  /** Whether the session can be renewed without asking the person. */
  readonly refreshable: boolean;
  /** Whether it is being renewed now. */
  readonly refreshing: boolean;
  /** The end of the session, where it is near enough to say so; undefined otherwise. */
  readonly ending: Ending | undefined;
  /** How long the person may do nothing before they are signed out, in ms. */
  readonly idleLimit: number;
  /** What the session needs once it has ended. */
  readonly recovery: Recovery;
  /** The scopes that were granted. */
  readonly scopes: readonly string[];
  /** The scopes that were asked for and not granted. */
  readonly missingScopes: readonly string[];
  /** What the sign-in is about: patient, encounter, and more. */
  readonly context: LaunchContext;
  /** What the server declares about itself: its capabilities, where a person manages what apps may see, and more. */
  readonly server: ServerConfiguration;
  /** Who signed in, where an id_token says so and passed its checks. */
  readonly user: SignedInUser | undefined;
  /**
   * Like `fetch()`, with the access token; relative URLs are resolved against the FHIR base.
   *
   * Renews an ended token first, and once more after a 401.
   *
   * @throws {SmartError} `fhir/foreign-url` for a URL that may not have the token; `session/superseded`,
   *   `session/expired`, `token/…` where there is no usable token. Network faults reject as those of `fetch()` do.
   */
  fetch(input: string | URL, init?: RequestInit): Promise<Response>;
  /** Renews now. @throws {SmartError} `session/not-renewable`, `token/…`, `session/superseded`. */
  refresh(): Promise<void>;
  /**
   * The person says that they are still here: puts off the end of their idle time, in all tabs. Where the session can be
   * renewed, it is renewed first, and stays as it was where that fails.
   *
   * @throws {SmartError} as `refresh()`.
   */
  extend(): Promise<void>;
  /**
   * Asks the server what it makes of the access token now: a diagnostic (RFC 7662). The answer has no token in it.
   *
   * @throws {SmartError} `token/no-introspection`, `token/introspection-refused`, and other `token/…`.
   */
  introspect(): Promise<Introspection>;
  /** Ends what cannot be extended, before its time, and leaves for the authorization server. */
  signInAgain(): Promise<void>;
  /** Forgets the session, then asks the server to revoke it. */
  signOut(): Promise<void>;
}

/** Was signed in, cannot be renewed. */
export interface ExpiredSnapshot extends SnapshotBase {
  readonly status: 'expired';
  readonly recovery: Recovery;
  /** What the session was about. */
  readonly context: LaunchContext;
  signIn(): Promise<void>;
  /** Forgets what the session was about: on a shared computer, nobody else is to see it. */
  signOut(): Promise<void>;
}

/** A server without authorization, only where the author allowed it. */
export interface UnprotectedSnapshot extends SnapshotBase {
  readonly status: 'unprotected';
  fetch(input: string | URL, init?: RequestInit): Promise<Response>;
}

/** Sign-in cannot work as things are: wrong configuration, no discovery. Always with an `error`. */
export interface UnavailableSnapshot extends SnapshotBase {
  readonly status: 'unavailable';
  readonly error: SmartError;
  retry(): void;
}

/** The state of a session as everyone else sees it: frozen, without any token. */
export type Snapshot =
  | StartingSnapshot
  | SignedOutSnapshot
  | AuthorizingSnapshot
  | ExchangingSnapshot
  | SignedInSnapshot
  | ExpiredSnapshot
  | UnprotectedSnapshot
  | UnavailableSnapshot;

/** Where a session is. */
export type SessionStatus = Snapshot['status'];

/** One session's life. The OAuth session is the first adapter; a host's own token or a backend can be others. */
export interface Session {
  /** The current state. */
  readonly snapshot: Snapshot;
  /** Reads the address bar, restores, or waits signed out. Called once. */
  start(): Promise<void>;
  signIn(): Promise<void>;
  /**
   * Takes the answer of the authorization server from the page, where the platform takes it out of the address first.
   *
   * @param answer `code` and `state`, or `error` and `state`, in the form of a query.
   */
  completeSignIn(answer: string | URLSearchParams): Promise<void>;
  signOut(): Promise<void>;
  refresh(): Promise<void>;
  extend(): Promise<void>;
  signInAgain(): Promise<void>;
  introspect(): Promise<Introspection>;
  fetch(input: string | URL, init?: RequestInit): Promise<Response>;
  /** Calls back at each new snapshot, synchronously. @returns a function that ends it. */
  subscribe(listener: (snapshot: Snapshot) => void): () => void;
  /** Lets go of timers, channels and listeners. What is stored stays. */
  stop(): void;
}
