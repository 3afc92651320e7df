/** What a page pays in bytes, beside its budgets, and beside fhirclient bundled the same way. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import commonjs from '@rollup/plugin-commonjs';
import { nodeResolve } from '@rollup/plugin-node-resolve';

import { bundlePlugins } from '../rollup.config.mjs';
import { compressedSizes, kitSizes, sizesOf } from '../scripts/sizes.mjs';

const fhirclient = join(import.meta.dirname, 'node_modules/fhirclient');

/**
 * fhirclient leaves its polyfills out of a build that defines FHIRCLIENT_PURE. That build is the fair comparison: this
 * kit brings no polyfills either.
 */
const withoutPolyfills = {
  name: 'without-polyfills',
  transform: (code, id) =>
    id.startsWith(fhirclient) ? code.replace(/typeof FHIRCLIENT_PURE ===?\s*"undefined"/g, 'false') : null,
};

/** The kit's own way, with what CommonJS and packages for Node and browsers need besides. */
const plugins = [
  withoutPolyfills,
  nodeResolve({ browser: true, preferBuiltins: false }),
  commonjs(),
  ...bundlePlugins.filter(({ name }) => name !== 'node-resolve'),
];

function rows(name, { gzip, brotli, budget, ok }, note) {
  return [
    { name, value: gzip, unit: 'B gzip', ...(budget && { budget, ok }), ...(note && { note }) },
    { name, value: brotli, unit: 'B brotli' },
  ];
}

export async function run() {
  const kit = await kitSizes();
  const built = await sizesOf(`import '${join(fhirclient, 'lib/entry/browser.js')}';`, plugins);
  const published = compressedSizes(readFileSync(join(fhirclient, 'build/fhir-client.pure.min.js')));
  return [
    ...kit.flatMap((sizes) => rows(sizes.name, sizes)),
    ...rows(
      'fhirclient 2.6.3, bundled the same way',
      built,
      'no elements; with its shim of WebCrypto, without its other polyfills',
    ),
    ...rows('fhirclient 2.6.3, as published (pure)', published, 'no elements; its build without polyfills'),
  ];
}
