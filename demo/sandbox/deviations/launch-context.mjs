import { members, token, without } from './changes.mjs';

/** What servers get wrong about saying what a sign-in is about. */

/** @type {Record<string, { says: string, switches: Partial<import('../switches.mjs').Switches> }>} */
export const contextDeviations = {
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
  'hub-context': {
    says: 'The answer says where the EHR tells apps what it is showing.',
    switches: members({ 'hub.url': 'https://hub.example/', 'hub.topic': '5d9b1a7e' }),
  },
  'style-over-http': {
    says: 'The address of its style is not https.',
    switches: members({ smart_style_url: 'http://ehr.example/style.json' }),
  },
  'authorization-details': {
    says: 'The answer says which servers the token is for.',
    switches: token((body, { fhirBase }) => ({
      ...body,
      authorization_details: [{ type: 'smart_on_fhir', locations: [fhirBase], fhirVersions: ['4.0.1'] }],
    })),
  },
  'authorization-details-elsewhere': {
    says: 'The answer says that the token is for a second server, too.',
    switches: token((body, { fhirBase }) => ({
      ...body,
      authorization_details: [
        {
          type: 'smart_on_fhir',
          locations: [fhirBase, 'https://images.example/fhir'],
          fhirVersions: ['4.0.1'],
        },
      ],
    })),
  },
};
