/**
 * Keeps exactly one custom state of a set on an element, for `:state(…)` in CSS.
 *
 * @returns a function that takes the name of the state to have now, and takes the one before away.
 */
export function exclusiveState(internals: ElementInternals): (name: string) => void {
  let current: string | undefined;
  return (name) => {
    if (current === name) {
      return;
    }
    if (current !== undefined) {
      internals.states.delete(current);
    }
    internals.states.add(name);
    current = name;
  };
}
