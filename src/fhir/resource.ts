import { isJsonObject as isObject, type JsonObject, type JsonValue } from '../smart/json-object.js';

export { isObject };
export type { JsonObject, JsonValue };

/** A FHIR resource, of whichever release: all that is certain is that it says its type. */
export type FhirResource = JsonObject & { readonly resourceType: string };

export function isList(value: unknown): value is readonly JsonValue[] {
  return Array.isArray(value);
}

export function isResource(value: unknown): value is FhirResource {
  return isObject(value) && typeof own(value, 'resourceType') === 'string';
}

/** A member of the object itself: a key from a server must not find what every object inherits. */
export function own(node: JsonObject | undefined, key: string): JsonValue | undefined {
  return node && Object.hasOwn(node, key) ? node[key] : undefined;
}

/** The objects of a value that should be a list of them: some servers send one in place of a list of one. */
export function objectsIn(value: JsonValue | undefined): readonly JsonObject[] {
  return (isList(value) ? value : [value]).filter(isObject);
}

/** A member that is text; undefined where it is anything else. */
export function textIn(node: JsonObject | undefined, key: string): string | undefined {
  const value = own(node, key);
  return typeof value === 'string' ? value : undefined;
}
