import { members, token, withScopes, without } from './changes.mjs';

/** What servers get wrong about saying what a token permits. */

/** @type {Record<string, { says: string, switches: Partial<import('../switches.mjs').Switches> }>} */
export const scopeDeviations = {
  'no-scope': {
    says: 'It does not say what the token permits.',
    switches: token(without('scope')),
  },
  'empty-scope': {
    says: 'What the token permits is an empty text.',
    switches: members({ scope: '' }),
  },
  'refresh-scopes-not-echoed': {
    says: 'online_access and offline_access are granted, and not listed.',
    switches: withScopes((scopes) => scopes.filter((scope) => !/^(on|off)line_access$/.test(scope))),
  },
  'scopes-as-addresses': {
    says: 'Granted scopes are addresses.',
    switches: withScopes((scopes) =>
      scopes.map((scope) =>
        /^(patient|user|launch)\b/.test(scope) ? `http://smarthealthit.org/fhir/scopes/${scope}` : scope,
      ),
    ),
  },
  'scopes-with-openid-prefix': {
    says: 'The granted scope openid is an address.',
    switches: withScopes((scopes) =>
      scopes.map((scope) =>
        scope === 'openid' ? 'http://openid.net/specs/openid-connect-core-1_0#openid' : scope,
      ),
    ),
  },
  'scopes-split-and-reordered': {
    says: 'A scope of two letters comes back as two scopes, in another order.',
    switches: withScopes((scopes) =>
      scopes
        .flatMap((scope) =>
          scope.endsWith('.rs') ? [scope.replace('.rs', '.s'), scope.replace('.rs', '.r')] : scope,
        )
        .reverse(),
    ),
  },
  'scopes-nobody-asked-for': {
    says: 'The answer lists scopes that nobody asked for, some in a form of its own.',
    switches: withScopes((scopes) => [...scopes, 'user_impersonation', 'patient.read']),
  },
};
