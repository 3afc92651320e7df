import { withList } from '../fhir/json.js';
import { isList, isObject, textIn, type FhirResource, type JsonValue } from '../fhir/resource.js';
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

/** What nobody here understands, by the addresses of it, and which part of the resource it is in. */
export interface RefusedPart {
  readonly element: string;
  readonly unknown: readonly string[];
}

export interface Understood {
  /** The resource without the parts that are refused. */
  readonly resource: FhirResource;
  readonly refusedParts: readonly RefusedPart[];
  /** Why all of it is refused; empty where it is not. */
  readonly unknown: readonly string[];
}

/**
 * Lists of which each item is no more than a piece: a panel without one of its results, or a medicine without one of its
 * ingredients, would be taken for the whole.
 */
const indivisible: Readonly<Record<string, string>> = {
  Medication: 'ingredient',
  MedicationKnowledge: 'ingredient',
  Observation: 'component',
  VisionPrescription: 'lensSpecification',
};

/**
 * What of a resource may be shown, where something changes its meaning in a way that nobody here understands (FHIR,
 * Extensibility, modifierExtension; Resource.implicitRules): whoever does not understand it has to refuse “the resource or
 * the affected element”. The entries of a Bundle answer for themselves.
 *
 * One of a list stands for itself, and is left out alone: an activity of a plan, a dosage, an entry. All is refused where it
 * is about all: on the resource; in something that there is one of, as its code or its value; in what is contained, of which
 * the rest speaks; and in what is itself a modifier, as the link from one patient to the next.
 */
export function understoodOf(resource: FhirResource): Understood {
  const unknown = new Set<string>();
  const refusedParts: RefusedPart[] = [];
  let understood = resource;
  for (const [element, value] of Object.entries<JsonValue>(resource)) {
    const items = isList(value) && isDivisible(resource.resourceType, element) ? value : [];
    const inItems = items.map((item) => [...new Set(modifiersIn(element === 'entry' ? element : '', item))]);
    if (items.length === 0) {
      modifiersIn(element, value).forEach((one) => unknown.add(one));
    } else if (inItems.some((found) => found.length)) {
      // Something empty stands in its place: a list of it alone is no empty list.
      const rest = items.map((item, index) => (inItems[index]?.length ? Object.freeze({}) : item));
      understood = withList(understood, element, rest) as FhirResource;
      refusedParts.push(
        ...inItems.filter((found) => found.length).map((found) => ({ element, unknown: found })),
      );
    }
  }
  return unknown.size
    ? { resource, refusedParts: [], unknown: [...unknown] }
    : { resource: understood, refusedParts, unknown: [] };
}

function isDivisible(type: string, element: string): boolean {
  const isModifier = modifiersOf(type).some(([first, ...others]) => first === element && others.length === 0);
  const isPiece = Object.hasOwn(indivisible, type) && indivisible[type] === element;
  return !isModifier && !isPiece && !/^(?:modifierExtension|_?implicitRules|contained)$/.test(element);
}

/** The same for each of the many parts that have none. */
const none: readonly string[] = [];

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
    return none;
  }
  let found = none;
  for (const inner of Object.keys(value)) {
    const more = key === 'entry' && inner === 'resource' ? none : modifiersIn(inner, value[inner]);
    found = more.length ? [...found, ...more] : found;
  }
  return found;
}
