/**
 * `npm test`: every check and every test, in order, with one line each. What fails shows all that it said.
 *
 * `--only types,unit` runs only these steps, `--bail` stops at the first that fails, `--thorough` tries everywhere, and for
 * longer, what one engine, one server or less time is usually enough for.
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

const tool = (name, ...args) => check(() => runTool(name, args));
/** A journey waits most of the time: for pages, for people who do nothing, for tokens that end. */
const journey = 2 / 3;

/**
 * What there is to do: a name, a task, and where it matters what has to be done before it, how many cores it keeps busy, and
 * which other step does the same and more.
 * On two cores two steps that compute are under way at once, or three that wait: with four each takes so much longer that
 * nothing is won. What takes long comes first, so that it is not alone at the end.
 */
const steps = [
  { name: 'eslint', task: tool('eslint', '.', '--max-warnings', '0') },
  { name: 'build', task: check(() => script('build.mjs')) },
  { name: 'sizes', task: check(() => script('sizes.mjs', '--check')), after: 'build' },
  { name: 'prettier', task: tool('prettier', '--check', '.') },
  { name: 'types-of-tests', task: tool('tsc', '--noEmit', '-p', 'test/tsconfig.json') },
  { name: 'lit-analyzer', task: tool('lit-analyzer', ...litAnalyzer) },
  { name: 'types', task: tool('tsc', '--noEmit'), within: 'build' },
  { name: 'attw', task: tool('attw', '--pack', '.', '--profile', 'esm-only'), after: 'build' },
  { name: 'publint', task: tool('publint', '--strict'), after: 'build' },
  { name: 'conformance', task: check(() => script('conformance.mjs')) },
  { name: 'manifest', task: check(manifestIsCurrent) },
  { name: 'docs', task: check(() => script('docs.mjs', '--check')), after: 'build' },
  ...availableEngines().map((engine) => ({
    name: `e2e-${engine}`,
    task: () => runEndToEndTests(engine),
    after: 'build',
    cores: journey,
  })),
  { name: 'node', task: runNodeTests, after: 'build', cores: journey },
  // Two engines at once.
  { name: 'unit', task: runUnitTests, cores: 2 * journey },
  { name: 'e2e-presets', task: runPresetTests, after: 'build', cores: journey },
];
/** A little more, because thirds do not add up. */
const cores = 2.01;

async function runStep({ name, task }) {
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

const { values } = parseArgs({
  options: { only: { type: 'string' }, bail: { type: 'boolean' }, thorough: { type: 'boolean' } },
});
if (values.thorough) {
  // For the tests, which are processes of their own.
  process.env.THOROUGH = '1';
}
const only = values.only?.split(',');
const asked = steps.filter(({ name }) => isWanted(name, only));
const wanted = asked.filter(({ within }) => !asked.some(({ name }) => name === within));
const unknown = only?.filter((name) => !asked.some((step) => isWanted(step.name, [name]))) ?? [];
if (unknown.length > 0) {
  console.error(
    `No such step: ${unknown.join(', ')}. There are: ${steps.map(({ name }) => name).join(', ')}.`,
  );
  process.exit(1);
}

const total = { passed: 0, failed: 0, skipped: 0 };

/** Starts what may be started now, and again whenever something has ended. */
async function runAll() {
  const waiting = [...wanted];
  const running = new Map();
  const busy = () => [...running.keys()].reduce((sum, step) => sum + (step.cores ?? 1), 0);
  const isOpen = (name) => [...waiting, ...running.keys()].some((step) => step.name === name);
  const next = () => waiting.findIndex((step) => !isOpen(step.after) && busy() + (step.cores ?? 1) <= cores);
  while (waiting.length + running.size > 0) {
    for (let index = next(); index >= 0; index = next()) {
      const [step] = waiting.splice(index, 1);
      running.set(
        step,
        runStep(step).then((result) => ({ step, result })),
      );
    }
    const { step, result } = await Promise.race(running.values());
    running.delete(step);
    for (const kind of Object.keys(total)) {
      total[kind] += result[kind];
    }
    if (values.bail && result.failed > 0 && waiting.length > 0) {
      waiting.length = 0;
      console.log('Stopped at the first failure; the steps after it are not run.');
    }
  }
}

await runAll();

if (wanted.some(({ name }) => /^(unit|e2e)/.test(name))) {
  for (const engine of missingEngines()) {
    console.log(`not run: the tests in ${engine}, which is not installed here.`);
  }
}
const skipped = total.skipped ? `, ${total.skipped} skipped` : '';
console.log(`${total.passed} passed, ${total.failed} failed${skipped}`);
process.exitCode = total.failed > 0 ? 1 : 0;
