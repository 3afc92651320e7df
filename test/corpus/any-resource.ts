import { boolean, integer, type GeneratorValue } from 'fast-check';

import type { Definitions, ElementDefinition } from './records.js';

/** Left out: what forbids to show a resource, and what is not data. */
const leftOut = /^(?:modifierExtension|implicitRules|resourceType)$/;

/** Codes that views know, beside those that nobody knows. */
const knownCodes = [
  'final',
  'active',
  'entered-in-error',
  'not-done',
  'preliminary',
  'old',
  'temp',
  'home',
  'phone',
  'usual',
  '<',
  '>=',
  'd',
  'wk',
  'MORN',
  'replaced-by',
  'order',
  'plan',
  'unknown',
];

const decorations = [
  (text: string): string => text,
  (text: string): string => `<b>${text}</b>`,
  (text: string): string => `"${text}" \\ & ${text}`,
  (text: string): string => `${text}\nsecond line`,
  (text: string): string => `\u202e${text}\u202c`,
  (text: string): string => `نص ${text} 漢字 🙂`,
  (text: string): string => `**${text}**, [link](javascript:alert(1))`,
  (text: string): string => `1. ${text}; 5 < 7`,
];

/**
 * Writes resources of any R4 type as JSON text, with a value of its own in nearly every place: what is lost is then not
 * found elsewhere by chance.
 */
export class ResourceWriter {
  readonly #definitions: Definitions;
  readonly #pick: GeneratorValue;
  readonly #types: readonly string[];
  #count = 0;

  constructor(definitions: Definitions, pick: GeneratorValue) {
    this.#definitions = definitions;
    this.#pick = pick;
    this.#types = Object.keys(definitions).filter((type) => definitions[type]?.isResource);
  }

  /** @param elements - what it has for certain; anything of the type where nothing is named. */
  resource(type: string, elements: readonly ElementDefinition[] = [], depth = 4): string {
    const chosen = elements.length ? elements : this.#some(type, 6);
    const own = chosen.filter(({ name }) => !leftOut.test(name));
    return `{${[`"resourceType": "${type}"`, ...own.flatMap((one) => this.#members(one, depth))].join(', ')}}`;
  }

  /** Elements of a type, not too many of them. */
  #some(type: string, most: number): readonly ElementDefinition[] {
    const all = (this.#definitions[type]?.elements ?? []).filter(({ name }) => !leftOut.test(name));
    const chosen = new Set<ElementDefinition>();
    for (let count = this.#number(1, most); count > 0 && all.length > 0; count--) {
      chosen.add(all[this.#number(0, all.length - 1)]!);
    }
    return [...chosen];
  }

  /** The key and value of an element, and those of its shadow where it has one. */
  #members({ name, types, isList }: ElementDefinition, depth: number): readonly string[] {
    const type = types[this.#number(0, types.length - 1)] ?? 'string';
    if (depth <= 0 && !isPrimitive(type) && type !== 'Coding') {
      return [];
    }
    const key = name.replace('[x]', type.charAt(0).toUpperCase() + type.slice(1));
    const size = isList ? this.#number(1, 3) : 1;
    const values = Array.from({ length: size }, () => this.#value(type, depth - 1));
    if (!isPrimitive(type) || !this.#now(8)) {
      return values.includes('') ? [] : [`"${key}": ${list(values, isList)}`];
    }
    // A value, or only what is to be known about it, or both.
    const shadows = values.map(() => this.#shadow());
    const kept = values.map((value) => (this.#now(3) ? 'null' : value));
    const hasValue = kept.some((value) => value !== 'null');
    return [...(hasValue ? [`"${key}": ${list(kept, isList)}`] : []), `"_${key}": ${list(shadows, isList)}`];
  }

  #shadow(): string {
    const reason = `{"url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason", "valueCode": "masked"}`;
    const extension = this.#now(3) ? reason : this.#extension(1);
    return `{"extension": [${extension}]}`;
  }

  #extension(depth: number): string {
    const url = `"url": "http://x.example/extension${this.#next()}"`;
    const values = this.#definitions['Extension']!.elements.filter(({ name }) => name === 'value[x]');
    return `{${[url, ...values.flatMap((one) => this.#members(one, depth))].join(', ')}}`;
  }

  #value(type: string, depth: number): string {
    const primitive = this.#primitive(type);
    if (primitive !== undefined) {
      return primitive;
    }
    switch (type) {
      case 'Extension':
        return this.#extension(depth);
      case 'Resource':
        return this.resource(this.#oneOf(...this.#types), [], Math.min(depth, 2));
      case 'Narrative':
        return '{"status": "generated", "div": "<div xmlns=\\"http://www.w3.org/1999/xhtml\\">Words</div>"}';
      default: {
        const members = this.#some(type, 4).flatMap((one) => this.#members(one, depth));
        // What has no members is no value.
        return members.length ? `{${members.join(', ')}}` : '';
      }
    }
  }

  /** Valid, and written in ways that programs like to change. */
  #primitive(type: string): string | undefined {
    const next = this.#next();
    const day = String((next % 28) + 1).padStart(2, '0');
    const month = String((next % 12) + 1).padStart(2, '0');
    const year = String(1000 + (next % 9000));
    switch (type) {
      case 'boolean':
        return String(this.#pick(boolean));
      case 'integer':
        return String(this.#now(2) ? -next : next);
      case 'positiveInt':
      case 'unsignedInt':
        return String(next);
      case 'decimal':
        return this.#oneOf(
          `${next}.50`,
          `-${next}.0`,
          `0.0${next}0`,
          `${next}e-7`,
          `${next}.123456789012345678`,
        );
      case 'date':
        return `"${this.#oneOf(year, `${year}-${month}`, `${year}-${month}-${day}`)}"`;
      case 'dateTime':
        return `"${this.#oneOf(year, `${year}-${month}`, `${year}-${month}-${day}T23:30:00-08:00`)}"`;
      case 'instant':
        return `"${year}-${month}-${day}T07:30:00.12345Z"`;
      case 'time':
        return `"13:05:${String(next % 60).padStart(2, '0')}"`;
      case 'base64Binary':
        return '"SGVsbG8="';
      case 'code':
        return JSON.stringify(this.#now(3) ? this.#oneOf(...knownCodes) : `code-${next}`);
      case 'id':
        return `"id-${next}"`;
      case 'uri':
      case 'canonical':
        return `"http://x.example/${next}"`;
      case 'url':
        return `"${this.#oneOf('https://x.example/', 'javascript:alert(1)//', '//x.example/')}${next}"`;
      case 'oid':
        return `"urn:oid:1.2.${next}"`;
      case 'uuid':
        return `"urn:uuid:${next}"`;
      case 'markdown':
      case 'string':
        return JSON.stringify(this.#oneOf(...decorations)(`word${next}`));
      case 'xhtml':
        return '"<div>Words</div>"';
      default:
        return undefined;
    }
  }

  #next(): number {
    // In steps: a number that was changed a little is none of the others.
    return (this.#count += 37);
  }

  #number(min: number, max: number): number {
    return this.#pick(integer, { min, max });
  }

  #oneOf<T>(...values: readonly T[]): T {
    return values[this.#number(0, values.length - 1)]!;
  }

  /** Once in so many times. */
  #now(times: number): boolean {
    return this.#number(1, times) === times;
  }
}

function isPrimitive(type: string): boolean {
  return /^[a-z]/.test(type) && !type.includes('.');
}

function list(values: readonly string[], isList: boolean): string {
  return isList ? `[${values.join(', ')}]` : (values[0] ?? 'null');
}
