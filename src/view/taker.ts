import { decimalText } from '../fhir/json.js';
import { isList, isObject, own, type JsonObject, type JsonValue } from '../fhir/resource.js';
import { formatDate, holdsDate } from './dates.js';
import { labelOf } from './labels.js';
import type { Fact } from './resource-view.types.js';

type Holder = JsonObject | readonly JsonValue[];

/**
 * Takes texts out of a resource and remembers which: what nobody took can be listed, so that nothing is lost.
 */
export class Taker {
  readonly language: string | undefined;
  readonly today: string;
  /** The resources within this one, by the reference to them: `#id`. */
  readonly contained: ReadonlyMap<string, JsonObject>;
  readonly #taken = new Map<object, Set<string>>();
  readonly #said = new Map<object, string | undefined>();

  constructor({ language, today, contained }: Pick<Taker, 'language' | 'today' | 'contained'>) {
    this.language = language;
    this.today = today;
    this.contained = contained;
  }

  /**
   * A primitive in words, taken; undefined where there is none.
   *
   * @param element - the name of the element, where the key is the index in a list.
   */
  take(holder: Holder, key: string, element: string = key): string | undefined {
    const text = this.peek(holder, key, element);
    if (text !== undefined) {
      this.mark(holder, key);
    }
    return text;
  }

  /** The same, left to be listed as it was recorded. */
  peek(holder: Holder, key: string, element: string = key): string | undefined {
    const value = own(holder as JsonObject, key);
    switch (typeof value) {
      case 'string':
        return holdsDate(element) ? formatDate(value, this.language) : value;
      case 'number':
        return decimalText(holder, key);
      case 'boolean':
        return value ? 'Yes' : 'No';
      default:
        return undefined;
    }
  }

  /**
   * What is made of a node, worked out once: several data types may share its keys, and each would go through all that is
   * in it again, level by level.
   */
  once(node: object, say: () => string | undefined): string | undefined {
    if (!this.#said.has(node)) {
      this.#said.set(node, say());
    }
    return this.#said.get(node);
  }

  /** Takes a member with all that is in it. */
  mark(holder: Holder, key: string): void {
    this.#taken.set(holder, (this.#taken.get(holder) ?? new Set()).add(key));
  }

  /** Every primitive that nobody took, under the path to it. */
  left(holder: Holder, path: readonly string[] = [], element: string = ''): Fact[] {
    return Object.entries(holder).flatMap(([key, value]: [string, JsonValue]) => {
      if (this.#taken.get(holder)?.has(key)) {
        return [];
      }
      const name = isList(holder) ? element : key;
      const numbered = isList(holder) ? (holder.length > 1 ? [String(Number(key) + 1)] : []) : [labelOf(key)];
      const here = [...path, ...numbered];
      if (isObject(value) || isList(value)) {
        return this.left(value, here, name);
      }
      const text = this.peek(holder, key, name);
      return text === undefined ? [] : [{ label: here.join(' › '), values: [{ text }] }];
    });
  }
}
