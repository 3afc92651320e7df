import { formatDate } from '../../src/view/dates.js';
import { WrittenNumber, type Leaf, type Tree } from './written.js';

/** Stands between what stands in different places, so that no words are found across them. */
const gap = ' \u241e ';
const inline = /^(?:A|ABBR|B|BDI|CODE|EM|I|MARK|Q|S|SMALL|SPAN|STRONG|SUB|SUP)$/;

/** What of an element a person can read. */
export type Reading = 'at once' | 'with all opened';

/** The text that is seen of an element, with what its shadow tree and its slots show. */
function textOf(node: Node, reading: Reading): string {
  if (node.nodeType === node.TEXT_NODE) {
    return node.nodeValue ?? '';
  }
  if (!(node instanceof Element) || /^(?:STYLE|SCRIPT|TEMPLATE)$/.test(node.tagName)) {
    return '';
  }
  const isFolded = node.matches('[part=details][hidden]');
  if (isFolded ? reading === 'at once' : getComputedStyle(node).display === 'none') {
    return '';
  }
  const text = shownNodes(node)
    .map((child) => textOf(child, reading))
    .join('');
  return inline.test(node.tagName) ? text : `${gap}${text}${gap}`;
}

function shownNodes(element: Element): readonly Node[] {
  if (element instanceof HTMLSlotElement) {
    const assigned = element.assignedNodes();
    return assigned.length ? assigned : [...element.childNodes];
  }
  return [...(element.shadowRoot ?? element).childNodes];
}

/** As it is seen: any space is one, and what turns the direction of text is made visible. */
export function plain(text: string): string {
  return text
    .replace(
      /[\u202a-\u202e\u2066-\u2069]/g,
      (sign) => `[U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase()}]`,
    )
    .replace(/\s+/g, ' ')
    .trim();
}

/** Whether words stand there by themselves: `5` is not in `1.5`, nor `cat` in `category`. */
export function holdsWords(
  text: string,
  words: string,
  isPart: (before: string, after: string) => boolean = () => false,
): boolean {
  if (words === '') {
    return true;
  }
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) {
    const before = text.slice(Math.max(0, at - 12), at);
    const after = text.slice(at + words.length, at + words.length + 12);
    if (!continues(before, words) && !continues(words, after) && !isPart(before, after)) {
      return true;
    }
  }
  return false;
}

const wordAtEnd = /[\p{L}\p{N}]$/u;
const wordAtStart = /^[\p{L}\p{N}]/u;

/** Whether what comes first goes on in what comes after it, as a word or as a number. */
function continues(first: string, second: string): boolean {
  if (/\d[.,]$/.test(first) && /^\d/.test(second)) {
    return true;
  }
  if (/\d$/.test(first) && /^[.,]\d/.test(second)) {
    return true;
  }
  return wordAtEnd.test(first) && wordAtStart.test(second);
}

const months = [...Array(12).keys()].map((month) =>
  new Date(Date.UTC(2001, month, 15)).toLocaleDateString('en-GB', { month: 'long', timeZone: 'UTC' }),
);
const date = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(Z|[+-]\d\d:\d\d)?)?)?)?$/;

/**
 * A date in British words, where they say no more and no less than was written; undefined where it is no date, or the words
 * are not true to it.
 */
export function dateInWords(text: string): string | undefined {
  const [, year, month, day, time, zone] = date.exec(text) ?? [];
  if (year === undefined) {
    return undefined;
  }
  const words = formatDate(text, 'en-GB');
  const calendar = [day && String(Number(day)), month && months[Number(month) - 1], year]
    .filter(Boolean)
    .join(' ');
  const clock = [time, zone === 'Z' ? 'UTC' : zone].every(
    (part) => part === undefined || words.includes(part),
  );
  return words.startsWith(calendar) && clock && (time !== undefined || words === calendar)
    ? words
    : undefined;
}

const monthAtEnd = new RegExp(`(?:${months.join('|')}) $`);

/** Whether a date goes on: a year is not said by a month in it, nor a day by a time on it. */
function isPartOfDate(before: string, after: string): boolean {
  return (
    /\d[ -]$/.test(before) ||
    monthAtEnd.test(before) ||
    /^-\d/.test(after) ||
    /^(?:, |T)\d\d:\d\d/.test(after)
  );
}

/** `MedicationRequest` → `medication request`. */
export function asWords(name: string): string {
  return name.replace(/([a-z\d])([A-Z])/g, '$1 $2').toLowerCase();
}

const absenceInWords: Record<string, string> = {
  'asked-unknown': 'asked but unknown',
  'temp-unknown': 'not known yet',
  masked: 'withheld',
  'as-text': 'see the text',
  nan: 'not a number',
};

