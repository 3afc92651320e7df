import { parseArgs } from 'node:util';

import { tenants as allTenants } from '../data/index.mjs';
import { deviations, presets, switchesOf } from './deviations/index.mjs';

const help = `Usage: npm run sandbox -- [options]

  --port 8200                      0 for a free one
  --host 127.0.0.1
  --access-token-lifetime 3600     seconds
  --refresh-token-lifetime 2592000 seconds
  --session-lifetime 43200         seconds that online_access lasts
  --rotation-grace 0               seconds after its first use that a refresh token works again
  --delay 0                        milliseconds before each answer
  --tenants riverside,hillcrest    which organisations
  --app-origin https://app.example where demo-app may be, besides this machine; may be repeated
  --preset oracle                  behaves as that vendor's server; several names with + between them
  --list-presets                   what can be named there
  --no-well-known                  without .well-known/smart-configuration
  --no-metadata                    without metadata
  --no-oauth-uris                  metadata that names no endpoints
  --no-refresh-tokens              sign-ins cannot be renewed
  --no-end-session                 apps cannot sign anybody out here
  --help`;

const text = (value) => ({ type: 'string', ...(value && { default: value }) });
const flag = { type: 'boolean', default: false };
const options = {
  port: text('8200'),
  host: text('127.0.0.1'),
  'access-token-lifetime': text(),
  'refresh-token-lifetime': text(),
  'session-lifetime': text(),
  'rotation-grace': text(),
  delay: text(),
  tenants: text(allTenants.map(({ id }) => id).join(',')),
  'app-origin': { type: 'string', multiple: true, default: [] },
  preset: text(),
  'list-presets': flag,
  'no-well-known': flag,
  'no-metadata': flag,
  'no-oauth-uris': flag,
  'no-refresh-tokens': flag,
  'no-end-session': flag,
  help: flag,
};

function listPresets() {
  const servers = Object.entries(presets).map(
    ([preset, { name, deviations: names }]) => `  ${preset} – ${name}: ${names.join(', ')}`,
  );
  const single = Object.entries(deviations).map(([name, { says }]) => `  ${name} – ${says}`);
  return ['Servers as they are:', ...servers, '', 'What can be wrong with a server:', ...single].join('\n');
}

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
  /** What was not said is left to the preset. */
  const said = (name, option, read) =>
    values[option] !== undefined && values[option] !== false && { [name]: read(option) };
  const wanted = values.tenants.split(',');
  const unknown = wanted.find((id) => allTenants.every((tenant) => tenant.id !== id));
  if (unknown !== undefined) {
    throw new UsageError(`There is no organisation “${unknown}”.`);
  }
  if (values.preset !== undefined && !switchesOf(values.preset)) {
    throw new UsageError(`There is no preset “${values.preset}”. --list-presets names all.`);
  }
  return {
    needsHelp: values.help,
    needsList: values['list-presets'],
    port: count('port'),
    host: values.host,
    tenants: allTenants.filter(({ id }) => wanted.includes(id)),
    appOrigins: values['app-origin'].map((origin) => origin.replace(/\/$/, '')),
    ...said('preset', 'preset', () => values.preset),
    ...said('accessTokenLifetime', 'access-token-lifetime', (option) => count(option, 1)),
    ...said('refreshTokenLifetime', 'refresh-token-lifetime', (option) => count(option, 1)),
    ...said('sessionLifetime', 'session-lifetime', (option) => count(option, 1)),
    ...said('rotationGrace', 'rotation-grace', count),
    ...said('delay', 'delay', count),
    ...said('wellKnown', 'no-well-known', () => false),
    ...said('metadata', 'no-metadata', () => false),
    ...said('oauthUris', 'no-oauth-uris', () => false),
    ...said('refreshTokens', 'no-refresh-tokens', () => false),
    ...said('endSession', 'no-end-session', () => false),
  };
}

/** What a command prints is what it is for. */
function print(text) {
  console.log(text);
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
  const { needsHelp, needsList, ...chosen } = readOptions();
  if (needsHelp) {
    print(help);
  } else if (needsList) {
    print(listPresets());
  } else {
    // Loaded late, so that a wrong option is said at once.
    const { startSandbox } = await import('./sandbox.mjs');
    const { origin, tenants, fhirBase } = await startSandbox(chosen);
    // All at once: whoever waits for the first line has the others too.
    const lines = tenants.map(({ id, name }) => `  ${name}: ${fhirBase(id)}`);
    print([`Sandbox: ${origin}/`, ...lines].join('\n'));
  }
} catch (fault) {
  const explanation = explain(fault);
  if (explanation === undefined) {
    throw fault;
  }
  console.error(explanation);
  process.exitCode = 1;
}
