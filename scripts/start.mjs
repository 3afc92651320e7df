/** `npm start`: builds, starts the sandbox and the demo pages, and opens a browser where there is one. */
import { spawn } from 'node:child_process';
import { parseArgs } from 'node:util';

import { startBackend } from '../demo/backend/backend.mjs';
import { describeServers } from '../demo/sandbox/deviations/index.mjs';
import { startSandbox } from '../demo/sandbox/sandbox.mjs';
import { startDemoServer } from '../demo/server.mjs';
import { settings } from '../demo/settings.js';
import { run } from './run.mjs';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '8100' },
    'sandbox-port': { type: 'string', default: '8200' },
    'backend-port': { type: 'string', default: '8300' },
    'access-token-lifetime': { type: 'string', default: '3600' },
    'no-open': { type: 'boolean', default: false },
    'no-build': { type: 'boolean', default: false },
  },
});

async function build() {
  console.log('Building…');
  const { code, output } = await run(process.execPath, ['scripts/build.mjs']);
  if (code !== 0) {
    console.error(output);
    process.exit(code);
  }
}

/** Starts a server, or says in one line what to do where its port is taken. */
async function onPort(port, option, start) {
  try {
    return await start(Number(port));
  } catch (fault) {
    if (fault.code !== 'EADDRINUSE') {
      throw fault;
    }
    console.error(`Port ${port} is taken. Choose another one: npm start -- --${option} ${Number(port) + 1}`);
    process.exit(1);
  }
}

function openBrowser(url) {
  const opener = { darwin: ['open'], win32: ['cmd', '/c', 'start', ''] }[process.platform] ?? ['xdg-open'];
  const hasScreen = process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  if (values['no-open'] || process.env.CI || !hasScreen) {
    return;
  }
  // Where there is no opener, the printed address is enough.
  spawn(opener[0], [...opener.slice(1), url], { stdio: 'ignore', detached: true })
    .on('error', () => undefined)
    .unref();
}

if (!values['no-build']) {
  await build();
}
const sandbox = await onPort(values['sandbox-port'], 'sandbox-port', (port) =>
  startSandbox({ port, accessTokenLifetime: Number(values['access-token-lifetime']) }),
);
const demo = await onPort(values.port, 'port', (port) =>
  startDemoServer({
    port,
    settings: {
      ...settings,
      fhirBase: `${sandbox.origin}/fhir/R4/{tenant}`,
      servers: describeServers(),
    },
  }),
);
const backend = await onPort(values['backend-port'], 'backend-port', (port) =>
  startBackend({
    port,
    fhirBase: sandbox.fhirBase('riverside'),
    clientId: 'demo-app',
    scope: 'launch/patient openid fhirUser patient/Patient.rs online_access',
  }),
);
console.log(`Demo:    ${demo.origin}/standalone.html`);
console.log(`         ${demo.origin}/ehr-launch.html, ${demo.origin}/servers.html`);
console.log(`         ${demo.origin}/resources.html, records of every type without signing in`);
console.log(`         ${backend.origin}/backend.html, where a backend keeps the tokens`);
console.log(`Sandbox: ${sandbox.origin}/`);
console.log('Sign in as maria, password maria. Stop with Ctrl-C.');
openBrowser(`${demo.origin}/standalone.html`);
