/** The browser tells of a violation in a task of its own. */
const toldWithinMs = 250;

/**
 * Whether the page's own Content-Security-Policy keeps it from asking an address. A script sees the same network error
 * for that as for a server that does not answer; only the browser's report tells them apart.
 */
export async function isBlockedByPolicy(url: string): Promise<boolean> {
  const { origin } = new URL(url);
  const told = new AbortController();
  const violation = new Promise<boolean>((resolve) => {
    document.addEventListener(
      'securitypolicyviolation',
      ({ blockedURI, effectiveDirective, disposition }) => {
        // A policy that only reports keeps nobody from anything.
        const isEnforced = disposition === 'enforce' && effectiveDirective === 'connect-src';
        if (isEnforced && URL.canParse(blockedURI) && new URL(blockedURI).origin === origin) {
          resolve(true);
        }
      },
      { signal: told.signal },
    );
  });
  // Without CORS and without a body: the answer does not matter, and the policy is asked first.
  const asked = fetch(url, { method: 'HEAD', mode: 'no-cors', credentials: 'omit', cache: 'no-store' }).then(
    () => false,
    () => new Promise<boolean>((resolve) => setTimeout(resolve, toldWithinMs, false)),
  );
  const isBlocked = await Promise.race([violation, asked]);
  told.abort();
  return isBlocked;
}
