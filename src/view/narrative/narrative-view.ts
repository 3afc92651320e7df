import { adoptStyles, html, noChange, type TemplateResult } from 'lit';
import { Directive, directive, type ElementPart } from 'lit/directive.js';

import type { Narrative } from './narrative.js';
import { styles } from './narrative.styles.js';

/** A narrative on the page, in a shadow root of its own. */
export function narrativeView(narrative: Narrative): TemplateResult {
  return html`<div
    part="narrative"
    role="group"
    aria-label="The record in the words of its source"
    ${show(narrative)}
  ></div>`;
}

class Show extends Directive {
  #element: Element | undefined;
  #shown: Narrative | undefined;

  override update({ element }: ElementPart, [narrative]: [Narrative]): unknown {
    this.#element = element;
    return this.render(narrative);
  }

  render(narrative: Narrative): unknown {
    const element = this.#element;
    if (element && narrative !== this.#shown) {
      this.#shown = narrative;
      let root = element.shadowRoot;
      if (!root) {
        root = element.attachShadow({ mode: 'open' });
        adoptStyles(root, [styles]);
      }
      root.replaceChildren(contentOf(narrative, element.ownerDocument));
      keepReachable(element);
    }
    return noChange;
  }
}

const show = directive(Show);

/** In UTF-16 units: what a browser lays out as one text without a wait. */
const longestText = 1_000_000;

function contentOf(narrative: Narrative, page: Document): DocumentFragment {
  const isMarkup = narrative.kind === 'markup';
  const fragment = isMarkup ? narrative.build(page) : page.createDocumentFragment();
  if (!isMarkup) {
    const text = page.createElement('div');
    text.className = 'plain';
    text.dir = 'auto';
    text.append(narrative.text.slice(0, longestText));
    fragment.append(text);
  }
  const words = isMarkup
    ? !fragment.textContent.trim() && !fragment.querySelector('img') && 'This text has nothing in it to show.'
    : `This text is not written as the standard asks for, or is too large. It is shown as it was sent, without its layout.${
        narrative.text.length > longestText ? ' Only its first million characters are shown.' : ''
      }`;
  if (words) {
    const notice = page.createElement('p');
    notice.setAttribute('part', 'note');
    notice.append(words);
    fragment.prepend(notice);
  }
  return fragment;
}

let widths: ResizeObserver | undefined;

/** Whoever has no pointer scrolls with the keyboard, for which it must be possible to get there: but only if it scrolls. */
function keepReachable(element: Element): void {
  widths ??= new ResizeObserver((entries) => {
    for (const { target } of entries) {
      if (target.scrollWidth > target.clientWidth) {
        target.setAttribute('tabindex', '0');
      } else {
        target.removeAttribute('tabindex');
      }
    }
  });
  widths.unobserve(element);
  widths.observe(element);
}
