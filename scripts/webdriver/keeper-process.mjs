/**
 * Outlives the process that opened browsers, by a moment. Each line on its input is one of `{ group }`, `{ folder }` and
 * `{ release: true }`; when the input ends without a release, the other process is gone, however it went, and what it
 * held is taken away here. No signal handler could do this for a SIGKILL.
 */
import { createInterface } from 'node:readline';

import { killGroup, removeFolder } from './clean-up.mjs';

const groups = [];
const folders = [];
let released = false;

// Ctrl-C reaches the whole foreground group; the end of the input is what counts.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => undefined);

for await (const line of createInterface({ input: process.stdin })) {
  const { group, folder, release } = JSON.parse(line);
  if (group) {
    groups.push(group);
  }
  if (folder) {
    folders.push(folder);
  }
  released ||= Boolean(release);
}

if (!released) {
  await Promise.all(groups.reverse().map(killGroup));
  folders.forEach(removeFolder);
}
