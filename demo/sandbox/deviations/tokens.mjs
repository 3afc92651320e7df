import { change, onRefresh, withMembers, without } from './changes.mjs';

/** What servers get wrong about tokens, and about what comes with them. */

const token = (task) => change('token', task);
const members = (added) => token(withMembers(added));
const withScopes = (task) =>
  token((body) => ({ ...body, scope: task((body.scope ?? '').split(' ').filter(Boolean)).join(' ') }));

/** @type {Record<string, { says: string, switches: Partial<import('../switches.mjs').Switches> }>} */
export const tokenDeviations = {
  'short-tokens': {
    says: 'Access tokens last nine and a half minutes.',
    switches: { accessTokenLifetime: 570 },
  },
  'no-refresh-tokens': {
    says: 'Public apps get no refresh token.',
    switches: { refreshTokens: false },
  },
  'no-new-refresh-token': {
    says: 'A renewal brings no new refresh token; the old one goes on.',
    switches: { rotate: false, ...token(onRefresh(without('refresh_token'))) },
  },
  'same-refresh-token': {
    says: 'A renewal brings the same refresh token again.',
    switches: { rotate: false },
  },
  'bare-renewal': {
    says: 'A renewal says neither how long the token lasts nor what it permits.',
    switches: token(onRefresh(without('expires_in', 'scope', 'patient', 'need_patient_banner'))),
  },
  'another-patient-on-renewal': {
    says: 'A renewal is about another patient.',
    switches: token(onRefresh((body) => ({ ...body, patient: 'somebody-else' }))),
  },
  'refresh-scopes-not-echoed': {
    says: 'online_access and offline_access are granted, and not listed.',
    switches: withScopes((scopes) => scopes.filter((scope) => !/^(on|off)line_access$/.test(scope))),
  },
  'no-lifetime': {
    says: 'It does not say how long a token lasts.',
    switches: token(without('expires_in')),
  },
  'lifetime-as-text': {
    says: 'The lifetime is a text, not a number.',
    switches: token((body) => ({ ...body, expires_in: String(body.expires_in) })),
  },
  'lifetime-of-zero': {
    says: 'The lifetime is said to be zero.',
    switches: members({ expires_in: 0 }),
  },
  'no-scope': {
    says: 'It does not say what the token permits.',
    switches: token(without('scope')),
  },
  'scopes-as-addresses': {
    says: 'Granted scopes are addresses.',
    switches: withScopes((scopes) =>
      scopes.map((scope) =>
        /^(patient|user|launch)\b/.test(scope) ? `http://smarthealthit.org/fhir/scopes/${scope}` : scope,
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
  'no-token-type': {
    says: 'It does not say of what type the token is.',
    switches: token(without('token_type')),
  },
  'lower-case-token-type': {
    says: 'The type is bearer, in small letters.',
    switches: members({ token_type: 'bearer' }),
  },
  'other-token-type': {
    says: 'The token is of a type that the kit cannot use.',
    switches: members({ token_type: 'mac' }),
  },
  'no-access-token': {
    says: 'The answer has no token in it.',
    switches: token(without('access_token')),
  },
  'errors-as-success': {
    says: 'A refusal comes with status 200.',
    switches: { rewrite: { refusal: ({ body }) => ({ status: 200, body }) } },
  },
  'errors-as-401': {
    says: 'A refusal comes with status 401.',
    switches: { rewrite: { refusal: ({ body }) => ({ status: 401, body }) } },
  },
  'token-as-web-page': {
    says: 'In place of a token comes a web page.',
    switches: { html: { token: true } },
  },
  'no-cors-on-token': {
    says: 'No page of another site may read token answers.',
    switches: { noCors: { token: true } },
  },
  'extra-members': {
    says: 'The answer has members that nobody knows, one of them misspelt.',
    switches: members({ ext_expires_in: 3600, resource: 'api', practioner: 'lee', practitioner: 'lee' }),
  },
  'no-patient': {
    says: 'It does not say whose record it is.',
    switches: token(without('patient', 'need_patient_banner')),
  },
  'banner-as-text': {
    says: 'need_patient_banner is a text, not a boolean.',
    switches: members({ need_patient_banner: 'false' }),
  },
  'context-of-version-2.0': {
    says: 'fhirContext is a list of texts.',
    switches: members({ fhirContext: ['ImagingStudy/1', 'not a reference'] }),
  },
  'context-of-version-2.2': {
    says: 'fhirContext is a list of objects, one of them without anything.',
    switches: members({ fhirContext: [{ reference: 'ImagingStudy/1', role: 'launch' }, {}] }),
  },
  'app-context': {
    says: 'The answer has an appContext and an intent.',
    switches: members({ appContext: '{"card":7}', intent: 'reconcile-medications' }),
  },
  'authorization-details': {
    says: 'The answer says which servers the token is for.',
    switches: token((body, { fhirBase }) => ({
      ...body,
      authorization_details: [{ type: 'smart_on_fhir', locations: [fhirBase], fhirVersions: ['4.0.1'] }],
    })),
  },
};
