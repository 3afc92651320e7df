import {
  isList,
  isObject,
  isResource,
  objectsIn,
  own,
  textIn,
  type FhirResource,
  type JsonObject,
  type JsonValue,
} from '../fhir/resource.js';
import { sayAbsence, shadowOf } from './absence.js';
import { isAttachment } from './attachment.js';
import { sayCode, sayObject } from './code-words.js';
import { elementOf, labelOf } from './labels.js';
import { isSeamless, leadOf } from './leads.js';
import { takeNarrative } from './narrative-source.js';
import type { Fact, FactValue, ResourceView } from './resource-view.types.js';
import type { Taker } from './taker.js';
import { withTranslation } from './translation.js';

/** Draws up the view of a resource within a resource. */
export type ViewInner = (resource: FhirResource) => ResourceView;

/** A part of an element without words of its own; one that has a name is called by it in place of a number. */
interface Group extends Fact {
  readonly isNamed?: boolean;
}

/** What an element says; undefined where it says nothing that was not told before. */
export function factOf(taker: Taker, node: JsonObject, key: string, viewInner: ViewInner): Fact | undefined {
  const label = labelOf(key, textIn(node, 'resourceType'));
  const element = key.replace(/^_/, '');
  const value = own(node, element);
  if (value === undefined) {
    const absences = objectsIn(own(node, `_${element}`)).flatMap((shadow) => sayAbsence(taker, shadow) ?? []);
    return absences.length ? { label, values: absences.map((text) => ({ text })) } : undefined;
  }
  const values: FactValue[] = [];
  const groups: Group[] = [];
  const views: ResourceView[] = [];
  const tell = (item: JsonValue, index?: number): void => {
    const [holder, at] = isList(value) ? [value, String(index)] : [node, element];
    const inner = innerView(taker, element, item, viewInner);
    if (inner) {
      views.push(inner);
      if (isResource(item)) {
        taker.mark(holder, at);
      }
      return;
    }
    const words = isObject(item)
      ? sayObject(taker, element, item)
      : (sayCode(element, item) ??
        withTranslation(taker, taker.take(holder, at, element), node, element, index) ??
        sayAbsence(taker, shadowOf(node, element, index)));
    if (words !== undefined) {
      values.push(isObject(item) ? { text: words, ...targetOf(item) } : { text: words });
    } else if (isObject(item)) {
      groups.push(groupOf(taker, element, item, viewInner));
    }
  };
  if (isList(value)) {
    value.forEach(tell);
  } else {
    tell(value);
  }
  return pack(label, values, groups, views);
}

/** What is shown as a record of its own: a resource, the resource of an entry, and a section with its text. */
function innerView(
  taker: Taker,
  element: string,
  item: JsonValue,
  viewInner: ViewInner,
): ResourceView | undefined {
  if (isResource(item)) {
    return viewInner(item);
  }
  if (!isObject(item)) {
    return undefined;
  }
  const resource = element === 'entry' ? own(item, 'resource') : undefined;
  if (isResource(resource)) {
    taker.mark(item, 'resource');
    return viewInner(resource);
  }
  return element === 'section' ? viewOfSection(taker, item, viewInner) : undefined;
}

/** A section of a document has a text of its own, which is markup from a server like that of a resource. */
function viewOfSection(taker: Taker, item: JsonObject, viewInner: ViewInner): ResourceView {
  const narrative = takeNarrative(taker, item);
  const members = new Map(keysByElement(item));
  const emptyReason = factOf(taker, item, 'emptyReason', viewInner);
  const reasons = emptyReason && isPlain(emptyReason) ? emptyReason.values : [];
  for (const element of ['title', 'text', ...(reasons.length ? ['emptyReason'] : [])]) {
    members.delete(element);
  }
  const facts = [...members]
    .filter(([element]) => !noContent.test(element))
    .flatMap(([, keys]) => factsUnder(taker, item, keys, viewInner));
  return {
    type: 'Section',
    id: undefined,
    title: withTranslation(taker, taker.take(item, 'title'), item, 'title'),
    status: undefined,
    notices: reasons.map((reason) => ({ kind: 'information', text: `Empty: ${reason.text}.` })),
    keyFacts: [],
    facts,
    details: [],
    saysMoreThan: (told) => told === 'keyFacts' && facts.length > 0,
    narrative,
    isNarrativeFirst: true,
  };
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

/** What is no content is left for "More details". */
const noContent = /^(?:id|extension|linkId|fhir_comments)$/;

/** The keys of a node by the element that they are of: a choice type has several, and a primitive one for its extensions. */
export function keysByElement(node: JsonObject): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const key of Object.keys(node)) {
    const element = elementOf(key);
    const keys = found.get(element);
    if (keys) {
      keys.push(key);
    } else {
      found.set(element, [key]);
    }
  }
  return found;
}

