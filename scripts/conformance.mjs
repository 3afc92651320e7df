/**
 * `npm run conformance`: a line for each rule of a SMART App Launch client, and for each known failure of one, read from the
 * names of the tests. `--all` names every test of each. Fails where a rule has neither a test nor a reason, a known failure
 * has no test, or a test names one that does not exist.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

import ts from 'typescript';

const root = join(import.meta.dirname, '..');
const lastRule = 131;

/** How clients are known to have failed: a test that this one does not has the mark in its name, such as `[R7b]`. */
export const knownFailures = (
  'R1 R1b R2 R3 R3b R4 R5 R6 R7 R7b R8 R8b R9 R10 R11 R12 R13 R14 R14b R15 R16 R17 R18 R19 R20 R24 R25 R26 R27 R28 ' +
  'R29 R30 R31 R32 R33 R34'
).split(' ');

const testCall = /^x?(?:it|test)(?:\.\w+)?$/;
const groupCall = /^x?(?:describe|suite)(?:\.\w+)?$/;

/**
 * The tests of a source file that are run: those that are skipped prove nothing, nor does the name of a group. The tests in
 * a group inherit its rules. What a template fills in is shown as `…`.
 *
 * @returns {{ name: string, rules: number[], marks: string[] }[]}
 */
export function testsIn(text, fileName = 'x.test.ts') {
  const source = ts.createSourceFile(fileName, text, ts.ScriptTarget.Latest, true);
  const found = [];
  const visit = (node, group) => {
    const call = ts.isCallExpression(node) ? node.expression.getText(source) : '';
    const name = testCall.test(call) || groupCall.test(call) ? nameOf(node, source) : undefined;
    if (name !== undefined && isSkipped(call, node)) {
      return;
    }
    if (name !== undefined && groupCall.test(call)) {
      visitGroup(node, [...group.rules, ...rulesIn(name)], group);
      return;
    }
    if (name !== undefined) {
      found.push({ at: node.pos, ...describeTest(name, group.rules) });
      for (let around = group; around; around = around.within) {
        around.isFilledIn ||= !ts.isStringLiteralLike(node.arguments[0]);
      }
    }
    // Tests that stand in a table: their names begin with the rule.
    const isInTable = ts.isStringLiteralLike(node) && ts.isArrayLiteralExpression(node.parent);
    if (isInTable && /^SMART-\d+(?: |$)/.test(node.text)) {
      group.rows.push({ at: node.pos, ...describeTest(node.text, group.rules) });
    }
    ts.forEachChild(node, (child) => visit(child, group));
  };
  const visitGroup = (node, rules, within) => {
    const group = { rules, within, rows: [], isFilledIn: false };
    ts.forEachChild(node, (child) => visit(child, group));
    // A table counts where a test takes its name from one.
    found.push(...(group.isFilledIn ? group.rows : []));
  };
  visitGroup(source, [], undefined);
  return found.sort((a, b) => a.at - b.at).map(({ name, rules, marks }) => ({ name, rules, marks }));
}

/** What a test, or a group of tests, is called. */
function nameOf({ arguments: [name] }, source) {
  const isName = name && (ts.isStringLiteralLike(name) || ts.isTemplateExpression(name));
  return isName
    ? name
        .getText(source)
        .slice(1, -1)
        .replace(/\$\{[^}]*\}/g, '…')
    : undefined;
}

/** Whether a test or a group is left out: by `.skip` or `.todo`, or by an option of that name. */
function isSkipped(call, { arguments: given }) {
  const options = given.find(ts.isObjectLiteralExpression)?.properties ?? [];
  return (
    /^x|\.(?:skip|todo)$/.test(call) ||
    options.filter(ts.isPropertyAssignment).some(({ name, initializer }) => {
      const isLeftOut = initializer.kind === ts.SyntaxKind.TrueKeyword || ts.isStringLiteralLike(initializer);
      return isLeftOut && /^(?:skip|todo)$/.test(name.getText());
    })
  );
}

function describeTest(name, inherited) {
  return { name, rules: [...new Set([...inherited, ...rulesIn(name)])], marks: marksIn(name) };
}

/** The rules that a name begins with or holds. */
export function rulesIn(name) {
  return [...name.matchAll(/SMART-(\d+)/g)].map(([, rule]) => Number(rule));
}

/** The known failures that a name holds. */
export function marksIn(name) {
  return [...name.matchAll(/\[(R\d+[a-z]?)\]/g)].map(([, mark]) => mark);
}

