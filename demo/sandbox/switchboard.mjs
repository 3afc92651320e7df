import { AsyncLocalStorage } from 'node:async_hooks';

import { combine, defaultSwitches } from './switches.mjs';

/**
 * The switches as they are for the request that is being answered: those of the whole server, and over them those that
 * the request's address asks for.
 *
 * @param {Partial<import('./switches.mjs').Switches>} started how the server is when nobody has changed anything
 */
export function createSwitchboard(started) {
  const initial = combine(defaultSwitches, started);
  const current = { ...initial };
  const requests = new AsyncLocalStorage();
  const counts = new Map();
  const switches = {};
  for (const name of Object.keys(defaultSwitches)) {
    Object.defineProperty(switches, name, {
      enumerable: true,
      get: () => readSwitch(current[name], requests.getStore()?.overrides, name),
    });
  }
  const prefix = () => requests.getStore()?.prefix ?? '';
  const change = (changes) => {
    Object.assign(current, changes);
    counts.clear();
  };
  return {
    /** @type {import('./switches.mjs').Switches} */
    switches,
    /** The part of the address that says how the server is to behave, such as `/as/oracle`; empty for the plain one. */
    prefix,
    set: change,
    reset: () => change(initial),
    /** How often something was done before, since the server has behaved as it does now; this time counts for the next. */
    earlier: (what) => {
      const key = `${prefix()} ${what}`;
      const count = counts.get(key) ?? 0;
      counts.set(key, count + 1);
      return count;
    },
    /** Answers one request with switches of its own. */
    during: (about, task) => requests.run(about, task),
  };
}

function readSwitch(value, overrides, name) {
  return overrides && name in overrides
    ? combine({ [name]: value }, { [name]: overrides[name] })[name]
    : value;
}
