import { isList, isObject, textIn, type JsonObject } from '../fhir/resource.js';
import { modifierTable } from './modifiers.generated.js';

/** The elements that change the meaning of a type, each as the names on the way to it; `status` does so in all. */
export function modifiersOf(type: string): readonly (readonly [string, ...string[]])[] {
  const row = Object.hasOwn(modifierTable, type) ? (modifierTable[type] ?? '') : '';
  return row
    .split(' ')
    .filter(Boolean)
    .map((path) => {
      const [first = '', ...others] = path.split('.');
      return [first, ...others];
    });
}

/**
 * What changes the meaning of a resource in a way that nobody here understands: where FHIR obliges to refuse
 * (FHIR, Extensibility, modifierExtension; Resource.implicitRules). The entries of a Bundle answer for themselves.
 */
export function unknownModifiers(resource: JsonObject): readonly string[] {
  return [...new Set(Object.entries(resource).flatMap(([key, value]) => modifiersIn(key, value)))];
}

function modifiersIn(key: string, value: unknown): readonly string[] {
  if (key === 'modifierExtension' && value !== null) {
    // Also one that is not in a list, as it should be: it modifies all the same.
    return (isList(value) ? value : [value]).map((one) => (isObject(one) && textIn(one, 'url')) || key);
  }
  if (key === 'implicitRules' || key === '_implicitRules') {
    return [typeof value === 'string' ? value : 'implicitRules'];
  }
  if (isList(value)) {
    return value.flatMap((item) => modifiersIn(key === 'entry' ? 'entry' : '', item));
  }
  if (!isObject(value)) {
    return [];
  }
  return Object.entries(value).flatMap(([inner, item]) =>
    key === 'entry' && inner === 'resource' ? [] : modifiersIn(inner, item),
  );
}
