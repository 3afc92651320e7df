import { GrantEndedError } from './authorization.mjs';
import { passedOn } from './fhir-proxy.mjs';
import { problem } from './problem.mjs';

/**
 * Uses the tokens of a session, and renews them.
 *
 * @param {ReturnType<import('./sessions.mjs').createSessions>} sessions
 * @param {ReturnType<import('./authorization.mjs').createAuthorization>} authorization
 */
export function createTokenUse(sessions, authorization) {
  async function replaceTokens(session) {
    let tokens;
    try {
      tokens = await authorization.renew(session);
    } catch (thrown) {
      if (thrown instanceof GrantEndedError) {
        sessions.end(session, 'expired');
      }
      throw thrown;
    }
    if (session.ended) {
      // Signed out while this was under way: nobody will use what has just been issued.
      await authorization.revoke(tokens);
    } else {
      session.tokens = tokens;
    }
  }

  /** @returns {Promise<Response | undefined>} a refusal, where there is no token to go on with */
  async function renew(session) {
    // One at a time for each session: servers take a refresh token that comes twice for a stolen one.
    session.renewal ??= replaceTokens(session).finally(() => {
      session.renewal = undefined;
    });
    try {
      await session.renewal;
    } catch (thrown) {
      if (!(thrown instanceof GrantEndedError)) {
        // A server that cannot be reached has decided nothing.
        return problem('not-renewed');
      }
    }
    return session.ended ? problem('session-ended') : undefined;
  }

  /** Asks once more with a new token, where the server does not accept the one that was used. */
  async function askAgain(session, used, ask) {
    // Somebody else's request may have brought a new one meanwhile.
    const refusal = session.tokens?.accessToken === used ? await renew(session) : undefined;
    return refusal ?? (session.tokens ? ask(session.tokens.accessToken) : problem('session-ended'));
  }

  return {
    renewWhereDue: async (session) => (authorization.isDue(session.tokens) ? renew(session) : undefined),

    /**
     * @param {import('./sessions.mjs').Session} session
     * @param {(accessToken: string) => Promise<Response>} ask
     * @returns {Promise<Response>} for the browser
     */
    async ask(session, ask) {
      const refusal = await this.renewWhereDue(session);
      if (refusal) {
        return refusal;
      }
      const { accessToken, refreshToken } = session.tokens;
      try {
        let response = await ask(accessToken);
        if (response.status === 401 && refreshToken !== undefined) {
          response = await askAgain(session, accessToken, ask);
        }
        if (response.status === 401) {
          // The tokens are of no more use. The server's own 401 is not passed on: it speaks of a token, not of a session.
          sessions.end(session, 'expired');
        }
        if (session.ended) {
          // What was asked for in a session is not answered after its end.
          return problem('session-ended');
        }
        const isRedirect = response.status >= 300 && response.status < 400 && response.status !== 304;
        return isRedirect ? problem('server-redirects') : passedOn(response);
      } catch (thrown) {
        return problem(thrown.name === 'TimeoutError' ? 'server-slow' : 'server-unreachable');
      }
    },
  };
}
