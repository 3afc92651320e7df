import { keyOf } from './sessions.mjs';

/** How long a person may take to sign in. */
const patienceMs = 10 * 60_000;
/** So that whoever asks again and again fills no memory. */
const atMost = 10_000;

/** The sign-ins that have begun, by their `state`. @param {() => number} now ms since the epoch */
export function createPendingSignIns(now) {
  const pending = new Map();
  /** What went wrong with the latest sign-in of a browser, until its page asks. */
  const failures = new Map();

  function add(map, key, entry) {
    map.set(key, { ...entry, at: now() });
    if (map.size > atMost) {
      map.delete(map.keys().next().value);
    }
  }

  /** Whoever takes it has it alone. */
  function take(map, key) {
    const entry = map.get(key);
    map.delete(key);
    return entry && now() < entry.at + patienceMs ? entry : undefined;
  }

  return {
    /**
     * @param {import('./authorization.mjs').Pending} login
     * @param {object} about
     * @param {string} about.returnTo
     * @param {string} about.browser the value of its cookie
     * @param {string} [about.before] the cookie of the session that this one is to take the place of
     */
    add: (login, { returnTo, browser, before }) =>
      add(pending, login.state, { ...login, returnTo, before, browser: keyOf(browser) }),

    /**
     * @returns the sign-in that an answer is for, once; undefined where this browser did not begin it. Somebody who gets a
     *   person to follow their own callback would otherwise have them work in the wrong account.
     */
    take(state, browser) {
      const isOwn = browser && pending.get(state)?.browser === keyOf(browser);
      return isOwn ? take(pending, state) : undefined;
    },

    fail: (browser, failure) => add(failures, keyOf(browser), { failure }),
    takeFailure: (browser) => take(failures, keyOf(browser))?.failure,

    sweep() {
      for (const map of [pending, failures]) {
        for (const [key, { at }] of map) {
          if (now() >= at + patienceMs) {
            map.delete(key);
          }
        }
      }
    },
  };
}
