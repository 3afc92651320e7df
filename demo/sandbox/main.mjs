import { parseArgs } from 'node:util';

import { tenants as allTenants } from '../data/index.mjs';

const help = `Usage: npm run sandbox -- [options]

  --port 8200                      0 for a free one
  --host 127.0.0.1
  --access-token-lifetime 3600     seconds
  --refresh-token-lifetime 2592000 seconds
  --session-lifetime 43200         seconds that online_access lasts
  --delay 0                        milliseconds before each answer
  --tenants riverside,hillcrest    which organisations
  --app-origin https://app.example where demo-app may be, besides this machine; may be repeated
  --no-well-known                  without .well-known/smart-configuration
  --no-metadata                    without metadata
  --no-oauth-uris                  metadata that names no endpoints
  --no-refresh-tokens              sign-ins cannot be renewed
  --help`;

const text = (value) => ({ type: 'string', default: value });
const flag = { type: 'boolean', default: false };
const options = {
  port: text('8200'),
  host: text('127.0.0.1'),
  'access-token-lifetime': text('3600'),
  'refresh-token-lifetime': text('2592000'),
  'session-lifetime': text('43200'),
  delay: text('0'),
  tenants: text(allTenants.map(({ id }) => id).join(',')),
  'app-origin': { type: 'string', multiple: true, default: [] },
  'no-well-known': flag,
  'no-metadata': flag,
  'no-oauth-uris': flag,
  'no-refresh-tokens': flag,
  help: flag,
};

class UsageError extends Error {}

function readOptions() {
  const { values } = parseArgs({ options });
  const count = (name, least = 0) => {
    const number = Number(values[name]);
    if (!/^\d+$/.test(values[name]) || number < least) {
      throw new UsageError(`--${name} has to be a whole number from ${least} on.`);
    }
    return number;
  };
  const wanted = values.tenants.split(',');
  const unknown = wanted.find((id) => allTenants.every((tenant) => tenant.id !== id));
  if (unknown !== undefined) {
    throw new UsageError(`There is no organisation “${unknown}”.`);
  }
  return {
    needsHelp: values.help,
    port: count('port'),
    host: values.host,
    tenants: allTenants.filter(({ id }) => wanted.includes(id)),
    appOrigins: values['app-origin'].map((origin) => origin.replace(/\/$/, '')),
    accessTokenLifetime: count('access-token-lifetime', 1),
    refreshTokenLifetime: count('refresh-token-lifetime', 1),
    sessionLifetime: count('session-lifetime', 1),
    delay: count('delay'),
    wellKnown: !values['no-well-known'],
    metadata: !values['no-metadata'],
    oauthUris: !values['no-oauth-uris'],
    refreshTokens: !values['no-refresh-tokens'],
  };
}

/** @returns a sentence for whoever started it; undefined for what is nobody's mistake but ours. */
function explain(fault) {
  if (fault.code === 'EADDRINUSE') {
    return `Port ${fault.port} is taken. Choose another one: npm run sandbox -- --port ${fault.port + 1}`;
  }
  const isUsage = fault instanceof UsageError || fault.code?.startsWith('ERR_PARSE_ARGS');
  return isUsage || fault.code === 'ERR_SOCKET_BAD_PORT' ? `${fault.message}\n\n${help}` : undefined;
}

try {
  const { needsHelp, ...chosen } = readOptions();
  if (needsHelp) {
    console.log(help);
  } else {
    // Loaded late, so that a wrong option is said at once.
    const { startSandbox } = await import('./sandbox.mjs');
    const { origin, tenants, fhirBase } = await startSandbox(chosen);
    // All at once: whoever waits for the first line has the others too.
    const lines = tenants.map(({ id, name }) => `  ${name}: ${fhirBase(id)}`);
    console.log([`Sandbox: ${origin}/`, ...lines].join('\n'));
  }
} catch (fault) {
  const explanation = explain(fault);
  if (explanation === undefined) {
    throw fault;
  }
  console.error(explanation);
  process.exitCode = 1;
}
