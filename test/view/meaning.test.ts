import { expect } from '@open-wc/testing';

import { drawn, said, viewOf, warnings } from './words-of.js';

const concept = (code: string): object => ({ coding: [{ system: 'http://terminology.hl7.org/x', code }] });

describe('What changes the meaning is said first', () => {
  const notices: [what: string, resource: object, words: string][] = [
    ['entered in error', { resourceType: 'Observation', status: 'entered-in-error' }, 'Entered in error'],
    [
      'entered in error, as verification',
      { resourceType: 'Condition', verificationStatus: concept('entered-in-error') },
      'Entered in error',
    ],
    [
      'nothing left but id and status',
      { resourceType: 'Procedure', id: '1', status: 'entered-in-error' },
      'Its content was taken away',
    ],
    [
      'refuted',
      {
        resourceType: 'Condition',
        clinicalStatus: concept('active'),
        verificationStatus: concept('refuted'),
      },
      'Refuted',
    ],
    ['refuted, as STU3 writes it', { resourceType: 'Condition', verificationStatus: 'refuted' }, 'Refuted'],
    [
      'unconfirmed',
      { resourceType: 'AllergyIntolerance', verificationStatus: concept('unconfirmed') },
      'Status: unconfirmed',
    ],
    ['not done', { resourceType: 'Immunization', status: 'not-done' }, 'Not done'],
    [
      'an order not to',
      { resourceType: 'MedicationRequest', status: 'active', doNotPerform: true },
      'Do not perform',
    ],
    ['a plan', { resourceType: 'MedicationRequest', status: 'active', intent: 'plan' }, 'not an order'],
    ['stopped', { resourceType: 'MedicationRequest', status: 'stopped' }, 'Status: stopped'],
    ['subpotent', { resourceType: 'Immunization', status: 'completed', isSubpotent: true }, 'Subpotent'],
    ['preliminary', { resourceType: 'Observation', status: 'preliminary' }, 'Status: preliminary'],
    ['no value', { resourceType: 'Observation', status: 'final' }, 'No value is recorded'],
    [
      'about another',
      { resourceType: 'Observation', focus: [{ reference: 'Patient/fetus' }] },
      'not about the patient',
    ],
    ['deceased', { resourceType: 'Patient', deceasedBoolean: true }, 'Deceased.'],
    ['deceased at a time', { resourceType: 'Patient', deceasedDateTime: '2019-03' }, 'Deceased: March 2019.'],
    ['inactive', { resourceType: 'Organization', active: false }, 'Inactive'],
    [
      'merged',
      { resourceType: 'Patient', link: [{ type: 'replaced-by', other: { reference: 'Patient/d6' } }] },
      'replaced by Patient/d6',
    ],
    [
      'a part',
      { resourceType: 'Patient', meta: { tag: [{ code: 'SUBSETTED' }] } },
      'a part of this record only',
    ],
  ];
  for (const [what, resource, words] of notices) {
    it(`${what}: “${words}”`, () => {
      expect(warnings(resource)).to.contain(words);
      expect(drawn(resource).querySelector('[part~=notice]')?.textContent).to.be.a('string');
    });
  }

  it('a plain record has no notice', () => {
    expect(warnings({ resourceType: 'Observation', status: 'final', valueBoolean: false })).to.equal('');
    expect(warnings({ resourceType: 'Patient', active: true, deceasedBoolean: false })).to.equal('');
    expect(warnings({ resourceType: 'Condition', clinicalStatus: concept('active') })).to.equal('');
  });

  const modifiers: [where: string, resource: object][] = [
    ['on the resource', { modifierExtension: [{ url: 'http://x.example/negated', valueBoolean: true }] }],
    ['deep within', { component: [{ code: {}, modifierExtension: [{ url: 'http://x.example/negated' }] }] }],
    [
      'on what is contained',
      { contained: [{ resourceType: 'Patient', modifierExtension: [{ url: 'http://x.example/negated' }] }] },
    ],
    ['as rules', { implicitRules: 'http://x.example/negated' }],
  ];
  for (const [where, members] of modifiers) {
    it(`an unknown modifier ${where} is reason to refuse, and what it is about is told`, () => {
      const view = viewOf({
        resourceType: 'Observation',
        id: 'c2',
        code: { text: 'Malignancy' },
        valueString: 'secret',
        ...members,
      });
      expect(view.refused).to.include({ code: 'view/modifier-not-understood' });
      expect(view.refused?.fix).to.contain('http://x.example/negated');
      expect(view).to.include({ id: 'c2', type: 'Observation', title: 'Malignancy' });
      expect(JSON.stringify([view.facts, view.details])).to.equal('[[],[]]');
    });
  }

  it('in a Bundle only the entry with the modifier is refused', () => {
    const entry = (id: string, more: object): object => ({
      resource: { resourceType: 'Basic', id, subject: { display: `of ${id}` }, ...more },
    });
    const bundle = {
      resourceType: 'Bundle',
      entry: [entry('a', {}), entry('b', { implicitRules: 'http://x.example' })],
    };
    const words = drawn(bundle).textContent ?? '';
    expect(words).to.contain('of a').and.not.to.contain('of b');
  });
});

