/**
 * The unit tests in a few files: one for each, and what several of them need in parts beside them. A browser then loads ten
 * to forty files for a test in the place of two hundred modules.
 */
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

import { build } from 'esbuild';

const root = join(import.meta.dirname, '..');

const pathOf = (file) => `/${relative(root, file).split(sep).join('/')}`;

/**
 * @param {string[]} folders of `test`
 * @returns the test files in them, as paths from the root of this package
 */
export function testFilesIn(folders) {
  return folders
    .map((folder) => join('test', folder))
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true })
        .filter((file) => file.endsWith('.test.ts'))
        .map((file) => join(folder, file)),
    );
}

/** How many files of tests share a page: a browser takes a second for a page, and much less for what is in most of them. */
const filesInGroup = 8;

/**
 * Puts files together that leave nothing on the page that others would find.
 *
 * @param {string[]} files as `testFilesIn` gives them
 * @returns files of tests, each of which holds several of them
 */
export function grouped(files) {
  const folder = join('build', 'test-groups');
  rmSync(join(root, folder), { recursive: true, force: true });
  mkdirSync(join(root, folder), { recursive: true });
  const count = Math.ceil(files.length / filesInGroup);
  const groups = Array.from({ length: count }, (_, index) => ({
    file: join(folder, `group-${index + 1}.test.ts`),
    // Every so-manyth: files that take long stand side by side in the alphabet.
    members: files.filter((_file, at) => at % count === index),
  }));
  for (const { file, members } of groups) {
    const imports = members.map((member) => `import ${JSON.stringify(join(root, member))};\n`);
    writeFileSync(join(root, file), imports.join(''));
  }
  return groups.map(({ file }) => file);
}

/**
 * @param {string[]} files TypeScript
 * @returns a middleware that answers for them, each at the address that it has in this package
 */
export async function bundledTests(files) {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: files,
    outdir: root,
    outbase: root,
    chunkNames: 'unit-test-parts/[hash]',
    write: false,
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    tsconfig: 'tsconfig.json',
    conditions: ['development'],
    // package.json speaks of the files in dist; what is in src defines the elements all the same.
    ignoreAnnotations: true,
    sourcemap: 'linked',
  });
  const contents = new Map(
    outputFiles.map(({ path, contents: code }) => [
      pathOf(path).replace(/\.test\.js$/, '.test.ts'),
      Buffer.from(code),
    ]),
  );
  return async (context, next) => {
    const code = contents.get(context.path);
    if (!code) {
      return next();
    }
    context.type = context.path.endsWith('.map') ? 'application/json' : 'text/javascript';
    context.body = code;
  };
}
