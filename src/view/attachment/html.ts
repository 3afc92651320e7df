import { narrativeView } from '../narrative/narrative-view.js';
import { readNarrative } from '../narrative/narrative.js';
import { decodeText } from './decode-text.js';
import type { DrawnDocument } from './drawn-document.js';
import { tidyHtml } from './tidy-html.js';

/**
 * Draws an HTML document the way narratives are drawn: its text, tables, lists and pictures, built element by element.
 *
 * A sandboxed frame would keep its layout. But a frame inherits the page's policy, and breaks it with every style that the
 * document has; it has no height of its own, prints badly, and is closed to whoever searches the page or hears it read.
 */
export function drawHtml(bytes: Uint8Array, charset: string | undefined): DrawnDocument {
  const { text, doubt } = decodeText(bytes, charset ?? declaredCharset(bytes));
  const tidy = tidyHtml(text);
  if (tidy === undefined) {
    return { doubts: ['It is too large to be shown here, but can be saved.'] };
  }
  const plain = 'Shown in a plain form. The saved copy has its own layout.';
  return {
    content: narrativeView(readNarrative(tidy)),
    doubts: [...(doubt === undefined ? [] : [doubt]), plain],
  };
}

/** What a document says in a `meta` near its begin (HTML, “prescan a byte stream”). */
function declaredCharset(bytes: Uint8Array): string | undefined {
  const head = String.fromCharCode(...bytes.subarray(0, 1024));
  return /<meta\s[^>]*charset\s*=\s*["']?([\w.-]+)/i.exec(head)?.[1];
}
