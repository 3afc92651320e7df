import { combine } from '../switches.mjs';
import { authorizationDeviations } from './authorization.mjs';
import { discoveryDeviations } from './discovery.mjs';
import { scopeDeviations } from './granted-scopes.mjs';
import { identityDeviations } from './identity.mjs';
import { contextDeviations } from './launch-context.mjs';
import { presets } from './presets.mjs';
import { recordDeviations } from './records.mjs';
import { renewalDeviations } from './renewals.mjs';
import { tokenDeviations } from './tokens.mjs';

export { presets };

/** All that the server can get wrong on command, by name. */
export const deviations = {
  ...discoveryDeviations,
  ...authorizationDeviations,
  ...tokenDeviations,
  ...renewalDeviations,
  ...scopeDeviations,
  ...contextDeviations,
  ...identityDeviations,
  ...recordDeviations,
};

/**
 * The switches of a server that behaves as its name says.
 *
 * @param {string} name names of presets and of deviations, with `+` between them, such as `oracle+no-scope`
 * @returns {Partial<import('../switches.mjs').Switches> | undefined} undefined where a name is unknown
 */
export function switchesOf(name) {
  const names = name
    .split('+')
    .flatMap((each) => (Object.hasOwn(presets, each) ? presets[each].deviations : each));
  return names.every((each) => Object.hasOwn(deviations, each))
    ? combine(...names.map((each) => deviations[each].switches))
    : undefined;
}

/** The presets for people: what each is of, and what it does otherwise than the rules say. */
export function describeServers() {
  return Object.entries(presets).map(([id, { name, deviations: names }]) => ({
    id,
    name,
    faults: names.map((each) => deviations[each].says),
  }));
}
