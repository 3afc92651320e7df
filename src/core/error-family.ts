import type { ErrorCode } from './error-code.js';
import { SmartError, type ErrorEntry, type SmartErrorDetails } from './smart-error.js';

/** Makes the errors of one area. The texts of an area come into a bundle only with what raises its errors. */
export interface ErrorFamily<Area extends string, Name extends string> {
  /** @param name what stands after the `/` in the code. */
  (name: Name, details?: SmartErrorDetails): SmartError;
  readonly area: Area;
  readonly texts: Readonly<Record<Name, ErrorEntry>>;
}

/** What stands after the `/` in the codes of a family. */
export type NameIn<Family> = Family extends ErrorFamily<string, infer Name> ? Name : never;

/** Every code of a family. */
export type CodeOf<Family> = Family extends ErrorFamily<infer Area, infer Name> ? `${Area}/${Name}` : never;

export function errorFamily<Area extends string, Name extends string>(
  area: Area,
  texts: Readonly<Record<Name, ErrorEntry>>,
): ErrorFamily<Area, Name> {
  const make = (name: Name, details?: SmartErrorDetails): SmartError =>
    new SmartError(`${area}/${name}` as ErrorCode, texts[name], details);
  return Object.assign(make, { area, texts });
}
