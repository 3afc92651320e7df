import { expect } from '@open-wc/testing';

import { viewOf } from './words-of.js';

const absent = (code: string): object => ({
  extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: code }],
});

/** What is said of a data type as a whole; undefined where its members are told one by one. */
function words(json: string): string | undefined {
  const { facts } = viewOf(`{"resourceType":"Invention","thing":${json}}`);
  return facts.find(({ label }) => label === 'Thing')?.values[0]?.text;
}

function table(
  type: string,
  rows: readonly (readonly [json: string | object, shown: string | undefined])[],
): void {
  describe(`${type} in words`, () => {
    for (const [value, shown] of rows) {
      const json = typeof value === 'string' ? value : JSON.stringify(value);
      it(`${json.slice(0, 100)} is ${shown ? `“${shown}”` : 'told by its members'}`, () => {
        expect(words(json)).to.equal(shown);
      });
    }
  });
}

table('Quantity', [
  ['{"value":1.10,"unit":"mg/dL"}', '1.10 mg/dL'],
  [
    '{"value":5,"comparator":"<","unit":"ng/mL","system":"http://unitsofmeasure.org","code":"ng/mL"}',
    '< 5 ng/mL',
  ],
  ['{"value":5,"comparator":">=","code":"mg"}', '>= 5 mg'],
  ['{"value":5,"comparator":"ad","unit":"mL"}', 'enough for a total of 5 mL'],
  ['{"value":7.2,"system":"http://unitsofmeasure.org","code":"mmol/L"}', '7.2 mmol/L'],
  ['{"value":0,"unit":"mg"}', '0 mg'],
  ['{"value":-0.50,"unit":"D"}', '-0.50 D'],
  ['{"value":1E-7}', '1E-7'],
  ['{"value":3,"unit":""}', '3'],
  ['{"unit":"mg"}', undefined],
  ['{"value":5,"comparator":{"odd":"<"},"unit":"mg"}', undefined],
]);

table('Money', [
  ['{"value":10.00,"currency":"EUR"}', '10.00 EUR'],
  ['{"value":0,"currency":"USD"}', '0 USD'],
  ['{"value":12.50}', '12.50'],
]);

table('Age, Duration, Distance and Count', [
  ['{"value":3,"system":"http://unitsofmeasure.org","code":"a"}', '3 years'],
  ['{"value":1,"unit":"d","system":"http://unitsofmeasure.org","code":"d"}', '1 day'],
  ['{"value":3,"unit":"yr","system":"http://unitsofmeasure.org","code":"a"}', '3 yr'],
  ['{"value":12.1,"unit":"s","system":"http://unitsofmeasure.org","code":"s"}', '12.1 s'],
  ['{"value":3,"unit":"a"}', '3 a'],
  ['{"value":5,"unit":"km"}', '5 km'],
  ['{"value":5,"system":"http://unitsofmeasure.org","code":"1"}', '5 1'],
]);

table('Range', [
  ['{"low":{"value":3.50}}', '≥ 3.50'],
  ['{"high":{"value":5,"unit":"mg"}}', '≤ 5 mg'],
  ['{"low":{"value":3.5,"unit":"mmol/L"},"high":{"value":5.0,"unit":"mmol/L"}}', '3.5 – 5.0 mmol/L'],
  ['{"low":{"value":3.5,"unit":"g"},"high":{"value":5.0,"unit":"kg"}}', '3.5 g – 5.0 kg'],
  ['{"high":{"value":5,"comparator":"<"}}', '< 5'],
  // What is there and is not understood is no open end.
  ['{"low":{"unit":"mg"},"high":{"value":5,"unit":"mg"}}', undefined],
]);

table('Ratio and RatioRange', [
  ['{"numerator":{"value":1},"denominator":{"value":128}}', '1 : 128'],
  ['{"numerator":{"value":250,"unit":"mg"},"denominator":{"value":5,"unit":"mL"}}', '250 mg / 5 mL'],
  ['{"numerator":{"value":2},"denominator":{"value":1,"unit":"mL"}}', '2 / 1 mL'],
  ['{"numerator":{"value":4}}', undefined],
  [
    '{"lowNumerator":{"value":1,"unit":"mg"},"highNumerator":{"value":2,"unit":"mg"},"denominator":{"value":1,"unit":"h"}}',
    '1 mg – 2 mg / 1 h',
  ],
]);

table('Period', [
  [{ start: '2021-03', end: '2021-04-01' }, 'March 2021 – 1 April 2021'],
  [{ start: '2021' }, 'from 2021'],
  [{ end: '2021-03' }, 'until March 2021'],
]);

