import type { ErrorCode } from '../core/error-code.js';
import { Fault, worded } from '../core/fault.js';
import type { AllowedIssuer } from './issuers.js';
import type { JsonObject } from './json-object.js';
import { hasCredentials, isSecureUrl } from './secure-url.js';

/** What a page says about the server and itself, as written. */
export interface ClientOptions {
  /** The FHIR base URL. `{tenant}` in it is filled from `tenant`. */
  readonly fhirBase: string;
  readonly clientId: string;
  /** Scopes, separated by white space. */
  readonly scope: string;
  readonly tenant?: string;
  /** Where the authorization server sends the person back to. Default: the page, without query and fragment. */
  readonly redirectUri?: string;
  /** Keeps the sessions of several elements on one page apart. Default: `default`. */
  readonly name?: string;
  /** Which FHIR servers may open the app (EHR launch), with what is different for them. Default: none. */
  readonly issuers?: string | readonly AllowedIssuer[];
  /** Further parameters of the authorization request, in the form of a query. */
  readonly extraParameters?: string;
  /** What a flawed id_token does: `strict` refuses the sign-in. Default: `warn`. */
  readonly idToken?: 'strict' | 'warn';
  /** Where the server's configuration is, in place of the well-known place under the FHIR base. */
  readonly configUrl?: string;
  /** The server's configuration itself, for servers that no script may ask. */
  readonly configuration?: JsonObject | undefined;
  /** Where the person signs in: in this window, in one of its own, or whichever fits. Default: `auto`. */
  readonly display?: 'auto' | 'redirect' | 'popup';
  /** Whether a server that names no place to sign in may be read without. */
  readonly allowUnprotected?: boolean;
  /** Where the tokens are kept. Default: `tab`. */
  readonly persist?: Persistence;
  /** How long the person may do nothing before they are signed out, in seconds. Default: 12 hours; with `kiosk` 2 minutes. */
  readonly idleTimeout?: number | undefined;
  /** Whether many people use the computer: nothing is stored, and nothing is shown that nobody looks at. */
  readonly kiosk?: boolean;
  /** Whether the granted scopes are sent at each renewal: some servers insist on it, others refuse it. Default: no. */
  readonly renewsWithScope?: boolean;
  /** Whether signing out goes on to the server's own sign-out page, where it names one. */
  readonly endServerSession?: boolean;
  /** Whether the page holds a client secret. It must not: everyone who opens the page has it then. */
  readonly hasClientSecret?: boolean;
}

/** Where tokens are kept: in the page alone, for as long as the tab lives, or in the browser for all of its tabs. */
export type Persistence = 'memory' | 'tab' | 'browser';

/** The same, checked: what the protocol works with. */
export interface ClientSettings {
  /** Verbatim as configured, the tenant filled in: servers compare `aud` as a string (SMART-26). */
  readonly fhirBase: string;
  readonly clientId: string;
  readonly scope: string;
  /** Absolute. */
  readonly redirectUri: string;
  readonly name: string;
  readonly extraParameters: string;
  readonly idToken: 'strict' | 'warn' | undefined;
  /** Absolute. */
  readonly configUrl: string | undefined;
  readonly configuration: JsonObject | undefined;
  readonly renewsWithScope: boolean;
  readonly persist: Persistence;
  /** Milliseconds. */
  readonly idleLimitMs: number;
}

/** Where the page names no limit: half a day, so that nobody finds a session of the day before. */
const idleLimitMs = 12 * 60 * 60_000;
const kioskIdleLimitMs = 2 * 60_000;
/** Seconds. WCAG 2.2, 2.2.1: a person has at least 20 s to say that they are still here, and needs some before. */
const shortestIdleTimeout = 30;

/**
 * Checks what a page says, and fills its gaps.
 *
 * @param pageUrl the absolute URL of the page.
 * @throws {SmartError} `config/…`, one code for each mistake.
 */
export function readClientSettings(options: ClientOptions, pageUrl: string): Promise<ClientSettings> {
  return worded(() => readSettings(options, pageUrl));
}

function readSettings(options: ClientOptions, pageUrl: string): ClientSettings {
  if (options.hasClientSecret) {
    fail('config/secret-in-browser');
  }
  return {
    fhirBase: readFhirBase(options.fhirBase.trim(), options.tenant?.trim() ?? ''),
    clientId: options.clientId.trim() || fail('config/missing-client-id'),
    scope: readScope(options.scope),
    redirectUri: readRedirectUri(options.redirectUri?.trim() ?? '', pageUrl),
    name: readName(options.name?.trim() ?? ''),
    extraParameters: readExtraParameters(options),
    idToken: options.idToken,
    configUrl: readConfigUrl(options.configUrl?.trim() ?? '', pageUrl),
    configuration: options.configuration,
    renewsWithScope: options.renewsWithScope ?? false,
    persist: readPersistence(options),
    idleLimitMs: readIdleLimit(options),
  };
}