/** The facts of one element, whichever of its types it has. */
export function factsUnder(
  taker: Taker,
  node: JsonObject,
  keys: readonly string[] | undefined,
  viewInner: ViewInner,
): readonly Fact[] {
  return (keys ?? [])
    .filter((key) => !key.startsWith('_') || !keys?.includes(key.slice(1)))
    .map((key) => factOf(taker, node, key, viewInner))
    .filter((fact) => fact !== undefined);
}

/** A part by its name, with what it says of that, and its other members: each is gone through once. */
function groupOf(taker: Taker, element: string, item: JsonObject, viewInner: ViewInner): Group {
  const { name, says } = leadOf(element);
  const told = new Map(
    [...keysByElement(item)]
      .filter(([one]) => !noContent.test(one))
      .map(([one, keys]) => [one, factsUnder(taker, item, keys, viewInner)]),
  );
  const take = (one: string): readonly Fact[] => {
    const facts = told.get(one) ?? [];
    told.delete(one);
    return facts;
  };
  // A name is of words alone: what leads on to another record keeps its link as a value.
  const named = name
    .filter((one) => told.get(one)?.every((fact) => isPlain(fact) && !fact.values.some(leadsOn)))
    .flatMap(take);
  const label = named.flatMap(({ values }) => values.map(({ text }) => text)).join(', ');
  // “Yes” alone does not say of what; as a value it does.
  const isFlag = (one: string): boolean => one !== 'value' && own(item, `${one}Boolean`) !== undefined;
  const saying = says.filter((one) => !isFlag(one)).flatMap(take);
  const facts = [
    ...saying.filter((fact) => !isPlain(fact)).map((fact) => ({ ...fact, values: [] })),
    ...[...told.values()].flat(),
  ].flatMap((fact) => withoutSeams(element, fact));
  const called = label || taker.take(item, 'linkId');
  return {
    label: called ?? labelOf(element),
    values: saying.flatMap((fact) => fact.values),
    ...(facts.length && { facts }),
    ...(called && { isNamed: true }),
  };
}

function withoutSeams(element: string, fact: Fact): readonly Fact[] {
  const isHeading = fact.values.length === 0 && !fact.views && isSeamless(element, fact.label);
  return isHeading ? (fact.facts ?? []).flatMap((inner) => withoutSeams(element, inner)) : [fact];
}

function leadsOn({ reference, attachment }: FactValue): boolean {
  return reference !== undefined || attachment !== undefined;
}

function isPlain({ facts, views }: Pick<Fact, 'facts' | 'views'>): boolean {
  return !facts && !views;
}

function pack(label: string, values: FactValue[], groups: Group[], views: ResourceView[]): Fact | undefined {
  const told: Fact[] = [];
  for (const { isNamed, ...group } of groups) {
    const [sole, ...more] = group.facts ?? [];
    if (sole && !more.length && !isNamed && !group.values.length && groups.length > 1) {
      told.push(sole);
    } else if (sole || (isNamed && group.values.length)) {
      told.push({ ...group, label: isNamed ? group.label : '' });
    } else if (isNamed) {
      values.push({ text: group.label });
    } else {
      values.push(...group.values);
    }
  }
  const [only] = told;
  let facts: readonly Fact[] = told.map((group, index) =>
    group.label ? group : { ...group, label: `${label} ${index + 1}` },
  );
  if (only && told.length === 1 && !only.label) {
    values.push(...only.values);
    facts = only.facts ?? [];
  }
  if (values.length + facts.length + views.length === 0) {
    return undefined;
  }
  return { label, values, ...(facts.length && { facts }), ...(views.length && { views }) };
}
