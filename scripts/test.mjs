/**
 * `npm test`: every check and every test, in order, with one line each. What fails shows all that it said.
 *
 * `--only types,unit` runs only these steps, `--bail` stops at the first that fails.
 */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { availableEngines } from './browsers.mjs';
import { run, runTool } from './run.mjs';
import {
  missingEngines,
  runEndToEndTests,
  runNodeTests,
  runPresetTests,
  runUnitTests,
} from './test-runners.mjs';

process.chdir(join(import.meta.dirname, '..'));

/** A check counts as one test. */
const check = (task) => async () => {
  const { code, output } = await task();
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0, output };
};

const script = (file, ...args) => run(process.execPath, [`scripts/${file}`, ...args]);

async function manifestIsCurrent() {
  // The analyzer takes a folder below the working directory only.
  const folder = 'build/manifest';
  rmSync(folder, { recursive: true, force: true });
  const result = await runTool('cem', ['analyze', '--outdir', folder]);
  const fresh = `${folder}/custom-elements.json`;
  if (result.code !== 0 || !existsSync(fresh)) {
    return { code: 1, output: result.output };
  }
  const isCurrent =
    existsSync('custom-elements.json') &&
    readFileSync(fresh, 'utf8') === readFileSync('custom-elements.json', 'utf8');
  return { code: isCurrent ? 0 : 1, output: 'custom-elements.json is out of date: run “npm run manifest”.' };
}

const litAnalyzer = [
  '--strict',
  ...['--maxWarnings', '0'],
  // It knows the properties of its own time only, and not forced-color-adjust.
  ...['--rules.no-invalid-css', 'off'],
  ...['src/elements/**/*.ts', 'src/ui/**/*.ts', 'src/view/**/*.ts'],
];

/** Steps of one list may run at the same time, two at once: those that only look. A test has the machine for itself. */
const groups = [
  [
    ['types', check(() => runTool('tsc', ['--noEmit']))],
    ['types-of-tests', check(() => runTool('tsc', ['--noEmit', '-p', 'test/tsconfig.json']))],
    ['eslint', check(() => runTool('eslint', ['.', '--max-warnings', '0']))],
    ['prettier', check(() => runTool('prettier', ['--check', '.']))],
    ['lit-analyzer', check(() => runTool('lit-analyzer', litAnalyzer))],
  ],
  [['build', check(() => script('build.mjs'))]],
  [
    ['manifest', check(manifestIsCurrent)],
    ['docs', check(() => script('docs.mjs', '--check'))],
    ['publint', check(() => runTool('publint', ['--strict']))],
    ['attw', check(() => runTool('attw', ['--pack', '.', '--profile', 'esm-only']))],
    ['conformance', check(() => script('conformance.mjs'))],
    ['sizes', check(() => script('sizes.mjs', '--check'))],
  ],
  [['node', runNodeTests]],
  [['unit', runUnitTests]],
  ...availableEngines().map((engine) => [[`e2e-${engine}`, () => runEndToEndTests(engine)]]),
  [['e2e-presets', runPresetTests]],
];
const steps = groups.flat();

async function runStep(name, task) {
  const start = performance.now();
  let result;
  try {
    result = await task();
  } catch (fault) {
    result = { passed: 0, failed: 1, skipped: 0, output: fault.stack ?? String(fault) };
  }
  const { passed, failed, skipped, output, note } = result;
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  const counts = `${passed} passed${failed ? `, ${failed} FAILED` : ''}${skipped ? `, ${skipped} skipped` : ''}`;
  console.log(
    `${failed ? '✖' : '✔'} ${name.padEnd(18)}${`${seconds} s`.padStart(8)}  ${counts}${note ? `  (${note})` : ''}`,
  );
  if (failed) {
    console.log(output.trimEnd());
  } else if (skipped) {
    console.log(
      output
        .split('\n')
        .filter((line) => line.startsWith('skipped:'))
        .join('\n'),
    );
  }
  return result;
}

/** `--only e2e` means the end-to-end tests of every engine. */
function isWanted(name, only) {
  return !only || only.some((wanted) => name === wanted || name.startsWith(`${wanted}-`));
}

const { values } = parseArgs({ options: { only: { type: 'string' }, bail: { type: 'boolean' } } });
const only = values.only?.split(',');
const wanted = steps.filter(([name]) => isWanted(name, only));
const unknown = only?.filter((name) => !wanted.some(([step]) => isWanted(step, [name]))) ?? [];
if (unknown.length > 0) {
  console.error(`No such step: ${unknown.join(', ')}. There are: ${steps.map(([name]) => name).join(', ')}.`);
  process.exit(1);
}

const total = { passed: 0, failed: 0, skipped: 0 };

async function runQueue(queue) {
  for (let step = queue.shift(); step; step = queue.shift()) {
    const result = await runStep(...step);
    for (const kind of Object.keys(total)) {
      total[kind] += result[kind];
    }
    if (values.bail && result.failed > 0) {
      queue.length = 0;
    }
  }
}

for (const group of groups) {
  const queue = group.filter((step) => wanted.includes(step));
  await Promise.all([runQueue(queue), runQueue(queue)]);
  if (values.bail && total.failed > 0) {
    console.log('Stopped at the first failure; the steps after it were not run.');
    break;
  }
}

if (wanted.some(([name]) => /^(unit|e2e)/.test(name))) {
  for (const engine of missingEngines()) {
    console.log(`not run: the tests in ${engine}, which is not installed here.`);
  }
}
const skipped = total.skipped ? `, ${total.skipped} skipped` : '';
console.log(`${total.passed} passed, ${total.failed} failed${skipped}`);
process.exitCode = total.failed > 0 ? 1 : 0;
