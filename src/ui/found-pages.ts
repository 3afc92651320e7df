import { withList } from '../fhir/json.js';
import {
  isObject,
  isResource,
  objectsIn,
  own,
  textIn,
  type FhirResource,
  type JsonObject,
} from '../fhir/resource.js';
import type { SearchPage } from '../fhir/search-page.js';

interface Found {
  readonly entry: JsonObject;
  readonly isMatch: boolean;
}

/** The pages of a search in one Bundle. What comes twice, because records were added meanwhile, is there once. */
export class FoundPages {
  readonly first: FhirResource;
  bundle: FhirResource;
  last: SearchPage;
  /** How many entries of another patient were left out. */
  leftOut = 0;
  /** Some servers count with the first page only. */
  #total: number | undefined;
  readonly #found = new Map<unknown, Found>();

  constructor(page: SearchPage) {
    this.first = this.bundle = page.bundle;
    this.last = page;
    this.#collect(page);
  }

  /** How many there are of what was searched for. */
  get count(): number {
    return [...this.#found.values()].filter(({ isMatch }) => isMatch).length;
  }

  /** How many there are in all, where the server says so and it can be true. */
  get total(): number | undefined {
    return (this.#total ?? 0) > this.count || !this.last.hasMore ? this.#total : undefined;
  }

  add(page: SearchPage): void {
    this.last = page;
    this.#collect(page);
    const entries = [...this.#found.values()].map(({ entry }) => entry);
    // What was asked for is in the first page; whether there is more, in the last one.
    const links = [...linksOf(this.first, false), ...linksOf(page.bundle, true)];
    const bundle = withList(withList(this.first, 'entry', entries), 'link', links);
    this.bundle = isResource(bundle) ? bundle : this.bundle;
  }

  #collect({ bundle, matches, leftOut, total }: SearchPage): void {
    this.leftOut += leftOut;
    this.#total = total ?? this.#total;
    const matched = new Set<unknown>(matches);
    for (const entry of objectsIn(own(bundle, 'entry'))) {
      const key = keyOf(entry, bundle);
      const isMatch = matched.has(own(entry, 'resource'));
      // A record that also came along with others is what was searched for.
      if (isMatch || !this.#found.has(key)) {
        this.#found.set(key, { entry, isMatch });
      }
    }
  }
}

function linksOf(bundle: FhirResource, isNext: boolean): readonly JsonObject[] {
  return objectsIn(own(bundle, 'link')).filter((link) => (textIn(link, 'relation') === 'next') === isNext);
}

/** What is the same for the same record; of a history, each version is one. */
function keyOf(entry: JsonObject, bundle: FhirResource): unknown {
  const resource = own(entry, 'resource');
  if (!isResource(resource)) {
    return entry;
  }
  const id = textIn(resource, 'id');
  const where = textIn(entry, 'fullUrl') ?? (id && `${resource.resourceType}/${id}`);
  const meta = own(resource, 'meta');
  const version = isObject(meta) ? textIn(meta, 'versionId') : undefined;
  if (textIn(bundle, 'type') !== 'history') {
    return where ?? entry;
  }
  return where && version ? `${where} ${version}` : entry;
}
