import {
  html,
  nothing,
  type ReactiveController,
  type ReactiveControllerHost,
  type TemplateResult,
} from 'lit';

import { SmartError } from '../core/smart-error.js';
import type { ResolveOptions } from '../fhir/fhir-client.js';
import type { FhirResource } from '../fhir/resource.js';
import type { FactValue, ResourceView } from '../view/resource-view.types.js';
import { errorNotice } from './error-notice.js';
import { LazyPart } from './lazy-part.js';

/** Most references are relative. */
const absolutes = new LazyPart(() => import('./absolute-reference.js'));

/** Finds what a reference leads to. */
export type ReadReference = (reference: string, options: ResolveOptions) => Promise<FhirResource>;

interface Opened {
  readonly controller: AbortController;
  /** Of this opening alone: references that lead round in circles would be open in themselves. */
  view?: ResourceView | undefined;
  isRead?: boolean;
  error?: SmartError;
}

/** What a reference can do on the page. */
export interface ReferenceParts {
  /** Reads; undefined where nobody can now. */
  readonly read: ReadReference | undefined;
  /** The FHIR base URL. */
  readonly base: string;
  /** Further places that the server itself has named. */
  readonly places: readonly string[];
  /** The Bundle that is shown, if it is one: what its entries refer to may be in it. */
  readonly bundle: FhirResource | undefined;
  /** Draws up a new view of what was read; undefined where none can. */
  readonly view: (resource: FhirResource) => ResourceView | undefined;
  readonly draw: (view: ResourceView | undefined) => TemplateResult;
}

/**
 * The references of one element that a person has opened: each is read when asked for, in its place.
 *
 * What another server holds is never read. It is named, with a link that leaves the page.
 */
export class OpenedReferences implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #opened = new Map<FactValue, Opened>();

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.clear();
  }

  /** Nothing is open any more: another resource is shown, or another session reads. */
  clear(): void {
    for (const { controller } of this.#opened.values()) {
      controller.abort();
    }
    this.#opened = new Map();
  }

  /** What stands beside the words of a reference. */
  render(value: FactValue, { read, base, places, bundle, view, draw }: ReferenceParts): unknown {
    const { reference = '', text } = value;
    if (!isHere(reference, bundle !== undefined)) {
      if (!/^https?:/i.test(reference)) {
        return nothing;
      }
      const part = absolutes.for(this.#host);
      const place = part?.placeOfUrl(reference, base || undefined, places);
      if (place?.at === 'outside') {
        return part?.heldBy(place.url);
      }
      if (place?.at !== 'server') {
        return nothing;
      }
    }
    if (!read) {
      return nothing;
    }
    const opened = this.#opened.get(value);
    const label = opened ? 'Hide' : 'Show';
    return html`<button
        part="button reference"
        type="button"
        aria-expanded=${opened ? 'true' : 'false'}
        aria-label="${label} ${text}"
        @click=${() => {
          this.#toggle(value, view, (signal) => read(reference, { signal, bundle }));
        }}
      >
        ${label}
      </button>
      ${opened ? this.#renderOpened(opened, draw) : nothing}`;
  }

  #renderOpened({ view, isRead, error }: Opened, draw: ReferenceParts['draw']): unknown {
    if (isRead) {
      return draw(view);
    }
    return html`<div role="status">${error ? errorNotice(error) : 'Reading…'}</div>`;
  }

  #toggle(
    value: FactValue,
    view: ReferenceParts['view'],
    read: (signal: AbortSignal) => Promise<FhirResource>,
  ): void {
    const before = this.#opened.get(value);
    if (before) {
      before.controller.abort();
      this.#opened.delete(value);
    } else {
      const opened: Opened = { controller: new AbortController() };
      this.#opened.set(value, opened);
      read(opened.controller.signal)
        .then(
          (resource) => {
            opened.view = view(resource);
            opened.isRead = true;
          },
          (thrown: unknown) => {
            if (SmartError.is(thrown)) {
              opened.error = thrown;
            }
          },
        )
        .finally(() => {
          this.#host.requestUpdate();
        });
    }
    this.#host.requestUpdate();
  }
}

/** Whether a reference leads to a record of this server, or of the same Bundle, by how it is written. */
function isHere(reference: string, isInBundle: boolean): boolean {
  return (
    (isInBundle && /^urn:/i.test(reference)) || /^[A-Z]\w+\/[^/\s]+(?:\/_history\/[^/\s]+)?$/.test(reference)
  );
}