/** Why there is no value, in words, where an extension says so; its address is then not said. */
function absenceSaidBy({ holder, key }: Leaf): string | undefined {
  if (Array.isArray(holder) || (key !== 'valueCode' && key !== 'url')) {
    return undefined;
  }
  const { url, valueCode } = holder as Tree;
  return typeof url === 'string' && url.endsWith('/data-absent-reason') && typeof valueCode === 'string'
    ? (absenceInWords[valueCode] ?? inCodeWords(valueCode))
    : undefined;
}

/** A code is as good without its hyphens, and with a capital letter. */
const code = /^[a-z]+(?:-[a-z]+)*$/;

const inCodeWords = (text: string): string => (code.test(text) ? text.replace(/-/g, ' ') : text);

/** What the kit says of a flag in place of “Yes” and “No”. */
const wordsOfFlags: Record<string, string> = {
  'doNotPerform=true': 'do not perform',
  'isSubpotent=true': 'subpotent',
  'active=false': 'inactive',
  'deceasedBoolean=true': 'deceased',
  'asNeededBoolean=true': 'as needed',
};

/** The words that a flag stands beside; a value stands beside any question. */
function labelOfFlag(key: string): string {
  return asWords(key.replace(/^is(?=[A-Z])|Boolean$/g, '').replace(/^value$/, ''));
}

const timeUnits: Record<string, string> = {
  s: 'second',
  min: 'minute',
  h: 'hour',
  d: 'day',
  wk: 'week',
  mo: 'month',
  a: 'year',
};

/** What numbers and units are in a sentence about times, such as “once a day”. */
function timeInWords(key: string, text: string): RegExp | undefined {
  const unit = timeUnits[text];
  if (unit !== undefined && /^(?:unit|code|\w*Unit)$/.test(key)) {
    return new RegExp(`\\b${unit}s?\\b`);
  }
  if (key === 'period' && text === '1') {
    return /\b(?:an?|every|per|each) (?:second|minute|hour|day|week|month|year)\b|\b(?:daily|weekly)\b/;
  }
  const times = key === 'frequency' || key === 'count' ? { 1: /\bonce\b/, 2: /\btwice\b/ } : {};
  return (times as Record<string, RegExp>)[text];
}

/** Codes of old releases that are no words. */
const codesInWords: Record<string, string> = { CRITH: 'high', CRITL: 'low', CRITU: 'unable to assess' };

/** What is seen, to look for words in. */
export class Seen {
  readonly text: string;
  readonly #lower: string;

  constructor(text: string) {
    this.text = plain(text);
    this.#lower = this.text.toLowerCase();
  }

  static of(element: Element, reading: Reading): Seen {
    return new Seen(textOf(element, reading));
  }

  /** Whether these words stand there, letter by letter. */
  has(words: string): boolean {
    return holdsWords(this.text, plain(words));
  }

  /** Whether a date stands there, and not only as a part of another one. */
  hasDate(words: string): boolean {
    return holdsWords(this.text, words, isPartOfDate);
  }

  /** Whether these words stand there, in whichever case. */
  says(words: string): boolean {
    return holdsWords(this.#lower, plain(words).toLowerCase());
  }

  /** Whether a leaf is said: as it was written, or in words that say the same. */
  tells(leaf: Leaf): boolean {
    const { key, value } = leaf;
    if (value instanceof WrittenNumber) {
      return this.has(value.text) || this.#tellsTime(key, value.text);
    }
    if (typeof value === 'boolean') {
      const words = wordsOfFlags[`${key}=${String(value)}`];
      const answer = value ? 'Yes' : 'No';
      return (words !== undefined && this.says(words)) || (this.has(answer) && this.says(labelOfFlag(key)));
    }
    const absence = absenceSaidBy(leaf);
    return this.tellsText(key, value) || (absence !== undefined && this.says(absence));
  }

  /** Whether a text of an element of this name is said. */
  tellsText(key: string, value: string): boolean {
    if (key === 'resourceType') {
      // In words where it is a resource that is told; as it was written where it is left over of something else.
      return this.says(asWords(value)) || this.has(value);
    }
    const inWords = dateInWords(value);
    if (inWords !== undefined) {
      return this.hasDate(value) || this.hasDate(inWords);
    }
    return (
      this.has(value) ||
      (code.test(value) && (this.says(value) || this.says(inCodeWords(value)))) ||
      (Object.hasOwn(codesInWords, value) && this.says(codesInWords[value] ?? '')) ||
      this.#tellsTime(key, value)
    );
  }

  #tellsTime(key: string, text: string): boolean {
    return timeInWords(key, text)?.test(this.#lower) ?? false;
  }
}
