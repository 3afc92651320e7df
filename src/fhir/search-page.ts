import type { OutcomeIssue } from '../core/smart-error.js';
import type { FhirResource } from './resource.js';

/** One page of a search. */
export interface SearchPage {
  /** From 1. */
  readonly number: number;
  /** The Bundle, without entries of another patient. */
  readonly bundle: FhirResource;
  /** What was searched for (`search.mode` is `match`, or not said). */
  readonly matches: readonly FhirResource[];
  /** What came along because something refers to it (`include`). */
  readonly included: readonly FhirResource[];
  /** What the server says about the search, as untrusted text: it may have left out a part. Show it. */
  readonly outcomes: readonly OutcomeIssue[];
  /** How many matches there are on all pages, where the server says so. It may count what it does not show. */
  readonly total: number | undefined;
  /**
   * The parameters that were asked for and that the server has not heeded, by its own word (the `self` link of the first
   * page): what it found has to be filtered once more. Undefined where it does not say what it has heeded. What asks for a
   * form and not for records (`_format`, `_pretty`, `_count`, `_total`) is not in it.
   */
  readonly ignored: readonly string[] | undefined;
  /** How many entries of another patient were on this page. They are nowhere in it. */
  readonly leftOut: number;
  /** Whether there is another page to go on to. */
  readonly hasMore: boolean;
  /** Why there is none, though the server says that it has more. */
  readonly stopped?: SearchStop;
}

/** Why the pages of a search end before what was found does. */
export interface SearchStop {
  /**
   * `foreign`: the next page is at another place than the records are read from, and was not asked for. `loop`: it is one
   * that was there before. `limit`: that were enough pages.
   */
  readonly reason: 'foreign' | 'loop' | 'limit';
  /** The other place, where it has a name. */
  readonly host?: string;
}

/**
 * The pages of a search, one by one: `for await`, or one `next()` for each “Load more”.
 *
 * Where `next()` rejects, the same page can be asked for with another `next()`.
 */
export type SearchPages = AsyncIterableIterator<SearchPage, undefined, void>;
