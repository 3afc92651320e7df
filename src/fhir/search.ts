import { createTokenGuard, type TokenGuard } from '../smart/token-guard.js';
import { withList } from './json.js';
import { readOutcome } from './operation-outcome.js';
import { isOfOtherPatient } from './patient-check.js';
import { resolveSource, type ReadTarget } from './read-target.js';
import {
  isObject,
  isResource,
  objectsIn,
  own,
  textIn,
  type FhirResource,
  type JsonObject,
} from './resource.js';
import { ignoredParameters } from './search-parameters.js';
import type { SearchPage, SearchStop } from './search-page.js';
import { serverUrl, type LinkedServer } from './server-url.js';

/** A server that has always one page more is not followed for ever. */
const mostPages = 50;

/** Goes from page to page. Asked twice at a time, it answers one after the other. */
export class Search {
  readonly #server: LinkedServer;
  readonly #guard: TokenGuard;
  readonly #maxPages: number;
  readonly #seen = new Set<string>();
  #next: ReadTarget | undefined;
  #number = 0;
  #ignored: readonly string[] | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(source: string, maxPages: number | undefined, server: LinkedServer) {
    this.#server = server;
    this.#guard = createTokenGuard(server.base, server.places);
    this.#maxPages = maxPages ?? mostPages;
    this.#next = { ...resolveSource(source, server.base, server.places), type: 'Bundle', isPage: true };
  }

  next(): Promise<IteratorResult<SearchPage, undefined>> {
    const page = this.#turn.then(() => this.#advance());
    this.#turn = page.catch(() => undefined);
    return page;
  }

  async #advance(): Promise<IteratorResult<SearchPage, undefined>> {
    const target = this.#next;
    if (!target) {
      return { done: true, value: undefined };
    }
    const bundle = await this.#server.read(target);
    this.#seen.add(target.url);
    this.#number++;
    if (this.#number === 1) {
      // Later pages are the server's own links: what is in them was not asked for by anybody.
      this.#ignored = ignoredParameters(target.url, linkTo(bundle, 'self'));
    }
    const next = this.#follow(bundle);
    this.#next = typeof next === 'string' ? { ...target, url: next } : undefined;
    const value: SearchPage = {
      number: this.#number,
      ...contents(bundle, target.about, this.#server.patient),
      ignored: this.#ignored,
      hasMore: this.#next !== undefined,
      ...(typeof next === 'object' && { stopped: next }),
    };
    return { done: false, value };
  }

  /** The URL of the next page, or why it is not asked for; undefined where there is none. */
  #follow(bundle: FhirResource): string | SearchStop | undefined {
    const { base } = this.#server;
    const link = linkTo(bundle, 'next');
    if (link === undefined) {
      return undefined;
    }
    let url: string;
    try {
      url = serverUrl(link, base, this.#guard);
    } catch {
      const host = URL.canParse(link, base) && new URL(link, base).host;
      return { reason: 'foreign', ...(host && { host }) };
    }
    if (this.#seen.has(url)) {
      return { reason: 'loop' };
    }
    return this.#number < this.#maxPages ? url : { reason: 'limit' };
  }
}

type Contents = Pick<SearchPage, 'bundle' | 'matches' | 'included' | 'outcomes' | 'total' | 'leftOut'>;

/** @param type - what was searched for, where that is known. */
function contents(bundle: FhirResource, type: string | undefined, patient: string | undefined): Contents {
  const all = objectsIn(own(bundle, 'entry'));
  const entries = all.filter((entry) => {
    const resource = own(entry, 'resource');
    return !(patient && isResource(resource) && isOfOtherPatient(resource, patient));
  });
  const sorted = {
    match: [] as FhirResource[],
    include: [] as FhirResource[],
    outcome: [] as FhirResource[],
  };
  for (const entry of entries) {
    const resource = own(entry, 'resource');
    if (isResource(resource)) {
      sorted[modeOf(entry, resource, type)].push(resource);
    }
  }
  const total = own(bundle, 'total');
  const leftOut = all.length - entries.length;
  return {
    bundle: leftOut > 0 ? (withList(bundle, 'entry', entries) as FhirResource) : bundle,
    matches: sorted.match,
    included: sorted.include,
    outcomes: sorted.outcome.flatMap(readOutcome),
    total: typeof total === 'number' ? total : undefined,
    leftOut,
  };
}

function modeOf(
  entry: JsonObject,
  resource: FhirResource,
  type: string | undefined,
): 'match' | 'include' | 'outcome' {
  const search = own(entry, 'search');
  const mode = isObject(search) ? textIn(search, 'mode') : undefined;
  if (resource.resourceType === 'OperationOutcome' && type !== 'OperationOutcome') {
    return 'outcome';
  }
  const isOther = mode === undefined && type !== undefined && resource.resourceType !== type;
  return mode === 'include' || isOther ? 'include' : 'match';
}

function linkTo(bundle: FhirResource, relation: string): string | undefined {
  const link = objectsIn(own(bundle, 'link')).find((one) => textIn(one, 'relation') === relation);
  return textIn(link, 'url');
}
