import { parseArgs } from 'node:util';

import { startSandbox } from './sandbox.mjs';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '8200' },
    host: { type: 'string', default: '127.0.0.1' },
    'access-token-lifetime': { type: 'string', default: '3600' },
    'refresh-token-lifetime': { type: 'string', default: '43200' },
    delay: { type: 'string', default: '0' },
    tenants: { type: 'string' },
    'no-well-known': { type: 'boolean', default: false },
    'no-metadata': { type: 'boolean', default: false },
    'no-refresh-tokens': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) {
  console.log(`Usage: npm run sandbox -- [options]

  --port 8200                     0 for a free one
  --host 127.0.0.1
  --access-token-lifetime 3600    seconds
  --refresh-token-lifetime 43200  seconds
  --delay 0                       milliseconds before each answer
  --tenants riverside,hillcrest   which organisations
  --no-well-known                 without .well-known/smart-configuration
  --no-metadata                   without metadata
  --no-refresh-tokens             sign-ins cannot be renewed`);
  process.exit(0);
}

const { tenants: all } = await import('../data/index.mjs');
const wanted = values.tenants?.split(',');
const tenants = wanted ? all.filter(({ id }) => wanted.includes(id)) : all;

try {
  const sandbox = await startSandbox({
    port: Number(values.port),
    host: values.host,
    tenants,
    accessTokenLifetime: Number(values['access-token-lifetime']),
    refreshTokenLifetime: Number(values['refresh-token-lifetime']),
    delay: Number(values.delay),
    wellKnown: !values['no-well-known'],
    metadata: !values['no-metadata'],
    refreshTokens: !values['no-refresh-tokens'],
  });
  console.log(`Sandbox: ${sandbox.origin}/`);
  for (const { id, name } of sandbox.tenants) {
    console.log(`  ${name}: ${sandbox.fhirBase(id)}`);
  }
} catch (fault) {
  if (fault.code !== 'EADDRINUSE') {
    throw fault;
  }
  console.error(`Port ${values.port} is taken. Choose another one: npm run sandbox -- --port 8201`);
  process.exitCode = 1;
}
