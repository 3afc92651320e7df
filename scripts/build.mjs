/** `npm run build`: TypeScript → `build/ts` → `dist`: modules, one file for pages, licences, declarations. */
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { rollup } from 'rollup';

import { runTool } from './run.mjs';

process.chdir(join(import.meta.dirname, '..'));

async function step(name, task) {
  const start = performance.now();
  await task();
  console.log(`${name.padEnd(32)}${((performance.now() - start) / 1000).toFixed(1)} s`);
}

async function compile() {
  rmSync('build/ts', { recursive: true, force: true });
  const { code, output } = await runTool('tsc', []);
  if (code !== 0) {
    console.error(output);
    process.exit(code);
  }
}

async function write({ output, ...input }) {
  const build = await rollup(input);
  await build.write(output);
  await build.close();
}

await step('TypeScript', compile);

// Imported only now: the configuration lists what has just been compiled.
const { default: configurations } = await import('../rollup.config.mjs');
rmSync('dist', { recursive: true, force: true });
await step('modules', () => write(configurations[0]));
await step('one file for pages', () => write(configurations[1]));
await step('page for callbacks', async () => {
  await write(configurations[2]);
  cpSync('src/smart-callback.html', 'dist/smart-callback.html');
});
await step('declarations', () =>
  cpSync('build/ts', 'dist', { recursive: true, filter: (path) => !/\.(js|map)$/.test(path) }),
);
