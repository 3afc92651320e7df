import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { platform, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { killGroup, removeFolder } from './clean-up.mjs';

const script = fileURLToPath(new URL('./keeper-process.mjs', import.meta.url));

/**
 * Holds the processes and the profile folder of one browser, and leaves nothing of them behind: after `close()`, and
 * also when this process crashes, is interrupted or is killed.
 */
export class Keeper {
  #groups = [];
  #folders = [];
  #guard;

  constructor() {
    this.#guard = spawn(process.execPath, [script], {
      stdio: ['pipe', 'ignore', 'ignore'],
      detached: true,
    });
    // Neither keeps this process alive: its end is what the guard waits for.
    this.#guard.unref();
    this.#guard.stdin.unref?.();
    this.#guard.stdin.on('error', () => undefined);
  }

  #tell(message) {
    this.#guard.stdin.write(`${JSON.stringify(message)}\n`);
  }

  /** @returns a new folder for a profile. */
  folder() {
    const folder = mkdtempSync(join(tmpdir(), 'smart-elements-'));
    this.#folders.push(folder);
    this.#tell({ folder });
    return folder;
  }

  /** Starts a process in a group of its own, together with whatever it will start. */
  spawn(command, args, options = {}) {
    const child = spawn(command, args, { ...options, detached: platform() !== 'win32' });
    child.on('error', () => undefined);
    if (child.pid) {
      this.#groups.push(child.pid);
      this.#tell({ group: child.pid });
    }
    return child;
  }

  /** Ends the processes, the last first, and removes the folders. */
  async close() {
    for (const group of this.#groups.splice(0).reverse()) {
      await killGroup(group);
    }
    this.#folders.splice(0).forEach(removeFolder);
    this.#tell({ release: true });
    const ended = new Promise((resolve) => this.#guard.once('exit', resolve));
    this.#guard.ref();
    this.#guard.stdin.end();
    await ended;
  }
}
