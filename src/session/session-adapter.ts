import type { Ending } from './endings.js';
import type { Recovery } from './session.js';

/**
 * What a page brings that signs people in itself: a token, or a `fetch` that has one, and whatever it knows of the session.
 *
 * ```js
 * document.querySelector('smart-auth').adapter = {
 *   getToken: ({ rejected }) => myLogin.accessToken({ forceRenewal: rejected }),
 *   describe: () => ({ scope: 'patient/*.rs', context: { patient: myLogin.patientId } }),
 *   signIn: () => myLogin.start(),
 *   signOut: () => myLogin.end(),
 *   subscribe: (onChange) => myLogin.onChange(onChange),
 * };
 * ```
 *
 * Only `getToken` or `fetch` is needed. What a function throws ends nothing, and is not repeated: it could hold a token.
 */
export type SessionAdapter = TokenAdapter | FetchAdapter;

/** A page that has an access token. The kit sends it, and only to where it belongs. */
export interface TokenAdapter extends AdapterOfPage {
  /**
   * Gives the access token. Asked before each request, so that it should answer from memory where the token is good; those
   * who ask at the same time share an answer.
   *
   * @returns the token alone, without `Bearer`; undefined where nobody is signed in any more.
   */
  getToken(request: TokenRequest): AccessToken | Promise<AccessToken>;
  fetch?: undefined;
}

/** A page that has a function which reads records for the person, by a token that it keeps or by a server of its own. */
export interface FetchAdapter extends AdapterOfPage {
  /**
   * Asks for a record, like the platform's `fetch`. Called only for addresses of the FHIR base. It has to heed
   * `init.signal`, and to keep to `init.redirect`. A 401 says that the session has ended: renewing is its own matter.
   *
   * @param url absolute, at the FHIR server, as the kit has checked it.
   */
  fetch(url: string, init: RequestInit): Promise<Response>;
  getToken?: undefined;
}

/** What a page may bring beside. */
export interface AdapterOfPage {
  /**
   * Says who is signed in, and what about. Asked at the start, after each {@link subscribe | onChange}, and when the page is
   * seen again. Without it, somebody always is, and nothing more is known.
   *
   * @returns undefined where nobody is.
   */
  describe?(): Described | Promise<Described>;
  /** Signs the person in, by leaving the page or on it. Settled once it is known whether somebody is signed in. */
  signIn?(): void | Promise<void>;
  /** Signs the person out, where they are signed in. The kit has forgotten everything before. */
  signOut?(): void | Promise<void>;
  /**
   * Renews the session where it can be, and notes that the person is still here. Settled once that is certain. Without it,
   * the session cannot be extended.
   */
  refresh?(): void | Promise<void>;
  /**
   * Tells the kit of changes: somebody has signed in or out, has chosen another patient, or the end is another one. It has to
   * come before any token of somebody else. What the kit has found to be over stays so until then: a token that the server
   * refuses, an end that has come, a sign-out.
   *
   * @param onChange to be called after each; cheap, and never throws.
   * @returns a function that ends it.
   */
  subscribe?(onChange: () => void): () => void;
}

type AccessToken = string | null | undefined;
type Described = AdapterFacts | null | undefined;

/** What a token is wanted for. */
export interface TokenRequest {
  /** The FHIR base that it will be sent to. */
  readonly fhirBase: string;
  /** Whether the server has refused the last one (HTTP 401). The same one again ends the session. */
  readonly rejected: boolean;
  /** Aborted when nobody waits for it any more. */
  readonly signal: AbortSignal;
}

/**
 * What a page knows of the session of its person, in the names of OAuth, OpenID Connect and SMART. All of it is shown to
 * scripts: no token belongs into it, and what is named like one is left out.
 */
export interface AdapterFacts {
  /**
   * Another one for each sign-in of a person. Tabs with the same one sign out together. Without it, another patient or
   * another user makes another session.
   */
  readonly id?: string;
  /** The FHIR base URL, where `<smart-auth>` has no `fhir-base`. */
  readonly fhirBase?: string;
  /** What was granted, separated by spaces. */
  readonly scope?: string;
  /** What was asked for, separated by spaces. */
  readonly askedScope?: string;
  /** The members of the token response that belong to the launch: `patient`, `encounter`, `need_patient_banner`, … */
  readonly context?: object;
  /** The claims `sub`, `name` and `fhirUser` of an id_token that was checked. */
  readonly user?: { readonly sub: string; readonly name?: string; readonly fhirUser?: string };
  /** The server's `smart-configuration`, or what of it is known. */
  readonly configuration?: object;
  /** When the access token ends, in ms since the epoch, where it is not renewed before. */
  readonly expiresAt?: number;
  /** The first end that is known; `at` in ms since the epoch. Default: the one of the token. */
  readonly ending?: Ending;
  /** How long the person may do nothing, in ms. */
  readonly idleLimit?: number;
  /** What the session needs once it has ended. Default: `sign-in`. */
  readonly recovery?: Recovery;
  /** Whether it has ended, and its person has to sign in again. */
  readonly hasEnded?: boolean;
}
