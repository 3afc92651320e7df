import { sendJson, sendText } from './http.mjs';

/** Answers with FHIR JSON. */
export function sendFhir(response, status, body, headers = {}) {
  sendJson(response, status, body, { 'content-type': 'application/fhir+json; charset=utf-8', ...headers });
}

/** Answers with FHIR XML. */
export function sendXml(response, xml) {
  sendText(response, 200, xml, { 'content-type': 'application/fhir+xml; charset=utf-8' });
}

/**
 * Answers with an OperationOutcome of one issue.
 *
 * @param {import('node:http').ServerResponse} response
 * @param {number} status
 * @param {string} code of the value set issue-type
 * @param {string} diagnostics
 * @param {Record<string, string>} [headers]
 */
export function refuse(response, status, code, diagnostics, headers) {
  const outcome = { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code, diagnostics }] };
  sendFhir(response, status, outcome, headers);
}

/** RFC 6750 §3: a refusal says what kind it is. */
function challenge(error, details = {}) {
  const parts = Object.entries({ realm: 'fhir', ...(error && { error }), ...details });
  return { 'www-authenticate': `Bearer ${parts.map(([name, value]) => `${name}="${value}"`).join(', ')}` };
}

/** Refuses a request without a token, or with one that is worth nothing here. */
export function refuseToken(response, wasSent, diagnostics = 'A valid access token is needed.') {
  // RFC 6750 §3.1: who sent no token is told no error.
  refuse(response, 401, 'login', diagnostics, challenge(wasSent && 'invalid_token'));
}

/** Refuses a request that no scope of the token permits. */
export function refuseScope(response, type, permission) {
  const scope = `patient/${type}.${permission}`;
  const diagnostics = `The access token does not permit this: ${scope} is missing.`;
  refuse(response, 403, 'forbidden', diagnostics, challenge('insufficient_scope', { scope }));
}

/** Refuses a resource that the scopes of the token do not reach. */
export function refuseResource(response, name) {
  const diagnostics = `${name} is not in the record that this app may read.`;
  refuse(response, 403, 'forbidden', diagnostics, challenge('insufficient_scope'));
}
