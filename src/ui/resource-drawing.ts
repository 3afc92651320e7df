import { html, type ReactiveControllerHost, type TemplateResult } from 'lit';

import { viewError } from '../core/errors/view.js';
import type { FhirResource, JsonObject } from '../fhir/resource.js';
import { renderView, type Drawing, type Extent } from '../view/render-view.js';
import type { Narrative } from '../view/narrative/narrative.js';
import type { NarrativeSource, ResourceView, ViewOptions } from '../view/resource-view.types.js';
import { viewResource } from '../view/view-resource.js';
import type { AttachmentSource } from './attachment-source.js';
import { errorNotice } from './error-notice.js';
import { LazyPart } from './lazy-part.js';
import { OpenedReferences, type ReadReference } from './opened-references.js';
import { Sighting } from './sighting.js';

/**
 * What becomes of the text that a resource brings for people to read.
 *
 * - `fallback`: it can be opened; where the rest must not be shown, it stands in its place.
 * - `off`: it is never shown.
 * - `only`: nothing else is shown.
 */
export type NarrativeMode = 'fallback' | 'off' | 'only';

/** How an element draws its resource now. */
export interface DrawingOptions {
  /** Of its heading, 1 to 6. */
  readonly level: number;
  readonly extent: Extent;
  readonly narrative: NarrativeMode;
  /** The FHIR base URL; empty where there is none. */
  readonly base: string;
  /** Reads what a reference leads to; undefined where nobody is signed in. */
  readonly read: ReadReference | undefined;
  readonly attachments: AttachmentSource | undefined;
}

const narratives = new LazyPart(() => import('../view/narrative/index.js'));

const attachmentParts = new LazyPart(() => import('./attachment-view.js'));

function notThere({ error }: LazyPart<unknown>): TemplateResult {
  return error ? errorNotice(error) : html`<p>Loading…</p>`;
}

/** Draws the resource of one element, with all that can be opened in it. */
export class ResourceDrawing {
  readonly #host: ReactiveControllerHost & Element;
  readonly #opened: OpenedReferences;
  readonly #narratives = new WeakMap<NarrativeSource, Narrative>();
  #views = new WeakMap<JsonObject, ResourceView | undefined>();
  #shown: FhirResource | undefined;
  #first: FhirResource | undefined;
  #sessionId: string | undefined;
  #language: string | undefined;

  constructor(host: ReactiveControllerHost & Element) {
    this.#host = host;
    this.#opened = new OpenedReferences(host);
  }

  /**
   * The view of what the element shows, drawn up once. What was opened in another resource, or by another session, is
   * closed.
   *
   * @param first - of a search, the page that the others were added to.
   * @returns undefined where no view can draw it.
   */
  show(
    resource: FhirResource,
    sessionId: string | undefined,
    first: FhirResource = resource,
  ): ResourceView | undefined {
    if (this.#first !== first || this.#sessionId !== sessionId) {
      this.#opened.clear();
      this.#first = first;
      this.#sessionId = sessionId;
    }
    this.#shown = resource;
    const language = languageOf(this.#host);
    if (language !== this.#language) {
      this.#language = language;
      this.#views = new WeakMap();
    }
    return this.#viewOf(resource);
  }

  /** Nothing is shown. */
  clear(): void {
    this.#shown = this.#first = undefined;
    this.#opened.clear();
  }

  render(view: ResourceView, options: DrawingOptions): TemplateResult {
    const { level, extent, narrative, base, read, attachments } = options;
    const bundle = this.#shown?.resourceType === 'Bundle' ? this.#shown : undefined;
    const drawing: Drawing = {
      level,
      extent,
      isOneOfMany: Sighting.areMany,
      isNarrativeOnly: narrative === 'only',
      narrative: narrative === 'off' ? undefined : (source) => this.#renderNarrative(source, level),
      reference: (value) =>
        this.#opened.render(value, {
          base,
          places: attachments?.places ?? [],
          bundle,
          read,
          view: (resource) => viewQuietly(resource, { language: this.#language }),
          draw: (opened) =>
            opened
              ? renderView(opened, { ...drawing, level: level + 1, isNarrativeOnly: false })
              : errorNotice(viewError('not-a-resource')),
        }),
      attachment: (attachment) => this.#renderAttachment(attachment, attachments, level + 1),
    };
    return renderView(view, drawing);
  }

  #viewOf(resource: FhirResource): ResourceView | undefined {
    if (!this.#views.has(resource)) {
      this.#views.set(resource, viewQuietly(resource, { language: this.#language, views: this.#views }));
    }
    return this.#views.get(resource);
  }

  #renderAttachment(attachment: JsonObject, source: AttachmentSource | undefined, level: number): unknown {
    const part = attachmentParts.for(this.#host);
    part?.styleAttachments(this.#host);
    return part ? part.attachmentView(attachment, source, { level }) : notThere(attachmentParts);
  }

  #renderNarrative(source: NarrativeSource, headingLevel: number): TemplateResult {
    const part = narratives.for(this.#host);
    if (!part) {
      return notThere(narratives);
    }
    let narrative = this.#narratives.get(source);
    if (!narrative) {
      narrative = part.readNarrative(source.xhtml, { ...source, headingLevel });
      this.#narratives.set(source, narrative);
    }
    return part.narrativeView(narrative);
  }
}

function viewQuietly(resource: FhirResource, options: ViewOptions): ResourceView | undefined {
  try {
    return viewResource(resource, options);
  } catch {
    return undefined;
  }
}

/** The page's language where an element stands. */
export function languageOf(element: Element): string | undefined {
  const marked = element.closest<HTMLElement>('[lang]') ?? element.ownerDocument.documentElement;
  return marked.lang || undefined;
}
