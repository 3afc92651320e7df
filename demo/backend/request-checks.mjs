/**
 * Whether a request was made by a page of this site. Browsers write these headers, and no script can change them.
 *
 * @param {Request} request
 * @param {string} origin
 * @param {{ mayBeTyped?: boolean }} [allowed] whether it may also be an address that a person has opened themselves
 */
export function comesFromThisSite({ method, headers }, origin, { mayBeTyped = false } = {}) {
  const from = headers.get('origin');
  const site = headers.get('sec-fetch-site');
  if (from !== null && from !== origin) {
    return false;
  }
  // `same-site` is not enough: it is every host of the domain, and every port of this machine.
  if (site !== null && site !== 'same-origin' && !(mayBeTyped && site === 'none')) {
    return false;
  }
  // Every browser names the origin of what may change something.
  return from !== null || method === 'GET' || method === 'HEAD';
}

/**
 * Where a person is brought back to: a path of this site, whoever has written the address that they followed.
 *
 * @param {string} returnTo
 * @param {{ origin: string, path: string }} site
 * @returns {string | undefined} undefined where it would lead to another site, or back into the backend
 */
export function readReturnTo(returnTo, { origin, path }) {
  // `//evil.example` is another host, `/\evil.example` is the same to browsers, and they leave out tabs and line ends.
  if (!/^\/(?![/\\])[^\\\p{Cc}]*$/u.test(returnTo)) {
    return undefined;
  }
  const url = new URL(returnTo, origin);
  const isBackend = url.pathname === path || url.pathname.startsWith(`${path}/`);
  return url.origin === origin && !isBackend ? `${url.pathname}${url.search}${url.hash}` : undefined;
}
