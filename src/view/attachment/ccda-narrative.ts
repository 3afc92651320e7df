import type { XmlElement, XmlNode } from '../narrative/xhtml.js';
import { build, buildLink } from './build.js';
import { decodeBase64 } from './bytes.js';
import { kindOf } from './kind.js';
import { attributeOf, elementAt, rawTextWithin, textWithin } from './xml-walk.js';

/** What the elements of a CDA narrative block become (CDA R2, §4.3.5), and the HTML that some write in their place. */
const elements: Readonly<Record<string, keyof HTMLElementTagNameMap>> = {
  content: 'span',
  paragraph: 'p',
  item: 'li',
  table: 'table',
  thead: 'thead',
  tbody: 'tbody',
  tfoot: 'tfoot',
  tr: 'tr',
  th: 'th',
  td: 'td',
  sub: 'sub',
  sup: 'sup',
  br: 'br',
  text: 'div',
  p: 'p',
  div: 'div',
  b: 'strong',
  strong: 'strong',
  i: 'em',
  em: 'em',
  u: 'u',
};

/** What a style says with meaning; the rest is looks. */
const styles: Readonly<Record<string, 'strong' | 'em' | 'u'>> = {
  bold: 'strong',
  italics: 'em',
  emphasis: 'em',
  underline: 'u',
};

const numberings: Readonly<Record<string, string>> = {
  arabic: '1',
  littleroman: 'i',
  bigroman: 'I',
  littlealpha: 'a',
  bigalpha: 'A',
};

/** Draws narrative blocks of one document. */
export class ClinicalNarrative {
  readonly #byId: ReadonlyMap<string, XmlElement>;

  /** @param byId - every element of the document that others may refer to. */
  constructor(byId: ReadonlyMap<string, XmlElement>) {
    this.#byId = byId;
  }

  /** What is in an element. Of elements that are unknown only the names are lost. */
  draw(parent: XmlElement): Node[] {
    return parent.children.flatMap((child) => this.#node(child, parent));
  }

  #node(node: XmlNode, parent: XmlElement): Node[] {
    if (typeof node === 'string') {
      return [...build('span', node).childNodes];
    }
    switch (node.name) {
      case 'script':
      case 'style':
        return [];
      case 'list':
        return this.#list(node);
      case 'caption':
        // Tables alone have captions in HTML; of anything else it is a line in bold.
        return [build(parent.name === 'table' ? 'caption' : 'strong', ...this.draw(node), ' ')];
      case 'linkhtml':
      case 'a':
        return [buildLink(attributeOf(node, 'href'), this.draw(node))];
      case 'rendermultimedia':
        return this.#multimedia(node);
      case 'footnoteref':
        return this.#footnote(node);
      case 'footnote':
        return [build('small', ' [', ...this.draw(node), ']')];
      default:
        return this.#element(node);
    }
  }

  #element(node: XmlElement): Node[] {
    const name = Object.hasOwn(elements, node.name) ? elements[node.name] : undefined;
    const content = styled(node, this.draw(node));
    if (!name) {
      return content;
    }
    const drawn = build(name, ...content);
    if (drawn instanceof HTMLTableCellElement) {
      drawn.colSpan = spanOf(node, 'colspan');
      drawn.rowSpan = spanOf(node, 'rowspan');
      const scope = attributeOf(node, 'scope') ?? '';
      if (/^(?:row|col)(?:group)?$/.test(scope)) {
        drawn.scope = scope;
      }
    }
    return [drawn];
  }

  #list(node: XmlElement): Node[] {
    const isOrdered = attributeOf(node, 'listtype') === 'ordered';
    const captions = node.children.filter((child) => typeof child === 'object' && child.name === 'caption');
    const items = node.children.filter((child) => !captions.includes(child));
    const drawn = build(isOrdered ? 'ol' : 'ul', ...items.flatMap((item) => this.#node(item, node)));
    const numbering = stylesOf(node).find((style) => Object.hasOwn(numberings, style));
    if (drawn instanceof HTMLOListElement && numbering !== undefined) {
      drawn.type = numberings[numbering] ?? '1';
    }
    return [...captions.flatMap((caption) => this.#node(caption, node)), drawn];
  }

  /** A picture that is in the document itself, or else what it is called. */
  #multimedia(node: XmlElement): Node[] {
    const caption = textWithin(elementAt(node, 'caption'));
    const ids = (attributeOf(node, 'referencedobject') ?? '').split(/\s+/);
    const pictures = ids
      .map((id) => pictureIn(this.#byId.get(id), caption))
      .filter((one) => one !== undefined);
    const words = pictures.length ? caption : `[Not shown: ${caption || 'a picture'}]`;
    return [...pictures, build('span', words)];
  }

  #footnote(node: XmlElement): Node[] {
    const note = this.#byId.get(attributeOf(node, 'idref') ?? '');
    return note ? [build('small', ` [${textWithin(note)}]`)] : [];
  }
}

function pictureIn(media: XmlElement | undefined, caption: string): Node | undefined {
  const value =
    elementAt(media, 'value') ?? elementAt(media, 'entryrelationship', 'observationmedia', 'value');
  const data = attributeOf(value, 'representation') === 'B64' ? rawTextWithin(value) : '';
  const bytes = decodeBase64(data);
  const { show, type } = kindOf(bytes ?? new Uint8Array(), attributeOf(value, 'mediatype'));
  if (show !== 'image') {
    return undefined;
  }
  const image = build('img');
  image.src = `data:${type};base64,${data.replace(/\s/g, '')}`;
  image.alt = caption;
  return image;
}

/** What is struck out stays readable as such: a stopped dose must not read as a dose. */
function styled(node: XmlElement, content: Node[]): Node[] {
  const revised = attributeOf(node, 'revised');
  const names = stylesOf(node).flatMap((style) =>
    Object.hasOwn(styles, style) ? [styles[style] ?? 'em'] : [],
  );
  const marked = names.reduce<Node[]>((inner, name) => [build(name, ...inner)], content);
  return revised === 'delete'
    ? [build('del', ...marked)]
    : revised === 'insert'
      ? [build('ins', ...marked)]
      : marked;
}

function stylesOf(node: XmlElement): readonly string[] {
  return (attributeOf(node, 'stylecode') ?? '').toLowerCase().split(/\s+/);
}

function spanOf(node: XmlElement, name: string): number {
  const span = Number(attributeOf(node, name) ?? 1);
  return Number.isInteger(span) && span > 0 && span < 1000 ? span : 1;
}
