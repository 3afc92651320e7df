/**
 * What a page pays in bytes: `node scripts/sizes.mjs` prints it, `--check` fails when a budget is broken.
 *
 * Bundles are made in memory, from build/ts, just as the published one is.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';

import { rollup } from 'rollup';

import { bundlePlugins, compiled, entries } from '../rollup.config.mjs';

const tags = Object.keys(entries)
  .filter((name) => name.startsWith('elements/'))
  .map((name) => name.split('/').at(-1));

const signIn = ['smart-auth', 'smart-login-button', 'smart-session-status'];

/**
 * What is measured: a name, the tags in it, what belongs to it though it is loaded later, and how many bytes of gzip all
 * that may have (`budget`, which fails the build). A budget goes up only with what a page gets for it.
 */
const measured = [
  ...tags.map((tag) => ({ name: tag, tags: [tag] })),
  {
    name: 'sign-in (auth, button, status with its dialog)',
    tags: signIn,
    parts: ['elements/smart-session-status/ending-dialog'],
    budget: 34_000,
  },
  { name: 'sign-in and fhir-resource', tags: [...signIn, 'fhir-resource'], budget: 60_000 },
];

/** The one file for pages has everything in it, also what is loaded on demand elsewhere. */
const oneFile = { name: 'dist/smart-elements.min.js', budget: 106_000 };

export function compressedSizes(code) {
  return {
    minified: Buffer.byteLength(code),
    gzip: gzipSync(code, { level: 9 }).length,
    brotli: brotliCompressSync(code).length,
  };
}

/**
 * Bundles some code in memory.
 *
 * @param {string} source ES module text that imports what is to be measured
 * @param {object[]} plugins of rollup
 * @returns the sizes, in bytes: of what a page loads at once, and as `onDemand` the gzip of what it may load later
 */
export async function sizesOf(source, plugins = bundlePlugins) {
  const id = join(compiled, '__measured.js');
  const text = {
    name: 'measured-text',
    resolveId: (wanted) => (wanted === id ? { id, moduleSideEffects: true } : null),
    load: (wanted) => (wanted === id ? source : null),
  };
  const build = await rollup({ input: id, plugins: [text, ...plugins] });
  const { output } = await build.generate({ format: 'es' });
  await build.close();
  const atOnce = new Set();
  const add = (fileName) => {
    const chunk = output.find((one) => one.fileName === fileName);
    if (chunk && !atOnce.has(chunk)) {
      atOnce.add(chunk);
      chunk.imports.forEach(add);
    }
  };
  add(output[0].fileName);
  const sizes = [...atOnce].map(({ code }) => compressedSizes(code));
  const total = (name) => sizes.reduce((sum, size) => sum + size[name], 0);
  const later = output.filter((chunk) => chunk.type === 'chunk' && !atOnce.has(chunk));
  return {
    minified: total('minified'),
    gzip: total('gzip'),
    brotli: total('brotli'),
    onDemand: later.reduce((sum, { code }) => sum + compressedSizes(code).gzip, 0),
  };
}

/**
 * @param {{ isCheck?: boolean }} [options] `isCheck` leaves out what has no budget
 * @returns a row for each of what is measured: name, minified, gzip, brotli, and budget and ok where there is one
 */
export async function kitSizes({ isCheck = false } = {}) {
  const file = compressedSizes(readFileSync(join(import.meta.dirname, '..', oneFile.name)));
  const rows = [{ ...oneFile, ...file, ok: file.gzip <= oneFile.budget }];
  for (const { name, tags: wanted, parts = [], budget } of measured.filter((one) => !isCheck || one.budget)) {
    const modules = [...wanted.map((tag) => `elements/${tag}/${tag}`), ...parts];
    // A part that defines nothing would be left out, if nothing of it were used.
    const source = modules.map((module) => `export * from './${module}.js';`).join('\n');
    const sizes = await sizesOf(source);
    rows.push({ name, ...sizes, ...(budget && { budget, ok: sizes.gzip <= budget }) });
  }
  return rows;
}

function print(rows) {
  const line = (...[name, ...cells]) =>
    console.log(name.padEnd(48) + cells.map((cell) => String(cell ?? '').padStart(10)).join(''));
  line('bytes', 'minified', 'gzip', 'brotli', 'budget', 'on demand');
  for (const { name, minified, gzip, brotli, budget, ok, onDemand } of rows) {
    line(name, minified, gzip, brotli, budget && `${ok ? '' : '! '}${budget}`, onDemand);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const isCheck = process.argv.includes('--check');
  const rows = await kitSizes({ isCheck });
  print(rows);
  const broken = rows.filter(({ ok }) => ok === false);
  for (const { name, gzip, budget } of broken) {
    console.error(`${name}: ${gzip - budget} bytes of gzip over its budget.`);
  }
  process.exitCode = isCheck && broken.length > 0 ? 1 : 0;
}
