import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { platform } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';

function groupLives(group) {
  try {
    process.kill(-group, 0);
    return true;
  } catch {
    return false;
  }
}

/** Ends a process and all that it started, and waits until they are gone. @param {number} group the leader's id */
export async function killGroup(group) {
  if (platform() === 'win32') {
    try {
      execFileSync('taskkill', ['/pid', String(group), '/t', '/f'], { stdio: 'ignore' });
    } catch {
      // It has ended already.
    }
    return;
  }
  // A zombie whose parent does not reap it still counts as living; nobody can end that.
  for (let turn = 0; turn < 100 && groupLives(group); turn++) {
    try {
      process.kill(-group, 'SIGKILL');
    } catch {
      return;
    }
    await wait(10);
  }
}

/** Removes a profile. A process that is ending may still write into it, hence the retries. */
export function removeFolder(folder) {
  rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
}
