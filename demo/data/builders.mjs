/** Short ways to write resources. Everybody and everything here is invented. */

const systems = {
  loinc: 'http://loinc.org',
  snomed: 'http://snomed.info/sct',
  rxnorm: 'http://www.nlm.nih.gov/research/umls/rxnorm',
  cvx: 'http://hl7.org/fhir/sid/cvx',
};
const terminology = (name) => `http://terminology.hl7.org/CodeSystem/${name}`;

/** A concept of a terminology, with the words that people use for it. */
export function concept(system, code, display, text = display) {
  return { coding: [{ system: systems[system] ?? terminology(system), code, display }], text };
}

/** A concept of one of HL7's own code systems. */
export function status(system, code) {
  return { coding: [{ system: terminology(system), code }] };
}

export function reference(to, display) {
  return { reference: to, ...(display && { display }) };
}

export function quantity(value, unit, code = unit, comparator) {
  return { value, ...(comparator && { comparator }), unit, system: 'http://unitsofmeasure.org', code };
}

/** A resource, with the `meta` that a server gives it. */
export function resource(resourceType, id, content, lastUpdated = '2026-10-28T08:15:00Z') {
  return { resourceType, id, meta: { versionId: '1', lastUpdated }, ...content };
}

/** A narrative of one paragraph. */
export function narrative(words) {
  return { status: 'generated', div: `<div xmlns="http://www.w3.org/1999/xhtml"><p>${words}</p></div>` };
}

export function problem(id, patient, code, clinical = 'active', more = {}) {
  return resource('Condition', id, {
    ...(clinical && { clinicalStatus: status('condition-clinical', clinical) }),
    verificationStatus: status('condition-ver-status', 'confirmed'),
    category: [status('condition-category', 'problem-list-item')],
    ...(code && { code }),
    subject: reference(`Patient/${patient}`),
    ...more,
  });
}

export function allergy(id, patient, code, more = {}) {
  return resource('AllergyIntolerance', id, {
    clinicalStatus: status('allergyintolerance-clinical', 'active'),
    verificationStatus: status('allergyintolerance-verification', 'confirmed'),
    ...(code && { code }),
    patient: reference(`Patient/${patient}`),
    ...more,
  });
}

export function prescription(id, patient, medicine, more = {}) {
  return resource('MedicationRequest', id, {
    status: 'active',
    intent: 'order',
    ...medicine,
    subject: reference(`Patient/${patient}`),
    authoredOn: '2026-06-02',
    ...more,
  });
}

export function vaccination(id, patient, code, date, more = {}) {
  return resource('Immunization', id, {
    status: 'completed',
    vaccineCode: code,
    patient: reference(`Patient/${patient}`),
    occurrenceDateTime: date,
    ...more,
  });
}

export function observation(id, patient, category, code, date, content) {
  return resource('Observation', id, {
    status: 'final',
    category: [status('observation-category', category)],
    code,
    subject: reference(`Patient/${patient}`),
    effectiveDateTime: date,
    ...content,
  });
}
