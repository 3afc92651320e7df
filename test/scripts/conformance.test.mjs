import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { readReasons, rulesIn, table, testNames } from '../../scripts/conformance.mjs';

describe('the table of conformance', () => {
  it('reads the names of tests, also of those in templates and tables', () => {
    const source =
      "describe('SMART-1 a', () => { it(`SMART-2: ${x} b`, f); [['SMART-3', 1]]; it('c', f); other('SMART-4'); });";
    assert.deepEqual(testNames(source), ['SMART-1 a', 'SMART-2: … b', 'SMART-3', 'c']);
    assert.deepEqual(rulesIn('SMART-1 SMART-22: x'), [1, 22]);
  });

  const all = Array.from({ length: 131 }, (_, index) => ({ file: 'f', name: 'n', rules: [index + 1] }));

  it('has a line for each rule, and fails for one that has nothing', () => {
    assert.equal(table(all, new Map()).lines.length, 131);
    assert.deepEqual(table(all, new Map()).problems, []);
    const without = table(all.slice(1), new Map());
    assert.deepEqual(without.problems, ['SMART-1 has neither a test nor a reason.']);
  });

  it('takes a reason in place of a test, but not beside one', () => {
    const reasons = readReasons('| 1 | not applicable | Because. |\n| 2 | due | Later. |');
    const { lines, problems } = table(all.slice(2), reasons);
    assert.deepEqual(lines.slice(0, 2), ['SMART-1 · not applicable · Because.', 'SMART-2 · due']);
    assert.deepEqual(problems, []);
    assert.equal(table(all, reasons).problems.length, 1);
  });

  it('fails for a test of a rule that there is not', () => {
    const stray = [...all, { file: 'f', name: 'SMART-132', rules: [132] }];
    assert.equal(table(stray, new Map()).problems.length, 1);
  });
});
