/**
 * Which requests the app may make. This one reads; one that writes says here what, and of which types. What is not here is
 * not passed on, so that a script that got into the page can do no more than this (RFC 10017, “Proxy Restrictions”).
 */
const allowed = { GET: /^/, HEAD: /^/, POST: /(^|\/)_search$/ };

/** What the browser may say to the server. Its cookie is not among it, nor an Authorization header of its own. */
const requestHeaders = ['accept', 'content-type', 'if-modified-since', 'if-none-match', 'prefer'];
/** What the server may say to the browser: no cookie, no policy, nothing about its own connection. */
const responseHeaders = [
  'content-location',
  'content-type',
  'etag',
  'last-modified',
  'location',
  'retry-after',
];

/** FHIR: types, ids, `_history`, `$everything`. Without `%`, `\`, `;` and names that begin with a dot there is no way up. */
const segment = /^[$_]?[A-Za-z0-9][A-Za-z0-9._~-]*$/;

/**
 * @param {string} fhirBase the only place that a token ever goes to
 * @param {string} rest what stands after `fhir/`, as it came, not decoded
 * @param {string} search with its question mark
 * @returns {URL | undefined} undefined for whatever is no path of FHIR
 */
export function targetOf(fhirBase, rest, search) {
  if (rest !== '' && !rest.split('/').every((part) => segment.test(part))) {
    return undefined;
  }
  const base = new URL(fhirBase.replace(/\/*$/, '/'));
  const target = new URL(`${base.href}${rest}${search}`);
  // The list above says it already. It is said twice because a token is at stake.
  return target.origin === base.origin && target.pathname.startsWith(base.pathname) ? target : undefined;
}

/** @param {string} method @param {string} rest */
export const isAllowed = (method, rest) => Object.hasOwn(allowed, method) && allowed[method].test(rest);

/**
 * Asks the FHIR server in the name of the person.
 *
 * @param {Request} request of the browser
 * @param {URL} target
 * @param {string} accessToken
 * @param {string | undefined} body
 * @param {typeof fetch} fetch
 */
export function askServer(request, target, accessToken, body, fetch) {
  const headers = new Headers({ authorization: `Bearer ${accessToken}` });
  for (const name of requestHeaders) {
    const value = request.headers.get(name);
    if (value !== null) {
      headers.set(name, value);
    }
  }
  return fetch(target, {
    method: request.method,
    headers,
    body,
    // A redirect would take the token to a place that nobody has allowed.
    redirect: 'manual',
    cache: 'no-store',
    signal: AbortSignal.any([request.signal, AbortSignal.timeout(30_000)]),
  });
}

/** Makes the answer of the FHIR server safe to be an answer of this site. @param {Response} answer */
export function passedOn(answer) {
  const headers = new Headers({
    // A document that somebody has put into a record must not become a page of this site, with this site's cookie.
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
  });
  for (const name of responseHeaders) {
    const value = answer.headers.get(name);
    if (value !== null) {
      headers.set(name, value);
    }
  }
  return new Response(answer.body, { status: answer.status, headers });
}
