/** Writes the documents that are made from code: `docs/errors.md`. With `--check` it only compares. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { format, resolveConfig } from 'prettier';

const root = join(import.meta.dirname, '..');
const file = join(root, 'docs/errors.md');

const { errorCatalogue } = await import('../build/ts/core/error-catalogue.js');

const owners = {
  person: 'the person at the screen',
  page: 'whoever wrote the page',
  server: 'whoever runs the server',
};

/** A text may hold tags and braces that Markdown or HTML would take for its own. */
const escaped = (text) => text.replace(/[\\`*_[\]<>|]/g, '\\$&');

function section([code, { message, fix, who }]) {
  return [
    `### \`${code}\``,
    '',
    `${escaped(message)}`,
    '',
    `- **Can be mended by:** ${owners[who]}`,
    `- **What to do:** ${escaped(fix)}`,
    '',
  ].join('\n');
}

function page() {
  const parts = [...byArea(Object.entries(errorCatalogue))].map(
    ([area, entries]) => `## ${area}\n\n${entries.map((entry) => section(entry)).join('\n')}`,
  );
  return `# Errors and warnings

<!-- Written by scripts/docs.mjs from src/core/error-catalogue.ts: change that file. -->

Every error has a code that does not change, words for the person at the screen, and words for whoever can mend it. A name
in braces stands for a value of the case at hand.

${parts.join('\n')}`;
}

/** What Map.groupBy does, which Node 20 lacks. */
function byArea(entries) {
  const areas = new Map();
  for (const entry of entries) {
    const area = entry[0].split('/')[0];
    areas.set(area, [...(areas.get(area) ?? []), entry]);
  }
  return areas;
}

const text = await format(page(), { ...(await resolveConfig(file)), filepath: file });

if (!process.argv.includes('--check')) {
  mkdirSync(join(root, 'docs'), { recursive: true });
  writeFileSync(file, text);
} else if (!existsSync(file) || readFileSync(file, 'utf8') !== text) {
  console.error('docs/errors.md is not what the catalogue says: run “node scripts/docs.mjs”.');
  process.exitCode = 1;
}
