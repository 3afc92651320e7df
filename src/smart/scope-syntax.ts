import { Fault } from '../core/fault.js';
import type { Persistence } from './client-settings.js';
import { parseResourceScope, splitScope, type ResourceScope } from './scope.js';

const letters = ['c', 'r', 'u', 'd', 's'];
const uri = 'http://smarthealthit.org/fhir/scopes/';
const openIdUri = 'http://openid.net/specs/openid-connect-core-1_0#';
const ofOpenId = /^(?:openid|profile|email|address|phone|offline_access)$/;

/** What version 1 of the guide can say, by the permissions that it means. */
const inVersionOne: Readonly<Record<string, string>> = { rs: 'read', cud: 'write', cruds: '*' };

/** The two syntaxes of a scope for resources. */
export type ScopeSyntax = 'v1' | 'v2';

/**
 * Writes a scope for resources.
 *
 * @returns undefined where version 1 has no words for it.
 */
export function formatScope(
  { level, type, permissions, filters }: ResourceScope,
  syntax: ScopeSyntax = 'v2',
): string | undefined {
  // SMART-63: the letters have an order, and servers may refuse another one.
  const inOrder = letters.filter((letter) => permissions.has(letter)).join('');
  const asked = syntax === 'v2' ? inOrder : filters.length > 0 ? undefined : inVersionOne[inOrder];
  const query = filters.length > 0 ? `?${filters.join('&')}` : '';
  return asked && `${level}/${type}.${asked}${query}`;
}

/** SMART-73: the form of a scope where only URIs may be scopes. */
export function toScopeUri(scope: string): string {
  if (ofOpenId.test(scope)) {
    return `${openIdUri}${scope}`;
  }
  return parseResourceScope(scope) || /^launch(?:\/|$)|^fhirUser$/.test(scope) ? `${uri}${scope}` : scope;
}

/** The other way round. */
export function fromScopeUri(scope: string): string {
  const prefix = [uri, openIdUri].find((one) => scope.startsWith(one)) ?? '';
  return scope.slice(prefix.length);
}

/** What is sent, and what the author should know of it. */
export interface AdvisedScope {
  readonly scope: string;
  readonly warnings: readonly Fault[];
}

/**
 * Writes an author's scopes in the syntax that a server speaks (SMART-64), and says what is unwise about them. Nothing here
 * is an error: what a server grants is for the server to say.
 *
 * A server that names one of the two syntaxes alone is taken at its word: some drop what is in the other one without a
 * word. Where it names both or none, the author's own words go out.
 */
export function adviseScope(
  scope: string,
  capabilities: readonly string[],
  persist: Persistence = 'tab',
): AdvisedScope {
  const v1 = capabilities.includes('permission-v1');
  const v2 = capabilities.includes('permission-v2');
  const syntax = v1 === v2 ? undefined : v2 ? 'v2' : 'v1';
  const scopes = splitScope(scope);
  const warnings: Fault[] = [];
  const warn = (code: Fault['code'], value: string): void => {
    warnings.push(new Fault(code, { values: { value } }));
  };
  const sent = scopes.map((one) => {
    const parsed = parseResourceScope(one);
    if (!parsed) {
      return one.startsWith('launch/') ? lowerCaseType(one) : one;
    }
    warnOfResource(one, parsed, warn);
    // Who writes scopes as URIs has a reason to; and what narrows one down goes out letter by letter.
    const isVerbatim = one !== fromScopeUri(one) || (syntax === 'v2' && parsed.filters.length > 0);
    const written = isVerbatim ? one : syntax && formatScope(parsed, syntax);
    if (syntax && !written) {
      warn('scope/not-in-first-version', one);
    }
    return written ?? one;
  });
  warnOfOthers(new Set(scopes), capabilities, warn);
  warnOfStorage(new Set(scopes), persist, warn);
  return { scope: splitScope(sent.join(' ')).join(' '), warnings };
}

type Warn = (code: Fault['code'], value: string) => void;

function warnOfResource(scope: string, { level, type, permissions }: ResourceScope, warn: Warn): void {
  if (level === 'system') {
    // SMART-68
    warn('scope/for-no-person', scope);
  } else if (type === '*' || permissions.size === letters.length) {
    // SMART-29, SMART-67: present and future types, or all that can be done.
    warn('scope/too-wide', scope);
  }
  const written = /\.([cruds]+)(?:\?|$)/.exec(scope)?.[1] ?? '';
  if (written !== letters.filter((letter) => written.includes(letter)).join('')) {
    warn('scope/letters-out-of-order', scope);
  }
  if (/^[a-z]/.test(type)) {
    warn('scope/unknown-type', scope);
  }
}

function warnOfOthers(scopes: ReadonlySet<string>, capabilities: readonly string[], warn: Warn): void {
  // SMART-70
  if (scopes.has('fhirUser') && !scopes.has('openid')) {
    warn('scope/without-openid', 'fhirUser');
  }
  // SMART-71: a server that lists what it can, and not this.
  for (const [scope, capability] of [
    ['offline_access', 'permission-offline'],
    ['launch/patient', 'context-standalone-patient'],
    ['launch/encounter', 'context-standalone-encounter'],
  ] as const) {
    if (scopes.has(scope) && capabilities.length > 0 && !capabilities.includes(capability)) {
      warn('scope/not-advertised', scope);
    }
  }
}

/** What the person agrees to, and how long the tokens are kept, should go together. */
function warnOfStorage(scopes: ReadonlySet<string>, persist: Persistence, warn: Warn): void {
  if (scopes.has('offline_access') && persist !== 'browser') {
    warn('scope/outlives-storage', 'offline_access');
  }
  if (scopes.has('online_access') && persist === 'browser') {
    warn('scope/outlived-by-storage', 'online_access');
  }
}

/** SMART-69: `launch/<type>` in lower case; what follows the question mark stays. */
function lowerCaseType(scope: string): string {
  return scope.replace(/^[^?]*/, (path) => path.toLowerCase());
}