table('CodeableConcept and Coding', [
  [{ text: 'as said', coding: [{ display: 'a' }] }, 'as said'],
  [{ text: '', coding: [{ display: 'a' }] }, 'a'],
  [
    {
      coding: [
        { code: 'A', display: 'a' },
        { code: 'B', display: 'b', userSelected: true },
      ],
    },
    'b',
  ],
  [{ coding: [{ code: 'A' }, { code: 'B', display: 'b' }] }, 'b'],
  [{ coding: [{ system: 'http://loinc.org', code: '4548-4' }] }, '4548-4 (LOINC)'],
  [{ system: 'http://snomed.info/sct', code: '716186003' }, '716186003 (SNOMED CT)'],
  [{ system: 'http://www.nlm.nih.gov/research/umls/rxnorm', code: '161' }, '161 (RxNorm)'],
  [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'E11.9' }, 'E11.9 (ICD-10-CM)'],
  [{ system: 'http://hl7.org/fhir/sid/icd-10', code: 'E11' }, 'E11 (ICD-10)'],
  [{ system: 'http://hl7.org/fhir/sid/cvx', code: '140' }, '140 (CVX)'],
  [{ system: 'http://www.ama-assn.org/go/cpt', code: '99213' }, '99213 (CPT)'],
  [{ system: 'http://unitsofmeasure.org', code: 'mg' }, 'mg (UCUM)'],
  [{ system: 'urn:oid:2.16.840.1.113883.6.96', code: '1' }, '1 (SNOMED CT)'],
  [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' }, 'AMB (HL7 v3 ActCode)'],
  [{ system: 'http://hl7.org/fhir/v2/0078', code: 'H' }, 'H (HL7 v2 0078)'],
  [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'MR' }, 'MR'],
  [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'active' }, 'active'],
  [
    { system: 'http://terminology.hl7.org/CodeSystem/data-absent-reason', code: 'asked-unknown' },
    'asked but unknown',
  ],
  [{ system: 'urn:x', code: 'A' }, 'A (urn:x)'],
  [{ code: 'A' }, 'A'],
]);

table('Reference and CodeableReference', [
  [{ reference: 'Patient/1', display: 'Ann' }, 'Ann'],
  [{ reference: 'Patient/1', type: 'Patient' }, 'Patient/1'],
  [{ identifier: { value: '7' } }, '7'],
  [{ concept: { text: 'Aspirin' } }, 'Aspirin'],
  [{ reference: { reference: 'Medication/1', display: 'Aspirin' } }, 'Aspirin'],
]);

table('HumanName', [
  [{ text: 'Dr Ann B', family: 'B', given: ['Ann'] }, 'Dr Ann B'],
  [{ prefix: ['Dr'], given: ['Ann', 'C.'], family: 'B', suffix: ['MD'] }, 'Dr Ann C. B MD'],
  [{ use: 'official', text: 'Ann' }, 'Ann'],
  [{ use: 'nickname', text: 'Annie' }, 'Annie (nickname)'],
  [{ use: 'old', text: 'Ann', period: { end: '2001' } }, 'Ann (old, no longer in use, until 2001)'],
  [{ use: 'usual', text: 'Ann', period: { start: '2001' } }, 'Ann (from 2001)'],
  [{ use: 'temp', text: 'Ann', period: { end: '2030' } }, 'Ann (temp, until 2030)'],
  [{ text: 'Ann', period: { end: '2024-06' } }, 'Ann (until June 2024)'],
  [{ given: ['Ann'], _family: absent('masked') }, 'Ann; family: withheld'],
  [{ _family: absent('masked') }, undefined],
]);

table('Address, ContactPoint and Identifier', [
  [
    { line: ['1 Street', 'Flat 2'], city: 'X', state: 'Y', postalCode: '3999' },
    '1 Street, Flat 2, X, Y, 3999',
  ],
  [{ use: 'old', text: '1 Street, X', city: 'X' }, '1 Street, X (old)'],
  [
    { use: 'home', text: '1 Street', period: { end: '2020' } },
    '1 Street (home, no longer in use, until 2020)',
  ],
  [{ system: 'phone', value: '555', use: 'work' }, 'phone: 555 (work)'],
  [{ system: 'urn:x', value: '12345', type: { text: 'MRN' }, use: 'usual' }, 'MRN: 12345'],
  [{ value: '12345', use: 'old' }, '12345 (old)'],
]);

table('Annotation, ContactDetail and Contributor', [
  [{ text: 'well', time: '2024', authorString: 'Dr B' }, 'well — Dr B, 2024'],
  [{ text: 'well', authorReference: { display: 'Dr B' } }, 'well — Dr B'],
  [
    {
      name: 'Press',
      telecom: [
        { system: 'phone', value: '5' },
        { system: 'email', value: 'a@b.example' },
      ],
    },
    'Press; phone: 5; email: a@b.example',
  ],
  [{ type: 'author', name: 'Ann', contact: [{ telecom: [{ value: '5' }] }] }, 'Ann (author); 5'],
  [{ type: 'model', name: 'X' }, undefined],
]);

