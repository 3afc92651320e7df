import { signOf } from '../narrative/entities.js';

const setOf = (names: string): ReadonlySet<string> => new Set(names.split(' '));

const empty = setOf('area base br col embed hr img input link meta param source track wbr');
/** What stands in these is no markup. */
const raw = setOf('script style title iframe noembed noframes textarea xmp');
/** Of these only some matter to a reader, and are written as text. */
const unseen = setOf('script style title iframe noembed noframes');
const blocks = setOf(
  'address article aside blockquote body center details dialog dir div dl fieldset figcaption figure footer form h1 h2 h3 ' +
    'h4 h5 h6 header hr html legend main menu nav ol optgroup option p pre section summary table textarea ul xmp',
);
/** Blocks that narratives have themselves. */
const known = setOf('blockquote div dl h1 h2 h3 h4 h5 h6 hr ol p pre table ul');

/** What the begin of an element ends: the elements ended, and those beyond which nothing is. */
const endings: readonly [
  begins: ReadonlySet<string>,
  ended: ReadonlySet<string>,
  beyond: ReadonlySet<string>,
][] = [
  [blocks, setOf('p'), setOf('td th table caption')],
  [setOf('li'), setOf('li'), setOf('ul ol dir menu td th table')],
  [setOf('dt dd'), setOf('dt dd'), setOf('dl td th table')],
  [setOf('option optgroup'), setOf('option'), setOf('select')],
  [setOf('td th'), setOf('td th caption'), setOf('tr table')],
  [setOf('tr'), setOf('tr td th caption colgroup'), setOf('table')],
  [setOf('tbody thead tfoot'), setOf('tbody thead tfoot tr td th caption colgroup'), setOf('table')],
];

/** An end tag does not reach out of the table or cell it is in. */
const ofTables = setOf('table tbody thead tfoot tr td th caption');

