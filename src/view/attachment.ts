import { textIn, type JsonObject } from '../fhir/resource.js';
import type { Taker } from './taker.js';

/** An attachment in words. What is in it is not shown, but said to be there. */
export function sayAttachment(taker: Taker, node: JsonObject): string | undefined {
  const title = taker.take(node, 'title');
  const url = taker.take(node, 'url');
  const data = sayData(taker, node);
  const parts = [title, data ?? taker.take(node, 'contentType'), taker.take(node, 'creation'), url];
  return parts.filter(Boolean).join(', ') || undefined;
}

/** Notes embedded data as not shown. @returns what it is, by type and size. */
export function sayData(taker: Taker, node: JsonObject): string | undefined {
  const data = textIn(node, 'data');
  if (data === undefined) {
    return undefined;
  }
  taker.mark(node, 'data');
  const bytes = Math.floor((data.replace(/[\s=]/g, '').length * 3) / 4);
  const words = `${taker.take(node, 'contentType') ?? 'unknown type'}, ${bytes} bytes`;
  taker.unshown.push({ label: 'Embedded content', values: [words] });
  return words;
}
