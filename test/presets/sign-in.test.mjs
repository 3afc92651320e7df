/**
 * The same journeys at each kind of server. One engine is enough: what differs is the server. What
 * a server does as the plain one does is tried there, and in thorough runs at each.
 */
import { describe } from 'node:test';

import { testAnyServer } from '../e2e/harness/any-server-suite.mjs';
import { isThorough } from '../e2e/harness/browser.mjs';
import { servers } from '../e2e/harness/servers.mjs';
import { describeSignIn } from '../e2e/harness/sign-in-suite.mjs';

const more = isThorough ? testAnyServer : undefined;

describe('each kind of server', () => {
  for (const server of servers) {
    describeSignIn(server, { isLight: true, more });
  }
});
