import { deleteCookie, getCookie, setCookie } from 'hono/cookie';

import { randomSecret } from './sessions.mjs';

/**
 * The two cookies of the backend. No script can read them (`HttpOnly`).
 *
 * Over https both are `Secure` and begin with `__Host-`: the browser then takes them from this very host only, so that no
 * other host of the same domain can plant one. On this machine, where the demo runs without TLS, not all browsers would keep
 * such a cookie. (There, cookies are also shared by all ports: run nothing else here that you do not trust.)
 *
 * @param {string} origin
 * @param {string} path of the backend; two backends of one host have cookies of their own
 */
export function createCookies(origin, path) {
  const name = (what) => `${path.slice(1).replaceAll('/', '-')}-${what}`;
  const isSecure = origin.startsWith('https:');
  const prefix = isSecure ? { prefix: 'host' } : {};
  const common = { httpOnly: true, secure: isSecure, path: '/', ...prefix };
  const readFrom = (cookie) => (c) => (isSecure ? getCookie(c, cookie, 'host') : getCookie(c, cookie));

  return {
    /** Whose session it is. Other sites cannot make the browser send it (`Strict`). It ends with the browser. */
    session: {
      read: readFrom(name('session')),
      set: (c, value) => setCookie(c, name('session'), value, { ...common, sameSite: 'Strict' }),
      remove: (c) => deleteCookie(c, name('session'), common),
    },
    /**
     * Which browser began a sign-in. The way back begins at the authorization server, which is another site: the browser
     * sends this one there (`Lax`), and would not send the other. It opens no session by itself.
     */
    browser: {
      read: readFrom(name('sign-in')),
      /** The one that there is, so that two tabs can sign in at once, or a new one. @returns its value */
      keep(c) {
        const value = this.read(c) || randomSecret();
        setCookie(c, name('sign-in'), value, { ...common, sameSite: 'Lax', maxAge: 15 * 60 });
        return value;
      },
    },
  };
}
