import { hasCredentials } from '../smart/secure-url.js';
import { createTokenGuard } from '../smart/token-guard.js';
import { serverUrl } from './server-url.js';

/** Where a URL of a record leads. */
export type UrlPlace =
  /** To the server that the session is with, or to a place that it has named. */
  | { readonly at: 'server'; readonly url: string }
  /** To another host, which is never asked from here. */
  | { readonly at: 'outside'; readonly url: URL }
  /** To nothing that can be opened. */
  | { readonly at: 'unusable' };

/**
 * Tells where a URL leads, without asking anyone: one rule for references and files.
 *
 * @param text - absolute, or relative to the base.
 * @param base - the FHIR base URL; undefined where there is no session.
 * @param places - further places that the server itself has named.
 */
export function placeOfUrl(text: string, base: string | undefined, places: readonly string[] = []): UrlPlace {
  // What URL parsers pass over or bend is never needed, and often meant to deceive.
  if (/[\s\\\p{Cc}]|^#|^$/u.test(text) || !URL.canParse(text, base)) {
    return { at: 'unusable' };
  }
  const url = new URL(text, base);
  // A name before the host reads like the host.
  if (!/^https?:$/.test(url.protocol) || hasCredentials(url)) {
    return { at: 'unusable' };
  }
  try {
    if (base) {
      return { at: 'server', url: serverUrl(text, base, createTokenGuard(base, places)) };
    }
  } catch {
    // It may not have the token.
  }
  return { at: 'outside', url };
}
