import { objectsIn, own, textIn, type JsonObject } from '../fhir/resource.js';
import type { Taker } from './taker.js';

const reasons = new Map([
  ['asked-unknown', 'asked but unknown'],
  ['temp-unknown', 'not known yet'],
  ['masked', 'withheld'],
  ['as-text', 'see the text'],
  ['nan', 'not a number'],
]);

/** Why there is no value, from the data-absent-reason extension of an element; undefined where it has none. */
export function sayAbsence(taker: Taker, node: JsonObject | undefined): string | undefined {
  const extension = objectsIn(own(node, 'extension')).find((one) =>
    (textIn(one, 'url') ?? '').endsWith('/data-absent-reason'),
  );
  const code = extension && taker.take(extension, 'valueCode');
  if (!extension || code === undefined) {
    return undefined;
  }
  taker.mark(extension, 'url');
  return `No value: ${reasonInWords(code)}`;
}

/** `asked-unknown` → `asked but unknown`. */
export function reasonInWords(code: string): string {
  return reasons.get(code) ?? code.replace(/-/g, ' ');
}
