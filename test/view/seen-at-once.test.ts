import { expect } from '@open-wc/testing';

import { seenAtOnce, viewOf } from './words-of.js';

const coded = (code: string, display?: string): object => ({
  coding: [{ system: 'http://terminology.hl7.org/CodeSystem/x', code, ...(display && { display }) }],
});

type Row = [what: string, resource: object, seen: readonly string[], unseen?: readonly string[]];

const rows: readonly Row[] = [
  [
    'an allergy: what to, how it shows, how bad it can get',
    {
      resourceType: 'AllergyIntolerance',
      clinicalStatus: coded('active'),
      verificationStatus: coded('confirmed'),
      code: { text: 'Penicillin' },
      criticality: 'high',
      reaction: [
        { manifestation: [{ text: 'Hives' }, { text: 'Swelling' }], severity: 'severe' },
        { manifestation: [{ text: 'Nausea' }], onset: '2011' },
      ],
    },
    [
      'Penicillin',
      'active',
      'Verification status: confirmed',
      'Criticality: high: a reaction can be severe or life-threatening',
      'Hives, Swelling, severe',
      'Nausea: ',
      'Started: 2011',
    ],
  ],
  [
    'no known allergy is what the record says, also by its code alone',
    {
      resourceType: 'AllergyIntolerance',
      code: { coding: [{ system: 'http://snomed.info/sct', code: '716186003' }] },
    },
    ['The record says: No known allergy.'],
  ],
  [
    'a condition that is one of several possible',
    {
      resourceType: 'Condition',
      clinicalStatus: coded('active'),
      verificationStatus: coded('differential'),
      code: { text: 'Angina' },
      category: [coded('encounter-diagnosis', 'Encounter diagnosis')],
      abatementString: 'last week',
    },
    ['Status: differential. This is one of several', 'Encounter diagnosis', 'Ended: last week'],
  ],
  [
    'a result with its mark, its ranges and for whom they are',
    {
      resourceType: 'Observation',
      status: 'preliminary',
      code: { text: 'Potassium' },
      valueQuantity: { value: 7.2, code: 'mmol/L' },
      interpretation: [coded('HH')],
      referenceRange: [
        { low: { value: 3.5 }, high: { value: 5 }, appliesTo: [{ text: 'adults' }] },
        { low: { value: 3 }, age: { high: { value: 2, unit: 'a' } } },
      ],
    },
    ['7.2 mmol/L', '▲▲ Critically high (HH)', '3.5 – 5', 'adults', 'age', 'The result may still change'],
  ],
  [
    'a mark in words of its own keeps its shape and letter',
    { resourceType: 'Observation', interpretation: [{ ...coded('L'), text: 'Low for age' }] },
    ['▼ Low for age (L)'],
  ],
  [
    'a mark of a system of its own, whose letters may mean something else',
    {
      resourceType: 'Observation',
      interpretation: [{ coding: [{ system: 'urn:lab', code: 'H' }] }],
      category: [{ coding: [{ system: 'urn:lab', code: 'ATND' }] }],
    },
    ['Interpretation: H (urn:lab)', 'ATND (urn:lab)'],
    ['▲', 'High', 'Attending'],
  ],
  [
    'a panel: each part by its name',
    {
      resourceType: 'Observation',
      component: [
        {
          code: { text: 'Systolic' },
          valueQuantity: { value: 140, unit: 'mmHg' },
          interpretation: [coded('H', 'High')],
        },
        { code: { text: 'Diastolic' }, dataAbsentReason: { text: 'Not measured' } },
      ],
    },
    ['Systolic: 140 mmHg | ▲ High (H)', 'Diastolic: Not measured'],
    ['No value is recorded'],
  ],
  [
    'a result about another than the patient',
    { resourceType: 'Observation', valueInteger: 1, focus: [{ display: 'Fetus' }] },
    ['not about the patient', 'Focus: Fetus'],
  ],
  [
    'a medicine that somebody told of, and not to be given',
    {
      resourceType: 'MedicationRequest',
      status: 'active',
      intent: 'plan',
      doNotPerform: true,
      medicationCodeableConcept: { text: 'Ibuprofen' },
      reportedBoolean: true,
      dosageInstruction: [{ text: 'never' }],
      requester: { display: 'Dr Bone' },
    },
    [
      'Ibuprofen',
      'Do not perform',
      'Plan only: not an order',
      'Reported: somebody told',
      'Directions: never',
      'Dr Bone',
    ],
  ],
  [
    'an order that was stopped, and why',
    { resourceType: 'MedicationRequest', status: 'stopped', statusReason: { text: 'Cough.' } },
    ['Status: stopped. This was ended before it was completed. Reason: Cough.'],
    ['Cough..'],
  ],
  [
    'a dose that was not given, and why',
    { resourceType: 'MedicationAdministration', status: 'not-done', statusReason: [{ text: 'Asleep' }] },
    ['Not done: this did not take place. Reason: Asleep.'],
  ],
  [
    'a vaccination: which of how many, where, which lot',
    {
      resourceType: 'Immunization',
      status: 'completed',
      vaccineCode: { text: 'Hep B' },
      occurrenceString: 'as a child',
      primarySource: false,
      lotNumber: '2021-03',
      site: { text: 'left arm' },
      doseQuantity: { value: 5, unit: 'mg' },
      performer: [{ function: { text: 'Given by' }, actor: { display: 'Nurse Joy' } }],
      protocolApplied: [{ doseNumberPositiveInt: 2, seriesDosesString: '3' }],
    },
    [
      'When: as a child',
      'Lot number: 2021-03',
      'Site: left arm',
      'Dose: 5 mg',
      'Given by: Nurse Joy',
      'Dose number: 2',
      'Series doses: 3',
      'not recorded by whoever gave it',
    ],
  ],
  [
    'a report: what it concludes, what it holds',
    {
      resourceType: 'DiagnosticReport',
      status: 'amended',
      code: { text: 'Chest X-ray' },
      conclusion: 'Clear',
      result: [{ reference: 'Observation/1', display: 'Finding' }],
      presentedForm: [{ contentType: 'application/pdf', url: 'Binary/1', title: 'Report' }],
    },
    ['Conclusion: Clear', 'Finding', 'Report', 'changed after it was first released'],
  ],
  [
    'a document that a newer one replaces',
    {
      resourceType: 'DocumentReference',
      status: 'superseded',
      docStatus: 'preliminary',
      type: { text: 'Letter' },
      content: [{ attachment: { contentType: 'text/plain', url: 'Binary/2', title: 'Letter of May' } }],
      relatesTo: [{ code: 'replaces', target: { display: 'Draft' } }],
    },
    ['A newer version takes its place', 'preliminary', 'Letter of May', 'replaces: Draft'],
  ],
  [
    'a visit that did not come about, by its class where it has no type',
    {
      resourceType: 'Encounter',
      status: 'cancelled',
      class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'EMER' },
      participant: [{ type: [coded('ATND')], individual: { display: 'Dr Careful' } }],
    },
    ['Emergency visit (EMER)', 'called off', 'Attending (ATND): Dr Careful'],
  ],
  [
    'a visit and why, as R5 has it',
    {
      resourceType: 'Encounter',
      class: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'VR' }] }],
      reason: [{ use: [{ text: 'Chief complaint' }], value: [{ concept: { text: 'Cough' } }] }],
    },
    ['Virtual visit (VR)', 'Chief complaint: Cough'],
  ],
  [
    'a care team: who does what',
    {
      resourceType: 'CareTeam',
      participant: [
        { role: [{ text: 'Nurse' }], member: { display: 'Joy' } },
        { member: { display: 'Ann' } },
      ],
    },
    ['Nurse: Joy', 'Ann'],
  ],
  [
    'a goal: what, by when, how far',
    {
      resourceType: 'Goal',
      lifecycleStatus: 'on-hold',
      achievementStatus: coded('worsening', 'Worsening'),
      description: { text: 'Walk' },
      target: [{ measure: { text: 'Steps' }, detailInteger: 5000, dueDate: '2024-12' }],
    },
    ['Walk', 'paused', 'Worsening', 'Steps: 5000', 'Due: December 2024'],
  ],
  [
    'an insurance: who pays, for whom, till when',
    {
      resourceType: 'Coverage',
      status: 'cancelled',
      type: { text: 'PPO' },
      payor: [{ display: 'Acme Health' }],
      subscriberId: '88',
      class: [{ type: { text: 'Plan' }, value: 'B', name: 'Gold' }],
    },
    ['PPO', 'Payer: Acme Health', 'Subscriber id: 88', 'Plan: B | Gold', 'called off'],
  ],
  [
    'a bill: each sum by its name',
    {
      resourceType: 'ExplanationOfBenefit',
      use: 'claim',
      total: [{ category: { text: 'Paid' }, amount: { value: 9.5, currency: 'USD' } }],
      item: [{ sequence: 1, productOrService: { text: 'Filling' }, net: { value: 20.0, currency: 'USD' } }],
    },
    ['Paid: 9.5 USD', 'Filling', 'Net: 20 USD'],
  ],
  [
    'the health of a relative, where it is unknown',
    {
      resourceType: 'FamilyMemberHistory',
      status: 'health-unknown',
      relationship: coded('FTH'),
      deceasedAge: { value: 60, unit: 'years' },
      condition: [{ code: { text: 'Stroke' }, onsetAge: { value: 59, unit: 'years' } }],
    },
    ['Father (FTH)', 'Nothing is known of the health', 'Deceased: 60 years', 'Stroke', 'Started: 59 years'],
  ],
  [
    'a form: each answer under its question',
    {
      resourceType: 'QuestionnaireResponse',
      status: 'in-progress',
      item: [
        {
          linkId: '1',
          text: 'Do you smoke?',
          answer: [
            {
              valueBoolean: true,
              item: [{ linkId: '1.1', text: 'How many?', answer: [{ valueInteger: 20 }] }],
            },
          ],
        },
        {
          linkId: '2',
          text: 'Allergies',
          item: [{ linkId: '2.1', answer: [{ valueString: 'none that I know' }] }],
        },
      ],
    },
    ['Do you smoke?: Yes', 'How many?: 20', '2.1: none that I know', 'Allergies', 'Answers'],
    ['Answer:', 'Item'],
  ],
  [
    'what went wrong at a server, by word and shape',
    {
      resourceType: 'OperationOutcome',
      issue: [
        { severity: 'error', code: 'invalid', diagnostics: 'No such code' },
        { severity: 'information', code: 'informational', details: { text: 'All else is well' } },
      ],
    },
    ['✖ error: No such code', 'ℹ information: All else is well'],
  ],
  [
    'a document: its sections, and why one is empty',
    {
      resourceType: 'Composition',
      status: 'final',
      title: 'Summary',
      section: [
        { title: 'Allergies', emptyReason: { text: 'Nobody asked' } },
        { title: 'Visits', entry: [{ display: 'May' }] },
      ],
    },
    ['Allergies', 'Empty: Nobody asked.', 'Visits', 'Entry: May'],
  ],
  [
    'a list of what is not known to be',
    { resourceType: 'List', title: 'Allergies', mode: 'changes', emptyReason: coded('notasked') },
    ['Not asked: nobody asked', 'what was changed only'],
  ],
  [
    'a list of nothing, which does not say why',
    { resourceType: 'List', title: 'Allergies' },
    ['and it does not say why'],
  ],
  [
    'a list that says that there is none',
    { resourceType: 'List', emptyReason: coded('nilknown') },
    ['says that there is none'],
  ],
  [
    'a part of a care plan that is not to be done, and one that was called off',
    {
      resourceType: 'CarePlan',
      intent: 'plan',
      activity: [
        { detail: { code: { text: 'Diet' }, doNotPerform: true, status: 'in-progress' } },
        { detail: { code: { text: 'Swim' }, status: 'cancelled' } },
      ],
    },
    ['Do not perform: “Activity” holds', 'Activity: cancelled. This was called off.', 'Diet', 'Swim'],
    ['not an order'],
  ],
  [
    'an event that did not happen',
    { resourceType: 'AdverseEvent', actuality: 'potential' },
    ['Potential: this could have happened, and did not.'],
  ],
  [
    'a record that is confidential, or made for tests',
    { resourceType: 'Basic', meta: { security: [{ code: 'R' }, { code: 'HTEST' }] } },
    ['Restricted: the sender', 'Test data: this is not about a real person.'],
  ],
  [
    'what a status without a code says in words',
    { resourceType: 'Condition', verificationStatus: { text: 'Refuted' } },
    ['Refuted: this was ruled out.'],
  ],
];