table('Signature', [
  [
    {
      type: [{ display: 'Consent' }],
      when: '2021-03-14T10:00:00Z',
      who: { display: 'Dr B' },
      data: 'aGVsbG8=',
    },
    'Signed by Dr B, 14 March 2021, 10:00:00 UTC, Consent, its data are not shown',
  ],
  [
    { when: '2021-03-14', who: { reference: 'Patient/1' }, onBehalfOf: { display: 'Bo' } },
    'Signed by Patient/1, on behalf of Bo, 14 March 2021',
  ],
]);

table('SampledData', [
  [
    '{"origin":{"value":2048},"period":10,"factor":1.612,"lowerLimit":-3300,"upperLimit":3300,"dimensions":1,"data":"2041 2043"}',
    'Sampled data: origin 2048, period 10 ms, dimensions 1, factor 1.612, limits -3300 – 3300',
  ],
  [
    '{"origin":{"value":0.0,"unit":"mV"},"interval":2,"intervalUnit":"s","dimensions":1}',
    'Sampled data: origin 0.0 mV, interval 2 s, dimensions 1',
  ],
]);

table('RelatedArtifact, Expression and UsageContext', [
  [
    { type: 'documentation', display: 'Guide', url: 'https://x.example' },
    'documentation: Guide; https://x.example',
  ],
  [{ type: 'successor', resource: 'Measure/2' }, 'successor: Measure/2'],
  [{ language: 'text/cql', expression: 'Now()' }, 'Now() (text/cql)'],
  [{ description: 'Today', language: 'text/cql', expression: 'Now()' }, 'Today: Now() (text/cql)'],
  [
    { code: { code: 'focus', display: 'Clinical focus' }, valueCodeableConcept: { text: 'Diabetes' } },
    'Clinical focus: Diabetes',
  ],
  [{ code: { text: 'Systolic' }, valueQuantity: { value: 107 } }, undefined],
]);

table('What has no sentence of its own', [
  [{ type: 'Condition', codeFilter: [{ path: 'code', valueSet: 'http://x.example' }] }, undefined],
  [{ name: 'p', use: 'in', min: 0, max: '1', type: 'string' }, undefined],
  [{ type: 'named-event', name: 'x' }, undefined],
  [{ path: 'Patient.x', min: 0, max: '*', short: 's' }, undefined],
  [{ versionId: '1', lastUpdated: '2021' }, undefined],
]);

describe('Why there is no value', () => {
  const reasons: [code: string, shown: string][] = [
    ['unknown', 'unknown'],
    ['asked-unknown', 'asked but unknown'],
    ['temp-unknown', 'not known yet'],
    ['not-asked', 'not asked'],
    ['asked-declined', 'asked but not answered'],
    ['masked', 'withheld'],
    ['not-applicable', 'not applicable'],
    ['unsupported', 'not supported'],
    ['not-performed', 'not performed'],
    ['not-permitted', 'not permitted'],
  ];
  for (const [code, shown] of reasons) {
    it(`${code} is said as “${shown}”, of a primitive and of an element`, () => {
      const view = viewOf({ resourceType: 'Invention', _birthDate: absent(code), thing: absent(code) });
      expect(view.facts.map(({ values }) => values[0]?.text)).to.deep.equal(
        [shown, shown].map((reason) => `No value: ${reason}`),
      );
    });
  }
});

describe('A reason in place of one value of several', () => {
  it('is said beside the others', () => {
    expect(
      words(JSON.stringify({ family: 'B', given: ['Ann', null], _given: [null, absent('masked')] })),
    ).to.equal('Ann B; given: withheld');
  });

  it('is said of a list of texts, with or without others', () => {
    const texts = (record: object): readonly string[] =>
      viewOf({ resourceType: 'Invention', ...record }).facts.flatMap(({ values }) =>
        values.map(({ text }) => text),
      );
    expect(texts({ alias: ['Clinic', null], _alias: [null, absent('unknown')] })).to.deep.equal([
      'Clinic',
      'No value: unknown',
    ]);
    expect(texts({ _alias: [absent('masked'), absent('unknown')] })).to.deep.equal([
      'No value: withheld',
      'No value: unknown',
    ]);
  });
});

describe('What is true of a part', () => {
  it('is said by its name: “Yes” alone does not say of what', () => {
    const target = [{ dueDate: '2024' }, { detailBoolean: true }];
    const { facts } = viewOf({ resourceType: 'Goal', target });
    expect(JSON.stringify(facts)).to.contain('{"label":"Detail","values":[{"text":"Yes"}]}');
  });
});
