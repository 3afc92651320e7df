/** `npm run build:demo`: the demo pages as a static folder, `demo/dist`, for any web server. */
import { cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';

import { settings } from '../demo/settings.js';
import { run } from './run.mjs';

const { code, output } = await run(process.execPath, ['scripts/build.mjs']);
if (code !== 0) {
  console.error(output);
  process.exit(code);
}
rmSync('demo/dist', { recursive: true, force: true });
mkdirSync('demo/dist');
for (const file of readdirSync('demo')) {
  // What needs a backend is of no use without its server.
  if (/\.(html|css|js)$/.test(file) && !file.startsWith('backend.')) {
    cpSync(`demo/${file}`, `demo/dist/${file}`);
  }
}
cpSync('demo/gallery', 'demo/dist/gallery', { recursive: true });
for (const file of [
  'smart-elements.min.js',
  'smart-elements.min.js.map',
  'smart-elements.min.js.LICENSE.txt',
]) {
  cpSync(`dist/${file}`, `demo/dist/${file}`);
}
// There is no sandbox where this folder goes: the reader fills in a server.
const empty = { ...settings, fhirBase: '', tenant: '', clientId: '' };
writeFileSync('demo/dist/settings.js', `export const settings = ${JSON.stringify(empty, null, 2)};\n`);
console.log(
  'demo/dist is ready. Put it on an https server, and register its standalone.html as the redirect URI.',
);
