import { visibleText } from '../server-text.js';

/** An element of the page's own, with what is in it. Its name must be one that the caller has chosen, never a server. */
export function build<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  element.append(...children.map((child) => (typeof child === 'string' ? visibleText(child) : child)));
  return element;
}

/**
 * What a link of a document becomes: a link that tells its host and takes nothing along, or else just its text.
 *
 * Only what a person can judge by its text is followed: pages, and addresses to write or to call.
 */
export function buildLink(href: string | undefined, children: readonly (Node | string)[]): Node {
  const span = build('span', ...children);
  // A relative link is relative to nothing that is known here.
  const url = href !== undefined && URL.canParse(href.trim()) ? new URL(href.trim()) : undefined;
  if (!url || !/^(?:https?|mailto|tel):$/.test(url.protocol) || url.username || url.password) {
    return span;
  }
  const link = build('a', ...span.childNodes);
  link.href = url.href;
  link.target = '_blank';
  link.rel = 'noopener noreferrer nofollow';
  link.referrerPolicy = 'no-referrer';
  const place = url.host || url.pathname;
  span.append(link);
  if (link.textContent.trim() !== place) {
    span.append(` (${visibleText(place)})`);
  }
  return span;
}
