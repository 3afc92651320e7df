/**
 * Whether a host is this machine. Browsers treat it as secure without TLS (W3C Secure Contexts §3.1), and nothing
 * else is.
 */
function isLoopback(hostname: string): boolean {
  return /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname);
}

/** SMART-13: tokens, codes and launches travel over TLS only; plain http is for this machine. */
export function isSecureUrl(url: URL): boolean {
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
}

/** Whether a URL carries a user name or password, which no address of ours has a use for. */
export function hasCredentials(url: URL): boolean {
  return url.username !== '' || url.password !== '';
}

/** A URL with a slash at the end of its path, so that relative references keep its last segment. */
export function asFolder(url: string): string {
  return url.endsWith('/') ? url : `${url}/`;
}

/** The host to name in a message, or the text itself where it is no URL. */
export function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}
