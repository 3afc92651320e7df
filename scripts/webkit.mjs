/** WebKitGTK under its WebDriver (W3C WebDriver over HTTP), on a display of its own. */
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';

import { findWebKitDriver } from './browsers.mjs';

const elementKey = 'element-6066-11e4-a52e-4f735466cecf';

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Xvfb picks a free display number and writes it to a pipe. */
async function startDisplay() {
  const display = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const number = await new Promise((resolve, reject) => {
    display.once('error', reject);
    display.once('exit', () => reject(new Error('Xvfb did not start.')));
    display.stdio[3].once('data', (data) => resolve(String(data).trim()));
  });
  return { process: display, name: `:${number}` };
}

/**
 * Starts one browser.
 *
 * @returns `{ command, close }`; `command(method, path, body)` speaks W3C WebDriver within the session.
 */
export async function startWebKit() {
  const display = await startDisplay();
  const port = await freePort();
  const driver = spawn(findWebKitDriver(), ['--host=127.0.0.1', `--port=${port}`], {
    stdio: 'ignore',
    env: { ...process.env, DISPLAY: display.name, WEBKIT_DISABLE_COMPOSITING_MODE: '1', NO_AT_BRIDGE: '1' },
  });
  const stop = () => {
    driver.kill();
    display.process.kill();
  };
  process.once('exit', stop);
  const base = `http://127.0.0.1:${port}`;
  const ask = async (method, path, body) => {
    const response = await fetch(base + path, { method, ...(body && { body: JSON.stringify(body) }) });
    const { value } = await response.json();
    if (value?.error) {
      throw new Error(`${value.error}: ${value.message}`);
    }
    return value;
  };
  await untilListening(base, driver);
  const { sessionId } = await ask('POST', '/session', {
    capabilities: { alwaysMatch: { browserName: 'MiniBrowser' } },
  });
  const command = (method, path, body) => ask(method, `/session/${sessionId}${path}`, body);
  // Implicit waits would hide races; scripts may wait for a page to settle.
  await command('POST', '/timeouts', { script: 30_000, pageLoad: 30_000, implicit: 0 });
  return {
    command,
    elementKey,
    async close() {
      process.off('exit', stop);
      await ask('DELETE', `/session/${sessionId}`).catch(() => undefined);
      stop();
    },
  };
}

async function untilListening(base, driver) {
  for (;;) {
    try {
      await fetch(`${base}/status`);
      return;
    } catch (fault) {
      if (driver.exitCode !== null) {
        throw new Error('WebKitWebDriver did not start.', { cause: fault });
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
