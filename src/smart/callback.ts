/** An answer of an authorization server, found in the address of the page. */
export interface Callback {
  /** Ours by its form; whether it is known is for the session to say. */
  readonly state: string;
  /** `state`, `code`, `error`, `error_description`, `error_uri` and `iss`, as far as they were there. */
  readonly parameters: URLSearchParams;
}

/** `se.` and 32 random bytes in base64url. The prefix tells our callbacks from other people's `state` and `code`. */
const ourState = /^se\.[\w-]{43}$/;

const read = new Set(['state', 'code', 'error', 'error_description', 'error_uri', 'iss']);
/** What servers add to a callback and nobody needs afterwards. */
const ofCallback = new Set([...read, 'session_state']);
const ofLaunch = new Set(['iss', 'launch']);

/** RFC 6749 §4.1.2.1 and OpenID Connect Core §3.1.2.6. */
const oauthErrors = new Set([
  'invalid_request',
  'unauthorized_client',
  'access_denied',
  'unsupported_response_type',
  'invalid_scope',
  'server_error',
  'temporarily_unavailable',
  'interaction_required',
  'login_required',
  'consent_required',
  'account_selection_required',
]);

/** Finds a callback of ours in an address. SMART-36: nothing but the form of `state` makes it ours. */
export function readCallback(address: string): Callback | undefined {
  const query = new URL(address).searchParams;
  const [state, ...more] = query.getAll('state');
  if (state === undefined || more.length > 0 || !ourState.test(state)) {
    return undefined;
  }
  return { state, parameters: new URLSearchParams([...query].filter(([name]) => read.has(name))) };
}

/**
 * An OAuth error that came without `state`, as some servers send it (against RFC 6749 §4.1.2.1).
 *
 * Anyone can make such a link. So it is worth one sentence of ours and the registered error code, and changes nothing;
 * a description could be anyone's words on this page.
 */
export function readStrayError(address: string): string | undefined {
  const query = new URL(address).searchParams;
  const error = query.get('error');
  if (error === null || query.has('state') || query.has('code') || !oauthErrors.has(error)) {
    return undefined;
  }
  return error;
}

/** The address without our callback; what is not ours stays as it is written, also its encoding (SMART-40). */
export function withoutCallback(address: string): string {
  return without(address, ofCallback);
}

/** The address without a launch: a reload must not replay one that is spent (SMART-19). */
export function withoutLaunch(address: string): string {
  return without(address, ofLaunch);
}

function without(address: string, removed: ReadonlySet<string>): string {
  const { origin, pathname, search, hash } = new URL(address);
  const kept = search
    .slice(1)
    .split('&')
    .filter(
      (pair) => pair !== '' && ![...new URLSearchParams(pair).keys()].some((name) => removed.has(name)),
    );
  return `${origin}${pathname}${kept.length > 0 ? `?${kept.join('&')}` : ''}${hash}`;
}
