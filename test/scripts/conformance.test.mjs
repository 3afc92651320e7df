import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import {
  brokenLinks,
  failureTable,
  knownFailures,
  marksIn,
  readReasons,
  rulesIn,
  table,
  testsIn,
} from '../../scripts/conformance.mjs';

const namesIn = (source) => testsIn(source).map(({ name }) => name);

describe('the links of the page', () => {
  it('lead to a file with a test of the rule', () => {
    const page =
      '[SMART-1](../test/a.test.ts), [SMART-2](../test/a.test.ts), [signing in](../test/b.test.ts)';
    const tests = [{ file: 'test/a.test.ts', name: 'SMART-1: x', rules: [1] }];
    assert.deepEqual(brokenLinks(page, tests), [
      'docs/conformance.md: test/a.test.ts has no test of SMART-2.',
    ]);
  });
});

describe('the tests that are read', () => {
  it('are those in templates and tables too', () => {
    const source =
      "describe('SMART-1 a', () => { it(`SMART-2: ${x} b`, f); [['SMART-3', 1]]; it('c', f); other('SMART-4'); });";
    assert.deepEqual(namesIn(source), ['SMART-2: … b', 'SMART-3', 'c']);
    assert.deepEqual(rulesIn('SMART-1 SMART-22: x'), [1, 22]);
    assert.deepEqual(marksIn('SMART-1 [R7b] [R12]: x [R] [r1] R3'), ['R7b', 'R12']);
  });

  it('have the rules of the groups that they are in; a group alone has none', () => {
    const source =
      "describe('SMART-1', () => { describe('SMART-2', () => { it('SMART-3 a', f); it('b', f); }); it('c', f); });" +
      "describe('SMART-4', () => {}); it('d', f);";
    assert.deepEqual(
      testsIn(source).map(({ rules }) => rules),
      [[1, 2, 3], [1, 2], [1], []],
    );
  });

  for (const left of [
    "it.skip('SMART-1', f);",
    "test.todo('SMART-1');",
    "xit('SMART-1', f);",
    "it('SMART-1', { skip: true }, f);",
    "it('SMART-1', { skip: 'not today' }, f);",
    "it('SMART-1', { timeout: 1, todo: true }, f);",
    "describe.skip('SMART-1', () => { it('SMART-1', f); });",
    "describe('SMART-1', { skip: true }, () => { it('SMART-1', f); });",
    "for (const [row] of [['SMART-1', 1]]) it.skip(`${row}: x`, f);",
    "describe('x', () => { [['SMART-1', 1]]; it('y', f); });",
  ]) {
    it(`are those that are run, unlike ${left}`, () => {
      assert.deepEqual(
        testsIn(left).filter(({ rules }) => rules.length > 0),
        [],
      );
    });
  }

  it('are there where leaving them out depends on something', () => {
    const source =
      "it('SMART-1', { skip: isSlow }, f); it('SMART-2', { skip: false }, f); it('SMART-3', { skip }, f);";
    assert.deepEqual(namesIn(source), ['SMART-1', 'SMART-2', 'SMART-3']);
  });

  it('take their names from a table above the group that they are in', () => {
    const source =
      "const rows = [['SMART-1', 1]]; describe('x', () => { for (const [row] of rows) it(`${row}`, f); });";
    assert.deepEqual(namesIn(source), ['SMART-1', '…']);
  });
});

describe('the table of conformance', () => {
  const all = Array.from({ length: 131 }, (_, index) => ({
    file: 'f',
    name: 'n',
    rules: [index + 1],
    marks: [],
  }));

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
    const stray = [...all, { file: 'f', name: 'SMART-132', rules: [132], marks: [] }];
    assert.equal(table(stray, new Map()).problems.length, 1);
  });

  it('names every test of a rule where all are asked for', () => {
    const two = [...all, { file: 'g', name: 'm', rules: [1], marks: [] }];
    assert.equal(table(two, new Map()).lines[0], 'SMART-1 · held · f: n (and 1 more)');
    assert.deepEqual(table(two, new Map(), { all: true }).lines.slice(0, 2), [
      'SMART-1 · held · f: n',
      'SMART-1 · held · g: m',
    ]);
  });
});

describe('the table of known failures', () => {
  const all = knownFailures.map((mark) => ({ file: 'f', name: 'n', rules: [], marks: [mark] }));

  it('has a line for each', () => {
    const { lines, problems } = failureTable(all);
    assert.equal(lines.length, knownFailures.length);
    assert.equal(lines[knownFailures.indexOf('R7b')], 'R7b · held · f: n');
    assert.deepEqual(problems, []);
  });

  it('fails for one that has no test, and for a mark that there is not', () => {
    assert.deepEqual(failureTable(all.slice(1)).problems, ['R1 has no test.']);
    const stray = [...all, { file: 'f', name: 'SMART-1 [R99]: x', rules: [1], marks: ['R99'] }];
    assert.deepEqual(failureTable(stray).problems, ['f: “SMART-1 [R99]: x” names R99, which there is not.']);
  });
});
