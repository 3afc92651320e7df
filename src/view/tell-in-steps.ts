import type { FhirResource } from '../fhir/resource.js';
import { once } from './once.js';
import type { Fact, ResourceView } from './resource-view.types.js';
import type { Taker } from './taker.js';

/** The elements of a resource, by when they are told. */
export interface Telling {
  /** What the resource itself is the content of. */
  readonly content: readonly Fact[];
  readonly isKey: (element: string) => boolean;
  /** What is told at once, in order, the key elements among them. */
  readonly atOnce: readonly string[];
  readonly later: readonly string[];
  /** What stands in the place of parts that must not be shown. */
  readonly refused: readonly Fact[];
  readonly tell: (element: string) => readonly Fact[];
}

/** What is made of them; each is a function because it is drawn up when it is asked for. */
export interface Told {
  readonly keyFacts: () => readonly Fact[];
  readonly facts: () => readonly Fact[];
  readonly details: () => readonly Fact[];
  readonly saysMoreThan: ResourceView['saysMoreThan'];
}

/** Tells a resource step by step. Whether there is more is looked up before the next step takes it. */
export function tellInSteps(taker: Taker, resource: FhirResource, telling: Telling): Told {
  const { content, isKey, atOnce, later, refused, tell } = telling;
  const isMore = (): boolean => !taker.left(resource).next().done;

  const keyFacts = once(() => [...content, ...atOnce.filter(isKey).flatMap(tell)]);
  const isMoreThanKeyFacts = once(() => {
    keyFacts();
    return isMore();
  });
  const facts = once(() => {
    isMoreThanKeyFacts();
    return [...content, ...atOnce.flatMap(tell), ...refused];
  });
  const isMoreThanFacts = once(() => {
    facts();
    return isMore();
  });
  const details = once(() => {
    isMoreThanFacts();
    return [...later.flatMap(tell), ...taker.left(resource)];
  });
  return {
    keyFacts,
    facts,
    details,
    saysMoreThan: (told) => (told === 'facts' ? isMoreThanFacts() : isMoreThanKeyFacts()),
  };
}
