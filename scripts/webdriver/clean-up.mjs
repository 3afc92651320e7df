import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { platform } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';

/** The dead stay in their group until somebody reaps them, which is not for us to wait for. */
function hasLivingMember(group) {
  return readdirSync('/proc').some((name) => {
    try {
      const stat = /^\d/.test(name) ? readFileSync(`/proc/${name}/stat`, 'utf8') : '';
      const [state, , itsGroup] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return Number(itsGroup) === group && !'ZX'.includes(state);
    } catch {
      return false;
    }
  });
}

function groupLives(group) {
  if (platform() === 'linux') {
    return hasLivingMember(group);
  }
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
