/** Writes the documents that are made from code: `docs/errors.md`. With `--check` it only compares. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { format, resolveConfig } from 'prettier';

const root = join(import.meta.dirname, '..');
const file = join(root, 'docs/errors.md');

const families = Object.values(await import('../build/ts/core/errors/index.js'));

const owners = {
  person: 'the person at the screen',
  page: 'whoever wrote the page',
  server: 'whoever runs the server',
};

/** A text may hold tags and braces that Markdown or HTML would take for its own. */
const escaped = (text) => text.replace(/[\\`*_[\]<>|]/g, '\\$&');

function section(area, [name, { message, fix, who }]) {
  return [
    `### \`${area}/${name}\``,
    '',
    `${escaped(message)}`,
    '',
    `- **Can be mended by:** ${owners[who]}`,
    `- **What to do:** ${escaped(fix)}`,
    '',
  ].join('\n');
}

function page() {
  const areas = [...new Set(families.map(({ area }) => area))];
  const parts = areas.map((area) => {
    const entries = families
      .filter((family) => family.area === area)
      .flatMap(({ texts }) => Object.entries(texts));
    return `## ${area}\n\n${entries.map((entry) => section(area, entry)).join('\n')}`;
  });
  return `# Errors and warnings

<!-- Written by scripts/docs.mjs from src/core/errors: change those files. -->

Every error has a code that does not change, words for the person at the screen, and words for whoever can mend it. A name
in braces stands for a value of the case at hand.

${parts.join('\n')}`;
}

const text = await format(page(), { ...(await resolveConfig(file)), filepath: file });

if (!process.argv.includes('--check')) {
  mkdirSync(join(root, 'docs'), { recursive: true });
  writeFileSync(file, text);
} else if (!existsSync(file) || readFileSync(file, 'utf8') !== text) {
  console.error('docs/errors.md is not what the catalogue says: run “node scripts/docs.mjs”.');
  process.exitCode = 1;
}
