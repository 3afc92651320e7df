import * as oauth from 'oauth4webapi';

import type { ErrorCode } from '../../core/error-code.js';
import { Fault } from '../../core/fault.js';
import type { OAuthErrorText } from '../../core/smart-error.js';

/** A map, because the name of an error is the server's, and every object has a `constructor`. */
const authorizationErrors = new Map<string, ErrorCode>([
  ['access_denied', 'authorize/denied'],
  ['invalid_scope', 'authorize/invalid-scope'],
  ['unauthorized_client', 'authorize/invalid-client'],
  ['invalid_client', 'authorize/invalid-client'],
  ['invalid_request', 'authorize/invalid-request'],
  ['invalid_target', 'authorize/invalid-request'],
  ['server_error', 'authorize/server-error'],
  ['temporarily_unavailable', 'authorize/server-error'],
]);

/** What an authorization server said in place of a code (RFC 6749 §4.1.2.1). */
export function authorizationError(parameters: URLSearchParams): Fault {
  const error = parameters.get('error') ?? '';
  return new Fault(authorizationErrors.get(error) ?? 'authorize/refused', {
    oauth: errorText(error, parameters.get('error_description'), parameters.get('error_uri')),
  });
}

/**
 * What went wrong with a token request, as one of ours and without a cause: the library's errors hold the response.
 *
 * @param secrets what was sent, and must not come back in a message.
 */
export function tokenRequestError(
  thrown: unknown,
  secrets: readonly string[],
  values: Readonly<Record<string, string>>,
  url: string,
): Fault {
  if (thrown instanceof Fault) {
    return thrown;
  }
  if (thrown instanceof oauth.ResponseBodyError) {
    const { error, status } = thrown;
    const said = thrown.cause as Readonly<Record<string, unknown>>;
    const code: ErrorCode =
      error === 'invalid_grant'
        ? 'token/invalid-grant'
        : error === 'invalid_client' || error === 'unauthorized_client'
          ? 'token/invalid-client'
          : 'token/refused';
    return new Fault(code, {
      status,
      url,
      oauth: errorText(error, said['error_description'], said['error_uri'], secrets),
    });
  }
  if (thrown instanceof oauth.UnsupportedOperationError) {
    return new Fault('token/unsupported-type', { values: { value: 'another one' }, url });
  }
  if (thrown instanceof DOMException && thrown.name === 'TimeoutError') {
    return new Fault('token/timed-out', { values, url });
  }
  // The library's own errors carry a code; a bare TypeError is what fetch() rejects with.
  const isNetwork = thrown instanceof TypeError && !('code' in thrown);
  return new Fault(isNetwork ? 'token/unreachable' : 'token/invalid-response', { values, url });
}

/** What a server said, as short plain text. Words that repeat a secret are not repeated. */
function errorText(
  error: string,
  description: unknown,
  uri: unknown,
  secrets: readonly string[] = [],
): OAuthErrorText {
  const clean = (value: unknown): string | undefined => {
    const text = typeof value === 'string' ? value.replace(/\p{Cc}+/gu, ' ').slice(0, 500) : '';
    return text === '' || secrets.some((secret) => secret !== '' && text.includes(secret)) ? undefined : text;
  };
  const cleanDescription = clean(description);
  const cleanUri = clean(uri);
  return {
    error: clean(error) ?? 'unknown',
    ...(cleanDescription !== undefined && { description: cleanDescription }),
    ...(cleanUri !== undefined && { uri: cleanUri }),
  };
}
