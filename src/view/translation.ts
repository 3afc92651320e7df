import { objectsIn, own, textIn, type JsonObject } from '../fhir/resource.js';
import { extensionsOf, shadowOf } from './absence.js';
import type { Taker } from './taker.js';

/**
 * The words of a primitive, and in brackets what they are in the reader's language, where the server has that beside them
 * (FHIR, extension `translation`).
 *
 * @param index - of one value, where the element is a list of them.
 */
export function withTranslation(
  taker: Taker,
  words: string | undefined,
  node: JsonObject,
  element: string,
  index?: number,
): string | undefined {
  const translation = words && translationOf(taker, shadowOf(node, element, index));
  return translation && translation !== words ? `${words} (${translation})` : words;
}

function translationOf(taker: Taker, shadow: JsonObject | undefined): string | undefined {
  const { language = '' } = taker;
  const translations = extensionsOf(shadow, 'translation').map((extension) => {
    const inner = objectsIn(own(extension, 'extension'));
    const ofUrl = (url: string): JsonObject | undefined => inner.find((one) => textIn(one, 'url') === url);
    return { to: textIn(ofUrl('lang'), 'valueCode') ?? '', content: ofUrl('content') };
  });
  // Portuguese of Brazil for whoever reads that; any Portuguese where there is no such one.
  const found =
    translations.find(({ to }) => to.toLowerCase() === language.toLowerCase()) ??
    translations.find(({ to }) => to !== '' && mainPart(to) === mainPart(language));
  return (
    found?.content && (taker.take(found.content, 'valueString') ?? taker.take(found.content, 'valueMarkdown'))
  );
}

/** `pt-BR` → `pt`. */
function mainPart(language: string): string {
  return language.toLowerCase().replace(/-.*/, '');
}
