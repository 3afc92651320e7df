import { guardError } from '../core/errors/guard.js';
import { hasCredentials } from './secure-url.js';

/**
 * Decides which URL may have the access token.
 *
 * @param target absolute, or relative to the FHIR base.
 * @returns the parsed URL. Send the request to this value, not to the text it came from, so that what was checked is
 *   what is asked.
 * @throws {SmartError} `fhir/foreign-url`.
 */
export type TokenGuard = (target: string | URL) => URL;

/**
 * Makes the guard of one session.
 *
 * SMART-58: a token goes to the FHIR base it was issued for and to what that server itself declares. The same origin is
 * not enough: another tenant may live at another path of it.
 *
 * @param fhirBase an absolute URL without query.
 * @param associated further bases that the server's own configuration names (`associated_endpoints`).
 */
export function createTokenGuard(fhirBase: string, associated: readonly string[] = []): TokenGuard {
  const base = folderUrl(fhirBase);
  const places = [base, ...associated.filter((url) => URL.canParse(url)).map(folderUrl)];
  return (target) => {
    const url = parse(target, base);
    if (!url || !places.some((place) => isWithin(url, place))) {
      throw guardError('foreign-url', { values: { host: url?.host || 'this address' } });
    }
    url.hash = '';
    return url;
  };
}

function folderUrl(text: string): URL {
  const url = new URL(text);
  url.search = '';
  url.hash = '';
  url.pathname = url.pathname.replace(/\/*$/, '/');
  return url;
}

function parse(target: string | URL, base: URL): URL | undefined {
  // Whatever else a script hands in, such as a Request, has a text that means something different.
  const text = typeof target === 'string' || target instanceof URL ? String(target) : '\0';
  // Engines differ in what they make of NUL: some end the text there.
  return !text.includes('\0') && URL.canParse(text, base) ? new URL(text, base) : undefined;
}

function isWithin(url: URL, place: URL): boolean {
  if (url.origin !== place.origin || url.origin === 'null' || hasCredentials(url)) {
    return false;
  }
  // The base itself is a place of its own: some servers page there, and batches go there.
  const path = url.pathname === place.pathname.slice(0, -1) ? place.pathname : url.pathname;
  return path.startsWith(place.pathname) && !mayClimb(path.slice(place.pathname.length));
}

/**
 * Whether a path could mean another one to the server than to the browser.
 *
 * The URL parser has resolved `..`, `%2e%2e` and `\` already. What is left is what only some servers decode: an
 * encoded slash, backslash or percent sign, path parameters such as `..;`, control characters, empty segments. No FHIR
 * path needs any of them.
 */
function mayClimb(path: string): boolean {
  return /%(2f|5c|25|2e|3b|[01][\da-f]|7f)|;|\/\//i.test(path) || path.startsWith('/');
}
