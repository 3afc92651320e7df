import { signOf } from './entities.js';

/** An element as it was written. Whether it may be shown is for others to say. */
export interface XmlElement {
  /** Without prefix, in lower case. */
  readonly name: string;
  /** Whether it is XHTML's, or nobody's. */
  readonly isXhtml: boolean;
  /** By their names in lower case, as they were written: `xml:lang`. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlNode[];
}

export type XmlNode = XmlElement | string;

interface OpenElement extends XmlElement {
  readonly tag: string;
  /** The namespace of elements without a prefix. */
  readonly space: string;
  readonly children: XmlNode[];
}

const xhtml = 'http://www.w3.org/1999/xhtml';

/** Narratives are a dozen levels deep at most; whoever sends more wants to exhaust the stack. */
const deepest = 200;
/** The longest of HL7's examples has some 1,500. */
const mostElements = 50_000;
/** In UTF-16 units. A photograph within a narrative may take millions. */
const longest = 8_000_000;

const name = '[A-Za-z_:\\u00c0-\\uffff][\\w:.\\-\\u00b7-\\uffff]*';
const startTag = new RegExp(`<(${name})`, 'y');
const endTag = new RegExp(`</(${name})\\s*>`, 'y');
const attribute = new RegExp(`\\s+(${name})\\s*=\\s*(?:"([^<"]*)"|'([^<']*)')`, 'y');
const tagEnd = /\s*(\/?)>/y;

/**
 * Reads one XML element and all within it. It knows no document type and no entities but XML's and HTML's own, so
 * that there is nothing to fetch or to multiply.
 *
 * @returns undefined for what is not well-formed, or too large: deeper than 200 levels, of more than 50,000 elements,
 * or longer than 8 million characters.
 */
export function readXhtml(text: string): XmlElement | undefined {
  try {
    return text.length > longest ? undefined : new XmlText(text).read();
  } catch (error) {
    if (error instanceof SyntaxError) {
      return undefined;
    }
    throw error;
  }
}

/**
 * A reader of its own: `DOMParser` needs a policy for Trusted Types, of which a page can hold only one by the same name,
 * reads document types, and differs between engines.
 */
class XmlText {
  readonly #text: string;
  #at = 0;
  #elements = 0;
  readonly #open: OpenElement[] = [];
  readonly #top: XmlNode[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  read(): XmlElement {
    while (this.#at < this.#text.length) {
      this.#readNext();
    }
    const [root, ...others] = this.#top.filter((node) => typeof node !== 'string' || node.trim());
    return typeof root !== 'object' || others.length || this.#open.length ? fail() : root;
  }

  #readNext(): void {
    if (this.#text[this.#at] !== '<') {
      this.#add(decode(this.#until('<')));
    } else if (this.#skip('<!--')) {
      this.#through('-->');
    } else if (this.#skip('<?')) {
      this.#through('?>');
    } else if (this.#skip('<![CDATA[')) {
      this.#add(this.#through(']]>'));
    } else {
      const closed = this.#match(endTag);
      if (closed) {
        if (this.#open.pop()?.tag !== closed[1]) {
          fail();
        }
      } else {
        this.#startElement();
      }
    }
  }

  #startElement(): void {
    const tag = this.#match(startTag)?.[1] ?? fail();
    const attributes = new Map<string, string>();
    const written = new Set<string>();
    for (let found; (found = this.#match(attribute));) {
      const [, key = '', double, single = ''] = found;
      if (written.size === written.add(key).size) {
        fail();
      }
      const small = key.toLowerCase();
      attributes.set(small, attributes.get(small) ?? decode(double ?? single));
    }
    const isEmpty = (this.#match(tagEnd) ?? fail())[1];
    if (++this.#elements > mostElements || this.#open.length >= deepest) {
      fail();
    }
    const [local = '', prefix] = tag.split(':').reverse();
    const space = attributes.get('xmlns') ?? this.#open.at(-1)?.space ?? '';
    const declaration = `xmlns:${prefix?.toLowerCase() ?? ''}`;
    const own =
      prefix === undefined
        ? space || xhtml
        : [{ attributes }, ...this.#open.toReversed()]
            .find((one) => one.attributes.has(declaration))
            ?.attributes.get(declaration);
    const element = {
      tag,
      space,
      name: local.toLowerCase(),
      isXhtml: own === xhtml,
      attributes,
      children: [],
    };
    this.#add(element);
    if (!isEmpty) {
      this.#open.push(element);
    }
  }

  #add(node: XmlNode): void {
    (this.#open.at(-1)?.children ?? this.#top).push(node);
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    this.#at += found?.[0].length ?? 0;
    return found;
  }

  #skip(sign: string): boolean {
    const isThere = this.#text.startsWith(sign, this.#at);
    this.#at += isThere ? sign.length : 0;
    return isThere;
  }

  /** What stands before a sign, or all the rest. */
  #until(sign: string): string {
    const end = this.#text.indexOf(sign, this.#at);
    const from = this.#at;
    this.#at = end < 0 ? this.#text.length : end;
    return this.#text.slice(from, this.#at);
  }

  /** What stands before a sign that must come. */
  #through(sign: string): string {
    const text = this.#until(sign);
    return this.#skip(sign) ? text : fail();
  }
}

function decode(text: string): string {
  return text.replace(
    /&([^;&\s]*;)?/g,
    (_, reference?: string) => signOf(reference?.slice(0, -1) ?? '') ?? fail(),
  );
}

function fail(): never {
  throw new SyntaxError();
}
