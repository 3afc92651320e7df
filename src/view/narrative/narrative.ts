import { visibleText } from '../server-text.js';
import { applyStyle, isAllowed, type Allowed, type Tints } from './style.js';
import { readXhtml, type XmlElement, type XmlNode } from './xhtml.js';

export interface NarrativeOptions {
  /** The level of the heading that the narrative stands under: its own come below. */
  readonly headingLevel?: number;
  /** The language of the resource (BCP 47), where the narrative does not name its own. */
  readonly language?: string | undefined;
  /** A `data:` or `blob:` address of the image that the resource contains under this id. */
  readonly image?: (id: string) => string | undefined;
}

/** What the source of a resource says of it in words of its own: `Resource.text.div`. */
export type Narrative =
  | {
      readonly kind: 'markup';
      /** Makes it anew, for a page. Nothing in it loads, runs, or reaches beyond itself. */
      readonly build: (page: Document) => DocumentFragment;
    }
  /** Not well-formed, or too large to be laid out. */
  | { readonly kind: 'text'; readonly text: string };

/** Reads a narrative. Whatever it is, nobody is harmed by it, and its text remains. */
export function readNarrative(xhtml: string, options: NarrativeOptions = {}): Narrative {
  const root = readXhtml(xhtml);
  return root
    ? { kind: 'markup', build: (page) => new Builder(page, options).build(root) }
    : { kind: 'text', text: visibleText(xhtml) };
}

const setOf = (names: string): Set<string> => new Set(names.split(' '));

/** FHIR, Narrative, txt-1. */
const elements = setOf(
  'a abbr acronym b big blockquote br caption cite code col colgroup dd dfn div dl dt em h1 h2 h3 h4 h5 h6 hr i img li ' +
    'ol p pre q samp small span strong sub sup table tbody td tfoot th thead tr tt ul var',
);

/** What no browser shows of an element. All others that FHIR does not have lose themselves, and keep their text. */
const unseen = setOf('script style head title');

/** Not FHIR's, but without them a text that was struck out would read as if it were true. */
const struckOut = setOf('del s strike');

/** Whatever stands in one of these, a browser does not show. */
const childless = setOf('br col hr img');

/** Attributes of txt-1 that change nothing but looks and meaning. */
const allowed: Allowed = [
  [/^(?:abbr|class|summary|title)$/, /^/],
  [/^(?:align|compact|frame|nowrap|rules|scope|valign)$/, /^[a-z]+$/i],
  [/^(?:border|cellpadding|cellspacing)$/, /^\d{1,2}$/],
  [/^(?:colspan|rowspan|span|start|value)$/, /^-?\d{1,4}$/],
  [/^dir$/, /^(?:ltr|rtl|auto)$/i],
  [/^type$/, /^(?:[1ai]|disc|circle|square)$/i],
  [/^width$/, /^(?:100|\d{1,2})%$/],
];

const languageTag = /^[a-z\d-]{1,35}$/i;
const imageData = /^data:image\/(?:png|jpe?g|gif|webp);base64,/i;

class Builder {
  /** Of the headings that what follows stands under, from the outermost on. */
  #ranks: readonly number[] = [];
  readonly #page: Document;
  readonly #options: NarrativeOptions;
  readonly #links: [link: HTMLElement, target: string][] = [];
  /** The ids and names that links within it may lead to. */
  readonly #places = new Set<string>();

  constructor(page: Document, options: NarrativeOptions) {
    this.#page = page;
    this.#options = options;
  }

  build(root: XmlElement): DocumentFragment {
    const fragment = this.#page.createDocumentFragment();
    this.#add(root, fragment, {});
    const { language } = this.#options;
    const first = fragment.firstElementChild;
    if (language && first && !first.hasAttribute('lang') && languageTag.test(language)) {
      first.setAttribute('lang', language);
    }
    for (const [link, target] of this.#links) {
      if (this.#places.has(target)) {
        linkWithin(link, target);
      }
    }
    return fragment;
  }

  #add(node: XmlNode, parent: ParentNode & Node, tints: Tints): void {
    if (typeof node === 'string') {
      parent.appendChild(this.#page.createTextNode(visibleText(node)));
      return;
    }
    if (unseen.has(node.name)) {
      return;
    }
    const element = this.#element(node, parent);
    let inside = tints;
    if (element) {
      parent.appendChild(element);
      inside = this.#describe(element, node, tints);
    }
    const place = element && !childless.has(node.name) ? element : parent;
    for (const child of node.children) {
      this.#add(child, place, inside);
    }
    if (node.name === 'a' && element) {
      this.#link(element, node.attributes.get('href')?.trim() ?? '');
    }
  }

