/** Where the pages sign in to unless the reader says otherwise: the sandbox that `npm start` runs. */
export const settings = {
  fhirBase: 'http://127.0.0.1:8200/fhir/R4/{tenant}',
  tenant: 'riverside',
  clientId: 'demo-app',
  scope: 'launch/patient openid fhirUser patient/Patient.rs patient/Observation.rs online_access',
};
