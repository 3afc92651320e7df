import {
  isList,
  isObject,
  isResource,
  own,
  textIn,
  type FhirResource,
  type JsonObject,
  type JsonValue,
} from '../fhir/resource.js';
import { sayAbsence } from './absence.js';
import { isAttachment } from './attachment.js';
import { sayDataType } from './data-types.js';
import { labelOf } from './labels.js';
import type { Fact, FactValue, ResourceView } from './resource-view.types.js';
import type { Taker } from './taker.js';

/** Draws up the view of a resource within a resource. */
export type ViewInner = (resource: FhirResource) => ResourceView;

/** What an element says; undefined where it says nothing that was not told before. */
export function factOf(taker: Taker, node: JsonObject, key: string, viewInner: ViewInner): Fact | undefined {
  const label = labelOf(key);
  const element = key.replace(/^_/, '');
  const value = own(node, element);
  if (value === undefined) {
    const shadow = own(node, `_${element}`);
    const absence = sayAbsence(taker, isObject(shadow) ? shadow : undefined);
    return absence ? { label, values: [{ text: absence }] } : undefined;
  }
  const values: FactValue[] = [];
  const groups: Fact[] = [];
  const views: ResourceView[] = [];
  const tell = (item: JsonValue, holder: JsonObject | readonly JsonValue[], at: string): void => {
    if (isResource(item)) {
      views.push(viewInner(item));
      taker.mark(holder, at);
      return;
    }
    const words = isObject(item) ? sayDataType(taker, item) : taker.take(holder, at, element);
    if (words !== undefined) {
      values.push(isObject(item) ? { text: words, ...targetOf(item) } : { text: words });
    } else if (isObject(item)) {
      groups.push({ label, values: [], facts: factsOf(taker, item, viewInner) });
    }
  };
  if (isList(value)) {
    value.forEach((item, index) => tell(item, value, String(index)));
  } else {
    tell(value, node, element);
  }
  return pack(label, values, groups, views);
}

/** Where there is more of what an object says, if anywhere. */
function targetOf(item: JsonObject): Omit<FactValue, 'text'> {
  const inner = own(item, 'reference');
  // R5 has a reference beside a concept.
  const reference = isObject(inner) ? textIn(inner, 'reference') : inner;
  if (typeof reference === 'string') {
    return { reference };
  }
  return isAttachment(item) ? { attachment: item } : {};
}

/** The members of an element without words of its own. What is no content is left for "More details". */
export function factsOf(taker: Taker, node: JsonObject, viewInner: ViewInner): Fact[] {
  return Object.keys(node)
    .filter((key) => !/^(?:_.*|id|extension)$/.test(key) || (key.startsWith('_') && !(key.slice(1) in node)))
    .map((key) => factOf(taker, node, key, viewInner))
    .filter((fact) => fact !== undefined);
}

function pack(label: string, values: FactValue[], groups: Fact[], views: ResourceView[]): Fact | undefined {
  const told = groups.filter((group) => group.facts?.length);
  const [only, ...others] = told;
  const facts = others.length
    ? told.map((group, index) => ({ ...group, label: `${label} ${index + 1}` }))
    : (only?.facts ?? []);
  if (values.length + facts.length + views.length === 0) {
    return undefined;
  }
  return { label, values, ...(facts.length && { facts }), ...(views.length && { views }) };
}
