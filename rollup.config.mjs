import { existsSync, readFileSync } from 'node:fs';

import { nodeResolve } from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import { minifyHTMLLiterals } from 'minify-literals';

/** Where tsc has written the JavaScript. */
const compiled = 'build/ts';

/** Every module that somebody may import by name. */
export const entries = {
  index: `${compiled}/index.js`,
  'smart/index': `${compiled}/smart/index.js`,
  'session/index': `${compiled}/session/index.js`,
  'fhir/index': `${compiled}/fhir/index.js`,
  ...Object.fromEntries(
    ['smart-auth', 'smart-login-button', 'smart-session-status', 'fhir-resource'].map((tag) => [
      `elements/${tag}/${tag}`,
      `${compiled}/elements/${tag}/${tag}.js`,
    ]),
  ),
};

const isOurs = (id) => id.includes(`/${compiled}/`);

/** Follows the source maps of tsc back to TypeScript. */
const typeScriptMaps = {
  name: 'typescript-maps',
  load: (id) =>
    isOurs(id) && existsSync(`${id}.map`)
      ? { code: readFileSync(id, 'utf8'), map: JSON.parse(readFileSync(`${id}.map`, 'utf8')) }
      : null,
};

/** Takes the white space out of templates and styles. tsc writes a space between tag and backtick. */
const minifyTemplates = {
  name: 'minify-templates',
  async transform(code, id) {
    if (!isOurs(id) || !/\b(?:html|css)\s*`/.test(code)) {
      return null;
    }
    return minifyHTMLLiterals(code, { fileName: id });
  },
};

/** tsc's decorator helper asks for `this` at the top level, which is undefined there, as it should be. */
function onwarn(warning, warn) {
  if (warning.code !== 'THIS_IS_UNDEFINED') {
    warn(warning);
  }
}

/** How one file with everything in it is made; also used where sizes are measured. */
export const bundlePlugins = [
  typeScriptMaps,
  nodeResolve({ ignoreSideEffectsForRoot: true, exportConditions: ['production', 'browser', 'default'] }),
  minifyTemplates,
  terser({ ecma: 2022, module: true, compress: { passes: 2 }, format: { comments: false } }),
];

export { onwarn };

export default [
  {
    input: entries,
    external: (id) => !id.startsWith('.') && !id.startsWith('/'),
    plugins: [typeScriptMaps],
    onwarn,
    treeshake: { moduleSideEffects: true },
    output: {
      dir: 'dist',
      format: 'es',
      preserveModules: true,
      preserveModulesRoot: compiled,
      sourcemap: true,
    },
  },
  {
    input: entries.index,
    plugins: bundlePlugins,
    onwarn,
    treeshake: { moduleSideEffects: true },
    output: {
      file: 'dist/smart-elements.min.js',
      format: 'es',
      sourcemap: true,
      inlineDynamicImports: true,
      banner: '/*! smart-elements, Apache-2.0. With code of others: see smart-elements.min.js.LICENSE.txt */',
    },
  },
];
