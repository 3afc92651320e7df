import { createHash, randomBytes } from 'node:crypto';

/**
 * One session of one person. Its tokens are here and nowhere else.
 *
 * @typedef {object} Session
 * @property {string} id what pages call it: random, and not the value of the cookie
 * @property {import('./authorization.mjs').Tokens} [tokens] undefined once it has ended
 * @property {string} scope what was granted
 * @property {Record<string, unknown>} context
 * @property {{ sub: string, name?: string, fhirUser?: string }} [user]
 * @property {object} [configuration] what of the server's configuration a page may know
 * @property {number} startedAt ms since the epoch
 * @property {number} activeAt when the person last said that they are here
 * @property {'idle' | 'expired'} [ended]
 * @property {number} [endedAt]
 * @property {Promise<void>} [renewal] the one that is under way
 */

/** How long an ended session is known as such, so that the person is told why they have to sign in again. */
const remembersMs = 60 * 60_000;

/** As hard to guess as a key of 256 bits. */
export const randomSecret = () => randomBytes(32).toString('base64url');

/**
 * What a cookie is filed under: whoever reads the store learns no cookie from it.
 *
 * @param {string | undefined} cookie
 * @returns {string | undefined} undefined where there is none, or an empty one, which is nobody's
 */
export const keyOf = (cookie) =>
  cookie ? createHash('sha256').update(cookie).digest('base64url') : undefined;

/** When tokens that cannot be renewed end, in ms since the epoch. */
const lastsUntil = (tokens) =>
  tokens?.refreshToken === undefined ? (tokens?.expiresAt ?? Infinity) : Infinity;

/**
 * Keeps sessions in memory: with this process they are gone. A real backend keeps them where all its processes see them (a
 * database, Redis), encrypts the tokens with a key that is not in that store, and renews under a lock of it.
 *
 * @param {object} options
 * @param {number} options.idleMs how long the person may do nothing
 * @param {number} options.longestMs how long a session lasts, whatever the person does
 * @param {() => number} options.now ms since the epoch
 * @param {(tokens: import('./authorization.mjs').Tokens) => void} options.revoke called with the tokens of each that ends
 */
export function createSessions({ idleMs, longestMs, now, revoke }) {
  /** @type {Map<string, Session>} */
  const sessions = new Map();

  /** Lets go of the tokens first: from here on nobody can use them, whether or not the server revokes them. */
  function end(session, why) {
    if (session.ended) {
      return;
    }
    const { tokens } = session;
    session.tokens = undefined;
    session.ended = why;
    session.endedAt = now();
    if (why === 'idle') {
      // Whoever comes to an unattended screen later is not told whose it was.
      session.context = {};
      session.user = undefined;
    }
    if (tokens) {
      revoke(tokens);
    }
  }

  function applyLimits(session) {
    const { activeAt, startedAt, tokens } = session;
    if (now() >= activeAt + idleMs) {
      end(session, 'idle');
    } else if (now() >= startedAt + longestMs || now() >= lastsUntil(tokens)) {
      end(session, 'expired');
    }
  }

  return {
    /**
     * @param {Pick<Session, 'tokens' | 'scope' | 'context' | 'user' | 'configuration'>} facts
     * @returns {string} the value for a new cookie. It is new at each sign-in: one that somebody planted in the browser
     *   before never becomes that of a session (session fixation).
     */
    begin(facts) {
      const cookie = randomSecret();
      sessions.set(keyOf(cookie), { id: randomSecret(), ...facts, startedAt: now(), activeAt: now() });
      return cookie;
    },

    /**
     * @param {string | undefined} cookie
     * @returns {Session | undefined} also one that has ended lately
     */
    find(cookie) {
      const session = sessions.get(keyOf(cookie));
      if (session) {
        applyLimits(session);
      }
      return session;
    },

    end,

    /** Ends a session and forgets that there was one. @param {string | undefined} cookie */
    forget(cookie) {
      const session = sessions.get(keyOf(cookie));
      if (session) {
        end(session, 'expired');
        sessions.delete(keyOf(cookie));
      }
    },

    /** The person has said that they are still here. Nothing else does: a page that asks by itself proves nothing. */
    touch(session) {
      session.activeAt = now();
    },

    /** The first of the ends that are known. */
    endingOf({ activeAt, startedAt, tokens }) {
      const endings = [
        { cause: 'idle', at: activeAt + idleMs, extendable: true },
        { cause: 'server', at: startedAt + longestMs, extendable: false },
        { cause: 'token', at: lastsUntil(tokens), extendable: false },
      ];
      const { at, ...ending } = endings.reduce((first, other) => (other.at < first.at ? other : first));
      // Seconds from now, because the clocks of browsers are wrong.
      return { ...ending, in: Math.max(0, Math.round((at - now()) / 1000)) };
    },

    /** Ends what nobody comes back for. */
    sweep() {
      for (const [key, session] of sessions) {
        applyLimits(session);
        if (session.endedAt !== undefined && now() >= session.endedAt + remembersMs) {
          sessions.delete(key);
        }
      }
    },
  };
}
