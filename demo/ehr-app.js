import { settings } from './settings.js';

/** A page for EHRs needs no more than the list of those that may open it. */
const auth = document.querySelector('smart-auth');
auth.setAttribute('issuers', settings.fhirBase.replaceAll('{tenant}', settings.tenant));
auth.setAttribute('client-id', settings.clientId);
auth.setAttribute(
  'scope',
  'launch openid fhirUser patient/Patient.rs patient/AllergyIntolerance.rs online_access',
);
await import('./smart-elements.min.js');
