import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { nodeResolve } from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import { minifyHTMLLiterals } from 'minify-literals';

import { licenceNotices } from './scripts/licence-notices.mjs';
import { silentLibrary } from './scripts/silent-library.mjs';

const root = import.meta.dirname;
const bundleFile = 'smart-elements.min.js';

/** Where tsc has written the JavaScript. */
export const compiled = join(root, 'build/ts');

/** Every module that somebody may import by name, as package.json lists them: name in `dist` → compiled file. */
export const entries = Object.fromEntries(
  Object.values(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).exports)
    .map((target) => target.default?.match(/^\.\/dist\/(.+)\.js$/)?.[1])
    .filter((name) => name && `${name}.js` !== bundleFile)
    .map((name) => [name, join(compiled, `${name}.js`)]),
);

const isOurs = (id) => id.startsWith(compiled);

/** Follows the source maps of tsc back to TypeScript. */
const typeScriptMaps = {
  name: 'typescript-maps',
  load: (id) =>
    isOurs(id) && existsSync(`${id}.map`)
      ? { code: readFileSync(id, 'utf8'), map: JSON.parse(readFileSync(`${id}.map`, 'utf8')) }
      : null,
};

/** Takes the white space out of our templates and styles. tsc writes a space between tag and backtick. */
const minifyTemplates = {
  name: 'minify-templates',
  async transform(code, id) {
    if (!isOurs(id) || !/\b(?:html|css|svg)\s*`/.test(code)) {
      return null;
    }
    return minifyHTMLLiterals(code, { fileName: id });
  },
};

/** How one file with everything in it is made; also used where sizes are measured. */
export const bundlePlugins = [
  typeScriptMaps,
  // package.json speaks of the files in dist; what is in build/ts defines the elements all the same.
  nodeResolve({ ignoreSideEffectsForRoot: true, exportConditions: ['production', 'browser', 'default'] }),
  minifyTemplates,
  silentLibrary,
  terser({
    ecma: 2022,
    module: true,
    compress: { passes: 2, unsafe_arrows: true, unsafe_methods: true, keep_fargs: false, hoist_props: true },
    format: {
      comments: false,
      preamble: `/*! smart-elements, Apache-2.0. Licences of what is bundled: ${bundleFile}.LICENSE.txt */`,
    },
  }),
];

export default [
  {
    // For bundlers: one file per module, nothing inlined, nothing minified but the white space of what is drawn, which a
    // browser would keep as texts.
    input: entries,
    external: (id) => !id.startsWith('.') && !id.startsWith('/'),
    plugins: [typeScriptMaps, minifyTemplates],
    output: {
      dir: 'dist',
      format: 'es',
      preserveModules: true,
      preserveModulesRoot: compiled,
      sourcemap: true,
    },
  },
  {
    // For a page: all in one file.
    input: entries.index,
    plugins: [...bundlePlugins, licenceNotices(`${bundleFile}.LICENSE.txt`)],
    output: { file: `dist/${bundleFile}`, format: 'es', sourcemap: true, inlineDynamicImports: true },
  },
  {
    // For smart-callback.html.
    input: join(compiled, 'callback-page.js'),
    plugins: bundlePlugins,
    output: { file: 'dist/smart-callback.js', format: 'es', sourcemap: true, inlineDynamicImports: true },
  },
];
