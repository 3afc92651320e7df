import { decimalText } from '../../fhir/json.js';
import { isList, isObject, objectsIn, own, textIn, type JsonObject } from '../../fhir/resource.js';
import type { Taker } from '../taker.js';
import { withTranslation } from '../translation.js';

/** A value in words; undefined where the object turns out to be of another kind, or cannot be told in one sentence. */
export type Say = (value: Wording) => string | undefined;

/** An object that is put in words. What is taken from it counts as shown: nothing is taken that the words do not say. */
export class Wording {
  readonly taker: Taker;
  readonly node: JsonObject;
  /** Whether a member was asked for, is there, and has no words: what leaves it out would not be the whole. */
  missed: boolean = false;
  readonly #sayInner: (node: JsonObject) => string | undefined;

  constructor(taker: Taker, node: JsonObject, sayInner: (node: JsonObject) => string | undefined) {
    this.taker = taker;
    this.node = node;
    this.#sayInner = sayInner;
  }

  has(key: string): boolean {
    return own(this.node, key) !== undefined;
  }

  /** A member that is text, not taken. */
  text(key: string): string | undefined {
    return textIn(this.node, key);
  }

  /** A number as it was written, not taken. */
  number(key: string): string | undefined {
    return decimalText(this.node, key);
  }

  /** The member in words, whether it is a primitive, a data type, or a list of them. */
  part(key: string, separator: string = ', '): string | undefined {
    return join(separator, ...this.parts(key));
  }

  /** The first of several members that has words. */
  first(...keys: readonly string[]): string | undefined {
    for (const key of keys) {
      const words = this.part(key);
      if (words) {
        return words;
      }
    }
    return undefined;
  }

  parts(key: string): readonly string[] {
    const value = own(this.node, key);
    const items = isList(value) ? value : value === undefined ? [] : [value];
    return items.flatMap((item, index) => {
      const words = isObject(item)
        ? this.#sayInner(item)
        : this.#primitive(key, isList(value) ? index : undefined);
      this.missed ||= words === undefined;
      return words ?? [];
    });
  }

  /** The objects of a member that has no words by itself. */
  inner(key: string): readonly Wording[] {
    const found = objectsIn(own(this.node, key));
    this.missed ||= found.length === 0 && this.has(key);
    return found.map((node) => new Wording(this.taker, node, this.#sayInner));
  }

  /** Codes in other words. A code whose letters are not in them is not taken: whoever knows it finds it in the details. */
  reworded(
    key: string,
    wordsOf: (code: string) => string | undefined,
    separator: string = ', ',
  ): string | undefined {
    const value = own(this.node, key);
    const holder = isList(value) ? value : this.node;
    const keys = isList(value) ? Object.keys(value) : value === undefined ? [] : [key];
    const words = keys.map((at) => {
      const code = textIn(holder as JsonObject, at);
      const words = code && wordsOf(code);
      this.missed ||= words === undefined;
      if (code && words?.includes(code)) {
        this.taker.mark(holder, at);
      }
      return words;
    });
    return join(separator, ...words);
  }

  #primitive(key: string, index?: number): string | undefined {
    const value = own(this.node, key);
    const words =
      index !== undefined && isList(value)
        ? this.taker.take(value, String(index), key)
        : this.taker.take(this.node, key);
    return withTranslation(this.taker, words, this.node, key, index);
  }
}

export function join(separator: string, ...parts: readonly (string | undefined)[]): string | undefined {
  return parts.filter(Boolean).join(separator) || undefined;
}

/** Says all of it or nothing: what leaves out a bound, or a comparator, says something else. */
export function wholly(say: Say): Say {
  return (value) => {
    const words = say(value);
    return value.missed ? undefined : words;
  };
}
