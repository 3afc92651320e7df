import { fhirError } from '../core/errors/fhir.js';
import { viewError } from '../core/errors/view.js';
import type { SmartError } from '../core/smart-error.js';
import { isObject, own, type JsonObject, type JsonValue } from './resource.js';

/** The text of each number that JavaScript would write differently, by the object or list that holds it. */
const writtenNumbers = new WeakMap<object, Map<string, string>>();
const parsed = new WeakSet<object>();

/** What a string may not hold as it is, or not at all (RFC 8259, 7), and a few characters more. */
const special = /[\\\p{Cc}]/u;

/** Records are at most some dozen levels deep; whoever sends more wants to exhaust the stack. */
const deepest = 200;

/**
 * Parses FHIR JSON without losing what was written: `2.00` stays `2.00` for {@link decimalText}
 * (FHIR, Data Types, decimal: the precision of a value is part of it).
 *
 * @returns a frozen object of plain values: numbers are JavaScript's.
 * @throws {SmartError} `fhir/not-json` for anything but one JSON object (RFC 8259, strictly).
 */
export function parseFhirJson(text: string): JsonObject {
  const value = new JsonText(text).read();
  if (!isObject(value)) {
    throw notJson();
  }
  parsed.add(value);
  return value;
}

/**
 * The JSON of an object that a page made or changed; one that comes from {@link parseFhirJson} stays itself, and its
 * numbers stay as written.
 *
 * @throws {SmartError} `view/not-a-resource` for what JSON cannot hold, such as a cycle.
 */
export function toFhirJson(value: unknown): JsonObject {
  if (isObject(value) && parsed.has(value)) {
    return value;
  }
  try {
    return parseFhirJson(JSON.stringify(value));
  } catch {
    throw viewError('not-a-resource');
  }
}

/** A copy with another list in it. It is as good as one from {@link parseFhirJson} if both parts are. */
export function withList(object: JsonObject, key: string, list: readonly JsonValue[]): JsonObject {
  const copy = Object.freeze({ ...object, [key]: Object.freeze(list) });
  const numbers = writtenNumbers.get(object);
  if (numbers) {
    writtenNumbers.set(copy, numbers);
  }
  if (parsed.has(object)) {
    parsed.add(copy);
  }
  return copy;
}

/** A number as the server wrote it; undefined where there is none. */
export function decimalText(holder: JsonObject | readonly JsonValue[], key: string): string | undefined {
  const value = own(holder as JsonObject, key);
  return typeof value === 'number' ? (writtenNumbers.get(holder)?.get(key) ?? String(value)) : undefined;
}

/**
 * A reader of its own: `JSON.parse` can hand out the source of a number in some browsers only, and one way everywhere
 * is less to trust than two.
 */
class JsonText {
  readonly #text: string;
  #at = 0;
  /** The text of the number read last. */
  #number = '';

  constructor(text: string) {
    this.#text = text;
  }

  read(): JsonValue {
    const value = this.#value(0);
    this.#skipSpace();
    return this.#at === this.#text.length ? value : this.#fail();
  }

  #value(depth: number): JsonValue {
    this.#skipSpace();
    switch (this.#text[this.#at]) {
      case '{':
        return this.#object(depth);
      case '[':
        return this.#list(depth);
      case '"':
        return this.#string();
    }
    const word = this.#match(/true|false|null/y);
    if (word) {
      return JSON.parse(word) as boolean | null;
    }
    this.#number = this.#match(/-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y) || this.#fail();
    return Number(this.#number);
  }

  #object(depth: number): JsonObject {
    const object: Record<string, JsonValue> = {};
    this.#members('}', depth, () => {
      this.#skipSpace();
      const key = this.#text[this.#at] === '"' ? this.#string() : this.#fail();
      if (!this.#take(':')) {
        this.#fail();
      }
      if (Object.hasOwn(object, key)) {
        // A key that comes twice: the last one counts, as with JSON.parse.
        writtenNumbers.get(object)?.delete(key);
      }
      const value = this.#value(depth + 1);
      if (key === '__proto__') {
        // By assignment it would change the object in place of its members.
        Object.defineProperty(object, key, { value, enumerable: true, configurable: true });
      } else {
        object[key] = value;
      }
      this.#keepNumber(object, key);
    });
    return Object.freeze(object);
  }

  #list(depth: number): readonly JsonValue[] {
    const list: JsonValue[] = [];
    this.#members(']', depth, () => {
      list.push(this.#value(depth + 1));
      this.#keepNumber(list, String(list.length - 1));
    });
    return Object.freeze(list);
  }

  #members(close: string, depth: number, readOne: () => void): void {
    this.#at++;
    if (depth >= deepest) {
      this.#fail();
    }
    if (this.#take(close)) {
      return;
    }
    do {
      readOne();
    } while (this.#take(','));
    if (!this.#take(close)) {
      this.#fail();
    }
  }

  #string(): string {
    const start = this.#at;
    let end = start;
    let slashes: number;
    do {
      end = this.#text.indexOf('"', end + 1);
      if (end < 0) {
        this.#fail();
      }
      slashes = 0;
      while (this.#text[end - 1 - slashes] === '\\') {
        slashes++;
      }
    } while (slashes % 2);
    this.#at = end + 1;
    const plain = this.#text.slice(start + 1, end);
    if (!special.test(plain)) {
      return plain;
    }
    try {
      return JSON.parse(`"${plain}"`) as string;
    } catch {
      return this.#fail();
    }
  }

  #keepNumber(holder: object, key: string): void {
    const text = this.#number;
    this.#number = '';
    if (text && String(Number(text)) !== text) {
      const texts = writtenNumbers.get(holder) ?? new Map<string, string>();
      writtenNumbers.set(holder, texts.set(key, text));
    }
  }

  #take(sign: string): boolean {
    this.#skipSpace();
    const found = this.#text[this.#at] === sign;
    this.#at += Number(found);
    return found;
  }

  #skipSpace(): void {
    while (isSpace(this.#text.charCodeAt(this.#at))) {
      this.#at++;
    }
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0] ?? '';
    this.#at += found.length;
    return found;
  }

  #fail(): never {
    throw notJson();
  }
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}

function notJson(): SmartError {
  return fhirError('not-json', { values: { value: 'something else' } });
}
