/**
 * What the kit is to make of a server that breaks a rule.
 *
 * @typedef {object} Expectation
 * @property {string} [rule] of what a client must do, by its number
 * @property {string} [when] how a person goes, in words, where that is not the way of everybody
 * @property {import('../../e2e/harness/journey.mjs').Way} [way] the same for the browser
 * @property {string[]} [and] what else the server gets wrong
 * @property {import('../../e2e/harness/journey.mjs').Outcome} makes
 */

/** @typedef {Record<string, Expectation | Expectation[]>} Expectations */

const base = { advice: [], warnings: [], pkce: 'S256', revoked: [], strangers: [], tokensTo: [] };

const maria = { name: 'Maria Elena Silva', fhirUser: 'Patient/maria', signature: 'verified' };

/** Somebody is signed in, as at a server that keeps the rules, but for some differences. */
export function signedIn(differences = {}) {
  return {
    ...base,
    status: 'signed-in',
    missing: [],
    patient: 'maria',
    banner: true,
    extra: ['smart_style_url'],
    user: maria,
    source: 'smart-configuration',
    end: 'known',
    record: 'ready',
    renewal: {},
    revoked: [200, 200],
    ...differences,
  };
}

/** The same where the keys of the server are not known. */
export function signedInUnverified(differences = {}) {
  return signedIn({
    warnings: ['id-token/keys-unavailable'],
    user: { ...maria, signature: 'unverified' },
    ...differences,
  });
}

/** The same where the conformance statement has said where to sign in: it says nothing of keys. */
export function signedInByStatement(differences = {}) {
  return signedInUnverified({ source: 'capability-statement', ...differences });
}

/** The same where nothing is believed of what the server says of who signed in. */
export function signedInWithoutName(warning) {
  return signedIn({ warnings: [warning], user: undefined });
}

/** The same as another person would be. */
export function signedInAs(differences) {
  return signedIn({ user: { ...maria, ...differences } });
}

/** Nobody is signed in, and it is said why. */
export function signedOut(error, differences = {}) {
  return { ...base, status: 'signed-out', reason: 'initial', error, record: 'signed-out', ...differences };
}

/** Nobody can sign in, and it is said why before anybody leaves. */
export function unavailable(error, differences = {}) {
  return { ...base, status: 'unavailable', error, pkce: undefined, record: 'error', ...differences };
}

/** A way on which the renewal is refused. */
export const refusedRenewal = {
  when: 'the refresh token is known to nobody any more',
  way: { then: async (_, { sandbox }) => sandbox.forgetRefreshTokens() },
};

/** Somebody was signed in, and the renewal that was refused has ended it. */
export function ended(said) {
  return signedIn({
    renewal: { status: 'expired', error: 'session/expired', said, record: 'stale' },
    revoked: [],
  });
}
