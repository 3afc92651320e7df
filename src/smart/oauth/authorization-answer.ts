import { Fault } from '../../core/fault.js';
import * as oauth from 'oauth4webapi';

import type { PreparedAuthorization } from '../authorization.js';
import { authorizationError } from './oauth-errors.js';
import { asClient, asServer } from './party.js';

/**
 * Checks the answer to a sign-in.
 *
 * @returns the parameters, as the library wants them for the exchange of the code.
 * @throws {Fault} `authorize/…` where the server said no, `callback/malformed`, `callback/issuer-mismatch`.
 */
export function checkAnswer(login: PreparedAuthorization, parameters: URLSearchParams): URLSearchParams {
  // Without an issuer of its own (SMART wants one with OpenID Connect only) there is nothing to compare `iss` with.
  const compared = new URLSearchParams(parameters);
  if (login.configuration.issuer === undefined) {
    compared.delete('iss');
  }
  const codes = parameters.getAll('code').length;
  if (codes === 0 && !compared.has('error') && compared.has('error_uri')) {
    // SMART-51: some servers say what is wrong on a page of their own only.
    compared.set('error', 'unspecified');
  }
  const errors = compared.getAll('error').length;
  if (codes + errors !== 1) {
    throw new Fault('callback/malformed');
  }
  try {
    return oauth.validateAuthResponse(asServer(login), asClient(login), compared, login.state);
  } catch (thrown) {
    if (thrown instanceof oauth.AuthorizationResponseError) {
      throw authorizationError(compared);
    }
    // What is left for the library to refuse is `state`, which was matched before, and `iss`.
    throw new Fault('callback/issuer-mismatch');
  }
}