describe('What a person has to see is seen without opening anything:', () => {
  for (const [what, resource, seen, unseen = []] of rows) {
    it(what, () => {
      const words = seenAtOnce(resource);
      for (const text of seen) {
        expect(words).to.contain(text);
      }
      for (const text of unseen) {
        expect(words).not.to.contain(text);
      }
    });
  }

  it('a code that is said in other words stands among the details as it was recorded', () => {
    const view = viewOf({ resourceType: 'Immunization', status: 'entered-in-error' });
    expect(view.status).to.equal('entered in error');
    expect(view.details).to.deep.include({ label: 'Status', values: [{ text: 'entered-in-error' }] });
  });

  it('what a part is called by keeps its link, where it has one', () => {
    const view = viewOf({
      resourceType: 'Medication',
      ingredient: [{ itemReference: { reference: 'Substance/1' }, strength: { numerator: { value: 1 } } }],
    });
    expect(JSON.stringify(view.facts)).to.contain('"reference":"Substance/1"');
  });

  it('a status of a shape that FHIR has not is lost neither', () => {
    expect(seenAtOnce({ resourceType: 'Basic', status: ['one', 'two'] })).to.contain('one, two');
    expect(
      seenAtOnce({ resourceType: 'Observation', status: { odd: { thing: 'inside' } }, valueInteger: 1 }),
    ).to.contain('Thing: inside');
  });
});

