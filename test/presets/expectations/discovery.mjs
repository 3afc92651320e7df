import { requestsOf } from '../../e2e/harness/journey.mjs';
import { askFor } from '../../e2e/harness/page-tasks.mjs';
import { signedIn, signedInByStatement, unavailable } from './outcomes.mjs';

const images = 'https://images.example/fhir/ImagingStudy/1';
/** More than an address should hold. */
const longScope = Array.from({ length: 26 }, (_, index) => {
  const letter = String.fromCharCode(97 + index);
  return `patient/Observation.rs?category=http://terminology.hl7.org/CodeSystem/observation-category|${letter}`;
}).join(' ');

const askedForSignIn = ({ sandbox }) => requestsOf(sandbox, 'authorize')[0];

/** @type {import('./outcomes.mjs').Expectations} */
export const discoveryExpectations = {
  'no-well-known': { rule: 'SMART-5', makes: signedInByStatement() },
  'slow-well-known': { rule: 'SMART-5', makes: signedInByStatement() },
  'very-slow-well-known': { rule: 'SMART-5', makes: signedInByStatement() },
  'well-known-needs-token': { rule: 'SMART-5', makes: signedInByStatement() },
  'metadata-needs-token': [
    { rule: 'SMART-1', makes: signedIn() },
    {
      rule: 'SMART-6',
      and: ['well-known-needs-token'],
      makes: unavailable('discovery/refused'),
    },
  ],
  'well-known-at-root': [
    { rule: 'SMART-1', makes: unavailable('discovery/not-found') },
    {
      when: 'the page says where it is',
      way: { values: { configUrl: '{sandbox}/.well-known/smart-configuration' } },
      makes: signedIn(),
    },
  ],
  'well-known-unavailable': { rule: 'SMART-1', makes: unavailable('discovery/unavailable') },
  'well-known-rate-limited': { rule: 'SMART-1', makes: unavailable('discovery/unavailable') },
  'well-known-as-web-page': { rule: 'SMART-1', makes: signedInByStatement() },
  'well-known-as-text': { rule: 'SMART-2', makes: signedIn({ advice: ['discovery/content-type'] }) },
  'missing-members': {
    rule: 'SMART-3',
    makes: signedIn({
      advice: ['discovery/pkce-not-advertised', 'discovery/missing-member', 'discovery/missing-member'],
    }),
  },
  'no-authorize-endpoint': { rule: 'SMART-3', makes: unavailable('discovery/missing-endpoint') },
  'relative-endpoints': {
    rule: 'SMART-4',
    makes: signedIn({ advice: ['discovery/relative-endpoint', 'discovery/relative-endpoint'] }),
  },
  'insecure-endpoints': { rule: 'SMART-13', makes: unavailable('discovery/insecure-endpoint') },
  'insecure-optional-endpoints': {
    rule: 'SMART-13',
    makes: signedIn({
      advice: [
        'discovery/insecure-optional-endpoint',
        'discovery/insecure-optional-endpoint',
        'discovery/insecure-optional-endpoint',
      ],
    }),
  },
  'associated-endpoints': {
    rule: 'SMART-11',
    way: { then: async (page) => ({ images: await askFor(page, images) }) },
    // That host does not exist. What counts is that it is asked.
    makes: signedIn({ images: 'unreachable', strangers: [images], tokensTo: [images] }),
  },
  'no-smart': { rule: 'SMART-6', makes: unavailable('discovery/no-sign-in') },
  open: { rule: 'SMART-6', makes: unavailable('discovery/no-sign-in') },
  'no-cors-on-discovery': { rule: 'SMART-7', makes: unavailable('discovery/unreachable') },
  'xml-metadata': { rule: 'SMART-5', and: ['no-well-known'], makes: signedInByStatement() },
  'dstu2-metadata': { rule: 'SMART-5', and: ['no-well-known'], makes: signedInByStatement() },
  'oauth-uris-in-second-rest': { rule: 'SMART-5', makes: signedInByStatement() },
  'capabilities-of-version-1': { rule: 'SMART-8', makes: signedIn({ advice: ['scope/not-advertised'] }) },
  'no-standalone-capability': { rule: 'SMART-8', makes: signedIn({ advice: ['scope/not-advertised'] }) },
  'few-scopes-supported': { rule: 'SMART-9', makes: signedIn() },
  'many-scopes-supported': { rule: 'SMART-9', makes: signedIn() },
  'no-scopes-supported': { rule: 'SMART-9', makes: signedIn() },
  'no-optional-endpoints': { rule: 'SMART-10', makes: signedIn({ revoked: [] }) },
  'no-pkce-advertised': { rule: 'SMART-27', makes: signedIn({ advice: ['discovery/pkce-not-advertised'] }) },
  'no-refresh-advertised': { rule: 'SMART-94', makes: signedIn() },
  'legacy-oauth-advertised': { rule: 'SMART-3', makes: signedIn() },
  'token-auth-methods-spelled-both-ways': { rule: 'SMART-3', makes: signedIn() },
  'jwt-bearer-advertised': { rule: 'SMART-3', makes: signedIn() },
  'keys-by-openid-only': { rule: 'SMART-84', makes: signedIn({ advice: ['discovery/missing-member'] }) },
  'only-scopes-of-version-1': {
    rule: 'SMART-64',
    way: { then: async (_, portal) => ({ sent: askedForSignIn(portal).query.scope }) },
    makes: signedIn({
      sent: 'launch/patient openid fhirUser patient/Patient.read patient/Observation.read online_access',
    }),
  },
  'authorize-post': {
    rule: 'SMART-30',
    way: {
      values: { scope: `launch/patient openid fhirUser patient/Patient.rs online_access ${longScope}` },
      then: async (_, portal) => ({ sent: askedForSignIn(portal).method }),
    },
    makes: signedIn({ missing: longScope.split(' '), sent: 'POST' }),
  },
  'authorize-query': {
    rule: 'SMART-31',
    way: { then: async (_, portal) => ({ sent: askedForSignIn(portal).query.realm }) },
    makes: signedIn({ sent: 'patients' }),
  },
};
