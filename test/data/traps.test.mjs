import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { byType, everything, find, hasCode, hillcrest, idsWhere, riverside } from './records.mjs';

const verifiedAs =
  (code) =>
  ({ verificationStatus }) =>
    hasCode(verificationStatus, code);
const hasStatus =
  (code) =>
  ({ status }) =>
    status === code;
const modifierUrls = (resource) => JSON.stringify(resource).includes('"modifierExtension"');

/** Who has it, by type: the traps that a viewer must survive. */
const traps = [
  [
    'Condition',
    'refuted',
    verifiedAs('refuted'),
    'hanako-stroke-refuted maria-angina-refuted maria-copd-refuted',
  ],
  ['Condition', 'entered in error', verifiedAs('entered-in-error'), 'maria-entered-in-error'],
  ['Condition', 'provisional', verifiedAs('provisional'), 'maria-kidney'],
  ['Condition', 'resolved', ({ clinicalStatus }) => hasCode(clinicalStatus, 'resolved'), 'maria-pneumonia'],
  ['Condition', 'without any code', ({ code }) => code === undefined, 'maria-without-words'],
  ['Condition', 'code without text', ({ code }) => code && !code.text, 'maria-lipids'],
  [
    'AllergyIntolerance',
    'no known allergies',
    ({ code }) => hasCode(code, '716186003'),
    'maria-none noah-none',
  ],
  ['AllergyIntolerance', 'refuted', verifiedAs('refuted'), 'maria-latex-refuted'],
  ['AllergyIntolerance', 'entered in error', verifiedAs('entered-in-error'), 'maria-shellfish-error'],
  ['AllergyIntolerance', 'unconfirmed', verifiedAs('unconfirmed'), 'maria-strawberries'],
  [
    'AllergyIntolerance',
    'reaction',
    ({ reaction }) => reaction,
    'layla-codeine maria-penicillin maria-strawberries',
  ],
  [
    'AllergyIntolerance',
    'high criticality',
    ({ criticality }) => criticality === 'high',
    'layla-codeine maria-penicillin',
  ],
  ['MedicationRequest', 'do not give', ({ doNotPerform }) => doNotPerform, 'maria-no-ibuprofen'],
  ['MedicationRequest', 'stopped', hasStatus('stopped'), 'maria-simvastatin'],
  ['MedicationRequest', 'on hold', hasStatus('on-hold'), 'maria-atorvastatin'],
  ['MedicationRequest', 'entered in error', hasStatus('entered-in-error'), 'maria-warfarin-error'],
  ['MedicationRequest', 'only planned', ({ intent }) => intent === 'plan', 'maria-amlodipine-planned'],
  [
    'MedicationRequest',
    'by reference',
    ({ medicationReference }) => medicationReference,
    'maria-contained maria-lisinopril',
  ],
  ['MedicationRequest', 'contained', ({ contained }) => contained, 'maria-contained'],
  ['MedicationStatement', 'not taken', hasStatus('not-taken'), 'maria-not-taken'],
  ['Immunization', 'not done', hasStatus('not-done'), 'maria-shingles-not-done noah-varicella-not-done'],
  ['Immunization', 'subpotent', ({ isSubpotent }) => isSubpotent, 'maria-tetanus'],
  [
    'Immunization',
    'entered in error',
    hasStatus('entered-in-error'),
    'maria-pneumococcal-error maria-stripped',
  ],
  ['Immunization', 'content taken away', ({ vaccineCode }) => !vaccineCode, 'maria-stripped'],
  ['Procedure', 'not done', hasStatus('not-done'), 'maria-mri-not-done'],
  ['Encounter', 'planned', hasStatus('planned'), 'maria-planned'],
  ['Encounter', 'in progress', hasStatus('in-progress'), 'maria-stay'],
  ['Encounter', 'cancelled', hasStatus('cancelled'), 'maria-cancelled'],
  ['Encounter', 'finished', hasStatus('finished'), 'maria-check maria-emergency maria-visit noah-visit'],
  ['DiagnosticReport', 'preliminary', hasStatus('preliminary'), 'maria-emergency-labs'],
  ['DiagnosticReport', 'amended', hasStatus('amended'), 'maria-chest-x-ray'],
  ['DiagnosticReport', 'cancelled', hasStatus('cancelled'), 'maria-thyroid-cancelled'],
  ['DocumentReference', 'superseded', hasStatus('superseded'), 'maria-letter-superseded'],
  ['DocumentReference', 'entered in error', hasStatus('entered-in-error'), 'maria-document-error'],
  ['Coverage', 'cancelled', hasStatus('cancelled'), 'maria-coverage-cancelled'],
  ['Observation', 'entered in error', hasStatus('entered-in-error'), 'maria-glucose-error'],
  ['Observation', 'preliminary', hasStatus('preliminary'), 'maria-potassium-critical'],
  ['Observation', 'corrected', hasStatus('corrected'), 'maria-sodium-corrected'],
  ['Observation', 'cancelled', hasStatus('cancelled'), 'maria-tsh-cancelled'],
  ['Observation', 'not about the patient', ({ focus }) => focus, 'maria-fetal-heart-rate'],
  ['Observation', 'rules that nobody knows', ({ implicitRules }) => implicitRules, 'maria-implicit-rules'],
  [
    'Observation',
    'modifier without a narrative',
    ({ modifierExtension }) => modifierExtension,
    'maria-negated',
  ],
  ['MedicationRequest', 'modifier inside, with a narrative', modifierUrls, 'maria-modified-dosage'],
];