/** Where many people use a computer, the server is not to take the next one for the one before. */
function readExtraParameters({ extraParameters = '', kiosk }: ClientOptions): string {
  const parameters = new URLSearchParams(extraParameters);
  if (kiosk && !parameters.has('prompt')) {
    parameters.set('prompt', 'login');
    return parameters.toString();
  }
  return extraParameters;
}

function readPersistence({ persist = 'tab', kiosk }: ClientOptions): Persistence {
  if (!['memory', 'tab', 'browser'].includes(persist)) {
    fail('config/invalid-persist', { value: persist });
  }
  return kiosk ? 'memory' : persist;
}

function readIdleLimit({ idleTimeout, kiosk }: ClientOptions): number {
  if (idleTimeout === undefined) {
    return kiosk ? kioskIdleLimitMs : idleLimitMs;
  }
  return idleTimeout >= shortestIdleTimeout && idleTimeout < Infinity
    ? idleTimeout * 1000
    : fail('config/invalid-idle-timeout', { value: String(idleTimeout) });
}

function readFhirBase(template: string, tenant: string): string {
  if (!template) {
    fail('config/missing-fhir-base');
  }
  if (template.includes('{tenant}') && !tenant) {
    fail('config/missing-tenant');
  }
  const value = template.replaceAll('{tenant}', encodeURIComponent(tenant));
  const url = URL.canParse(value) ? new URL(value) : fail('config/invalid-fhir-base', { value });
  const isPlain = /^https?:$/.test(url.protocol) && !hasCredentials(url) && !/[?#{}]/.test(value);
  // `..` as a tenant would climb out of the path that the author wrote.
  if (!isPlain || /^\.{1,2}$/.test(tenant)) {
    fail('config/invalid-fhir-base', { value: withoutCredentials(url, value) });
  }
  if (!isSecureUrl(url)) {
    fail('config/insecure-url', { name: 'fhir-base', value });
  }
  return value;
}

/** Collapses white space. RFC 6749 §3.3: a scope is printable ASCII without space, quote and backslash. */
function readScope(text: string): string {
  const scopes = [...new Set(text.split(/\s+/).filter(Boolean))];
  if (scopes.length === 0) {
    fail('config/missing-scope');
  }
  const bad = scopes.find((scope) => !/^[\x21\x23-\x5b\x5d-\x7e]+$/.test(scope));
  if (bad !== undefined) {
    fail('config/invalid-scope', { value: bad });
  }
  return scopes.join(' ');
}

function readRedirectUri(text: string, pageUrl: string): string {
  const page = new URL(pageUrl);
  if (!text) {
    page.search = '';
    page.hash = '';
    return page.href;
  }
  const url = URL.canParse(text, pageUrl)
    ? new URL(text, pageUrl)
    : fail('config/invalid-redirect-uri', { value: text });
  // Another origin could not read the pending login, and RFC 6749 §3.1.2 forbids a fragment.
  if (url.origin !== page.origin || hasCredentials(url) || text.includes('#')) {
    fail('config/invalid-redirect-uri', { value: withoutCredentials(url, text) });
  }
  // An absolute one is sent as written: servers compare it as a string, also its trailing slash.
  return /^https?:\/\//i.test(text) ? text : url.href;
}

function readConfigUrl(value: string, pageUrl: string): string | undefined {
  if (!value) {
    return undefined;
  }
  const url = URL.canParse(value, pageUrl) ? new URL(value, pageUrl) : undefined;
  return url && isSecureUrl(url) ? url.href : fail('config/invalid-config-url', { value });
}

function readName(text: string): string {
  const name = text || 'default';
  return /^[\w.-]+$/.test(name) ? name : fail('config/invalid-name', { value: name });
}

/** What was written, unless it holds a password: that is not for the screen. */
function withoutCredentials(url: URL, value: string): string {
  return hasCredentials(url) ? `${url.protocol}//…@${url.host}${url.pathname}` : value;
}

function fail(code: ErrorCode, values: Record<string, string> = {}): never {
  throw new Fault(code, { values });
}
