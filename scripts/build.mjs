/** `npm run build`: TypeScript to `build/ts`, from there to `dist`, with declarations and licences. */
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';

import { runTool } from './run.mjs';

const bundledLibraries = [
  'lit',
  'lit-html',
  'lit-element',
  '@lit/reactive-element',
  '@lit/context',
  '@lit/task',
  'idb-keyval',
  'oauth4webapi',
];

async function step(name, task) {
  const start = performance.now();
  await task();
  console.log(`${name.padEnd(32)}${((performance.now() - start) / 1000).toFixed(1)} s`);
}

async function tool(name, args) {
  const { code, output } = await runTool(name, args);
  if (code !== 0) {
    console.error(output);
    process.exit(code);
  }
}

function licences() {
  return bundledLibraries
    .map((name) => {
      const { version, license } = JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8'));
      const text = ['LICENSE', 'LICENSE.md', 'LICENCE']
        .map((file) => {
          try {
            return readFileSync(`node_modules/${name}/${file}`, 'utf8');
          } catch {
            return '';
          }
        })
        .find(Boolean);
      return `${name} ${version} (${license})\n\n${text ?? ''}`;
    })
    .join('\n\n----\n\n');
}

rmSync('build/ts', { recursive: true, force: true });
rmSync('dist', { recursive: true, force: true });
await step('TypeScript', () => tool('tsc', []));
await step('dist: modules and one file', () => tool('rollup', ['-c', '--silent']));
await step('declarations', () =>
  cpSync('build/ts', 'dist', { recursive: true, filter: (path) => !/\.(js|map)$/.test(path) }),
);
writeFileSync('dist/smart-elements.min.js.LICENSE.txt', licences());
