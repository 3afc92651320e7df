/**
 * Makes the request that carries an access token: whatever the caller wishes, but for what keeps the token where it
 * belongs.
 *
 * @param token undefined for a server that needs none.
 * @param life ends the request together with its session.
 */
export function authorizedRequest(
  init: RequestInit,
  token: string | undefined,
  life: AbortSignal,
): RequestInit {
  const headers = new Headers(init.headers);
  if (token !== undefined) {
    headers.set('authorization', `Bearer ${token}`);
  }
  return {
    // Patients' data has no place in the browser's cache.
    cache: 'no-store',
    ...init,
    headers,
    // A redirect could take the request, and on some platforms its token, to another host.
    redirect: 'error',
    credentials: 'omit',
    signal: init.signal ? AbortSignal.any([init.signal, life]) : life,
  };
}
