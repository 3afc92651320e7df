import { expect } from '@open-wc/testing';

import { parseFhirJson } from '../../src/fhir/index.js';
import { viewResource } from '../../src/view/view-resource.js';
import { drawn, said, seenAtOnce, viewOf, warnings } from './words-of.js';

const coded = (code: string): object => ({
  coding: [{ system: 'http://terminology.hl7.org/CodeSystem/x', code }],
});

/** What is easily said wrongly, or not at all: what is seen at once, and what must not be. */
const traps: readonly (readonly [
  what: string,
  record: object | string,
  seen: readonly string[],
  unseen?: readonly string[],
])[] = [
  [
    'a value below what can be measured',
    '{"resourceType":"Observation","valueQuantity":{"value":5.0,"comparator":"<","unit":"ng/mL"}}',
    ['Value: < 5.0 ng/mL'],
  ],
  [
    'a unit that is a code alone',
    {
      resourceType: 'Observation',
      valueQuantity: { value: 7.2, system: 'http://unitsofmeasure.org', code: 'mmol/L' },
    },
    ['Value: 7.2 mmol/L'],
  ],
  [
    'an active condition that was ruled out, from when it was told and not from when it was sent',
    {
      resourceType: 'Condition',
      meta: { lastUpdated: '2024-09-09T00:00:00Z' },
      clinicalStatus: coded('active'),
      verificationStatus: coded('refuted'),
      code: { text: 'Diabetes' },
      onsetDateTime: '2001',
    },
    ['Refuted: this was ruled out.', 'Started: 2001'],
    ['2024', 'September'],
  ],
  [
    'an allergy that is a text alone',
    { resourceType: 'AllergyIntolerance', code: { text: 'Penicillin' }, criticality: 'high' },
    ['Penicillin', 'Criticality: high'],
  ],
  [
    'an allergy that was entered in error',
    {
      resourceType: 'AllergyIntolerance',
      code: { text: 'Penicillin' },
      verificationStatus: coded('entered-in-error'),
    },
    ['Entered in error: do not rely on this record.'],
  ],
  [
    'an order not to give a medicine that is a text alone',
    {
      resourceType: 'MedicationRequest',
      status: 'active',
      intent: 'order',
      doNotPerform: true,
      medicationCodeableConcept: { text: 'Ibuprofen' },
    },
    ['Do not perform: this is an instruction not to do or give this.', 'Ibuprofen'],
  ],
  [
    'a range without an upper end',
    '{"resourceType":"Observation","valueRange":{"low":{"value":3.50,"unit":"g"}}}',
    ['Value: ≥ 3.50 g'],
  ],
  [
    'a sum of nothing, and one of no currency',
    {
      resourceType: 'ExplanationOfBenefit',
      total: [
        { category: { text: 'Owed' }, amount: { value: 0, currency: 'EUR' } },
        { category: { text: 'Paid' }, amount: { value: 12 } },
      ],
    },
    ['Owed: 0 EUR', 'Paid: 12'],
    ['USD', '$'],
  ],
  [
    'a dose by an abbreviation, up to, with a meal, and in a span of hours',
    {
      resourceType: 'MedicationRequest',
      dosageInstruction: [
        { timing: { code: { text: 'BID' } } },
        { timing: { repeat: { frequency: 1, frequencyMax: 4, period: 1, periodUnit: 'd' } } },
        { timing: { repeat: { when: ['ACM'] } } },
        { timing: { repeat: { frequency: 1, period: 4, periodMax: 6, periodUnit: 'h' } } },
      ],
    },
    ['twice a day (BID) | 1–4 times a day | before breakfast | every 4–6 hours'],
  ],
  [
    'a patient whose first name is an old one, who has died',
    {
      resourceType: 'Patient',
      name: [
        { use: 'old', text: 'Ann Maiden' },
        { use: 'official', text: 'Ann Current' },
      ],
      deceasedDateTime: '2019-03',
    },
    ['Ann Current', 'Deceased: March 2019.', 'Ann Maiden (old'],
  ],
  [
    'a patient whose record another one replaces',
    {
      resourceType: 'Patient',
      active: false,
      link: [{ type: 'replaced-by', other: { reference: 'Patient/2' } }],
    },
    ['Merged: this record was replaced by Patient/2.', 'Inactive: this record is not in use any more.'],
  ],
  [
    'one thing in two systems of codes, which is one thing',
    {
      resourceType: 'Condition',
      code: {
        coding: [
          { system: 'http://snomed.info/sct', code: '1', display: 'Asthma' },
          { system: 'http://hl7.org/fhir/sid/icd-10', code: 'J45', display: 'Bronchial asthma' },
        ],
      },
    },
    ['Asthma'],
    ['Bronchial asthma'],
  ],
  [
    'a medicine that is contained, and was entered in error',
    {
      resourceType: 'MedicationRequest',
      contained: [
        { resourceType: 'Medication', id: 'm', status: 'entered-in-error', code: { text: 'Warfarin' } },
      ],
      medicationReference: { reference: '#m' },
    },
    ['Warfarin: Entered in error: do not rely on this record.'],
  ],
  [
    'a report that brings its results along',
    {
      resourceType: 'DiagnosticReport',
      contained: [
        { resourceType: 'Observation', id: 'r', code: { text: 'Potassium' }, valueQuantity: { value: 7.2 } },
      ],
      result: [{ reference: '#r' }],
    },
    ['Result: Potassium', 'Value: 7.2'],
  ],
  [
    'a result about a donor',
    { resourceType: 'Observation', valueString: 'O', focus: [{ display: 'Donor' }] },
    ['This is not about the patient, but about what stands under “Focus”.', 'Focus: Donor'],
  ],
  [
    'ranges for different people, whichever comes first',
    '{"resourceType":"Observation","valueInteger":12,"referenceRange":[{"low":{"value":11.0},"appliesTo":[{"text":"women"}]},' +
      '{"low":{"value":13.5},"appliesTo":[{"text":"men"}],"type":{"text":"normal"},"age":{"low":{"value":18,"unit":"a"}}}]}',
    ['≥ 11.0; women | ≥ 13.5; normal; men; age ≥ 18 a'],
    // What a laboratory did not say of a value, nobody says for it.
    ['High', 'Low', '▲', '▼'],
  ],
];

