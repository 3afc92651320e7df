import { join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';

import { build } from 'esbuild';

const folder = import.meta.dirname;

/** What no page here may or needs to load: it is left empty. */
const withoutOthers = {
  name: 'without-others',
  setup({ onResolve, onLoad }) {
    // The router is wanted by a part that is not drawn here, and is in no list of what a page has to install.
    onResolve({ filter: /^react-router$/ }, () => ({
      path: 'router.js',
      namespace: 'empty',
      sideEffects: false,
    }));
    // Styles that only name fonts of another site.
    onResolve({ filter: /^https:/ }, ({ kind }) =>
      kind === 'import-rule' ? { path: 'fonts.css', namespace: 'empty' } : { external: true },
    );
    onLoad({ filter: /router/, namespace: 'empty' }, () => ({
      contents: 'export const useLocation = undefined;',
    }));
    onLoad({ filter: /fonts/, namespace: 'empty' }, () => ({ contents: '', loader: 'css' }));
  },
};

/**
 * A page with a contender as an application would be built with it: its own styles, in production mode, minified.
 *
 * @returns each file by the path that the page loads it from
 */
export async function bundleContender(name) {
  const { outputFiles } = await build({
    entryPoints: [join(folder, `${name}.mjs`)],
    outdir: join(folder, name),
    bundle: true,
    // What is loaded on demand is downloaded, and counted, when a page asks for it.
    splitting: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    minify: true,
    legalComments: 'none',
    define: { 'process.env.NODE_ENV': '"production"' },
    // Reads QR codes, for those who install it.
    external: ['jsqr'],
    plugins: [withoutOthers],
    write: false,
    logLevel: 'error',
  });
  return new Map(
    outputFiles.map(({ path, contents }) => [`/${relative(folder, path)}`, Buffer.from(contents)]),
  );
}

export function gzipBytes(content) {
  return gzipSync(content, { level: 9 }).length;
}
