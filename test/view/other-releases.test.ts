import { expect } from '@open-wc/testing';

import { elementOf, labelOf } from '../../src/view/labels.js';
import { seenAtOnce } from './words-of.js';

/** By shape alone: no record says of which release it is. */
const rows: readonly [what: string, resource: object, seen: readonly string[]][] = [
  [
    'STU3: not given',
    { resourceType: 'Immunization', notGiven: true, explanation: { reasonNotGiven: [{ text: 'Fever' }] } },
    ['Not given: this did not take place.'],
  ],
  [
    'DSTU2: not given',
    { resourceType: 'Immunization', wasNotGiven: true },
    ['Not given: this did not take place.'],
  ],
  [
    'STU3: not done',
    { resourceType: 'Procedure', notDone: true, notDoneReason: { text: 'Refused' } },
    ['Not done: this did not take place.', 'Refused'],
  ],
  [
    'STU3: not taken',
    { resourceType: 'MedicationStatement', taken: 'n', medicationCodeableConcept: { text: 'Aspirin' } },
    ['Not taken: the patient', 'Aspirin', 'Taken: No'],
  ],
  [
    'DSTU2: not taken',
    { resourceType: 'MedicationStatement', wasNotTaken: true },
    ['Not taken: the patient'],
  ],
  [
    'R5: not taken',
    {
      resourceType: 'MedicationStatement',
      status: 'recorded',
      medication: { concept: { text: 'Aspirin' } },
      adherence: { code: { coding: [{ code: 'not-taking' }] } },
    },
    ['Not taken: the patient', 'Aspirin'],
  ],
  [
    'STU3: statuses that are plain codes',
    {
      resourceType: 'AllergyIntolerance',
      clinicalStatus: 'resolved',
      verificationStatus: 'unconfirmed',
      assertedDate: '2010',
    },
    ['resolved', 'This is not certain', 'Asserted date: 2010'],
  ],
  [
    'STU3: a part that is prohibited',
    { resourceType: 'CarePlan', activity: [{ detail: { description: 'Run', prohibited: true } }] },
    ['Do not perform: “Activity”', 'Run'],
  ],
  [
    'DSTU2: an order',
    {
      resourceType: 'MedicationOrder',
      status: 'on-hold',
      medicationCodeableConcept: { text: 'Warfarin' },
      dosageInstruction: [{ text: 'daily' }],
      dateWritten: '2015',
      prescriber: { display: 'Dr Old' },
    },
    ['Warfarin', 'paused', 'daily', 'Date written: 2015', 'Dr Old'],
  ],
  [
    'DSTU2: an allergy',
    {
      resourceType: 'AllergyIntolerance',
      status: 'refuted',
      substance: { text: 'Nuts' },
      criticality: 'CRITH',
    },
    ['Nuts', 'Refuted: this was ruled out.', 'Criticality: high'],
  ],
  [
    'DSTU2: a condition',
    {
      resourceType: 'Condition',
      code: { text: 'Cough' },
      verificationStatus: 'provisional',
      dateRecorded: '2012',
    },
    ['not certain yet', 'Date recorded: 2012'],
  ],
  [
    'DSTU2: a name',
    { resourceType: 'Patient', name: [{ family: ['van', 'Dam'], given: ['Ann'] }] },
    ['Ann van Dam'],
  ],
  [
    'DSTU2: comments',
    { resourceType: 'Observation', valueString: 'x', comments: 'well' },
    ['Comments: well'],
  ],
  [
    'DSTU2: a form',
    {
      resourceType: 'QuestionnaireResponse',
      group: {
        group: [
          { title: 'Habits', question: [{ text: 'Do you smoke?', answer: [{ valueBoolean: false }] }] },
        ],
      },
    },
    ['Do you smoke?: No', 'Habits'],
  ],
  [
    'DSTU2: comments of whoever wrote the JSON change no shape',
    { resourceType: 'Basic', subject: { fhir_comments: ['x'], display: 'Roel' } },
    ['Subject: Roel'],
  ],
  [
    'R5: an order',
    { resourceType: 'MedicationRequest', medication: { reference: { display: 'Axid' } }, reported: true },
    ['Axid', 'Reported: somebody told'],
  ],
  [
    'R5: a visit',
    {
      resourceType: 'Encounter',
      status: 'discontinued',
      class: [{ text: 'Ambulatory' }],
      actualPeriod: { start: '2024' },
    },
    ['Ambulatory', 'ended early', 'from 2024'],
  ],
  [
    'R5: kinds of values',
    { resourceType: 'Observation', valueReference: { display: 'Media 1' } },
    ['Value: Media 1'],
  ],
  [
    'R5: an attached value',
    {
      resourceType: 'Observation',
      valueAttachment: { title: 'ECG', contentType: 'application/pdf', url: 'Binary/1' },
    },
    ['ECG'],
  ],
  [
    'R5: who took part',
    {
      resourceType: 'Condition',
      code: { text: 'Cough' },
      participant: [{ function: { text: 'Author' }, actor: { display: 'Dr New' } }],
    },
    ['Author: Dr New'],
  ],
  [
    'R5: the context of a document',
    { resourceType: 'DocumentReference', context: [{ display: 'Visit of May' }] },
    ['Visit of May'],
  ],
  [
    'R5: a type that is a concept',
    { resourceType: 'AllergyIntolerance', type: { text: 'Intolerance' } },
    ['Type: Intolerance'],
  ],
];

describe('A record of another release is read by its shape:', () => {
  for (const [what, resource, seen] of rows) {
    it(what, () => {
      const words = seenAtOnce(resource);
      for (const text of seen) {
        expect(words).to.contain(text);
      }
    });
  }
});

describe('The name of an element', () => {
  for (const [key, element] of [
    ['valueQuantity', 'value'],
    ['valueCodeableReference', 'value'],
    ['_valueDateTime', 'value'],
    ['valueInteger64', 'value'],
    ['medicationCodeableConcept', 'medication'],
    ['onsetAge', 'onset'],
    ['dueDate', 'due'],
    ['doseQuantity', 'dose'],
    ['versionAlgorithmCoding', 'versionAlgorithm'],
    ['effectiveTimeDateTime', 'effectiveTime'],
  ] as const) {
    it(`in ${key} is ${element}`, () => expect(elementOf(key)).to.equal(element));
  }

  for (const key of [
    'referenceRange',
    'valueSet',
    'dateTime',
    'birthDate',
    'effectiveTime',
    'dateRange',
    'gestationalAge',
    'versionId',
    'expectedSupplyDuration',
    'reasonCode',
    'occurrence',
    'reference',
    'period',
  ]) {
    it(`${key} is a name of its own`, () => expect(elementOf(key)).to.equal(key));
  }

  it('says in English what FHIR says in its own words', () => {
    const names = [
      'effectivePeriod',
      'reasonReference',
      'isSubpotent',
      'prognosisCodeableConcept',
      'telecom',
    ];
    expect(names.map((name) => labelOf(name)).join()).to.equal(
      'When,Reason,Subpotent,Prognosis,Contact details',
    );
  });
});
