import { expect } from '@open-wc/testing';
import fc from 'fast-check';

import { runs } from '../support/property-runs.js';
import { drawn, seenAtOnce, viewOf, warnings } from './words-of.js';

const url = 'http://x.example/negated';
const modifierExtension = [{ url, valueBoolean: true }];
const plan = {
  resourceType: 'CarePlan',
  status: 'active',
  intent: 'plan',
  title: 'Get well',
  activity: [
    { detail: { code: { text: 'Walk' }, scheduledString: 'daily' } },
    { detail: { code: { text: 'Run' }, doNotPerform: true, modifierExtension } },
    { detail: { code: { text: 'Swim' } } },
  ],
};

describe('A modifier that nobody understands, on one part of a record', () => {
  it('takes that part away, with all that it says, and leaves the rest', () => {
    const words = drawn(plan).textContent ?? '';
    expect(viewOf(plan).refused).to.equal(undefined);
    expect(words).to.contain('Get well').and.contain('Walk').and.contain('daily').and.contain('Swim');
    expect(words).not.to.contain('Run').and.not.to.contain('Do not perform');
  });

  it('is said first, with the part and the reason, and once more where the part would be', () => {
    expect(warnings(plan)).to.match(
      /^A part of this record \(Activity\) is not shown: .* Read it in the source system: http:\/\/x\.example\/negated\./,
    );
    expect(seenAtOnce(plan)).to.contain('Activity: This part is not shown');
  });

  const parts: [what: string, record: object, shown: string, hidden: string][] = [
    [
      'one dosage of several',
      {
        resourceType: 'MedicationRequest',
        medicationCodeableConcept: { text: 'Warfarin' },
        dosageInstruction: [{ text: 'in the morning' }, { text: 'as hidden', modifierExtension }],
      },
      'in the morning',
      'hidden',
    ],
    [
      'the timing within a dosage, which goes as a whole',
      {
        resourceType: 'MedicationRequest',
        medicationCodeableConcept: { text: 'Warfarin' },
        dosageInstruction: [{ text: 'as hidden', timing: { code: { text: 'BID' }, modifierExtension } }],
      },
      'Directions: This part is not shown',
      'hidden',
    ],
    [
      'a section of a document, however deep',
      {
        resourceType: 'Composition',
        title: 'Summary',
        section: [{ title: 'Visits' }, { title: 'hidden', section: [{ title: 'x', modifierExtension }] }],
      },
      'Visits',
      'hidden',
    ],
    [
      'an entry of a Bundle, beside its resource',
      {
        resourceType: 'Bundle',
        type: 'collection',
        entry: [
          { resource: { resourceType: 'Basic', code: { text: 'Seen' } } },
          { modifierExtension, resource: { resourceType: 'Basic', code: { text: 'hidden' } } },
        ],
      },
      'Seen',
      'hidden',
    ],
    [
      'an entry of a list, which is then not empty',
      {
        resourceType: 'List',
        title: 'Allergies',
        entry: [{ item: { display: 'hidden' }, modifierExtension }],
      },
      'Entry: This part is not shown',
      'Nothing is on this list',
    ],
    [
      'a search result, which is then not none',
      {
        resourceType: 'Bundle',
        type: 'searchset',
        entry: [{ modifierExtension, resource: { resourceType: 'Basic', code: { text: 'hidden' } } }],
      },
      'Entry: This part is not shown',
      'The server sent nothing',
    ],
    [
      'the only name of a patient, who is then not called by it',
      { resourceType: 'Patient', name: [{ text: 'hidden', modifierExtension }], gender: 'female' },
      'female',
      'hidden',
    ],
    [
      'one that is not written as a list',
      {
        resourceType: 'CarePlan',
        activity: [{ detail: { description: 'hidden' }, modifierExtension: { url } }],
      },
      'Activity: This part is not shown',
      'hidden',
    ],
  ];
  for (const [what, record, shown, hidden] of parts) {
    it(`hides ${what}`, () => {
      const view = viewOf(record);
      expect(view.refused).to.equal(undefined);
      expect(warnings(record)).to.contain('A part of this record').and.contain(url);
      expect(seenAtOnce(record)).to.contain(shown);
      expect(`${seenAtOnce(record)} ${drawn(record).textContent}`).not.to.contain(hidden);
    });
  }

  it('leaves the numbers of the rest as they were written', () => {
    const item = (amount: string, more = ''): string =>
      `{"sequence":1,"net":{"value":${amount},"currency":"USD"}${more}}`;
    const hidden = item('7.77', `,"modifierExtension":${JSON.stringify(modifierExtension)}`);
    const words = drawn(
      `{"resourceType":"ExplanationOfBenefit","item":[${item('20.00')},${hidden}]}`,
    ).textContent;
    expect(words).to.contain('20.00 USD').and.not.to.contain('7.77');
  });
});

describe('A modifier that nobody understands is reason to refuse all of a record', () => {
  const whole: [what: string, record: object][] = [
    ['on a result of a panel', { resourceType: 'Observation', component: [{ code: {}, modifierExtension }] }],
    [
      'on an ingredient of a medicine',
      { resourceType: 'Medication', ingredient: [{ itemCodeableConcept: {}, modifierExtension }] },
    ],
    [
      'on a link to another patient, which is a modifier itself',
      { resourceType: 'Patient', link: [{ type: 'seealso', modifierExtension }] },
    ],
    [
      'on what there is one of',
      { resourceType: 'Consent', provision: { type: 'permit', modifierExtension } },
    ],
    [
      'on when it is to be done',
      { resourceType: 'ServiceRequest', occurrenceTiming: { event: ['2021'], modifierExtension } },
    ],
    [
      'within what is contained',
      { resourceType: 'Basic', contained: [{ resourceType: 'Basic', x: [{ modifierExtension }] }] },
    ],
    ['as rules of what is contained', { resourceType: 'Basic', contained: [{ implicitRules: url }] }],
  ];
  for (const [what, record] of whole) {
    it(what, () => {
      const view = viewOf({ ...record, code: { text: 'Title' }, note: [{ text: 'hidden' }] });
      expect(view.refused?.fix).to.contain(url);
      expect([view.facts, view.details]).to.deep.equal([[], []]);
    });
  }
});

describe('Wherever a modifier stands that nobody understands', () => {
  const types =
    'CarePlan MedicationRequest Observation Patient QuestionnaireResponse Composition List Bundle Invention';
  const keys =
    'activity detail component dosageInstruction timing repeat code coding name link contained section entry item answer ' +
    'value reason extension note';
  const step = fc.tuple(fc.constantFrom(...keys.split(' ')), fc.boolean());

  it('what it is about is not shown, and that is said', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...types.split(' ')),
        fc.array(step, { minLength: 1, maxLength: 6 }),
        (resourceType, steps) => {
          const marked: object = { text: 'hidden words', display: 'hidden words', modifierExtension };
          const members = steps.reduceRight(
            (inner, [key, isListed]) => ({ [key]: isListed ? [{ text: 'beside it' }, inner] : inner }),
            marked,
          );
          const words = drawn({ resourceType, id: 'r', ...members }).textContent ?? '';
          expect(words).to.contain(url).and.not.to.contain('hidden words');
        },
      ),
      { numRuns: runs },
    );
  });
});
