/** The property-based tests, with many cases: what reads what a server, an address or a page says. */
import { existsSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { runTool } from '../scripts/run.mjs';

const cases = 10_000;
const counts = 'build/unit-counts.json';

export async function run() {
  const files = readdirSync('test', { recursive: true })
    .map((file) => join('test', file))
    .filter((file) => file.endsWith('.test.ts') && readFileSync(file, 'utf8').includes('property-runs.js'));
  rmSync(counts, { force: true });
  const start = performance.now();
  const { output } = await runTool('web-test-runner', ['--files', ...files], {
    env: { ...process.env, BROWSERS: 'chromium', PROPERTY_RUNS: String(cases) },
  });
  const [{ passed, failed } = { passed: 0, failed: 0 }] = existsSync(counts)
    ? Object.values(JSON.parse(readFileSync(counts, 'utf8')))
    : [];
  const ok = failed === 0 && passed > 0;
  return [
    { name: 'cases that each property was tried with', value: cases, unit: '', note: files.join(', ') },
    {
      name: '  tests in these files that failed',
      value: failed,
      unit: '',
      budget: 0,
      ok,
      ...(!ok && { note: output }),
    },
    { name: '  took', value: Math.round((performance.now() - start) / 1_000), unit: 's' },
  ];
}
