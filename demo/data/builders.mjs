/** Short ways to write resources. Everybody and everything here is invented. */

const systems = {
  loinc: 'http://loinc.org',
  snomed: 'http://snomed.info/sct',
  rxnorm: 'http://www.nlm.nih.gov/research/umls/rxnorm',
  cvx: 'http://hl7.org/fhir/sid/cvx',
};
const terminology = (name) => `http://terminology.hl7.org/CodeSystem/${name}`;

export function coding(system, code, display) {
  return { system: systems[system] ?? terminology(system), code, ...(display && { display }) };
}

/** A concept of a terminology, with the words that people use for it. */
export function concept(system, code, display, text = display) {
  return { coding: [coding(system, code, display)], text };
}

/** A concept of one of HL7's own code systems. */
export function status(system, code, display) {
  return { coding: [coding(system, code, display)] };
}

export function reference(to, display) {
  return { reference: to, ...(display && { display }) };
}

export function quantity(value, unit, code = unit, comparator) {
  return { value, ...(comparator && { comparator }), unit, system: 'http://unitsofmeasure.org', code };
}

/** What stands in place of a primitive value that is not given; it belongs under the name with a `_` before it. */
export function absent(reason) {
  const url = 'http://hl7.org/fhir/StructureDefinition/data-absent-reason';
  return { extension: [{ url, valueCode: reason }] };
}

/** The night after the last of all data: when the records were put in. */
const loaded = '2026-11-02T06:00:00Z';

/**
 * A resource, with the `meta` that a server gives it.
 *
 * @param {{ version?: number, updated?: string }} [history] which version it is, and since when
 */
export function resource(resourceType, id, content, { version = 1, updated = loaded } = {}) {
  return { resourceType, id, meta: { versionId: String(version), lastUpdated: updated }, ...content };
}

/** A narrative. `xhtml` is what stands in its `div`. */
export function narrative(xhtml) {
  return { status: 'generated', div: `<div xmlns="http://www.w3.org/1999/xhtml">${xhtml}</div>` };
}

/** A small file in the resource itself. */
export function textFile(title, words) {
  const bytes = Buffer.from(words);
  return {
    contentType: 'text/plain; charset=utf-8',
    data: bytes.toString('base64'),
    title,
    size: bytes.length,
  };
}

/** @param {string} [clinical] empty where nothing is said: of what was entered in error nothing may be (con-5). */
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

/** @param {string} [clinical] empty where nothing is said: of what was entered in error nothing may be (ait-2). */
export function allergy(id, patient, code, clinical = 'active', more = {}) {
  return resource('AllergyIntolerance', id, {
    ...(clinical && { clinicalStatus: status('allergyintolerance-clinical', clinical) }),
    verificationStatus: status('allergyintolerance-verification', 'confirmed'),
    ...(code && { code }),
    patient: reference(`Patient/${patient}`),
    ...more,
  });
}

/** A medicine by its code, as the types about medicines name it. */
export function medicine(code, display, text) {
  return { medicationCodeableConcept: concept('rxnorm', code, display, text) };
}

export function prescription(id, patient, what, more = {}) {
  return resource('MedicationRequest', id, {
    status: 'active',
    intent: 'order',
    ...what,
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

/** @param {string} date of a day or of a moment; the server has the result by the next morning. */
export function observation(id, patient, category, code, date, content, version = 1) {
  const nextMorning = new Date(`${date.slice(0, 10)}T06:00:00Z`);
  nextMorning.setUTCDate(nextMorning.getUTCDate() + version);
  const history = { version, updated: nextMorning.toISOString().replace('.000', '') };
  const about = {
    status: 'final',
    category: [status('observation-category', category)],
    code,
    subject: reference(`Patient/${patient}`),
    effectiveDateTime: date,
  };
  return resource('Observation', id, { ...about, ...content }, history);
}

const visitKinds = {
  AMB: 'ambulatory',
  EMER: 'emergency',
  IMP: 'inpatient encounter',
  VR: 'virtual',
};

/** @param {'AMB' | 'EMER' | 'IMP' | 'VR'} kind */
export function visit(id, patient, state, kind, period, more = {}) {
  return resource('Encounter', id, {
    status: state,
    class: coding('v3-ActCode', kind, visitKinds[kind]),
    subject: reference(`Patient/${patient}`),
    period,
    ...more,
  });
}

export function noteOf(id, patient, type, date, file, more = {}) {
  return resource('DocumentReference', id, {
    status: 'current',
    type,
    subject: reference(`Patient/${patient}`),
    date,
    content: [{ attachment: file }],
    ...more,
  });
}

export const noKnownAllergy = concept('snomed', '716186003', 'No known allergy', 'No known allergies');
