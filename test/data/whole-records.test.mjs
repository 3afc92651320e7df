import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';

const root = join(import.meta.dirname, '../..');
const { viewResource } = await import(join(root, 'dist/view/view-resource.js'));
const { decimalText, parseFhirJson } = await import(join(root, 'dist/fhir/json.js'));
const { formatDate } = await import(join(root, 'dist/view/dates.js'));

const corpus = join(root, '../shared/fhir-data');
const absent = existsSync(corpus) ? false : 'there is no ../shared/fhir-data';
const options = { language: 'en-GB', today: '2024-06-01' };

const view = (path) => viewResource(parseFhirJson(readFileSync(join(corpus, path), 'utf8')), options);

function lines({ type, id, title, status, notices, facts, details, refused }, withDetails) {
  const told = ({ label, values, facts: inner = [], views = [] }) => [
    `${label}: ${values.map(({ text }) => text).join(' | ')}`,
    ...inner.flatMap(told),
    ...views.flatMap((one) => lines(one, withDetails)),
  ];
  return [
    ...[type, id, title, status, refused && `${refused.message} ${refused.fix}`].filter(Boolean),
    ...notices.map(({ text }) => text),
    ...[...facts, ...(withDetails ? details : [])].flatMap(told),
  ];
}

/** Every primitive as it was written; not what stands elsewhere: markup, content, and why there is no value. */
function* leaves(node) {
  for (const [key, value] of Object.entries(node)) {
    if (typeof value === 'object' && value !== null) {
      yield* leaves(value);
    } else if (typeof value === 'boolean') {
      yield value ? 'Yes' : 'No';
    } else if (
      value !== null &&
      !/^(?:resourceType|div|data)$/.test(key) &&
      !/data-absent-reason$/.test(value)
    ) {
      yield decimalText(node, key) ?? String(value);
    }
  }
}

describe('treacherous records', { skip: absent }, () => {
  const rows = [
    ['cond-refuted', ['Diabetes mellitus', 'Refuted: this was ruled out.', 'Started: 2001'], ['2024']],
    ['contained-loop', ['Loop', 'order']],
    ['imm-not-done', ['MMR', 'Not done: this did not take place. Reason: patient objection.', 'not done']],
    ['imm-subpotent', ['Hep B', 'Subpotent: this dose may not have been strong enough', 'May 2020']],
    ['obs-comparator', ['Troponin I', /Value: <\s?0\.01 ng\/mL/]],
    ['obs-negated-modext', ['Malignancy', 'http://example.org/fhir/StructureDefinition/negated'], ['Yes']],
    [
      'patient-merged-deceased',
      [
        'Ann Current',
        'Inactive',
        'Deceased: March 2019.',
        'replaced by Patient/d6',
        'Ann Maiden (old)',
        'December 1974',
      ],
    ],
    ['bundle-other-patient', ['Search results', 'About: Patient/SOMEONE-ELSE.', 'Latex']],
    ['bundle-self-dropped-param', ['The server says: Parameter status ignored', 'Warfarin', 'stopped']],
    ['proto-pollution', ['proto', 'Polluted: Yes']],
    [
      'dates-torture',
      [
        'year only: 1974',
        'leap second: 31 December 2016, 23:59:60',
        '1 January 2021, 00:30:00',
        'time: 13:05:00',
        'March 2021',
      ],
      ['1 January 1974'],
    ],
  ];
  for (const [file, seen, unseen = []] of rows) {
    it(`${file}: a person sees what it is`, () => {
      const words = lines(view(`adversarial/${file}.json`), false).join('\n');
      for (const text of seen) {
        assert.ok(text instanceof RegExp ? text.test(words) : words.includes(text), `${text}\n${words}`);
      }
      for (const text of unseen) {
        assert.ok(!words.includes(text), text);
      }
      assert.equal({}.polluted, undefined);
    });
  }

  it('patient-merged-deceased is called by the present name', () => {
    assert.equal(view('adversarial/patient-merged-deceased.json').title, 'Ann Current');
  });

  it('obs-negated-modext is refused', () => {
    const { refused, facts, details } = view('adversarial/obs-negated-modext.json');
    assert.equal(refused.code, 'view/modifier-not-understood');
    assert.deepEqual([facts, details], [[], []]);
  });
});

describe('records of every kind', { skip: absent }, () => {
  for (const [folder, count] of [
    ['r4-official', 367],
    ['us-core', 125],
    ['r5-official', 57],
    ['older-versions', 94],
  ]) {
    it(`of ${folder} are shown whole, or refused`, () => {
      const files = readdirSync(join(corpus, folder), { recursive: true }).filter((file) =>
        file.endsWith('.json'),
      );
      assert.equal(files.length, count);
      for (const file of files) {
        const path = join(folder, file);
        const all = lines(view(path), true).join('\n');
        if (all.includes('Read it in the source system: ')) {
          continue;
        }
        const text = parseFhirJson(readFileSync(join(corpus, path), 'utf8'));
        const lost = [...leaves(text)].filter(
          (leaf) => !all.includes(leaf) && !all.includes(formatDate(leaf, 'en-GB')),
        );
        assert.deepEqual(lost, [], path);
      }
    });
  }
});