/** Links in docs/conformance.md, from a rule to a file, that lead to no test of that rule. */
export function brokenLinks(markdown, tests) {
  const links = [...markdown.matchAll(/\[SMART-(\d+)\]\(\.\.\/([^)]+)\)/g)];
  return links
    .filter(
      ([, rule, file]) => !tests.some((test) => test.file === file && test.rules.includes(Number(rule))),
    )
    .map(([, rule, file]) => `docs/conformance.md: ${file} has no test of SMART-${rule}.`);
}

/** What docs/conformance.md says of the rules that have no test. */
export function readReasons(markdown) {
  const rows = markdown.matchAll(/^\|\s*(\d+)\s*\|\s*(due|not applicable)\s*\|\s*(.+?)\s*\|$/gm);
  return new Map([...rows].map(([, rule, state, why]) => [Number(rule), { state, why }]));
}

/** The lines for something that has tests. */
function heldLines(what, held, all) {
  const shown = all ? held : held.slice(0, 1);
  const more = held.length > shown.length ? ` (and ${held.length - shown.length} more)` : '';
  return shown.map(({ file, name }) => `${what} · held · ${file}: ${name}${more}`);
}

/** @returns the lines to print and what is wrong. */
export function table(tests, reasons, { all = false } = {}) {
  const lines = [];
  const problems = [];
  for (let rule = 1; rule <= lastRule; rule++) {
    const held = tests.filter(({ rules }) => rules.includes(rule));
    const reason = reasons.get(rule);
    if (held.length > 0 && reason?.state === 'not applicable') {
      problems.push(`SMART-${rule} has a test, and is said not to apply.`);
    }
    if (held.length > 0) {
      lines.push(...heldLines(`SMART-${rule}`, held, all));
    } else if (reason) {
      lines.push(`SMART-${rule} · ${reason.state}${reason.state === 'due' ? '' : ` · ${reason.why}`}`);
    } else {
      problems.push(`SMART-${rule} has neither a test nor a reason.`);
    }
  }
  for (const { file, name, rules } of tests) {
    for (const rule of rules.filter((one) => one < 1 || one > lastRule)) {
      problems.push(`${file}: “${name}” names SMART-${rule}, which there is not.`);
    }
  }
  return { lines, problems };
}

/** The same for the known failures: there is no reason to leave one out. */
export function failureTable(tests, { all = false } = {}) {
  const heldOf = (mark) => tests.filter(({ marks }) => marks.includes(mark));
  const strays = tests.flatMap(({ file, name, marks }) =>
    marks
      .filter((mark) => !knownFailures.includes(mark))
      .map((mark) => `${file}: “${name}” names ${mark}, which there is not.`),
  );
  return {
    lines: knownFailures.flatMap((mark) => heldLines(mark, heldOf(mark), all)),
    problems: [
      ...knownFailures.filter((mark) => heldOf(mark).length === 0).map((mark) => `${mark} has no test.`),
      ...strays,
    ],
  };
}

function readTests() {
  const folder = join(root, 'test');
  return readdirSync(folder, { recursive: true })
    .filter((path) => /\.test\.(ts|mjs)$/.test(path) && !/scripts[/\\]conformance/.test(path))
    .sort()
    .flatMap((path) => {
      const file = relative(root, join(folder, path)).replaceAll('\\', '/');
      return testsIn(readFileSync(join(folder, path), 'utf8'), path)
        .map((test) => ({ file, ...test }))
        .filter(({ rules, marks }) => rules.length + marks.length > 0);
    });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const page = readFileSync(join(root, 'docs/conformance.md'), 'utf8');
  const reasons = readReasons(page);
  const options = { all: process.argv.includes('--all') };
  const tests = readTests();
  const ofRules = table(tests, reasons, options);
  const ofFailures = failureTable(tests, options);
  console.log([...ofRules.lines, '', ...ofFailures.lines].join('\n'));
  const count = (state) =>
    new Set(
      ofRules.lines.filter((line) => line.includes(` · ${state}`)).map((line) => line.replace(/ ·.*/, '')),
    ).size;
  const against = knownFailures.length - ofFailures.problems.filter((one) => /^R\w+ has no/.test(one)).length;
  console.log(`\n${count('held')} held, ${count('not applicable')} not applicable, ${count('due')} due`);
  console.log(`${against} of ${knownFailures.length} known failures held`);
  const problems = [...ofRules.problems, ...ofFailures.problems, ...brokenLinks(page, tests)];
  for (const problem of problems) {
    console.error(problem);
  }
  process.exitCode = problems.length > 0 ? 1 : 0;
}
