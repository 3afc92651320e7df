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
  type JsonValue,
} from '../fhir/resource.js';
import { sayData } from './attachment.js';
import { sayCode, sayObject } from './code-words.js';
import { factsUnder, keysByElement, type ViewInner } from './facts.js';
import { elementOf, inWords } from './labels.js';
import { modifiersOf, understoodOf } from './modifiers.js';
import { noticesOf } from './notices.js';
import { takeNarrative } from './narrative-source.js';
import { onceForEach } from './once.js';
import { planOf, type Plan } from './plans.js';
import { preferredOf } from './preferred.js';
import { factOfRefused, noticeOfRefused } from './refused-parts.js';
import type { Fact, Notice, ResourceView, ViewOptions } from './resource-view.types.js';
import { Taker } from './taker.js';
import { tellInSteps } from './tell-in-steps.js';
import { withTranslation } from './translation.js';

/** Said elsewhere than among the facts, or not for people. */
const housekeeping = /^_?(?:resourceType|id|meta|language|text|extension|contained)$/;

/**
 * Draws up what is shown of a resource, whatever its type: what it means first, then what it says, then all the rest.
 *
 * @throws {SmartError} `view/not-a-resource`.
 */
export function viewResource(value: JsonObject, options: ViewOptions = {}): ResourceView {
  return drawUp(value, options, { isWithin: false });
}

function drawUp(whole: JsonObject, options: ViewOptions, { isWithin }: { isWithin: boolean }): ResourceView {
  if (!isResource(whole)) {
    throw viewError('not-a-resource');
  }
  const { language, today, timeZone } = options;
  const views = options.views ?? new WeakMap<JsonObject, ResourceView | undefined>();
  const { resource: value, refusedParts, unknown } = understoodOf(whole);
  const inside = objectsIn(own(value, 'contained'));
  const contained = new Map(inside.map((one) => [`#${textIn(one, 'id')}`, one]));
  const taker = new Taker({ language, today, timeZone, contained });
  const viewInner: ViewInner = (inner) => {
    const view = views.get(inner) ?? drawUp(inner, { language, today, timeZone, views }, { isWithin: true });
    views.set(inner, view);
    return view;
  };

  const plan = planOf(value.resourceType);
  taker.mark(value, 'resourceType');
  const title = titleOf(taker, value, plan.title);
  const head = {
    type: inWords(value.resourceType),
    id: taker.take(value, 'id'),
    title: title?.words,
    notices: [
      ...refusedParts.map((part) => noticeOfRefused(part, value.resourceType)),
      ...noticesOf(value, taker),
    ],
    narrative: takeNarrative(taker, value),
    // US Core: the assessment and the plan are in the text.
    isNarrativeFirst: value.resourceType === 'CarePlan',
  };
  if (unknown.length) {
    const refused = viewError('modifier-not-understood', { values: { value: unknown.join(', ') } });
    const nothing = { keyFacts: [], facts: [], details: [], saysMoreThan: (): boolean => false };
    return { ...head, ...nothing, status: undefined, refused };
  }
  const members = keysByElement(value);
  const tell = onceForEach((element) => factsUnder(taker, value, members.get(element), viewInner));
  const status = statusOf(
    plan.status.find((element) => members.has(element)),
    tell,
  );
  const content = [...members.keys()].filter(
    (element) => !housekeeping.test(element) && element !== status.element && element !== title?.wholeElement,
  );
  const planned = atOnce(value.resourceType, plan, content);
  const shown = new Set(planned);
  const later = content.filter((element) => !shown.has(element));
  const isFirst = plan.first.includes('contained');
  const told = tellInSteps(taker, value, {
    content: contentOf(taker, value),
    isKey: (element) => plan.key.includes(element),
    atOnce: isFirst ? [...planned, 'contained'] : planned,
    later: isFirst ? later : [...later, 'contained'],
    refused: refusedParts.map((part) => factOfRefused(part, value.resourceType)),
    tell,
  });
  if (!isWithin) {
    // What cannot be told is known now, and not when half of it is on the page.
    told.facts();
  }
  return {
    ...head,
    status: status.words,
    notices: [...head.notices, ...warningsWithin(inside.filter(isResource).map(viewInner))],
    get keyFacts() {
      return told.keyFacts();
    },
    get facts() {
      return told.facts();
    },
    get details() {
      return told.details();
    },
    saysMoreThan: told.saysMoreThan,
  };
}

/** Of what is contained the rest speaks, as of the medicine that is ordered; it may stand among what is to be opened. */
function warningsWithin(views: readonly ResourceView[]): readonly Notice[] {
  return views.flatMap(({ type, title, notices }) =>
    notices
      .filter(({ kind }) => kind === 'warning')
      .map(({ kind, text }) => ({ kind, text: `${title ?? type}: ${text}` })),
  );
}

interface Status {
  readonly words?: string;
  /** The element that it is all of. */
  readonly element?: string;
}

function statusOf(element: string | undefined, tell: (element: string) => readonly Fact[]): Status {
  const facts = element === undefined ? [] : tell(element);
  // One that is no status, but a whole with parts, is told like anything else.
  return element === undefined || facts.length === 0 || facts.some((fact) => fact.facts ?? fact.views)
    ? {}
    : { element, words: facts.flatMap(({ values }) => values.map(({ text }) => text)).join(', ') };
}

/** The elements that are shown without opening anything: first what changes the meaning, which is never left out. */
function atOnce(type: string, plan: Plan, content: readonly string[]): readonly string[] {
  const meaningful = [...modifiersOf(type).map(([element]) => element), ...plan.status];
  const first = [...meaningful.filter((element) => !plan.first.includes(element)), ...plan.first];
  const there = new Set(content);
  return [...new Set([...first.filter((element) => there.has(element)), ...content])].filter(
    (element) => first.includes(element) || !plan.later.includes(element),
  );
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
      const best = isList(value) ? (preferredOf(value.filter(isObject), taker.today) ?? value[0]) : value;
      const taken = isObject(best) ? sayObject(taker, element, best) : takeText(taker, resource, key, best);
      const words = taken ?? (isObject(best) ? textIn(best, 'name') : sayCode(element, best));
      const reference = isObject(best) ? textIn(best, 'reference') : undefined;
      // The address of another record is no title, and one with words still leads there.
      if (words && words !== reference) {
        const isWhole = taken && items.length === 1 && reference === undefined;
        return { words, wholeElement: isWhole ? element : undefined };
      }
    }
  }
  return undefined;
}

function takeText(
  taker: Taker,
  resource: FhirResource,
  key: string,
  value: JsonValue | undefined,
): string | undefined {
  const holder = own(resource, key);
  // “No” is no title; nor is a code that has other words.
  if (typeof value === 'boolean' || sayCode(elementOf(key), value) !== undefined) {
    return undefined;
  }
  const words = isList(holder) ? taker.take(holder, '0', key) : taker.take(resource, key);
  return withTranslation(taker, words, resource, key, isList(holder) ? 0 : undefined);
}

/** What a Binary holds, in words. */
function contentOf(taker: Taker, resource: FhirResource): readonly Fact[] {
  const text = sayData(taker, resource);
  return text === undefined ? [] : [{ label: 'Content', values: [{ text, attachment: resource }] }];
}
