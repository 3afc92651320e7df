import { signedIn } from './outcomes.mjs';

const everything = ['launch/patient', 'openid', 'fhirUser', 'patient/Patient.rs', 'patient/Observation.rs'];
const withExtra = (...names) => signedIn({ extra: ['smart_style_url', ...names] });

/** @type {import('./outcomes.mjs').Expectations} */
export const scopeExpectations = {
  'no-scope': { rule: 'SMART-48', makes: signedIn({ warnings: ['token/scope-missing'] }) },
  'empty-scope': { rule: 'SMART-49', makes: signedIn({ missing: everything }) },
  'refresh-scopes-not-echoed': { rule: 'SMART-94', makes: signedIn() },
  'scopes-as-addresses': { rule: 'SMART-73', makes: signedIn() },
  'scopes-with-openid-prefix': { rule: 'SMART-73', makes: signedIn() },
  'scopes-split-and-reordered': { rule: 'SMART-66', makes: signedIn() },
  'scopes-nobody-asked-for': { rule: 'SMART-49', makes: signedIn() },
};

/** @type {import('./outcomes.mjs').Expectations} */
export const contextExpectations = {
  'no-patient': {
    rule: 'SMART-74',
    makes: signedIn({ warnings: ['context/missing-patient'], patient: undefined, record: 'error' }),
  },
  'banner-as-text': { rule: 'SMART-76', makes: signedIn({ banner: false }) },
  'context-of-version-2.0': { rule: 'SMART-75', makes: withExtra('fhirContext') },
  'context-of-version-2.2': { rule: 'SMART-75', makes: withExtra('fhirContext') },
  'app-context': { rule: 'SMART-23', makes: withExtra('appContext') },
  'hub-context': { rule: 'SMART-82', makes: withExtra('hub.url', 'hub.topic') },
  'style-over-http': { rule: 'SMART-78', makes: signedIn() },
  'authorization-details': { rule: 'SMART-56', makes: withExtra('authorization_details') },
  'authorization-details-elsewhere': { rule: 'SMART-56', makes: withExtra('authorization_details') },
};
