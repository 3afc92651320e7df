import { decimalText } from '../fhir/json.js';
import { isList, isObject, own, type JsonObject, type JsonValue } from '../fhir/resource.js';
import { formatDate, holdsDate, ownZone } from './dates.js';
import { labelOf } from './labels.js';
import type { Fact } from './resource-view.types.js';

type Holder = JsonObject | readonly JsonValue[];

interface Saying {
  readonly words: string | undefined;
  readonly taken: readonly (readonly [holder: Holder, key: string])[];
}

/** For whom, on which day, and out of what. */
export type Setting = Pick<Taker, 'language' | 'contained'> & {
  /** As `YYYY-MM-DD`; the day that it is where there is none. */
  readonly today?: string | undefined;
  readonly timeZone?: string | undefined;
};

/**
 * Takes texts out of a resource and remembers which: what nobody took can be listed, so that nothing is lost.
 */
export class Taker {
  readonly language: string | undefined;
  /** The reader's (IANA, or the browser's own). */
  readonly timeZone: string;
  /** The resources within this one, by the reference to them: `#id`. */
  readonly contained: ReadonlyMap<string, JsonObject>;
  #today: string | undefined;
  readonly #taken = new Map<object, Set<string>>();
  readonly #said = new Map<object, Saying>();
  /** What the present attempt has taken so far. */
  #attempted: [holder: Holder, key: string][] | undefined;

  constructor({ language, today, timeZone, contained }: Setting) {
    this.language = language;
    this.#today = today;
    this.timeZone = timeZone ?? ownZone;
    this.contained = contained;
  }

  /** As `YYYY-MM-DD`. Hardly any record asks for it. */
  get today(): string {
    return (this.#today ??= new Date().toISOString().slice(0, 10));
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
        return holdsDate(element) ? formatDate(value, this.language, this.timeZone) : value;
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
    const saying = this.#said.get(node) ?? this.#try(say);
    this.#said.set(node, saying);
    return this.#keep(saying);
  }

  /** What is taken on the way to words counts only if there are some in the end. */
  attempt(say: () => string | undefined): string | undefined {
    return this.#keep(this.#try(say));
  }

  /** Takes a member with all that is in it. */
  mark(holder: Holder, key: string): void {
    if (this.#attempted) {
      this.#attempted.push([holder, key]);
    } else {
      this.#taken.set(holder, (this.#taken.get(holder) ?? new Set()).add(key));
    }
  }

  #try(say: () => string | undefined): Saying {
    const outer = this.#attempted;
    const taken = (this.#attempted = [] as [Holder, string][]);
    const words = say();
    this.#attempted = outer;
    return { words, taken: words ? taken : [] };
  }

  #keep({ words, taken }: Saying): string | undefined {
    taken.forEach(([holder, key]) => this.mark(holder, key));
    return words;
  }

  /** Every primitive that nobody took, under the path to it. */
  *left(holder: Holder, path: readonly string[] = [], element: string = ''): Generator<Fact, void> {
    const taken = this.#taken.get(holder);
    const isOneOfMany = isList(holder) && holder.length > 1;
    for (const [key, value] of Object.entries<JsonValue>(holder)) {
      if (taken?.has(key)) {
        continue;
      }
      const name = isList(holder) ? element : key;
      const label = isList(holder) ? (isOneOfMany ? String(Number(key) + 1) : undefined) : labelOf(key);
      const here = label === undefined ? path : [...path, label];
      const text = this.peek(holder, key, name);
      if (isObject(value) || isList(value)) {
        yield* this.left(value, here, name);
      } else if (text !== undefined) {
        yield { label: here.join(' › '), values: [{ text }] };
      }
    }
  }
}
