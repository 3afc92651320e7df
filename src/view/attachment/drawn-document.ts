import type { TemplateResult } from 'lit';

import type { JsonObject } from '../../fhir/resource.js';

/** A document, built of elements of our own. */
export interface DrawnDocument {
  /** Undefined where it cannot be shown. */
  readonly content?: HTMLElement | TemplateResult;
  /** Attachments within it, in the form of FHIR. */
  readonly inner?: readonly JsonObject[];
  /** Sentences about what is not as it should be. */
  readonly doubts: readonly string[];
}

/** How a document is drawn on a page. */
export interface DocumentOptions {
  /** Of its heading, 1 to 6. */
  readonly level: number;
  /** Of the page, for dates (BCP 47). */
  readonly language?: string | undefined;
}
