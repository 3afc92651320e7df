import {
  isList,
  isObject,
  objectsIn,
  own,
  textIn,
  type JsonObject,
  type JsonValue,
} from '../fhir/resource.js';
import type { Taker } from './taker.js';

/** Those of FHIR's code system `data-absent-reason` that do not read well by themselves. */
const reasons = new Map([
  ['asked-unknown', 'asked but unknown'],
  ['temp-unknown', 'not known yet'],
  ['asked-declined', 'asked but not answered'],
  ['masked', 'withheld'],
  ['unsupported', 'not supported'],
  ['as-text', 'see the text'],
  ['error', 'an error of the system'],
  ['nan', 'not a number'],
]);

/** Why there is no value, from the data-absent-reason extension of an element; undefined where it has none. */
export function sayAbsence(taker: Taker, node: JsonObject | undefined): string | undefined {
  const reason = absenceOf(taker, node);
  return reason && `No value: ${reason}`;
}

/** The reason alone: `asked but unknown`. */
export function absenceOf(taker: Taker, node: JsonObject | undefined): string | undefined {
  const extension = extensionsOf(node, 'data-absent-reason')[0];
  const code = extension && taker.take(extension, 'valueCode');
  if (!extension || code === undefined) {
    return undefined;
  }
  taker.mark(extension, 'url');
  return reasonInWords(code);
}

/**
 * What an element of a primitive type has beside its value, or in place of it (FHIR, JSON, primitive elements).
 *
 * @param index - of one value, where the element is a list of them.
 */
export function shadowOf(node: JsonObject, element: string, index?: number): JsonObject | undefined {
  const shadow: JsonValue | undefined = own(node, `_${element}`);
  const one = index !== undefined && isList(shadow) ? shadow[index] : shadow;
  return isObject(one) ? one : undefined;
}

/** `asked-unknown` → `asked but unknown`. */
export function reasonInWords(code: string): string {
  return reasons.get(code) ?? code.replace(/-/g, ' ');
}

/** The extensions of an element that FHIR publishes under this name. */
export function extensionsOf(node: JsonObject | undefined, name: string): readonly JsonObject[] {
  return objectsIn(own(node, 'extension')).filter((one) => textIn(one, 'url')?.endsWith(`/${name}`));
}
