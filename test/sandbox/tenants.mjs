/** Two organisations, small enough to keep in mind. The same id in both is another person. */

const observationCategory = 'http://terminology.hl7.org/CodeSystem/observation-category';
const meta = { versionId: '3', lastUpdated: '2026-01-02T03:04:05Z' };

function patient(id, given) {
  return {
    resourceType: 'Patient',
    id,
    meta,
    name: [{ given: [given], family: 'Example' }],
    birthDate: '1980-05-01',
  };
}

function observation(id, patientId, category, effectiveDateTime) {
  return {
    resourceType: 'Observation',
    id,
    meta,
    status: 'final',
    category: [{ coding: [{ system: observationCategory, code: category }] }],
    code: { text: id },
    subject: { reference: `Patient/${patientId}` },
    performer: [{ reference: 'Practitioner/lee' }],
    effectiveDateTime,
  };
}

function encounter(id, patientId, start, status = 'finished') {
  return {
    resourceType: 'Encounter',
    id,
    meta,
    status,
    class: { code: 'AMB' },
    subject: { reference: `Patient/${patientId}` },
    period: { start },
  };
}

function account(username, role, fhirUser, patients) {
  return { username, password: `${username}-pw`, role, name: `Name of ${username}`, fhirUser, patients };
}

export const tenants = [
  {
    id: 'north',
    name: 'North Practice',
    deleted: ['Observation/withdrawn'],
    resources: [
      patient('anna', 'Anna'),
      patient('ben', 'Ben'),
      patient('cleo', 'Cleo <b>'),
      { resourceType: 'Practitioner', id: 'lee', meta, name: [{ family: 'Lee' }] },
      observation('lab-1', 'anna', 'laboratory', '2026-01-01'),
      observation('lab-2', 'anna', 'laboratory', '2026-02-01'),
      observation('lab-3', 'anna', 'laboratory', '2026-03-01'),
      observation('pulse-1', 'anna', 'vital-signs', '2026-01-01'),
      observation('pulse-2', 'anna', 'vital-signs', '2026-02-01'),
      observation('lab-of-ben', 'ben', 'laboratory', '2026-01-01'),
      encounter('visit-1', 'anna', '2026-01-01'),
      encounter('visit-2', 'anna', '2026-03-01'),
      encounter('visit-planned', 'anna', '2027-03-01', 'planned'),
    ],
    accounts: [
      account('anna', 'patient', 'Patient/anna'),
      account('parent', 'patient', 'Patient/anna', ['anna', 'ben']),
      account('dr-lee', 'clinician', 'Practitioner/lee'),
    ],
  },
  {
    id: 'south',
    name: 'South Hospital',
    resources: [patient('anna', 'Another'), observation('lab-south', 'anna', 'laboratory', '2026-01-01')],
    accounts: [account('anna', 'patient', 'Patient/anna')],
  },
];
