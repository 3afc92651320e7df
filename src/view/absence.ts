import { isObject, objectsIn, own, textIn, type JsonObject } from '../fhir/resource.js';
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

/** `asked-unknown` → `asked but unknown`. */
export function reasonInWords(code: string): string {
  return reasons.get(code) ?? code.replace(/-/g, ' ');
}

/** A text in the reader's language, where the server has it so beside the text itself (FHIR, extension `translation`). */
export function translationOf(taker: Taker, holder: JsonObject, key: string): string | undefined {
  const shadow = own(holder, `_${key}`);
  const language = taker.language?.split('-')[0];
  for (const extension of language && isObject(shadow) ? extensionsOf(shadow, 'translation') : []) {
    const inner = objectsIn(own(extension, 'extension'));
    const ofUrl = (url: string): JsonObject | undefined => inner.find((one) => textIn(one, 'url') === url);
    const content = ofUrl('content');
    if (content && textIn(ofUrl('lang'), 'valueCode')?.split('-')[0] === language) {
      return taker.take(content, 'valueString') ?? taker.take(content, 'valueMarkdown');
    }
  }
  return undefined;
}

function extensionsOf(node: JsonObject | undefined, name: string): readonly JsonObject[] {
  return objectsIn(own(node, 'extension')).filter((one) => textIn(one, 'url')?.endsWith(`/${name}`));
}
