import type { DrawnDocument } from '../../src/view/attachment/drawn-document.js';

/** A document as a server sends it. */
export function bytesOf(document: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(document);
}

/** The element that a document is drawn in. */
export function elementOf({ content }: DrawnDocument): HTMLElement {
  if (!(content instanceof HTMLElement)) {
    throw new Error('nothing was drawn');
  }
  return content;
}

/** What a person reads of it, with any white space as one space. */
export function wordsOf(node: Node): string {
  return (node.textContent ?? '').replace(/\s+/g, ' ').trim();
}
