import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';

import { SmartError } from '../core/smart-error.js';
import type { FhirClient, SearchOptions } from '../fhir/fhir-client.js';
import type { FhirResource } from '../fhir/resource.js';
import type { SearchPage, SearchPages } from '../fhir/search-page.js';
import { countdown } from './countdown.js';
import type { DataState } from './data-state.js';
import type { DataWords } from './data-words.js';
import { errorNotice } from './error-notice.js';
import { FoundPages } from './found-pages.js';
import { emptyWords, endWords, noticesOf, partialWords, progressWords } from './search-words.js';

export { stateOfBundle } from './bundle-state.js';

type Host = ReactiveControllerHost & HTMLElement;

/** Takes up a search whose first page the client has just read. It rejects as the search does. */
export async function beginSearch(
  host: Host,
  client: FhirClient,
  source: string,
  options: SearchOptions,
): Promise<SearchResults> {
  const results = new SearchResults(host, client, source, options);
  await results.begin();
  return results;
}

/** What an element shows of a search: the first page, and those that a person has asked for. */
export class SearchResults {
  readonly #host: Host;
  readonly #source: string;
  readonly #controller = new AbortController();
  readonly #pages: SearchPages;
  #found: FoundPages | undefined;
  #isLoading = false;
  #error: SmartError | undefined;
  #busyUntil: number | undefined;

  constructor(host: Host, client: FhirClient, source: string, options: SearchOptions) {
    this.#host = host;
    this.#source = source;
    this.#pages = client.search(source, {
      ...options,
      signal: this.#controller.signal,
      onBusy: (ms) => {
        this.#busyUntil = Date.now() + ms;
        host.requestUpdate();
      },
    });
  }

  /** Takes the first page. */
  async begin(): Promise<void> {
    const { value } = await this.#pages.next();
    this.#found = value && new FoundPages(value);
  }

  /** All pages in one Bundle. */
  get bundle(): FhirResource | undefined {
    return this.#found?.bundle;
  }

  /** The first page: it stays the same as long as the search does. */
  get first(): FhirResource | undefined {
    return this.#found?.first;
  }

  /** Why the next page could not be had. */
  get error(): SmartError | undefined {
    return this.#error;
  }

  /** Nobody looks at it any more. */
  close(): void {
    this.#controller.abort();
  }

  /** What a data state says of a search; undefined where it says the same of anything. */
  words(state: DataState, about: DataWords): TemplateResult | undefined {
    if (!this.#found) {
      return undefined;
    }
    return state === 'empty'
      ? emptyWords(about)
      : state === 'partial'
        ? partialWords(this.#found, about)
        : undefined;
  }

  /** What one has to know of the results as a whole. */
  notices(): TemplateResult | typeof nothing {
    return this.#found ? noticesOf(this.#found, this.#source) : nothing;
  }

  /**
   * What stands below the results.
   *
   * @param canAsk - whether there is a session to go on with.
   */
  more(canAsk: boolean): TemplateResult | typeof nothing {
    const found = this.#found;
    if (!found || (found.last.number === 1 && !found.last.hasMore)) {
      return nothing;
    }
    if (!found.last.hasMore) {
      return html`<p id="end" tabindex="-1">${endWords(found)}</p>`;
    }
    const error = this.#isLoading || !canAsk ? undefined : this.#error;
    const isBusy = this.#isLoading && this.#busyUntil !== undefined;
    return html`<p>${progressWords(found)}</p>
      <div role="status">
        ${error && errorNotice(error)}${isBusy ? html`<p part="notice">The server is busy.</p>` : nothing}
      </div>
      ${isBusy ? countdown(this.#busyUntil ?? 0) : nothing}
      ${
        canAsk
          ? html`<button
              part="button more"
              type="button"
              aria-disabled=${this.#isLoading ? 'true' : 'false'}
              @click=${this.#loadMore}
            >
              ${this.#isLoading ? 'Loading more…' : error ? 'Try again to load more' : 'Load more'}
            </button>`
          : nothing
      }`;
  }

  readonly #loadMore = async (): Promise<void> => {
    const found = this.#found;
    if (!found || this.#isLoading) {
      return;
    }
    this.#isLoading = true;
    this.#host.requestUpdate();
    const page = await this.#nextPage();
    this.#isLoading = false;
    this.#busyUntil = undefined;
    // Whoever is on the button when there is nothing more to load must not be sent to the top of the page.
    const focused = this.#host.shadowRoot?.activeElement;
    const isOnButton = focused?.matches('[part~="more"]');
    if (page) {
      this.#error = undefined;
      found.add(page);
    }
    this.#host.requestUpdate();
    await this.#host.updateComplete;
    if (isOnButton && page && !page.hasMore) {
      this.#host.shadowRoot?.querySelector<HTMLElement>('#end')?.focus();
    }
  };

  async #nextPage(): Promise<SearchPage | undefined> {
    try {
      return (await this.#pages.next()).value;
    } catch (thrown) {
      // Anything else is that nobody looks any more.
      this.#error = SmartError.is(thrown) ? thrown : this.#error;
      return undefined;
    }
  }
}
