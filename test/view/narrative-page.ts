import { render } from 'lit';

import { narrativeView } from '../../src/view/narrative/narrative-view.js';
import { readNarrative, type NarrativeOptions } from '../../src/view/narrative/narrative.js';

export const xhtmlDiv = (inner: string): string => `<div xmlns="http://www.w3.org/1999/xhtml">${inner}</div>`;

const pages: HTMLElement[] = [];

afterEach(() => {
  for (const page of pages.splice(0)) {
    page.remove();
  }
});

/** A narrative on the page, as it is drawn, until the test ends. */
export function shown(
  xhtml: string,
  options?: NarrativeOptions,
): { page: HTMLElement; host: HTMLElement; root: ShadowRoot } {
  const page = document.createElement('section');
  pages.push(page);
  document.body.append(page);
  render(narrativeView(readNarrative(xhtml, options)), page);
  const host = page.querySelector<HTMLElement>('[part=narrative]')!;
  return { page, host, root: host.shadowRoot! };
}

/** The fragment of a narrative that is well-formed. */
export function built(xhtml: string, options?: NarrativeOptions): DocumentFragment {
  const narrative = readNarrative(xhtml, options);
  if (narrative.kind !== 'markup') {
    throw new Error(`not well-formed: ${xhtml.slice(0, 200)}`);
  }
  return narrative.build(document);
}

/** What is said, without our own notes. */
export function ownWords(root: ParentNode & Node): string {
  const copy = document.createElement('div');
  copy.append(...[...root.childNodes].map((node) => node.cloneNode(true)));
  copy.querySelectorAll('[part=note]').forEach((note) => note.remove());
  return copy.textContent;
}

/** Each text that is in the page and not on it: without a box, or in letters too small to read. */
export function unseenTexts(root: Node): string[] {
  const unseen: string[] = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode as Text;
    if (!text.data.trim()) {
      continue;
    }
    const range = document.createRange();
    range.selectNodeContents(text);
    const hasBox = [...range.getClientRects()].some(({ width, height }) => width > 0 && height > 0);
    const { fontSize, visibility, opacity } = getComputedStyle(text.parentElement!);
    if (!hasBox || parseFloat(fontSize) < 11.9 || visibility !== 'visible' || opacity !== '1') {
      unseen.push(text.data);
    }
  }
  return unseen;
}

/** Nodes as they would be written. */
export function markupOf(...nodes: readonly Node[]): string {
  const box = document.createElement('div');
  box.append(...nodes.map((node) => node.cloneNode(true)));
  return box.getHTML();
}
