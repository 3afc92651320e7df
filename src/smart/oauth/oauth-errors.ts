import * as oauth from 'oauth4webapi';

import type { NameIn } from '../../core/error-family.js';
import { authorizeError } from '../../core/errors/authorize.js';
import { tokenError } from '../../core/errors/token.js';
import { SmartError, type OAuthErrorText } from '../../core/smart-error.js';

const authorizationErrors: Readonly<Record<string, NameIn<typeof authorizeError>>> = {
  access_denied: 'denied',
  invalid_scope: 'invalid-scope',
  unauthorized_client: 'invalid-client',
  invalid_client: 'invalid-client',
  invalid_request: 'invalid-request',
  invalid_target: 'invalid-request',
  server_error: 'server-error',
  temporarily_unavailable: 'server-error',
};

/** What an authorization server said in place of a code (RFC 6749 §4.1.2.1). */
export function authorizationError(parameters: URLSearchParams): SmartError {
  const error = parameters.get('error') ?? '';
  return authorizeError(authorizationErrors[error] ?? 'refused', {
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
): SmartError {
  if (SmartError.is(thrown)) {
    return thrown;
  }
  if (thrown instanceof oauth.ResponseBodyError) {
    const { error, status } = thrown;
    const said = thrown.cause as Readonly<Record<string, unknown>>;
    const name: NameIn<typeof tokenError> =
      error === 'invalid_grant'
        ? 'invalid-grant'
        : error === 'invalid_client' || error === 'unauthorized_client'
          ? 'invalid-client'
          : 'refused';
    return tokenError(name, {
      status,
      url,
      oauth: errorText(error, said['error_description'], said['error_uri'], secrets),
    });
  }
  if (thrown instanceof oauth.UnsupportedOperationError) {
    return tokenError('unsupported-type', { values: { value: 'another one' }, url });
  }
  if (thrown instanceof DOMException && thrown.name === 'TimeoutError') {
    return tokenError('timed-out', { values, url });
  }
  // The library's own errors carry a code; a bare TypeError is what fetch() rejects with.
  const isNetwork = thrown instanceof TypeError && !('code' in thrown);
  return tokenError(isNetwork ? 'unreachable' : 'invalid-response', { values, url });
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
