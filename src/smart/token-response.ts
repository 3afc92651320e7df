import { Fault } from '../core/fault.js';
import type { SmartError } from '../core/smart-error.js';
import type { JsonObject } from './json-object.js';

/** What a token endpoint granted. It never leaves the session layer. */
export interface TokenResponse {
  readonly accessToken: string;
  readonly refreshToken?: string;
  /** Seconds from the answer on; undefined where the server does not say. */
  readonly expiresIn?: number;
  /**
   * Seconds until the refresh token ends unless it is used before, and until nothing can be renewed any more: where the
   * server says so (draft-ietf-oauth-refresh-token-expiration, and the names that servers had before it).
   */
  readonly refreshEndsIn?: number;
  readonly authorizationEndsIn?: number;
  /** Undefined where the server does not say: then all that was asked for (RFC 6749 §5.1). */
  readonly scope?: string;
  readonly idToken?: string;
  /** All members of the response, for the launch context; without the tokens. */
  readonly members: JsonObject;
  readonly warnings: readonly SmartError[];
}

/**
 * Rewrites the answer of a token endpoint into the form that RFC 6749 §5 gives it, so that a strict library accepts
 * what a lenient server meant. Each line has its servers.
 *
 * The id_token is taken out: a flaw in it must not spoil the answer, because the code that bought it is spent.
 */
export function normalizeTokenAnswer(
  status: number,
  body: JsonObject,
): {
  readonly response: Response;
  readonly idToken: string | undefined;
  readonly warnings: readonly Fault[];
} {
  const warnings: Fault[] = [];
  const members: Record<string, unknown> = Object.fromEntries(
    Object.entries(body).filter(([, value]) => value !== null),
  );
  if (members['error'] === undefined && typeof members['error_uri'] === 'string') {
    // SMART-51: Oracle Health says what is wrong on a page of its own only.
    members['error'] = status === 401 ? 'invalid_client' : 'invalid_request';
  }
  const isError = typeof members['error'] === 'string' && members['access_token'] === undefined;
  const idToken = members['id_token'];
  delete members['id_token'];
  if (isError) {
    // Errors with 200, or with 401 and a challenge header, are errors of RFC 6749 §5.2 all the same.
    return {
      response: jsonResponse(status >= 400 && status < 500 ? status : 400, members),
      idToken: undefined,
      warnings,
    };
  }
  if (members['refresh_token'] === '' || typeof members['refresh_token'] !== 'string') {
    delete members['refresh_token'];
  }
  if (typeof members['token_type'] !== 'string') {
    members['token_type'] = 'bearer';
    warnings.push(new Fault('token/type-missing'));
  }
  if (/^bearer ?token$/i.test(String(members['token_type']))) {
    members['token_type'] = 'bearer';
  }
  if (Array.isArray(members['scope'])) {
    members['scope'] = members['scope'].filter((scope) => typeof scope === 'string').join(' ');
  }
  if (typeof members['scope'] !== 'string') {
    delete members['scope'];
    warnings.push(new Fault('token/scope-missing'));
  }
  // SMART-47: Azure sends expires_in as a string.
  const seconds = secondsIn(members['expires_in']);
  if (Number.isFinite(seconds) && seconds > 0) {
    members['expires_in'] = seconds;
  } else {
    delete members['expires_in'];
    warnings.push(new Fault('token/lifetime-missing'));
  }
  // A status such as 304 could carry no body.
  const isSuccess = status >= 200 && status < 300;
  return {
    response: jsonResponse(isSuccess ? 200 : Math.max(status, 400), members),
    idToken: typeof idToken === 'string' && idToken !== '' ? idToken : undefined,
    warnings,
  };
}

/** A number, also one that was written as text. Anything else is none: an object could not even be converted safely. */
function secondsIn(value: unknown): number {
  return typeof value === 'number' || typeof value === 'string' ? Number(value) : Number.NaN;
}

const refreshLifetimes = ['refresh_token_timeout', 'refresh_token_expires_in', 'refresh_expires_in'];
const authorizationLifetimes = ['authorization_expires_in'];

/** Reads how long the server lets a session go on, in seconds. What is no positive number says nothing. */
export function readLifetimes(
  members: JsonObject,
): Pick<TokenResponse, 'refreshEndsIn' | 'authorizationEndsIn'> {
  const first = (names: readonly string[]): number | undefined =>
    names.map((name) => secondsIn(members[name])).find((seconds) => seconds > 0 && seconds < Infinity);
  const refreshEndsIn = first(refreshLifetimes);
  const authorizationEndsIn = first(authorizationLifetimes);
  return {
    ...(refreshEndsIn !== undefined && { refreshEndsIn }),
    ...(authorizationEndsIn !== undefined && { authorizationEndsIn }),
  };
}

export function jsonResponse(status: number, body: unknown): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });
}
