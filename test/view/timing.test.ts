import { expect } from '@open-wc/testing';

import { drawn, viewOf } from './words-of.js';

function words(dosage: object): string | undefined {
  const view = viewOf({ resourceType: 'MedicationRequest', dosageInstruction: [dosage] });
  return view.facts.find(({ label }) => label === 'Directions')?.values[0]?.text;
}

const concept = (text: string): object => ({ text });
const mg = (value: number): object => ({ value, unit: 'mg' });

describe('Timing in words', () => {
  const repeats: [repeat: object, shown: string | undefined][] = [
    [{ frequency: 1, period: 1, periodUnit: 'd' }, 'once a day'],
    [{ frequency: 1, period: 1, periodUnit: 'h' }, 'once an hour'],
    [{ frequency: 3, period: 1, periodUnit: 'd' }, '3 times a day'],
    [{ frequency: 1, frequencyMax: 4, period: 1, periodUnit: 'd' }, '1–4 times a day'],
    [{ frequencyMax: 4, period: 1, periodUnit: 'd' }, 'up to 4 times a day'],
    [{ frequency: 2, period: 3, periodUnit: 'wk' }, '2 times every 3 weeks'],
    [{ frequency: 1, period: 4, periodMax: 6, periodUnit: 'h' }, 'every 4–6 hours'],
    [{ frequency: 1, period: 1, periodMax: 2, periodUnit: 'd' }, 'every 1–2 days'],
    [{ period: 8, periodUnit: 'h' }, 'every 8 hours'],
    [{ frequency: 1, period: 0.5, periodUnit: 'a' }, 'every 0.5 years'],
    [{ when: ['ACM'] }, 'before breakfast'],
    [{ when: ['ACM'], offset: 30 }, '30 minutes before breakfast'],
    [{ when: ['PCV'], offset: 1 }, '1 minute after dinner'],
    [{ when: ['NOON'], offset: 60 }, '60 minutes after noon'],
    [{ when: ['CM', 'CD', 'CV'] }, 'with breakfast and with lunch and with dinner'],
    [{ when: ['C'] }, 'with a meal'],
    [{ when: ['HS'] }, 'before sleep'],
    [{ when: ['MORN.early'] }, 'early in the morning'],
    [{ dayOfWeek: ['mon', 'thu'] }, 'on Monday, Thursday'],
    [{ timeOfDay: ['08:30:00', '20:00:00'] }, 'at 08:30:00, 20:00:00'],
    [
      { frequency: 2, period: 1, periodUnit: 'd', duration: 30, durationMax: 60, durationUnit: 'min' },
      '2 times a day, each lasting 30–60 minutes',
    ],
    [{ frequency: 2, period: 1, periodUnit: 'd', count: 10 }, '2 times a day, 10 times in total'],
    [{ frequency: 1, period: 1, periodUnit: 'd', count: 5, countMax: 10 }, 'once a day, 5–10 times in total'],
    [
      {
        frequency: 1,
        period: 1,
        periodUnit: 'd',
        boundsDuration: { value: 10, system: 'http://unitsofmeasure.org', code: 'd' },
      },
      'once a day, for 10 days',
    ],
    [
      {
        frequency: 1,
        period: 1,
        periodUnit: 'd',
        boundsRange: { low: { value: 5, unit: 'days' }, high: { value: 7, unit: 'days' } },
      },
      'once a day, for 5 – 7 days',
    ],
    [
      { frequency: 1, period: 1, periodUnit: 'd', boundsPeriod: { start: '2020-02-29' } },
      'once a day, from 29 February 2020',
    ],
    // What would leave something out is told by its members.
    [{ frequency: 3 }, undefined],
    [{ period: 8 }, undefined],
    [{ frequency: '3', period: 1, periodUnit: 'd' }, undefined],
    [{ frequency: 3, period: 1, periodUnit: 'fortnight' }, undefined],
    [{ when: ['ACM', 'XYZ'] }, undefined],
    [{ offset: 30 }, undefined],
    [{ dayOfWeek: ['someday'] }, undefined],
    [{ frequency: 3, period: 1, periodUnit: 'd', unheardOf: 1 }, undefined],
    [{ frequency: 3, period: 1, periodUnit: 'd', boundsDuration: { unit: 'd' } }, undefined],
    [{ periodMax: 6, periodUnit: 'h' }, undefined],
  ];
  for (const [repeat, shown] of repeats) {
    it(`${JSON.stringify(repeat)} is ${shown ? `“${shown}”` : 'told by its members'}`, () => {
      expect(words({ timing: { repeat } })).to.equal(shown);
    });
  }

  it('a period of 1.0 is 1, and stands as written in the details', () => {
    const json = '{"timing":{"repeat":{"frequency":1,"period":1.0,"periodUnit":"d"}}}';
    const view = viewOf(`{"resourceType":"MedicationRequest","dosageInstruction":[${json}]}`);
    expect(view.facts[0]?.values[0]?.text).to.equal('once a day');
    expect(view.details.flatMap(({ values }) => values.map(({ text }) => text))).to.include('1.0');
  });

  const codes: [timing: object, shown: string][] = [
    [{ code: concept('BID') }, 'twice a day (BID)'],
    [
      {
        code: {
          coding: [
            {
              system: 'http://terminology.hl7.org/CodeSystem/v3-GTSAbbreviation',
              code: 'TID',
              display: 'TID',
            },
          ],
        },
      },
      '3 times a day (TID)',
    ],
    [
      {
        code: {
          coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-GTSAbbreviation', code: 'QOD' }],
        },
      },
      'every other day (QOD)',
    ],
    [{ code: concept('Q4H') }, 'every 4 hours (Q4H)'],
    [{ code: concept('with the tide') }, 'with the tide'],
    [{ code: concept('BID'), repeat: { boundsPeriod: { end: '2020' } } }, 'twice a day (BID), until 2020'],
    // The code is the whole of it.
    [{ code: concept('BID'), repeat: { frequency: 2, period: 1, periodUnit: 'd' } }, 'twice a day (BID)'],
    [{ event: ['2021-03-14', '2021-04'] }, '14 March 2021; April 2021'],
    [
      { event: ['2021-03-14'], repeat: { frequency: 1, period: 24, periodUnit: 'h' } },
      'every 24 hours, 14 March 2021',
    ],
  ];
  for (const [timing, shown] of codes) {
    it(`${JSON.stringify(timing)} is “${shown}”`, () => {
      expect(words({ timing })).to.equal(shown);
    });
  }
});

