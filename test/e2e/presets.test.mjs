/** The same journeys at each kind of server. One engine is enough: what differs is the server. */
import { engine } from './harness/browser.mjs';
import { servers } from './harness/servers.mjs';
import { describeSignIn } from './harness/sign-in-suite.mjs';

if (engine === 'chromium') {
  for (const server of servers) {
    describeSignIn(server);
  }
}
