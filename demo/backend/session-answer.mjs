import { AuthorizationResponseError } from 'oauth4webapi';

/**
 * What a page may know of a session. There is no token in it.
 *
 * @param {import('./sessions.mjs').Session | undefined} session
 * @param {{ fhirBase: string, scope: string, idleSeconds: number, now: () => number }} about
 * @param {(session: import('./sessions.mjs').Session) => object} endingOf
 */
export function describeSession(session, { fhirBase, scope, idleSeconds, now }, endingOf) {
  const about = { fhir_base: fhirBase };
  if (!session) {
    return { status: 'signed-out', ...about };
  }
  if (session.ended === 'idle') {
    return { status: 'signed-out', reason: 'idle', ...about };
  }
  const { id, context, user, tokens } = session;
  if (session.ended) {
    return { status: 'expired', id, ...about, recovery: 'sign-in', context, user };
  }
  const isRenewable = tokens.refreshToken !== undefined;
  return {
    status: 'signed-in',
    id,
    ...about,
    scope: session.scope,
    asked_scope: scope,
    context,
    user,
    configuration: session.configuration,
    refreshable: isRenewable,
    // Of a token that is renewed here, the page need not know.
    ...(!isRenewable &&
      tokens.expiresAt !== undefined && { expires_in: Math.round((tokens.expiresAt - now()) / 1000) }),
    idle_limit: idleSeconds,
    ending: endingOf(session),
  };
}

/** What went wrong with a sign-in, as the page may know it. The library's errors hold the response: no more of them goes out. */
export function describeFailure(thrown) {
  if (thrown instanceof AuthorizationResponseError) {
    const { error, error_description: description } = thrown;
    return { error, ...(description && { error_description: description }) };
  }
  return { error: 'server_error' };
}
