/** `npm run bench`: measures the kit, beside its budgets; exit code 1 when one is broken. `--only sizes` runs one part. */
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

import { run } from './run.mjs';

process.chdir(join(import.meta.dirname, '..'));

/** Each exports `async function run()`, which gives rows `{ name, value, unit, budget?, ok?, note? }`. */
const parts = ['sizes', 'rendering', 'requests', 'session', 'properties'];

async function need(result) {
  const { code, output } = await result;
  if (code !== 0) {
    console.error(output);
    process.exit(1);
  }
}

const digits = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
const number = (value) => (typeof value === 'number' ? digits.format(value) : String(value ?? ''));

function print(title, rows) {
  console.log(`\n${title}`);
  const width = Math.max(...rows.map(({ name }) => name.length)) + 2;
  for (const { name, value, unit, budget, ok, note } of rows) {
    const verdict = ok === undefined ? '' : ok ? 'ok' : 'BROKEN';
    const limit = budget === undefined ? '' : `budget ${number(budget)}`;
    console.log(
      [
        name.padEnd(width),
        number(value).padStart(10),
        ` ${unit ?? ''}`.padEnd(12),
        limit.padEnd(16),
        verdict.padEnd(8),
        note ?? '',
      ]
        .join('')
        .trimEnd(),
    );
  }
}

const { values } = parseArgs({ options: { only: { type: 'string' } } });
const wanted = parts.filter((part) => !values.only || values.only.split(',').includes(part));

/** Whether what the lock file names was installed since it changed. */
function isInstalled() {
  const [installed, locked] = ['bench/node_modules/.package-lock.json', 'bench/package-lock.json'].map(
    (file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0,
  );
  return installed >= locked && installed > 0;
}

if (!isInstalled()) {
  console.log('Installing what the kit is compared with.');
  await need(run('npm', ['ci'], { cwd: 'bench' }));
}
await need(run(process.execPath, ['scripts/build.mjs']));

const broken = [];
for (const part of wanted) {
  const file = join('bench', `${part}.mjs`);
  if (!existsSync(file)) {
    console.log(`\n${part}: not measured, ${file} is not there.`);
    continue;
  }
  const module = await import(pathToFileURL(file));
  const rows = await module.run();
  print(part, rows);
  broken.push(...rows.filter(({ ok }) => ok === false));
}
console.log(`\n${broken.length === 0 ? 'Every budget is kept.' : `Budgets broken: ${broken.length}.`}`);
// What was measured may have left servers and timers behind.
process.exit(broken.length === 0 ? 0 : 1);
