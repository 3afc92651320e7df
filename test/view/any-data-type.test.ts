import { expect } from '@open-wc/testing';
import fc from 'fast-check';

import { decimalText, parseFhirJson, type JsonObject } from '../../src/fhir/index.js';
import { runs } from '../support/property-runs.js';
import { drawn, viewOf } from './words-of.js';

const types = [
  'coding text',
  'system version code display userSelected',
  'reference type identifier display',
  'concept reference',
  'value comparator unit system code currency',
  'low high',
  'type appliesTo age low high text normalValue meaning',
  'numerator denominator',
  'lowNumerator highNumerator denominator',
  'start end',
  'use text family given prefix suffix period',
  'use type text line city district state postalCode country period',
  'use type system value rank period assigner',
  'text time authorString authorReference',
  'sequence text additionalInstruction patientInstruction timing asNeededBoolean asNeededCodeableConcept asNeeded',
  'asNeededFor site route method dose doseAndRate maxDosePerPeriod maxDosePerAdministration maxDosePerLifetime',
  'type doseRange doseQuantity rateRatio rateRange rateQuantity',
  'event repeat code',
  'boundsDuration boundsRange boundsPeriod count countMax duration durationMax durationUnit frequency frequencyMax',
  'frequency period periodMax periodUnit dayOfWeek timeOfDay when offset',
  'contentType language url size title creation',
  'name telecom',
  'type name contact',
  'type when who onBehalfOf targetFormat',
  'type label display citation url document resource',
  'description name language expression reference',
  'origin period factor lowerLimit upperLimit dimensions interval intervalUnit',
  'code valueCodeableConcept valueQuantity valueRange valueReference',
  'unheardOf text code value extension id',
].map((keys) => keys.split(' '));

/** Codes that are said in other words, and what else is treated in a way of its own. */
const codes = [
  ...[
    'ACM',
    'HS',
    'XYZ',
    'BID',
    'Q4H',
    'wk',
    'd',
    'min',
    'mon',
    'usual',
    'old',
    'author',
    'ad',
    '<',
    'ordered',
  ],
  ...[
    'phone',
    'http://unitsofmeasure.org',
    'http://loinc.org',
    'http://terminology.hl7.org/CodeSystem/v3-ActCode',
  ],
  ...['2021-03', '1999-12-31T23:30:00-08:00', '1'],
];

const { anything } = fc.letrec<{ anything: unknown; object: object }>((tie) => ({
  anything: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    { weight: 3, arbitrary: fc.constant('a word of its own') },
    { weight: 2, arbitrary: fc.constantFrom(1, '"1.0"', '"n.50"') },
    { weight: 2, arbitrary: fc.constantFrom(...codes) },
    { weight: 1, arbitrary: fc.constantFrom(true, false, null) },
    { weight: 5, arbitrary: tie('object') },
    { weight: 1, arbitrary: fc.array(tie('anything'), { maxLength: 3 }) },
  ),
  object: fc.oneof(
    ...types.map((keys) =>
      fc.dictionary(fc.constantFrom(...keys), tie('anything'), { minKeys: 1, maxKeys: 6 }),
    ),
  ),
}));

/** As a server would send it, with each word and each number another one. */
function jsonOf(thing: unknown): string {
  let count = 100;
  return JSON.stringify({ resourceType: 'Invention', thing }).replace(
    /"a word of its own"|"\\"(1\.0|n\.50)\\""/g,
    (_, number: string | undefined) => (number ? number.replace('n', String(count++)) : `"word${count++}"`),
  );
}

function* leaves(node: JsonObject): Generator<string> {
  for (const [key, value] of Object.entries(node)) {
    if (typeof value === 'object' && value !== null) {
      yield* leaves(value as JsonObject);
    } else if (value !== null && key !== 'resourceType') {
      yield typeof value === 'boolean' ? (value ? 'Yes' : 'No') : (decimalText(node, key) ?? String(value));
    }
  }
}

const dates = new Map([
  ['2021-03', 'March 2021'],
  ['1999-12-31T23:30:00-08:00', '31 December 1999, 23:30:00 UTC-08:00 (1 January 2000, 07:30 your time)'],
]);

describe('Whatever data types a server sends', () => {
  it('all of it is on the page', () => {
    fc.assert(
      fc.property(anything, (thing) => {
        const json = jsonOf(thing);
        const page = drawn(json).textContent ?? '';
        const lost = [...leaves(parseFhirJson(json))].filter(
          (leaf) => !page.includes(leaf) && !page.includes(dates.get(leaf) ?? leaf),
        );
        expect(lost, json).to.deep.equal([]);
      }),
      { numRuns: 5 * runs },
    );
  });
});

describe('Directions that are put into words', () => {
  const number = fc.constant('n.50');
  const quantity = fc.record({ value: number, unit: fc.constantFrom('mg', 'mL') }, { requiredKeys: [] });
  const range = fc.record({ low: quantity, high: quantity }, { requiredKeys: [] });
  const ratio = fc.record({ numerator: quantity, denominator: quantity }, { requiredKeys: [] });
  const repeat = fc.record(
    {
      ...Object.fromEntries(
        'count countMax duration durationMax frequency frequencyMax period periodMax offset'
          .split(' ')
          .map((key) => [key, number]),
      ),
      periodUnit: fc.constantFrom('d', 'h'),
      durationUnit: fc.constantFrom('min', 'odd'),
      when: fc.array(fc.constantFrom('ACM', 'HS', 'NIGHT'), { minLength: 1, maxLength: 2 }),
      boundsDuration: quantity,
      boundsRange: range,
    },
    { requiredKeys: [] },
  );
  const dosage = fc.record(
    {
      sequence: number,
      timing: fc.record({ repeat }),
      doseAndRate: fc.array(
        fc.record({ doseQuantity: quantity, doseRange: range, rateRatio: ratio }, { requiredKeys: [] }),
        { minLength: 1, maxLength: 2 },
      ),
      maxDosePerPeriod: ratio,
      maxDosePerAdministration: quantity,
      additionalInstruction: fc.array(fc.record({ text: number }), { minLength: 1, maxLength: 2 }),
    },
    { requiredKeys: [] },
  );

  it('say every number that is in them, or are told by their members', () => {
    let told = 0;
    fc.assert(
      fc.property(dosage, (directions) => {
        let count = 100;
        const json = JSON.stringify(directions).replace(
          /"n(\.50)"/g,
          (_, rest: string) => `${count++}${rest}`,
        );
        const view = viewOf(`{"resourceType":"MedicationRequest","dosageInstruction":[${json}]}`);
        const words = view.facts.find(({ label }) => label === 'Directions')?.values[0]?.text;
        told += Number(words !== undefined);
        for (const written of words === undefined ? [] : (json.match(/\d+\.50/g) ?? [])) {
          expect(words, json).to.contain(written);
        }
      }),
      { numRuns: 5 * runs },
    );
    expect(told).to.be.above(0);
  });
});
