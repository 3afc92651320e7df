import { expect } from '@open-wc/testing';

import type { FhirResourceElement } from '../../src/elements/fhir-resource/fhir-resource-element.js';
import { checkAtOnce, readAtOnce } from './check-at-once.js';
import { checkRecord } from './check-record.js';
import { readDefinitions, show } from './records.js';

const json = `{ "resourceType": "Observation", "id": "glucose-7", "status": "preliminary",
  "meta": { "versionId": "v12", "lastUpdated": "2024-01-02T03:04:05Z" },
  "code": { "coding": [{ "system": "http://loinc.example", "code": "15074-8", "display": "Glucose" }] },
  "subject": { "reference": "Patient/ann", "display": "Ann Example" },
  "effectiveDateTime": "1974-12", "_status": { "extension": [{ "url": "http://x.example/by", "valueCode": "robot" }] },
  "valueQuantity": { "value": 6.30, "comparator": "<", "unit": "mmol/L", "system": "http://ucum.example", "code": "ucum-code" },
  "component": [{ "code": { "text": "Fasting" }, "valueBoolean": true }],
  "note": [{ "text": "Taken at rest" }] }`;

const definitions = await readDefinitions();

describe('The check of real records', () => {
  let element: FhirResourceElement;

  beforeEach(async () => {
    element = await show(json, { attributes: { narrative: 'off' } });
  });
  afterEach(() => element.remove());

  const lost = (): readonly string[] => checkRecord(element, json).findings.map(({ path }) => path);
  const unseen = (): readonly string[] =>
    checkAtOnce(readAtOnce(element), json, { definitions }).map(({ path }) => path);

  /** The texts on the page, each in a node of its own. */
  function texts(): readonly Text[] {
    const walker = document.createTreeWalker(element.shadowRoot!, NodeFilter.SHOW_TEXT);
    const nodes: Text[] = [];
    while (walker.nextNode()) {
      nodes.push(walker.currentNode as Text);
    }
    return nodes.filter(({ data, parentElement }) => data.trim() !== '' && parentElement?.matches('bdi'));
  }

  function change(from: string, to: string): void {
    const found = texts().filter(({ data }) => data.includes(from));
    expect(found, from).not.to.be.empty;
    for (const node of found) {
      node.data = node.data.replace(from, to);
    }
  }

  it('finds nothing where nothing is lost', () => {
    expect(lost()).to.deep.equal([]);
    expect(unseen()).to.deep.equal([]);
  });

  it('finds whichever value is taken off the page', () => {
    const values = texts().filter(({ parentElement }) =>
      parentElement?.parentElement?.matches('[part=value]'),
    );
    expect(values.length).to.be.greaterThan(12);
    for (const node of values) {
      const { data } = node;
      node.data = '';
      expect(lost(), `without “${data}”`).not.to.be.empty;
      node.data = data;
    }
  });

  const bent: [what: string, from: string, to: string, path: string][] = [
    ['a number without its last zero', '6.30', '6.3', 'Observation.valueQuantity.value'],
    ['a number in another’s digits', '6.30', '16.30', 'Observation.valueQuantity.value'],
    ['a number without its comparator', '< ', '', 'Observation.valueQuantity.comparator'],
    ['a unit of another name', 'mmol/L', 'mmol/l', 'Observation.valueQuantity.unit'],
    ['a month that became a day', 'December 1974', '1 December 1974', 'Observation.effectiveDateTime'],
    ['a month before', 'December 1974', 'November 1974', 'Observation.effectiveDateTime'],
    ['another zone', 'UTC', '', 'Observation.meta.lastUpdated'],
    ['a word cut off', 'Taken at rest', 'Taken at', 'Observation.note[0].text'],
    ['an answer the other way round', 'Yes', 'No', 'Observation.component[0].valueBoolean'],
  ];
  for (const [what, from, to, path] of bent) {
    it(`finds ${what}`, () => {
      change(from, to);
      expect(lost()).to.include(path);
    });
  }

  it('finds what is there for nobody to see', () => {
    const value = texts().find(({ data }) => data.includes('6.30'))?.parentElement;
    value!.style.setProperty('display', 'none');
    expect(lost()).to.include('Observation.valueQuantity.value');
  });

  it('finds a value that is seen only once something is opened', () => {
    const value = texts().find(({ data }) => data.includes('6.30'))?.parentElement;
    const fold = element.shadowRoot?.querySelector('[part=details]');
    fold?.append(value!);
    expect(lost()).to.deep.equal([]);
    expect(unseen()).to.include('Observation.value[x]');
  });

  it('finds that there is nothing in what can be opened', () => {
    element.shadowRoot?.querySelector('[part=details]')?.replaceChildren();
    expect(checkRecord(element, json).findings.map(({ value }) => value)).to.include(
      'opened, and nothing is in it',
    );
  });

  it('finds that a notice is missing', () => {
    element.shadowRoot?.querySelector('[part~=notice]')?.remove();
    expect(unseen()).to.deep.equal(['Observation: no notice']);
  });

  it('does not take the JSON itself for a view', () => {
    const dump = document.createElement('pre');
    dump.textContent = json;
    element.shadowRoot?.querySelector('[part~=resource]')?.replaceChildren(dump);
    expect(lost(), 'all of it is there').to.deep.equal(['Observation.component[0].valueBoolean']);
    expect(unseen())
      .to.include('Observation: a name of programs')
      .and.include('Observation.effective[x]')
      .and.include('Observation: no notice');
  });
});