describe('A Bundle', () => {
  const allergy = (patient: string): object => ({
    resource: {
      resourceType: 'AllergyIntolerance',
      code: { text: 'Latex' },
      patient: { reference: patient },
    },
    search: { mode: 'match' },
  });
  const outcome = {
    resource: {
      resourceType: 'OperationOutcome',
      issue: [{ severity: 'warning', diagnostics: 'Parameter ignored' }],
    },
    search: { mode: 'outcome' },
  };
  const found = (...entry: object[]): object => ({ resourceType: 'Bundle', type: 'searchset', entry });

  it('of search results says so, how many, and about whom', () => {
    const words = seenAtOnce({ ...found(allergy('Patient/2')), total: 7 });
    for (const text of [
      'Search results',
      'Total: 7',
      'There are more results',
      'About: Patient/2.',
      'Latex',
    ]) {
      expect(words).to.contain(text);
    }
  });

  it('about several patients is a warning', () => {
    expect(seenAtOnce(found(allergy('Patient/1'), allergy('Patient/2')))).to.contain('more than one patient');
  });

  it('without results never says that there is none, and repeats what the server says', () => {
    const words = seenAtOnce(found(outcome));
    expect(words)
      .to.contain('There may be records that it does not share.')
      .and.to.contain('The server says: Parameter ignored');
    expect(words).not.to.match(/no known|\bnone\b(?! *\.)/i);
  });
});
