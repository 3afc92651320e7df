/** Makes the picture of the README: `node scripts/screenshot.mjs` signs in to the sandbox and takes it. */
import { writeFileSync } from 'node:fs';

import { startSandbox } from '../demo/sandbox/sandbox.mjs';
import { startDemoServer } from '../demo/server.mjs';
import { settings } from '../demo/settings.js';
import { openBrowser } from '../test/e2e/harness/browser.mjs';
import { signIn, untilShown } from '../test/e2e/harness/portal.mjs';

const sandbox = await startSandbox();
const demo = await startDemoServer({
  port: 0,
  settings: { ...settings, fhirBase: `${sandbox.origin}/fhir/R4/{tenant}` },
});
const browser = await openBrowser();
const page = await browser.newPage();
await page.resize(1180, 820);
await page.goto(`${demo.origin}/standalone.html`);
await signIn(page, 'maria');
await untilShown(page);
writeFileSync('docs/standalone.png', await page.screenshot());
await browser.close();
await demo.close();
await sandbox.close();
console.log('docs/standalone.png');
