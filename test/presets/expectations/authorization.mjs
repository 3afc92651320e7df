import { ended, refusedRenewal, signedIn, signedOut } from './outcomes.mjs';

const denied = { decision: 'deny' };
const askFor = (scope) => ({ values: { scope } });

/** @type {import('./outcomes.mjs').Expectations} */
export const authorizationExpectations = {
  'raw-launch': { rule: 'SMART-15', when: 'an EHR opens the app', way: { launch: true }, makes: signedIn() },
  'strict-aud': { rule: 'SMART-26', makes: signedIn() },
  'aud-without-path': {
    rule: 'SMART-26',
    makes: signedOut('authorize/invalid-request', {
      said: {
        error: 'invalid_request',
        description: 'aud must be the FHIR base of this server that is to be read',
      },
    }),
  },
  'unknown-scope-is-refused': {
    rule: 'SMART-37',
    when: 'the page asks for such a scope',
    way: askFor('launch/patient openid patient/Coverage.rs'),
    makes: signedOut('authorize/invalid-scope', {
      said: {
        error: 'invalid_scope',
        description: 'the app is not registered for a scope that it asks for',
      },
    }),
  },
  'launch-scope-is-unknown': [
    { rule: 'SMART-16', makes: signedIn() },
    {
      rule: 'SMART-37',
      when: 'an EHR opens the app',
      way: { launch: true },
      makes: signedOut('authorize/invalid-scope', {
        said: {
          error: 'invalid_scope',
          description: 'the app is not registered for a scope that it asks for',
        },
      }),
    },
  ],
  'version-1-scopes-are-dropped': [
    { rule: 'SMART-64', makes: signedIn() },
    {
      rule: 'SMART-49',
      when: 'the page asks in version 1',
      way: askFor('launch/patient openid fhirUser patient/Patient.read online_access'),
      makes: signedIn({ missing: ['patient/Patient.read'], record: 'denied' }),
    },
  ],
  'scopes-are-trimmed': {
    rule: 'SMART-49',
    makes: signedIn({ missing: ['patient/Patient.rs', 'patient/Observation.rs'], record: 'denied' }),
  },
  'offline-access-is-dropped': {
    rule: 'SMART-49',
    when: 'the page asks for it',
    way: askFor('launch/patient openid fhirUser patient/Patient.rs offline_access'),
    makes: signedIn({
      advice: ['scope/outlives-storage'],
      missing: ['offline_access'],
      renewal: undefined,
      revoked: [200],
    }),
  },
  'offline-and-resource-scopes-dropped': {
    rule: 'SMART-49',
    when: 'the page asks for both',
    way: askFor('launch/patient openid fhirUser patient/Patient.rs offline_access'),
    makes: signedIn({
      advice: ['scope/outlives-storage'],
      missing: ['launch/patient', 'patient/Patient.rs', 'offline_access'],
      patient: undefined,
      record: 'error',
      renewal: undefined,
      revoked: [200],
    }),
  },
  'no-response-iss': { rule: 'SMART-41', makes: signedIn() },
  'response-iss-promised-and-missing': { rule: 'SMART-41', makes: signedOut('callback/issuer-mismatch') },
  'other-response-iss': { rule: 'SMART-41', makes: signedOut('callback/issuer-mismatch') },
  'other-state': { rule: 'SMART-36', makes: signedOut('callback/unknown-state') },
  'neither-code-nor-error': { rule: 'SMART-42', makes: signedOut('callback/malformed') },
  'two-codes': { rule: 'SMART-42', makes: signedOut('callback/malformed') },
  'error-without-state': {
    rule: 'SMART-36',
    when: 'a person denies',
    way: denied,
    makes: signedOut('callback/error-without-state', { said: { error: 'access_denied' } }),
  },
  // Whose code it is cannot be known: it is left where it is. A launch it is not.
  'code-without-state': [
    { rule: 'SMART-36', makes: signedOut(undefined) },
    {
      rule: 'SMART-36',
      when: 'no EHR may open the page',
      way: { values: { issuers: '' } },
      makes: signedOut(undefined),
    },
  ],
  'code-and-error': { rule: 'SMART-42', makes: signedOut('callback/malformed') },
  'errors-by-address': [
    {
      rule: 'SMART-37',
      when: 'a person denies',
      way: denied,
      makes: signedOut('authorize/denied', {
        reason: 'denied',
        said: { error: 'access_denied', uri: '/errors/access_denied' },
      }),
    },
    {
      rule: 'SMART-51',
      ...refusedRenewal,
      makes: ended({ error: 'invalid_grant', uri: '/errors/invalid_grant' }),
    },
  ],
  'only-error-uri': [
    {
      rule: 'SMART-51',
      when: 'a person denies',
      way: denied,
      makes: signedOut('authorize/refused', {
        said: { error: 'unspecified', uri: '/errors/access_denied' },
      }),
    },
    {
      rule: 'SMART-51',
      ...refusedRenewal,
      // The name is the kit's own. What cannot be told from a passing trouble ends nothing.
      makes: signedIn({
        renewal: {
          error: 'token/refused',
          said: { error: 'invalid_request', uri: '/errors/invalid_grant' },
        },
        revoked: [200, 200],
      }),
    },
  ],
  'opener-policy': [
    { rule: 'SMART-20', makes: signedIn() },
    {
      rule: 'SMART-20',
      when: 'the sign-in is in a window of its own',
      way: { window: true, values: { display: 'popup' } },
      makes: signedIn(),
    },
  ],
  'session-state': { rule: 'SMART-40', makes: signedIn() },
};