const comment = /<!--[^]*?(?:-->|$)|<[!?][^>]*(?:>|$)|<\/(?![a-z])[^>]*(?:>|$)/iy;
const endTag = /<\/([a-z][^\s/>]*)[^>]*(?:>|$)/iy;
const startTag = /<([a-z][^\s/>]*)/iy;
const attribute = /[\s/]*([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)(?:"|$)|'([^']*)(?:'|$)|([^\s"'<>]+)))?/y;

/** Deeper than this everything stands side by side. */
const deepest = 100;
/** As many as a narrative may have, with some to spare. */
const most = 45_000;

/**
 * Rewrites HTML as well-formed XHTML, as far as it takes to read it: ends are put where they were left out, scripts and
 * styles are left out. What it misunderstands does no harm: whoever draws it decides what is drawn.
 *
 * @returns undefined for what is too large.
 */
export function tidyHtml(html: string): string | undefined {
  return new Tidier(html).run();
}

class Tidier {
  readonly #html: string;
  readonly #open: { readonly name: string; readonly written: string }[] = [];
  readonly #out: string[] = ['<div>'];
  #at = 0;
  #elements = 0;

  constructor(html: string) {
    this.#html = html;
  }

  run(): string | undefined {
    while (this.#at < this.#html.length && this.#elements <= most) {
      this.#step();
    }
    this.#closeTo(0);
    this.#out.push('</div>');
    return this.#elements > most ? undefined : this.#out.join('');
  }

  #step(): void {
    if (this.#match(comment)) {
      return;
    }
    const end = this.#match(endTag)?.[1];
    const start = end === undefined ? this.#match(startTag)?.[1] : undefined;
    if (end !== undefined) {
      this.#end(end.toLowerCase());
    } else if (start === undefined) {
      // A sign on its own, as in “< 5”, is text.
      const next = this.#html.indexOf('<', this.#at + 1);
      this.#write(this.#take(next < 0 ? this.#html.length : next));
    } else {
      this.#start(start.toLowerCase(), this.#attributes());
    }
  }

  #start(name: string, attributes: ReadonlyMap<string, string>): void {
    for (const [begins, ended, beyond] of endings) {
      if (begins.has(name)) {
        this.#closeTo(this.#outermost(ended, beyond));
      }
    }
    if (!unseen.has(name)) {
      this.#element(name, attributes);
    }
    if (raw.has(name)) {
      const rest = new RegExp(`</${name}[\\s/>]`, 'gi');
      rest.lastIndex = this.#at;
      const text = this.#take(rest.exec(this.#html)?.index ?? this.#html.length);
      if (!unseen.has(name)) {
        this.#write(text);
      }
    }
  }

  #element(name: string, attributes: ReadonlyMap<string, string>): void {
    this.#elements++;
    if (name === 'input') {
      this.#write(sayInput(attributes));
    } else if (empty.has(name)) {
      this.#out.push(`<${name}${writeAttributes(attributes)}/>`);
    } else if (this.#open.length < deepest) {
      const written = blocks.has(name) && !known.has(name) ? 'div' : /^[a-z]+\d?$/.test(name) ? name : 'span';
      const meant = name === 'u' || name === 'ins' ? 'span' : written;
      const styled = meant === written ? attributes : new Map([['style', 'text-decoration:underline']]);
      this.#open.push({ name, written: meant });
      this.#out.push(`<${meant}${writeAttributes(styled)}>`);
    }
  }

  #end(name: string): void {
    if (name === 'br') {
      this.#out.push('<br/>');
      return;
    }
    const index = this.#open.findLastIndex((one) => one.name === name);
    const wall = ofTables.has(name)
      ? -1
      : this.#open.findLastIndex((one) => /^(?:t[dh]|table)$/.test(one.name));
    if (index > wall) {
      this.#closeTo(index);
    }
  }

  /** The outermost open element of some, with none of some others within it; the end where there is none. */
  #outermost(names: ReadonlySet<string>, beyond: ReadonlySet<string>): number {
    let found = this.#open.length;
    for (let at = found - 1; at >= 0 && !beyond.has(this.#open[at]?.name ?? ''); at--) {
      found = names.has(this.#open[at]?.name ?? '') ? at : found;
    }
    return found;
  }

  #closeTo(length: number): void {
    while (this.#open.length > length) {
      this.#out.push(`</${this.#open.pop()?.written ?? ''}>`);
    }
  }

  #attributes(): ReadonlyMap<string, string> {
    const found = new Map<string, string>();
    while (this.#at < this.#html.length && this.#html[this.#at] !== '>') {
      const [, name = '', double, single, bare = ''] = this.#match(attribute) ?? [];
      const key = name.toLowerCase();
      if (key && !found.has(key)) {
        found.set(key, decode(double ?? single ?? bare, /&(#x?[\da-f]+|[a-z][a-z\d]*);/gi));
      } else if (!key) {
        this.#at++;
      }
    }
    this.#at++;
    return found;
  }

  #write(text: string): void {
    this.#out.push(escape(decode(text, /&(#x?[\da-f]+|[a-z][a-z\d]*);?/gi)));
  }

  #take(end: number): string {
    const text = this.#html.slice(this.#at, end);
    this.#at = end;
    return text;
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#html);
    this.#at += found?.[0].length ?? 0;
    return found;
  }
}

/** A filled-in form says something: what was ticked and what was written. */
function sayInput(attributes: ReadonlyMap<string, string>): string {
  const type = attributes.get('type')?.toLowerCase();
  switch (type) {
    case 'checkbox':
    case 'radio':
      return attributes.has('checked') ? '☑' : '☐';
    case 'hidden':
    case 'password':
      return '';
    default:
      return attributes.get('value') ?? '';
  }
}

function writeAttributes(attributes: ReadonlyMap<string, string>): string {
  return [...attributes]
    .filter(([name]) => /^[a-z]+$/.test(name) && !/^(?:on|xmlns)/.test(name))
    .map(([name, value]) => ` ${name}="${escape(value)}"`)
    .join('');
}

function decode(text: string, reference: RegExp): string {
  return text.replace(reference, (written, name: string) => {
    const number = /^#\d+$/.test(name) ? Number(name.slice(1)) : 0;
    // As HTML has it, these mean the signs of windows-1252.
    return number > 127 && number < 160
      ? new TextDecoder('windows-1252').decode(new Uint8Array([number]))
      : (signOf(name) ?? written);
  });
}

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