describe('what changes the meaning of a record', () => {
  for (const [type, trap, test, ids] of traps) {
    it(`${type}: ${trap}`, () => {
      assert.deepEqual(idsWhere(byType(type), test), ids.split(' '));
    });
  }

  it('no modifier is anywhere else', () => {
    assert.deepEqual(idsWhere(everything, modifierUrls), ['maria-modified-dosage', 'maria-negated']);
  });

  it('a refuted problem may still be called active', () => {
    assert.ok(hasCode(find(riverside, 'Condition', 'maria-angina-refuted').clinicalStatus, 'active'));
    assert.ok(hasCode(find(hillcrest, 'Condition', 'hanako-stroke-refuted').clinicalStatus, 'active'));
  });

  it('prescriptions are with and without directions in words', () => {
    const dosages = byType('MedicationRequest').map(({ dosageInstruction = [] }) => dosageInstruction);
    assert.equal(dosages.filter((all) => all.some(({ text }) => text)).length, 5);
    assert.equal(dosages.filter((all) => all.length > 0 && all.every(({ text }) => !text)).length, 5);
    assert.equal(dosages.filter((all) => all.length === 0).length, 5);
  });

  it('the plan says what not to do', () => {
    const { activity } = find(riverside, 'CarePlan', 'maria-plan');
    assert.equal(activity.filter(({ detail }) => detail.doNotPerform).length, 1);
  });

  it('some records tell themselves in a narrative', () => {
    const told = everything.filter(({ text }) => text?.div);
    assert.equal(told.length, 7);
    assert.ok(told.every(({ text }) => text.div.startsWith('<div xmlns="http://www.w3.org/1999/xhtml">')));
  });
});

describe('what surrounds a record', () => {
  it('every type that a portal shows is there', () => {
    const counts = {};
    for (const { resourceType } of everything) {
      counts[resourceType] = (counts[resourceType] ?? 0) + 1;
    }
    assert.deepEqual(Object.keys(counts).sort(), [
      ...['AllergyIntolerance', 'Appointment', 'CarePlan', 'CareTeam', 'Condition', 'Coverage'],
      ...['DiagnosticReport', 'DocumentReference', 'Encounter', 'Goal', 'Immunization', 'Location'],
      ...['Medication', 'MedicationRequest', 'MedicationStatement', 'Observation', 'Organization', 'Patient'],
      ...['Practitioner', 'PractitionerRole', 'Procedure', 'RelatedPerson'],
    ]);
  });
});
