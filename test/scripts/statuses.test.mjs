import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';

import { readStatuses, writeStatuses } from '../../scripts/generate-statuses.mjs';

const generated = join(import.meta.dirname, '../../src/fhir/statuses.generated.ts');

describe('the statuses that records are searched by, in FHIR R4', () => {
  const rows = new Map(readStatuses().map((row) => [row.resource, row]));

  it('are those that the kit was generated from', async () => {
    assert.equal(readFileSync(generated, 'utf8'), await writeStatuses());
    assert.ok(rows.size > 40, `${rows.size} types`);
  });

  it('are all that a type may have', () => {
    assert.deepEqual(rows.get('Immunization').codes, ['completed', 'entered-in-error', 'not-done']);
    assert.equal(rows.get('Goal').parameter, 'lifecycle-status');
    for (const { resource, codes } of rows.values()) {
      assert.ok(codes.length > 1 && new Set(codes).size === codes.length, resource);
    }
  });

  it('are none where a record need not have one: those that were entered in error have lost it', () => {
    assert.equal(rows.has('Condition') || rows.has('AllergyIntolerance'), false);
  });
});
