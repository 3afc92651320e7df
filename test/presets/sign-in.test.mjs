/**
 * The same journeys at each kind of server, two servers at a time. One engine is enough: what differs is the server. What
 * none of them does in a way of its own is tried at the plain one, and with `PRESETS=whole` at each.
 */
import { describe } from 'node:test';

import { testAnyServer } from '../e2e/harness/any-server-suite.mjs';
import { servers } from '../e2e/harness/servers.mjs';
import { describeSignIn } from '../e2e/harness/sign-in-suite.mjs';

const more = process.env.PRESETS === 'whole' ? testAnyServer : undefined;

describe('each kind of server', { concurrency: 2 }, () => {
  for (const server of servers) {
    describeSignIn(server, { isLight: true, more });
  }
});
