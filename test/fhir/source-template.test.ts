import { expect } from '@open-wc/testing';

import { expandSource, launchVariables } from '../../src/fhir/index.js';

const variables = launchVariables(
  {
    patient: '123',
    encounter: 'e/../1',
    needPatientBanner: true,
    extra: { location: 'L 1', odd: 7, dots: '..' },
  },
  { subject: 's', fhirUser: 'https://ehr.example/fhir/Practitioner/5?a=%20 é', signature: 'verified' },
);

describe('A src', () => {
  const filled = {
    'Patient/{patient}': 'Patient/123',
    'Encounter/{encounter}': 'Encounter/e%2F..%2F1',
    '{+fhirUser}': 'https://ehr.example/fhir/Practitioner/5?a=%20%20%C3%A9',
    'Location/{location}': 'Location/L%201',
    'Observation?patient={patient}&code=http://loinc.org|4548-4':
      'Observation?patient=123&code=http://loinc.org|4548-4',
  };
  for (const [source, expected] of Object.entries(filled)) {
    it(`${source} is filled as RFC 6570 says`, () => {
      expect(expandSource(source, variables)).to.equal(expected);
    });
  }

  for (const source of ['Patient/{nobody}', '{odd}', '{constructor}', '{__proto__}']) {
    it(`${source} fails, because the variable has no value: never an empty text`, () => {
      expect(() => expandSource(source, variables))
        .to.throw()
        .with.property('code', 'context/missing-variable');
    });
  }

  for (const source of [
    '',
    'Patient/{patient',
    'Patient/patient}',
    '{?patient}',
    '{patient*}',
    '{patient,encounter}',
    '{}',
    'Patient/{dots}',
  ]) {
    it(`“${source}” is refused as malformed`, () => {
      expect(() => expandSource(source, variables))
        .to.throw()
        .with.property('code', 'fhir/invalid-source');
    });
  }
});
