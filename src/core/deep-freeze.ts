/**
 * Freezes a value of plain objects and lists with all that is in it, so that who gets it cannot change it for others.
 *
 * @returns the value itself.
 */
export function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
}
