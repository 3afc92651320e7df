import { own, textIn, type JsonObject } from '../fhir/resource.js';
import type { Taker } from './taker.js';

const members =
  /^_?(?:id|extension|contentType|language|data|url|size|hash|title|creation|height|width|frames|duration|pages)$/;

/** Whether an object has content, or says where some is, and nothing that an Attachment has not. */
export function isAttachment(node: JsonObject): boolean {
  const keys = Object.keys(node);
  // What has data has a type (FHIR, Attachment, att-1): data alone may be samples, or anything.
  return (
    (textIn(node, 'data') ?? textIn(node, 'url')) !== undefined &&
    keys.every((key) => members.test(key)) &&
    keys.some((key) => /^(?:contentType|title|hash|size)$/.test(key))
  );
}

/** An attachment in words: what is in it is to be opened. */
export function sayAttachment(taker: Taker, node: JsonObject): string | undefined {
  if (own(node, 'data') !== undefined && !isAttachment(node)) {
    return undefined;
  }
  const title = taker.take(node, 'title');
  const data = sayData(taker, node);
  const parts = [
    title,
    data ?? taker.take(node, 'contentType'),
    taker.take(node, 'creation'),
    taker.take(node, 'url'),
  ];
  return parts.filter(Boolean).join(', ') || undefined;
}

/** What embedded data are, by type and size. */
export function sayData(taker: Taker, node: JsonObject): string | undefined {
  const data = own(node, 'data');
  if (typeof data !== 'string') {
    return undefined;
  }
  taker.mark(node, 'data');
  const bytes = Math.floor((data.replace(/[\s=]/g, '').length * 3) / 4);
  return `${taker.take(node, 'contentType') ?? 'unknown type'}, ${bytes} bytes`;
}
