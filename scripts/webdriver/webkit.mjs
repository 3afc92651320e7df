import { createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

import { findWebKitDriver } from '../browsers.mjs';
import { Keeper } from './keeper.mjs';
import { commands, W3cDriver } from './w3c-driver.mjs';

/** Starts a WebKitGTK by its WebDriver, on a display of its own, with a home of its own. */
export async function openWebKit() {
  const executable = findWebKitDriver();
  if (!executable) {
    throw new Error('No WebKitGTK found: install it (for example “apt install webkit2gtk-driver xvfb”).');
  }
  const keeper = new Keeper();
  try {
    const profile = keeper.folder();
    const env = {
      ...process.env,
      DISPLAY: await startDisplay(keeper, profile),
      // MiniBrowser keeps its data where the desktop says.
      HOME: profile,
      XDG_CACHE_HOME: profile,
      XDG_CONFIG_HOME: profile,
      XDG_DATA_HOME: profile,
      XDG_RUNTIME_DIR: profile,
      GSETTINGS_BACKEND: 'memory',
      NO_AT_BRIDGE: '1',
      SMART_ELEMENTS_BROWSER: profile,
    };
    const port = await freePort();
    const driver = keeper.spawn(executable, ['--host=127.0.0.1', `--port=${port}`], { stdio: 'ignore', env });
    const base = `http://127.0.0.1:${port}`;
    await untilListening(base, driver);
    const { sessionId } = await ask('POST', `${base}/session`, {
      capabilities: { alwaysMatch: { browserName: 'MiniBrowser', unhandledPromptBehavior: 'dismiss' } },
    });
    const send = (name, params) => {
      const [method, path] = commands[name];
      return ask(
        method,
        `${base}/session/${sessionId}${path}`,
        method === 'POST' ? (params ?? {}) : undefined,
      );
    };
    const w3c = new W3cDriver(send, () => keeper.close(), { pointsFromTop: true });
    await w3c.start();
    return w3c;
  } catch (fault) {
    await keeper.close();
    throw fault;
  }
}

async function ask(method, url, body) {
  let response;
  try {
    response = await fetch(url, { method, ...(body && { body: JSON.stringify(body) }) });
  } catch (fault) {
    throw Object.assign(new Error('The browser has ended.', { cause: fault }), { isClosed: true });
  }
  const { value } = await response.json();
  if (!response.ok) {
    throw Object.assign(new Error(`${value?.error}: ${value?.message}`), { code: value?.error });
  }
  return value;
}

/** Xvfb picks a free display number and writes it to a pipe. */
async function startDisplay(keeper, profile) {
  const args = ['-displayfd', '3', '-screen', '0', '1920x1440x24', '-nolisten', 'tcp', '-noreset'];
  const display = keeper.spawn('Xvfb', args, {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    env: { ...process.env, SMART_ELEMENTS_BROWSER: profile },
  });
  const number = await new Promise((resolve, reject) => {
    display.once('error', reject);
    display.once('exit', () => reject(new Error('Xvfb did not start.')));
    display.stdio[3].once('data', (data) => resolve(String(data).trim()));
  });
  return `:${number}`;
}

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function untilListening(base, driver) {
  for (;;) {
    try {
      await fetch(`${base}/status`);
      return;
    } catch (fault) {
      if (driver.exitCode !== null || driver.pid === undefined) {
        throw new Error('WebKitWebDriver did not start.', { cause: fault });
      }
      await wait(20);
    }
  }
}
