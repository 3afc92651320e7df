import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

import { tenants } from '../../demo/data/index.mjs';
import { obtainTokens, readFhir, refresh } from './person.mjs';

const main = fileURLToPath(new URL('../../demo/sandbox/main.mjs', import.meta.url));

/** Starts the command, and waits until it has said something, or has ended. */
async function run(...args) {
  const child = spawn(process.execPath, [main, ...args]);
  const said = { out: '', err: '' };
  const start = performance.now();
  const ended = new Promise((resolve) => child.once('close', resolve));
  child.stderr.on('data', (chunk) => (said.err += chunk));
  await new Promise((resolve) => {
    child.stdout.on('data', (chunk) => {
      said.out += chunk;
      resolve();
    });
    child.once('close', resolve);
  });
  return {
    said,
    ms: performance.now() - start,
    child,
    ended,
    async end() {
      child.kill();
      await ended;
    },
  };
}

/** @returns megabytes that a process has in memory; undefined where the system does not tell. */
function memoryOf(pid) {
  try {
    const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return Number(kilobytes) / 1024;
  } catch {
    return undefined;
  }
}

describe('npm run sandbox', () => {
  it('is ready soon, in little memory, and says where it is', async (t) => {
    const sandbox = await run('--port', '0');
    try {
      const memory = memoryOf(sandbox.child.pid);
      t.diagnostic(`ready after ${Math.round(sandbox.ms)} ms, ${Math.round(memory ?? 0)} MB`);
      const [, origin] = /^Sandbox: (http:\/\/127\.0\.0\.1:\d+)\/$/m.exec(sandbox.said.out);
      for (const { id, name } of tenants) {
        assert.match(sandbox.said.out, new RegExp(`${name}: ${origin}/fhir/R4/${id}`));
        const { status } = await fetch(`${origin}/fhir/R4/${id}/metadata`);
        assert.equal(status, 200);
      }
      assert.equal(sandbox.said.err, '');
      assert.ok(memory === undefined || memory < 250, `${memory} MB`);
      // Not a measurement: what is ready after this long has hung, however busy the machine is.
      assert.ok(sandbox.ms < 60_000, `${sandbox.ms} ms`);
    } finally {
      await sandbox.end();
    }
  });

  it('serves the organisations that were asked for', async () => {
    const [{ id }, other] = tenants;
    const sandbox = await run('--port', '0', '--tenants', id);
    await sandbox.end();
    assert.match(sandbox.said.out, new RegExp(`/fhir/R4/${id}`));
    assert.doesNotMatch(sandbox.said.out, new RegExp(other.id));
  });

  it('behaves as its options say', async () => {
    const command = await run('--port', '0', '--rotation-grace', '60', '--no-end-session');
    try {
      const [, origin] = /^Sandbox: (\S+)\/$/m.exec(command.said.out);
      const sandbox = { origin, fhirBase: (id = tenants[0].id) => `${origin}/fhir/R4/${id}` };
      const { body } = await readFhir(sandbox, '.well-known/smart-configuration');
      assert.equal(body.end_session_endpoint, undefined);
      const [{ username, password }] = tenants[0].accounts;
      const request = { scope: 'launch/patient offline_access', username, password };
      const { refresh_token: token } = await obtainTokens(sandbox, request);
      await refresh(sandbox, token);
      assert.equal((await refresh(sandbox, token)).status, 200);
    } finally {
      await command.end();
    }
  });

  it('says so when the port is taken, and ends with 1', async () => {
    const other = createServer();
    await new Promise((resolve) => {
      other.listen(0, '127.0.0.1', resolve);
    });
    const { port } = other.address();
    const { said, ended } = await run('--port', String(port));
    assert.equal(await ended, 1);
    assert.match(said.err, new RegExp(`^Port ${port} is taken\\.`));
    assert.doesNotMatch(said.err, /\n\s+at /);
    other.close();
  });

  it('says what it did not understand, and how it is used', async () => {
    for (const args of [
      ['--wrong'],
      ['--port', 'x'],
      ['--rotation-grace', 'long'],
      ['--tenants', 'nowhere'],
    ]) {
      const { said, ended } = await run(...args);
      assert.equal(await ended, 1, args[0]);
      assert.match(said.err, /Usage: npm run sandbox/);
      assert.doesNotMatch(said.err, /\n\s+at /);
    }
  });
});
