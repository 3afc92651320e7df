import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

import { rollup } from 'rollup';
import ts from 'typescript';

import { bundlePlugins } from '../../rollup.config.mjs';

/** The doubles of the unit tests are in TypeScript, and are compiled nowhere else. */
const typeScript = {
  name: 'typescript',
  resolveId(wanted, importer) {
    const file = importer && wanted.startsWith('.') && resolve(dirname(importer), wanted);
    const source = file && file.replace(/\.js$/, '.ts');
    return source && existsSync(source) ? source : null;
  },
  transform(code, id) {
    if (!id.endsWith('.ts')) {
      return null;
    }
    const { ModuleKind, ScriptTarget } = ts;
    const compilerOptions = {
      module: ModuleKind.ESNext,
      target: ScriptTarget.ES2022,
      verbatimModuleSyntax: true,
      useDefineForClassFields: false,
    };
    return { code: ts.transpileModule(code, { compilerOptions }).outputText, map: null };
  },
};

/** One script with a module of this folder and what it imports, made in the way that the published bundle is. */
export async function bundleForPage(name) {
  const input = join(import.meta.dirname, `${name}.mjs`);
  const build = await rollup({ input, plugins: [typeScript, ...bundlePlugins] });
  const { output } = await build.generate({ format: 'es', inlineDynamicImports: true });
  await build.close();
  return output[0].code;
}