describe('Values are said as they were written', () => {
  const observation = (members: string): string =>
    `{"resourceType":"Observation","status":"final",${members}}`;
  const values: [json: string, words: string][] = [
    ['"valueQuantity":{"value":1.10,"unit":"mg/dL"}', '1.10 mg/dL'],
    ['"valueQuantity":{"comparator":"<","value":0.010,"unit":"ng/mL"}', '< 0.010 ng/mL'],
    ['"valueQuantity":{"value":7.2,"code":"mmol/L"}', '7.2 mmol/L'],
    ['"valueString":"1974-12"', '1974-12'],
    ['"valueBoolean":false', 'No'],
    ['"valueInteger":0', '0'],
    ['"valueDateTime":"1974"', '1974'],
    ['"valueTime":"13:05:00"', '13:05:00'],
    ['"valueRange":{"low":{"value":3.50}}', '≥ 3.50'],
    ['"valueRatio":{"numerator":{"value":1},"denominator":{"value":128}}', '1 : 128'],
    ['"valuePeriod":{"start":"2021-03"}', 'from March 2021'],
    [
      '"valueCodeableConcept":{"coding":[{"code":"A","display":"a"},{"code":"B","display":"b","userSelected":true}]}',
      'b',
    ],
    ['"valueCodeableConcept":{"text":"as said","coding":[{"display":"a"}]}', 'as said'],
    ['"valueCodeableConcept":{"coding":[{"system":"urn:x","code":"A"}]}', 'A (urn:x)'],
    [
      '"_valueDateTime":{"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/data-absent-reason","valueCode":"asked-unknown"}]}',
      'No value: asked but unknown',
    ],
  ];
  for (const [json, words] of values) {
    it(`${json.slice(0, 60)} is “${words}”`, () => {
      expect(said(observation(json), 'Value')).to.deep.equal([words]);
    });
  }

  it('several reference ranges each say for whom they are', () => {
    const range = {
      referenceRange: [
        { low: { value: 1 }, high: { value: 2 }, appliesTo: [{ text: 'women' }] },
        { text: 'under 3' },
      ],
    };
    expect(said({ resourceType: 'Observation', ...range }, 'Reference range')).to.deep.equal([
      '1 – 2; women',
      'under 3',
    ]);
  });

  it('a patient is called by the present name, and an old one is called old', () => {
    const name = [
      { use: 'old', family: 'Maiden', given: ['Ann'] },
      { use: 'official', text: 'Ann Former', period: { end: '2020' } },
      { use: 'official', family: 'Current', given: ['Ann', 'B.'], prefix: ['Dr'] },
    ];
    expect(viewOf({ resourceType: 'Patient', name }).title).to.equal('Dr Ann B. Current');
    expect(said({ resourceType: 'Patient', name }, 'Name')).to.include('Ann Maiden (old)');
  });

  it('a lot number that looks like a date stays what it is', () => {
    expect(said({ resourceType: 'Immunization', lotNumber: '2021-03' }, 'Lot number')).to.deep.equal([
      '2021-03',
    ]);
  });

  it('a medicine that is contained is called by its name', () => {
    const contained = [
      {
        resourceType: 'Medication',
        id: 'm',
        code: { text: 'Loop' },
        ingredient: [{ itemReference: { reference: '#m' } }],
      },
    ];
    expect(
      viewOf({ resourceType: 'MedicationRequest', contained, medicationReference: { reference: '#m' } })
        .title,
    ).to.equal('Loop');
  });

  it('an embedded file is told by type and size, and neither it nor a narrative is shown by itself', () => {
    const resource = {
      resourceType: 'DocumentReference',
      text: { status: 'generated', div: '<div><script>alert(1)</script></div>' },
      content: [{ attachment: { contentType: 'text/html', data: 'PHNjcmlwdD4=' } }],
    };
    const words = drawn(resource).textContent ?? '';
    expect(words).to.contain('text/html, 8 bytes');
    expect(words).not.to.contain('PHNjcmlwdD4=').and.not.to.contain('alert');
  });
});
