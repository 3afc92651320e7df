/**
 * `npm run conformance`: a line for each rule of a SMART App Launch client, read from the names of the tests. `--all` names
 * every test of a rule. Fails where a rule has neither a test nor a reason, or a test names a rule that does not exist.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

import ts from 'typescript';

const root = join(import.meta.dirname, '..');
const lastRule = 131;

/** The names of all tests in a source file. What a template fills in is shown as `…`. */
export function testNames(text, fileName = 'x.test.ts') {
  const source = ts.createSourceFile(fileName, text, ts.ScriptTarget.Latest, true);
  const names = [];
  const visit = (node) => {
    if (ts.isCallExpression(node) && /^(it|test|describe)(\.\w+)?$/.test(node.expression.getText(source))) {
      const [name] = node.arguments;
      if (name && (ts.isStringLiteralLike(name) || ts.isTemplateExpression(name))) {
        names.push(
          name
            .getText(source)
            .slice(1, -1)
            .replace(/\$\{[^}]*\}/g, '…'),
        );
      }
    }
    // Tests that stand in a table: their names begin with the rule.
    const isInTable = ts.isStringLiteralLike(node) && ts.isArrayLiteralExpression(node.parent);
    if (isInTable && /^SMART-\d+(?: |$)/.test(node.text)) {
      names.push(node.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return names;
}

/** The rules that a name begins with or holds. */
export function rulesIn(name) {
  return [...name.matchAll(/SMART-(\d+)/g)].map(([, rule]) => Number(rule));
}

/** What docs/conformance.md says of the rules that have no test. */
export function readReasons(markdown) {
  const rows = markdown.matchAll(/^\|\s*(\d+)\s*\|\s*(due|not applicable)\s*\|\s*(.+?)\s*\|$/gm);
  return new Map([...rows].map(([, rule, state, why]) => [Number(rule), { state, why }]));
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
      const shown = all ? held : held.slice(0, 1);
      const more = held.length > shown.length ? ` (and ${held.length - shown.length} more)` : '';
      lines.push(...shown.map(({ file, name }) => `SMART-${rule} · held · ${file}: ${name}${more}`));
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

function readTests() {
  const folder = join(root, 'test');
  return readdirSync(folder, { recursive: true })
    .filter((path) => /\.test\.(ts|mjs)$/.test(path) && !/scripts[/\\]conformance/.test(path))
    .sort()
    .flatMap((path) => {
      const file = relative(root, join(folder, path)).replaceAll('\\', '/');
      return testNames(readFileSync(join(folder, path), 'utf8'), path)
        .map((name) => ({ file, name, rules: rulesIn(name) }))
        .filter(({ rules }) => rules.length > 0);
    });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const reasons = readReasons(readFileSync(join(root, 'docs/conformance.md'), 'utf8'));
  const { lines, problems } = table(readTests(), reasons, { all: process.argv.includes('--all') });
  console.log(lines.join('\n'));
  const count = (state) => lines.filter((line) => line.includes(` · ${state}`)).length;
  console.log(`\n${count('held')} held, ${count('not applicable')} not applicable, ${count('due')} due`);
  for (const problem of problems) {
    console.error(problem);
  }
  process.exitCode = problems.length > 0 ? 1 : 0;
}
