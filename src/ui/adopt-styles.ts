import type { CSSResult } from 'lit';

/** Gives the shadow tree of an element the look of what it does not always show, once. */
export function adoptStyles({ shadowRoot }: Element, { styleSheet }: CSSResult): void {
  if (shadowRoot && styleSheet && !shadowRoot.adoptedStyleSheets.includes(styleSheet)) {
    shadowRoot.adoptedStyleSheets.push(styleSheet);
  }
}
