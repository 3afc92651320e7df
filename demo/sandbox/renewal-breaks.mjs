/** The steps of a renewal at which its connection can end. */
export const renewalSteps = ['before', 'after', 'during'];

/**
 * Which renewals are broken off, and where.
 *
 * @param {import('./switches.mjs').Switches} switches
 */
export function createRenewalBreaks(switches) {
  /** What was asked for once, oldest first. */
  const waiting = [];
  return {
    /**
     * The next renewal that comes to a step ends there.
     *
     * @param {'before' | 'after' | 'during'} step
     * @param {() => unknown} [meanwhile] what to do at that very moment, while the connection is still open
     * @returns when it has happened; rejects with what `meanwhile` threw
     */
    breakNext(step, meanwhile) {
      if (!renewalSteps.includes(step)) {
        throw new RangeError(`A renewal has no step “${step}”. There are: ${renewalSteps.join(', ')}.`);
      }
      return new Promise((resolve, reject) => {
        const happen = async () => meanwhile?.();
        waiting.push({ step, happen: () => happen().then(() => resolve(), reject) });
      });
    },
    /** What was asked for and has not happened yet will not happen. */
    forget() {
      waiting.length = 0;
    },
    /** @returns the step of these at which this renewal ends, and what happens there; `false` where it goes on. */
    at(...steps) {
      const index = waiting.findIndex(({ step }) => steps.includes(step));
      if (index >= 0) {
        return waiting.splice(index, 1)[0];
      }
      const step = switches.breakRenewal;
      return steps.includes(step) && { step, happen: async () => undefined };
    },
  };
}
