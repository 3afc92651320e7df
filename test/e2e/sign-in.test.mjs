import { testAnyServer } from './harness/any-server-suite.mjs';
import { plainServer } from './harness/servers.mjs';
import { describeSignIn } from './harness/sign-in-suite.mjs';

describeSignIn(plainServer, { isLight: true, more: testAnyServer });
