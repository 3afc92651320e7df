import { describeSignIn } from './harness/sign-in-suite.mjs';
import { plainServer } from './harness/servers.mjs';

describeSignIn(plainServer);
