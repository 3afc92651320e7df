import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * A rollup plugin that writes the licences of all packages whose code is really in the bundle.
 *
 * @param {string} fileName beside the bundle
 */
export function licenceNotices(fileName) {
  return {
    name: 'licence-notices',
    generateBundle(_options, bundle) {
      const files = Object.values(bundle).flatMap((part) =>
        Object.entries(part.modules ?? {})
          .filter(([, { renderedLength }]) => renderedLength > 0)
          .map(([file]) => file),
      );
      const packages = new Set(files.filter((file) => file.includes('/node_modules/')).map(packageFolder));
      const source = [...packages]
        .sort()
        .map(notice)
        .join(`\n${'-'.repeat(80)}\n\n`);
      this.emitFile({ type: 'asset', fileName, source });
    },
  };
}

/** Some packages have nameless package.json files inside, for Node only; the outermost has the name. */
function packageFolder(file) {
  let folder = dirname(file);
  while (!isNamedPackage(folder)) {
    folder = dirname(folder);
  }
  return folder;
}

function isNamedPackage(folder) {
  const file = join(folder, 'package.json');
  return existsSync(file) && JSON.parse(readFileSync(file, 'utf8')).name !== undefined;
}

function notice(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const licenceFile = readdirSync(folder).find((file) => /^licen[cs]e/i.test(file));
  if (!licenceFile) {
    throw new Error(`${name} is in the bundle and has no licence file.`);
  }
  return `${name} ${version} (${license})\n\n${readFileSync(join(folder, licenceFile), 'utf8').trim()}\n`;
}