describe('Dosage in words', () => {
  const daily = { repeat: { frequency: 2, period: 1, periodUnit: 'd' } };
  const dosages: [dosage: object, shown: string | undefined][] = [
    [{ text: 'one daily', timing: daily }, 'one daily'],
    [
      {
        text: 'one daily',
        patientInstruction: 'with water',
        additionalInstruction: [concept('a'), concept('b')],
      },
      'one daily; a; b; with water',
    ],
    [{ patientInstruction: 'as on the leaflet' }, 'as on the leaflet'],
    [{ doseAndRate: [{ doseQuantity: mg(250) }], timing: daily }, '250 mg, 2 times a day'],
    [
      { doseAndRate: [{ doseRange: { low: mg(250), high: mg(500) } }], timing: daily },
      '250 – 500 mg, 2 times a day',
    ],
    [
      {
        doseAndRate: [
          { type: { coding: [{ code: 'ordered', display: 'Ordered' }] }, doseQuantity: mg(5) },
          { type: { coding: [{ code: 'calculated', display: 'Calculated' }] }, doseQuantity: mg(4.8) },
        ],
      },
      '5 mg; Calculated: 4.8 mg',
    ],
    [
      {
        sequence: 1,
        doseQuantity: mg(250),
        rateRatio: { numerator: { value: 100, unit: 'mL' }, denominator: { value: 1, unit: 'h' } },
        route: concept('Oral'),
        method: concept('Swallow'),
        site: concept('Mouth'),
        timing: { code: concept('BID') },
        asNeededCodeableConcept: concept('pain'),
        maxDosePerPeriod: { numerator: mg(1000), denominator: { value: 24, unit: 'h' } },
        maxDosePerAdministration: mg(500),
        maxDosePerLifetime: mg(9000),
        additionalInstruction: [concept('With food')],
      },
      '1. 250 mg, rate 100 mL / 1 h, Oral, method: Swallow, site: Mouth, twice a day (BID), as needed for pain, ' +
        'at most 1000 mg / 24 h, at most 500 mg each time, at most 9000 mg in a lifetime; With food',
    ],
    [{ doseQuantity: mg(5), asNeededBoolean: true }, '5 mg, as needed'],
    [{ doseQuantity: mg(5), asNeededBoolean: false }, '5 mg'],
    [
      { doseQuantity: mg(5), asNeeded: true, asNeededFor: [concept('pain'), concept('fever')] },
      '5 mg, as needed for pain or fever',
    ],
    [
      {
        doseQuantity: mg(5),
        maxDosePerPeriod: [
          { numerator: mg(10), denominator: { value: 1, unit: 'd' } },
          { numerator: mg(50), denominator: { value: 1, unit: 'wk' } },
        ],
      },
      '5 mg, at most 10 mg / 1 d, at most 50 mg / 1 wk',
    ],
    // Directions that leave something out are wrong.
    [{ doseQuantity: mg(5), timing: { repeat: { when: ['XYZ'] } } }, undefined],
    [{ doseAndRate: [{ doseQuantity: { unit: 'mg' }, rateQuantity: mg(1) }], timing: daily }, undefined],
    [{ doseQuantity: mg(5), unheardOf: true }, undefined],
    [{ doseQuantity: mg(5), site: 7 }, '5 mg, site: 7'],
    [{ doseQuantity: mg(5), maxDosePerPeriod: { numerator: mg(4) } }, undefined],
    [{ sequence: 2 }, undefined],
  ];
  for (const [dosage, shown] of dosages) {
    it(`${JSON.stringify(dosage).slice(0, 110)} is ${shown ? `“${shown}”` : 'told by its members'}`, () => {
      expect(words(dosage)).to.equal(shown);
    });
  }

  const strange: object[] = [
    { text: 'one daily', timing: { repeat: { ...daily.repeat, unheardOf: 'but not on Fridays' } } },
    { text: 'one daily', timing: daily, unheardOf: 'but not on Fridays' },
    { text: 'one daily', doseAndRate: [{ doseQuantity: mg(5), unheardOf: 'but not on Fridays' }] },
  ];
  for (const dosage of strange) {
    it(`with something unheard of, its text leads to all of it: ${JSON.stringify(dosage)}`, () => {
      expect(words(dosage)).to.equal('one daily; see the full instructions under “More details”');
      const page = drawn({ resourceType: 'MedicationRequest', dosageInstruction: [dosage] });
      expect(page.querySelector('[part=details]')?.textContent).to.contain('but not on Fridays');
    });
  }

  it('of several kinds are told each by itself', () => {
    const { facts } = viewOf({
      resourceType: 'MedicationRequest',
      dosageInstruction: [
        { sequence: 1, text: 'two at once' },
        { sequence: 2, text: 'then one' },
      ],
    });
    expect(facts[0]?.values.map(({ text }) => text)).to.deep.equal(['two at once', 'then one']);
  });
});
