import { viewError } from '../core/errors/view.js';
import {
  isList,
  isObject,
  isResource,
  objectsIn,
  own,
  textIn,
  type FhirResource,
  type JsonObject,
} from '../fhir/resource.js';
import { sayData } from './attachment.js';
import { sayDataType } from './data-types.js';
import { factOf, type ViewInner } from './facts.js';
import { elementOf, inWords } from './labels.js';
import { noticesOf, unknownModifiers } from './notices.js';
import { planOf } from './plans.js';
import type { Fact, NarrativeSource, ResourceView, ViewOptions } from './resource-view.types.js';
import { Taker } from './taker.js';

/** Said elsewhere than among the facts, or not for people. */
const housekeeping = /^_?(?:resourceType|id|meta|language|text|extension|contained)$/;

/**
 * Draws up what is shown of a resource, whatever its type: what it means first, then what it says, then all the rest.
 *
 * @throws {SmartError} `view/not-a-resource`.
 */
export function viewResource(value: JsonObject, options: ViewOptions = {}): ResourceView {
  if (!isResource(value)) {
    throw viewError('not-a-resource');
  }
  const { language, today = new Date().toISOString().slice(0, 10), timeZone } = options;
  const inside = objectsIn(own(value, 'contained'));
  const contained = new Map(inside.map((one) => [`#${textIn(one, 'id')}`, one]));
  const taker = new Taker({ language, today, timeZone, contained });
  const modifiers = unknownModifiers(value);
  const viewInner: ViewInner = (inner) => viewResource(inner, { language, today, timeZone });

  const plan = planOf(value.resourceType);
  taker.mark(value, 'resourceType');
  const title = titleOf(taker, value, plan.title);
  const head = {
    type: inWords(value.resourceType),
    id: taker.take(value, 'id'),
    title: title?.words,
    notices: noticesOf(value, language),
    narrative: takeNarrative(taker, value),
  };
  if (modifiers.length) {
    const refused = viewError('modifier-not-understood', {
      values: { value: modifiers.join(', ') },
    });
    return { ...head, status: undefined, facts: [], details: [], refused };
  }
  const status = factsUnder(taker, value, plan.status, viewInner)[0]?.values[0]?.text;
  const said = [plan.status, title?.wholeElement];
  const content = [...new Set(Object.keys(value).map(elementOf))].filter(
    (element) => !housekeeping.test(element) && !said.includes(element),
  );
  const embedded = contentOf(taker, value);
  const planned = plan.facts?.filter((element) => content.includes(element)) ?? content;
  const facts = planned.flatMap((element) => {
    const isKey = plan.key.includes(element);
    return factsUnder(taker, value, element, viewInner).map((fact) => (isKey ? { ...fact, isKey } : fact));
  });
  const rest = [...content.filter((element) => !planned.includes(element)), 'contained'];
  const details = rest.flatMap((element) => factsUnder(taker, value, element, viewInner));
  return { ...head, status, facts: [...embedded, ...facts], details: [...details, ...taker.left(value)] };
}

/** The facts of one element, whichever of its types it has. */
function factsUnder(
  taker: Taker,
  resource: FhirResource,
  element: string,
  viewInner: ViewInner,
): readonly Fact[] {
  const keys = Object.keys(resource).filter((key) => elementOf(key) === element);
  const told = keys.filter((key) => !key.startsWith('_') || !keys.includes(key.slice(1)));
  return told.map((key) => factOf(taker, resource, key, viewInner)).filter((fact) => fact !== undefined);
}

interface Title {
  readonly words: string;
  /** The element that it comes from, unless that says more: other names, for example. */
  readonly wholeElement: string | undefined;
}

function titleOf(taker: Taker, resource: FhirResource, elements: readonly string[]): Title | undefined {
  for (const element of elements) {
    for (const key of Object.keys(resource).filter(
      (one) => elementOf(one) === element && !one.startsWith('_'),
    )) {
      const value = own(resource, key);
      const items = isList(value) ? value : [value];
      const best = isList(value) ? bestOf(value.filter(isObject), taker.today) : value;
      const words = isObject(best)
        ? sayDataType(taker, best)
        : isList(value)
          ? undefined
          : taker.take(resource, key);
      if (words) {
        return { words, wholeElement: items.length > 1 ? undefined : element };
      }
    }
  }
  return undefined;
}

/** Of several names the one to call somebody by: never an old one while there is another (FHIR, HumanName.use). */
function bestOf(items: readonly JsonObject[], today: string): JsonObject | undefined {
  const uses = ['usual', 'official', undefined, 'nickname', 'temp', 'anonymous', 'maiden', 'old'];
  const rank = (item: JsonObject): number => {
    const period = own(item, 'period');
    const end = isObject(period) ? textIn(period, 'end') : undefined;
    return uses.indexOf(textIn(item, 'use')) + (end && end < today.slice(0, end.length) ? uses.length : 0);
  };
  return [...items].sort((a, b) => rank(a) - rank(b))[0];
}

/** The narrative is markup of the server's, for whoever can show it safely. */
function takeNarrative(taker: Taker, resource: FhirResource): NarrativeSource | undefined {
  const text = own(resource, 'text');
  const xhtml = isObject(text) ? textIn(text, 'div') : undefined;
  if (!isObject(text) || xhtml === undefined) {
    return undefined;
  }
  taker.mark(text, 'div');
  return {
    xhtml,
    language: textIn(resource, 'language'),
    image: (id) => imageIn(taker.contained.get(`#${id}`)),
  };
}

/** The image that a Binary, or a Media, holds (FHIR, Narrative: images by reference). */
function imageIn(holder: JsonObject | undefined): string | undefined {
  const content = own(holder, 'content');
  const image = isObject(content) ? content : holder;
  const [type, data] = [textIn(image, 'contentType'), textIn(image, 'data')];
  return type && data ? `data:${type};base64,${data}` : undefined;
}

/** What a Binary holds, in words. */
function contentOf(taker: Taker, resource: FhirResource): readonly Fact[] {
  const text = sayData(taker, resource);
  return text === undefined
    ? []
    : [{ label: 'Content', values: [{ text, attachment: resource }], isKey: true }];
}