  /** The element to show it with; undefined where it is none of FHIR's. */
  #element(node: XmlElement, parent: ParentNode): HTMLElement | undefined {
    const { name, isXhtml, children } = node;
    if (!isXhtml) {
      return undefined;
    }
    if (struckOut.has(name)) {
      const span = this.#page.createElement('span');
      span.className = 'strikethrough';
      return span;
    }
    if (name === 'img') {
      return this.#image(node);
    }
    // Of a group of columns a browser shows no text, and of several captions some show one.
    const isShown =
      name === 'colgroup'
        ? children.every((one) => (typeof one === 'string' ? !one.trim() : one.name === 'col'))
        : name !== 'caption' || !parent.querySelector('caption');
    return elements.has(name) && isShown ? this.#page.createElement(name) : undefined;
  }

  #describe(element: HTMLElement, node: XmlElement, tints: Tints): Tints {
    const { name, attributes } = node;
    for (const [key, value] of attributes) {
      if (isAllowed(allowed, key, value) && !element.hasAttribute(key)) {
        element.setAttribute(key, visibleText(value));
      }
    }
    const language = attributes.get('lang') ?? attributes.get('xml:lang');
    if (language && languageTag.test(language)) {
      element.lang = language;
    }
    for (const key of name === 'a' ? ['id', 'name'] : ['id', 'headers']) {
      const value = attributes
        .get(key)
        ?.trim()
        .replace(/(^|\s+)(?=\S)/g, '$1n-');
      if (value) {
        element.setAttribute(key, value);
        this.#places.add(value);
      }
    }
    if (/^h\d$/.test(name) && !holdsAnything(node)) {
      // It would be read out as a heading of nothing.
      element.role = 'none';
    } else if (/^h\d$/.test(name)) {
      // The element stays what it was, and the outline of the page does, too: no level is left out.
      const rank = Number(name[1]);
      this.#ranks = [...this.#ranks.filter((above) => above < rank), rank];
      element.ariaLevel = String(Math.min((this.#options.headingLevel ?? 0) + this.#ranks.length, 6));
    }
    const background = attributes.get('bgcolor');
    const style = `${background ? `background:${background};` : ''}${attributes.get('style') ?? ''}`;
    return style ? applyStyle(element, style, tints) : tints;
  }

  /** An image that came with the record; of any other, what it is said to show, and where it would have come from. */
  #image({ attributes }: XmlElement): HTMLElement {
    const source = attributes.get('src')?.trim() ?? '';
    const description = visibleText(attributes.get('alt') ?? '');
    const isContained = source.startsWith('#');
    const url = (isContained ? this.#options.image?.(source.slice(1)) : source) ?? '';
    if (imageData.test(url) || (isContained && url.startsWith('blob:'))) {
      const image = this.#page.createElement('img');
      image.alt = description || 'Image without a description';
      image.src = url;
      return image;
    }
    const span = this.#page.createElement('span');
    const host = URL.canParse(source) && new URL(source).host;
    const place = host ? `at ${host}` : `“${visibleText(source.slice(0, 60))}”`;
    span.append(description, this.#note(`${description && ' '}(image ${place} is not loaded)`));
    return span;
  }

  #link(link: HTMLElement, address: string): void {
    if (address.startsWith('#')) {
      this.#links.push([link, `n-${address.slice(1)}`]);
      return;
    }
    const url = URL.canParse(address) ? new URL(address) : undefined;
    if (!url || !/^(?:https?|mailto|tel):$/.test(url.protocol)) {
      return;
    }
    Object.assign(link, {
      href: url.href,
      target: '_blank',
      rel: 'noopener noreferrer nofollow',
      referrerPolicy: 'no-referrer',
    });
    // Whatever the words of a link say: this is where it leads.
    const place = visibleText(url.host || url.pathname);
    if (link.textContent.trim() !== place) {
      link.append(this.#note(` (${place})`));
    }
  }

  /** Words of ours. The part tells them from the narrative's own: that cannot have one. */
  #note(text: string): HTMLElement {
    const note = this.#page.createElement('span');
    note.setAttribute('part', 'note');
    note.append(text);
    return note;
  }
}

/** Whether there is anything to read in it, or to see. */
function holdsAnything({ name, children }: XmlElement): boolean {
  return (
    name === 'img' ||
    children.some((child) => (typeof child === 'string' ? child.trim() !== '' : holdsAnything(child)))
  );
}

/** A link to a place within the narrative. A browser would look for it in the page. */
function linkWithin(link: HTMLElement, id: string): void {
  link.setAttribute('href', `#${id}`);
  link.addEventListener('click', (event) => {
    event.preventDefault();
    const root = link.getRootNode() as Node & ParentNode;
    const target = root.querySelector<HTMLElement>(`#${CSS.escape(id)}, a[name="${CSS.escape(id)}"]`);
    if (target) {
      target.tabIndex = -1;
      target.scrollIntoView();
      target.focus({ preventScroll: true });
    }
  });
}
