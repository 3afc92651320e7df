import { isObject, own, textIn, type JsonObject } from '../fhir/resource.js';

/** The uses of names, addresses and identifiers (FHIR R4), the best to know somebody by first; undefined: none is said. */
const uses = ['usual', 'official', undefined, 'nickname', 'temp', 'anonymous', 'maiden', 'old'];

/**
 * Of several names the one to call somebody by: never an old one while there is another (FHIR, HumanName.use), nor one that
 * is not in use any more, or not yet.
 *
 * @param today - as `YYYY-MM-DD`.
 */
export function preferredOf(items: readonly JsonObject[], today: string): JsonObject | undefined {
  const rank = (item: JsonObject): number => {
    const use = textIn(item, 'use');
    const place = uses.indexOf(uses.includes(use) ? use : undefined);
    return place + (isInUse(item, today) ? 0 : uses.length);
  };
  return [...items].sort((a, b) => rank(a) - rank(b))[0];
}

/** As far as its period says; one that ends in a year is in use all through it. */
function isInUse(item: JsonObject, today: string): boolean {
  const period = own(item, 'period');
  const [start = '', end = today] = isObject(period) ? [textIn(period, 'start'), textIn(period, 'end')] : [];
  return start <= today.slice(0, start.length) && end >= today.slice(0, end.length);
}
