/**
 * The same journeys at each kind of server, two servers at a time. One engine is enough: what differs is the server.
 */
import { describe } from 'node:test';

import { servers } from '../e2e/harness/servers.mjs';
import { describeSignIn } from '../e2e/harness/sign-in-suite.mjs';

describe('each kind of server', { concurrency: 2 }, () => {
  for (const server of servers) {
    describeSignIn(server, { isLight: true });
  }
});