describe('What is easily said wrongly is said as it was written:', () => {
  for (const [what, record, seen, unseen = []] of traps) {
    it(what, () => {
      const words = seenAtOnce(record);
      for (const text of seen) {
        expect(words).to.contain(text);
      }
      for (const text of unseen) {
        expect(words).not.to.contain(text);
      }
    });
  }

  it('a type that nobody knows: all of it, and its text', () => {
    const record = {
      resourceType: 'Invention',
      text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">In words</div>' },
      sizeQuantity: { value: 3, unit: 'cm' },
    };
    expect(seenAtOnce(record)).to.contain('Size quantity: 3 cm');
    expect(viewOf(record).narrative?.xhtml).to.contain('In words');
  });
});

/** The eleven types that an Observation may have (FHIR R4). */
const values: readonly (readonly [json: string, words: string])[] = [
  ['"valueQuantity":{"value":6.30,"unit":"mmol/L"}', '6.30 mmol/L'],
  ['"valueCodeableConcept":{"text":"Positive"}', 'Positive'],
  ['"valueString":"1 of 2"', '1 of 2'],
  ['"valueBoolean":false', 'No'],
  ['"valueInteger":0', '0'],
  ['"valueRange":{"low":{"value":1.0},"high":{"value":2.0}}', '1.0 – 2.0'],
  ['"valueRatio":{"numerator":{"value":1},"denominator":{"value":64}}', '1 : 64'],
  [
    '"valueSampledData":{"origin":{"value":0.0},"period":10,"dimensions":1,"data":"1 2"}',
    'Sampled data: origin 0.0, period 10 ms, dimensions 1',
  ],
  ['"valueTime":"13:05:00"', '13:05:00'],
  ['"valueDateTime":"1974-12"', 'December 1974'],
  ['"valuePeriod":{"start":"1974","end":"1975-01"}', '1974 – January 1975'],
];

describe('A result of each type is seen at once', () => {
  for (const [json, words] of values) {
    it(`as ${json.slice(1, json.indexOf('":'))}, alone and as a part of a panel`, () => {
      expect(said(`{"resourceType":"Observation",${json}}`, 'Value')).to.deep.equal([words]);
      const panel = `{"resourceType":"Observation","component":[{"code":{"text":"Part"},${json}}]}`;
      expect(seenAtOnce(panel)).to.contain(`Part: ${words}`);
      expect(warnings(panel)).to.equal('');
    });
  }
});

describe('Numbers and dates mean the same everywhere', () => {
  const zones = 'UTC America/New_York Europe/Berlin Asia/Tokyo Pacific/Kiritimati Pacific/Pago_Pago'.split(
    ' ',
  );
  const written = ['1.10', '-0.50', '0.010', '1E-7', '12345678901234567890', '1000.00', '2.5e+3'];
  for (const language of ['en-GB', 'de', 'ar', 'ja', 'fa']) {
    it(`in ${language}, in six time zones`, () => {
      for (const timeZone of zones) {
        for (const number of written) {
          const record = parseFhirJson(
            `{"resourceType":"Observation","valueQuantity":{"value":${number},"unit":"mg"},"effectiveDateTime":"1974"}`,
          );
          const { facts } = viewResource(record, { language, timeZone, today: '2024-06-01' });
          const [value, when] = facts.map((fact) => fact.values[0]?.text);
          expect(value).to.equal(`${number} mg`);
          // Japanese has a sign for a year after it.
          expect(when).to.match(/^1974年?$/);
        }
      }
    });
  }
});

describe('Whatever a record says', () => {
  it('stands in an element that no direction of writing leaves, each value by itself', () => {
    const page = drawn({
      resourceType: 'Patient',
      id: 'א1',
      name: [{ text: 'שרה' }, { text: 'Sara' }],
      communication: [{ language: { text: 'עברית' }, preferred: true }],
      contact: [{ relationship: [{ text: 'אם' }], name: { text: 'Rivka' } }],
    });
    const walker = document.createTreeWalker(page, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const { nodeValue, parentElement } = walker.currentNode;
      const isOfRecord = /[\u0590-\u05ff]|Sara|Rivka/.test(nodeValue ?? '');
      expect(!isOfRecord || parentElement?.closest('bdi, dt') !== null, nodeValue ?? '').to.equal(true);
    }
  });
});
