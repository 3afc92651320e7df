/** The three runners of tests, each as a function that says how many tests passed, failed and were skipped. */
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { availableEngines, ensureChromium } from './browsers.mjs';
import { run, runTool } from './run.mjs';

const reporter = './scripts/test-counts-reporter.mjs';
const unitCounts = 'build/unit-counts.json';
const corpusCounts = 'build/corpus';
const allEngines = ['chromium', 'firefox', 'webkit'];

/** A runner that broke off has failed, whatever it counted before; so has one that ran nothing. */
export function judged({ passed = 0, failed = 0, skipped = 0 }, { code, output }) {
  const ranNothing = passed + failed === 0;
  const broke = failed === 0 && (code !== 0 || ranNothing);
  const reason = ranNothing ? 'No test ran.' : `The runner ended with exit code ${code}.`;
  return {
    passed,
    failed: failed + (broke ? 1 : 0),
    skipped,
    output: broke ? `${output}\n${reason}` : output,
  };
}

function testFiles(folder) {
  return existsSync(folder)
    ? readdirSync(folder, { recursive: true })
        .filter((file) => file.endsWith('.test.mjs'))
        .sort()
        .map((file) => join(folder, file))
    : [];
}

/** Reads what a runner counted, and takes the file away, so that no later run reads it again. */
function takeCounts(file) {
  if (!existsSync(file)) {
    return {};
  }
  const counts = JSON.parse(readFileSync(file, 'utf8'));
  rmSync(file);
  return counts;
}

async function countedTests(files, name, { args, env = {} }) {
  if (files.length === 0) {
    return judged({}, { code: 1, output: `${name}: there is no test file.` });
  }
  const counts = `build/counts-${name}.json`;
  mkdirSync(dirname(counts), { recursive: true });
  rmSync(counts, { force: true });
  const result = await run(process.execPath, [`--test-reporter=${reporter}`, ...args], {
    env: { ...process.env, ...env, TEST_COUNTS: counts },
  });
  return judged(takeCounts(counts), result);
}

/** Tests that need no browser. */
export function runNodeTests() {
  return inOneProcess(
    ['test/backend', 'test/sandbox', 'test/data', 'test/scripts'].flatMap(testFiles),
    'node',
  );
}

export function missingEngines() {
  const available = availableEngines();
  return allEngines.filter((engine) => !available.includes(engine));
}

/** How many records, and values in them, were looked for on the page; nothing where no record was. */
function corpusNote() {
  const engines = existsSync(corpusCounts) ? readdirSync(corpusCounts) : [];
  const [first] = engines;
  const reports = (first ? readdirSync(join(corpusCounts, first)) : [])
    .filter((file) => file.startsWith('lost-'))
    .map((file) => JSON.parse(readFileSync(join(corpusCounts, first, file), 'utf8')));
  const sum = (name) => reports.reduce((total, report) => total + report[name], 0);
  return reports.length ? [`${sum('leaves')} values of ${sum('files')} records looked for`] : [];
}

/** Unit tests, in each engine of this machine. */
export async function runUnitTests() {
  ensureChromium();
  rmSync(unitCounts, { force: true });
  rmSync(corpusCounts, { recursive: true, force: true });
  const result = await runTool('web-test-runner', []);
  const byBrowser = Object.entries(takeCounts(unitCounts));
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const [, counts] of byBrowser) {
    for (const kind of Object.keys(total)) {
      total[kind] += counts[kind];
    }
  }
  const silent = byBrowser
    .filter(([, { passed, failed }]) => passed + failed === 0)
    .map(([browser]) => browser);
  total.failed += silent.length;
  return {
    ...judged(total, result),
    note: [...byBrowser.map(([browser, { passed }]) => `${browser} ${passed}`), ...corpusNote()].join(', '),
    ...(silent.length > 0 && { output: `${result.output}\nNo test ran in ${silent.join(', ')}.` }),
  };
}

/** What the kit and the server alone decide: it is tried in Chromium, and in thorough runs in each engine. */
const oneEngine = join('test', 'e2e', 'one-engine');

/** Whole journeys through real redirects, in one engine. */
export function runEndToEndTests(engine) {
  const isEach = engine === 'chromium' || process.env.THOROUGH === '1';
  const files = testFiles('test/e2e').filter((file) => isEach || !file.startsWith(oneEngine));
  return journeys(files, engine, `e2e-${engine}`);
}

/** The journeys at each kind of server. They are of the servers, not of the engines: one engine is enough. */
export function runPresetTests() {
  return journeys(testFiles('test/presets'), 'chromium', 'e2e-presets');
}

function journeys(files, engine, name) {
  ensureChromium();
  return inOneProcess(files, name, { ENGINE: engine });
}

/** All files in one process, one after the other: they share a browser, and records that take a second to read. */
function inOneProcess(files, name, env = {}) {
  const imports = files.map((file) => `import ${JSON.stringify(`./${file.replaceAll('\\', '/')}`)};`);
  return countedTests(files, name, {
    args: ['--input-type=module', '--eval', imports.join('\n')],
    env: { ...env, TEST_SUITES: files.length },
  });
}
