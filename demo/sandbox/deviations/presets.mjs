/**
 * Servers as they really are: each preset is what is known of one vendor's, from what they published or from what was
 * reported of them. None of it is their fault alone, and some of it may be mended by now.
 *
 * @type {Record<string, { name: string, deviations: string[] }>}
 */
export const presets = {
  epic: {
    name: 'Epic',
    deviations: [
      'issuer-elsewhere',
      'few-scopes-supported',
      'no-optional-endpoints',
      'authorize-post',
      'no-response-iss',
      'xml-metadata',
      'no-refresh-tokens',
    ],
  },
  'epic-older': {
    name: 'Epic, an older site',
    deviations: [
      'slow-well-known',
      'xml-metadata',
      'dstu2-metadata',
      'no-response-iss',
      'refresh-scopes-not-echoed',
      'id-token-without-nonce',
    ],
  },
  oracle: {
    name: 'Oracle Health (Cerner)',
    deviations: [
      'short-tokens',
      'no-new-refresh-token',
      'no-cors-on-401',
      'errors-by-address',
      'version-1-scopes-are-dropped',
      'no-refresh-advertised',
      'no-response-iss',
    ],
  },
  athenahealth: {
    name: 'athenahealth',
    deviations: [
      'issuer-elsewhere',
      'no-scopes-supported',
      'legacy-oauth-advertised',
      'no-pkce-advertised',
      'no-response-iss',
    ],
  },
  meditech: {
    name: 'MEDITECH',
    deviations: ['well-known-at-root', 'issuer-with-slash', 'no-response-iss'],
  },
  medent: {
    name: 'MEDENT',
    deviations: ['no-patient', 'no-response-iss'],
  },
  eclinicalworks: {
    name: 'eClinicalWorks',
    deviations: ['no-cors-on-discovery', 'xml-metadata', 'no-response-iss'],
  },
  azure: {
    name: 'Azure',
    deviations: [
      'no-well-known',
      'launch-scope-is-unknown',
      'lifetime-as-text',
      'no-scope',
      'extra-members',
      'no-response-iss',
    ],
  },
  keycloak: {
    name: 'Keycloak',
    deviations: ['session-state', 'scopes-split-and-reordered', 'scopes-nobody-asked-for'],
  },
  greenway: {
    name: 'Greenway',
    deviations: ['no-well-known', 'unknown-scope-is-refused', 'no-response-iss'],
  },
  inferno: {
    name: 'The client tests of Inferno',
    deviations: [
      'keys-by-openid-only',
      'id-token-without-nonce',
      'same-refresh-token',
      'strict-aud',
      'no-response-iss',
    ],
  },
  'smart-launcher': {
    name: 'The SMART launcher',
    deviations: [
      'same-refresh-token',
      'id-token-poor-on-renewal',
      'capabilities-of-version-1',
      'revocation-refused',
      'no-response-iss',
    ],
  },
  hapi: {
    name: 'HAPI FHIR, and others without a sign-in',
    deviations: ['open'],
  },
};
