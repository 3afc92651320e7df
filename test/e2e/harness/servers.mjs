/**
 * The kinds of server that the journeys are made at, and what the kit is to make of each.
 *
 * @typedef {object} Server
 * @property {string} name
 * @property {string} [preset] of the sandbox; none for the plain one
 * @property {'verified' | 'unverified'} signature whether the id_token can be checked with the server's keys
 * @property {string[]} warnings the codes of what is said to developers after signing in
 * @property {[number, number]} discovery how often the smart-configuration and the conformance statement are asked for
 * @property {boolean} renews whether a session goes on after its token has ended
 * @property {boolean} hasPatient whether it says whose record it is
 * @property {boolean} listsScopes whether it says what was granted
 * @property {boolean} revokes whether it has somewhere to revoke
 * @property {boolean} saysRefusals whether a page may read that its token was refused
 * @property {string} [noFallback] why the conformance statement is not asked for
 * @property {string} [noDiscovery] why the server is not asked for its configuration at all
 * @property {(sandbox: object, app: object) => object | Promise<object>} [valuesFor] what stands in the page besides
 */

/** @type {Server} */
export const plainServer = {
  name: 'a server that keeps the rules',
  signature: 'verified',
  warnings: [],
  discovery: [1, 0],
  renews: true,
  hasPatient: true,
  listsScopes: true,
  revokes: true,
  saysRefusals: true,
};

/** @type {Server[]} */
export const servers = [
  { preset: 'epic', name: 'Epic', renews: false, revokes: false },
  {
    preset: 'epic-older',
    name: 'an older Epic',
    signature: 'unverified',
    warnings: ['id-token/nonce-missing', 'id-token/keys-unavailable'],
    discovery: [1, 2],
  },
  { preset: 'oracle', name: 'Oracle Health', saysRefusals: false },
  { preset: 'athenahealth', name: 'athenahealth' },
  {
    preset: 'meditech',
    name: 'MEDITECH',
    valuesFor: ({ origin }) => ({ configUrl: `${origin}/.well-known/smart-configuration` }),
    noFallback: 'config-url says where the configuration is.',
  },
  {
    preset: 'medent',
    name: 'MEDENT',
    warnings: ['context/missing-patient'],
    hasPatient: false,
    // Who signed in is all that it tells.
    valuesFor: () => ({ src: '{+fhirUser}' }),
  },
  {
    preset: 'eclinicalworks',
    name: 'eClinicalWorks',
    async valuesFor(sandbox, app) {
      // What a portal's own server would fetch, and give to its pages.
      const url = `${sandbox.fhirBase()}/.well-known/smart-configuration`;
      app.documents['/smart-configuration.json'] = await (await fetch(url)).json();
      return { configUrl: `${app.origin}/smart-configuration.json` };
    },
    discovery: [0, 0],
    noFallback: 'config-url says where the configuration is.',
    noDiscovery: 'The site itself has the configuration.',
  },
  {
    preset: 'azure',
    name: 'Azure',
    signature: 'unverified',
    warnings: ['token/scope-missing', 'id-token/keys-unavailable'],
    discovery: [1, 1],
    listsScopes: false,
  },
  { preset: 'keycloak', name: 'Keycloak' },
  {
    preset: 'greenway',
    name: 'Greenway',
    signature: 'unverified',
    warnings: ['id-token/keys-unavailable'],
    discovery: [1, 1],
  },
  { preset: 'inferno', name: 'the client tests of Inferno', warnings: ['id-token/nonce-missing'] },
  { preset: 'smart-launcher', name: 'the SMART launcher' },
].map((server) => ({ ...plainServer, ...server }));
