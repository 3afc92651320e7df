import {
  isList,
  isObject,
  objectsIn,
  own,
  textIn,
  type JsonObject,
  type JsonValue,
} from '../fhir/resource.js';
import { sayDataType } from './data-types.js';
import type { Taker } from './taker.js';

/** The words of a member, of whichever type, one by one. */
export function sayAll(taker: Taker, holder: JsonObject, key: string): readonly string[] {
  const value = own(holder, key);
  return (isList(value) ? value : [value]).flatMap((item) =>
    isObject(item) ? (sayDataType(taker, item) ?? []) : typeof item === 'string' ? item : [],
  );
}

/** What stands at the end of a path of names, in however many parts. */
export function valuesAt(value: JsonValue | undefined, path: readonly string[]): readonly JsonValue[] {
  if (isList(value)) {
    return value.flatMap((item) => valuesAt(item, path));
  }
  const [first, ...others] = path;
  if (first === undefined) {
    return value === undefined ? [] : [value];
  }
  return isObject(value) ? valuesAt(own(value, first), others) : [];
}

const statusCode = /^[a-z]+(?:-[a-z]+)*$/;

/**
 * The codes of a status: a plain code (as STU3 wrote also what are concepts now), those of a concept or of a coding, or
 * the words of a concept without one.
 */
export function codesIn(value: JsonValue | undefined, pattern: RegExp = statusCode): readonly string[] {
  if (typeof value === 'string') {
    return [value];
  }
  return objectsIn(value).flatMap((concept) => {
    const codings = [concept, ...objectsIn(own(concept, 'coding'))];
    const codes = codings
      .flatMap((coding) => textIn(coding, 'code') ?? [])
      .filter((code) => pattern.test(code));
    const words = codings.flatMap((coding) => textIn(coding, 'text') ?? textIn(coding, 'display') ?? []);
    return codes.length || pattern !== statusCode
      ? codes
      : words.slice(0, 1).map((text) => text.trim().toLowerCase().replace(/ /g, '-'));
  });
}
