/** What can be wrong with a request to the backend: the status, and a sentence for whoever reads a log. */
const problems = {
  'no-session': [401, 'Nobody is signed in.'],
  'session-ended': [401, 'The session has ended.'],
  'missing-header': [403, 'The request has no Smart-Session header.'],
  'foreign-origin': [403, 'The request comes from another site.'],
  'other-session': [409, 'Somebody else, or another record, is signed in in this browser now.'],
  'bad-return-to': [400, 'return_to has to be a path of this site.'],
  'unknown-sign-in': [
    400,
    'This sign-in was already used, is too old, or was started in another browser. Open the app again.',
  ],
  'not-passed-on': [404, 'This address is not one of the FHIR server.'],
  'method-not-allowed': [405, 'This is not passed on to the FHIR server.'],
  'too-large': [413, 'The request is too large.'],
  'server-unreachable': [502, 'The server could not be reached.'],
  'server-redirects': [502, 'The FHIR server wants to be asked at another place.'],
  'not-renewed': [503, 'The sign-in could not be renewed just now.'],
  'server-slow': [504, 'The server did not answer in time.'],
};

/**
 * An answer of the backend itself, in the form of RFC 9457. What a FHIR server says has another media type, so that nobody
 * takes one for the other.
 *
 * @param {keyof typeof problems} code
 */
export function problem(code) {
  const [status, title] = problems[code];
  return new Response(JSON.stringify({ title, status, code }), {
    status,
    headers: {
      'content-type': 'application/problem+json',
      // RFC 9110 §15.5.2: a 401 names what would do.
      ...(status === 401 && { 'www-authenticate': 'Cookie' }),
      ...(status === 503 && { 'retry-after': '5' }),
    },
  });
}
