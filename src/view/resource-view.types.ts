import type { SmartError } from '../core/smart-error.js';
import type { JsonObject } from '../fhir/resource.js';

/** What a fact says, in words of its own: several values are several, never one list with commas. */
export interface FactValue {
  readonly text: string;
  /** Where there is more of it: a reference as the resource has it, such as `Practitioner/1`. */
  readonly reference?: string;
  /** The Attachment, or the Binary, that the words describe. */
  readonly attachment?: JsonObject;
}

/** One thing that a resource says. All of it is untrusted text. */
export interface Fact {
  readonly label: string;
  readonly values: readonly FactValue[];
  /** What belongs to it and has no words as a whole. */
  readonly facts?: readonly Fact[];
  /** Resources within the resource. */
  readonly views?: readonly ResourceView[];
}

/** What changes how everything else is to be read. It comes first, in words. */
export interface Notice {
  /** `warning`: to read it without would mislead. `information`: to read it without would leave something out. */
  readonly kind: 'warning' | 'information';
  readonly text: string;
}

/** The text that a resource brings for people to read: markup of the server's. */
export interface NarrativeSource {
  /** XHTML, as the server sent it. */
  readonly xhtml: string;
  /** The language of the resource (BCP 47). */
  readonly language: string | undefined;
  /** A `data:` address of the image that the resource contains under an id. */
  readonly image: (id: string) => string | undefined;
}

/**
 * A resource as it is shown, before any markup. Its facts and details are drawn up when they are first asked for: of a
 * record in a list, hardly anybody opens the details.
 */
export interface ResourceView {
  /** The type in words. */
  readonly type: string;
  readonly id: string | undefined;
  /** What it is about; undefined where it does not say. */
  readonly title: string | undefined;
  readonly status: string | undefined;
  readonly notices: readonly Notice[];
  /** What is told also where there is room for a few words only; these are among the facts. */
  readonly keyFacts: readonly Fact[];
  readonly facts: readonly Fact[];
  /** All else that the resource holds: nothing is dropped silently. */
  readonly details: readonly Fact[];
  /** Whether it says more than its facts, or than its key facts, without drawing up all of that. */
  readonly saysMoreThan: (told: 'facts' | 'keyFacts') => boolean;
  readonly narrative: NarrativeSource | undefined;
  /** Whether its narrative is what it is about, and its facts are beside that: a section of a document, a care plan. */
  readonly isNarrativeFirst?: boolean;
  /** Why it must not be shown; then it has no facts and no details, and its narrative is all that may be read. */
  readonly refused?: SmartError;
}

export interface ViewOptions {
  /** The page's language, for dates (BCP 47). */
  readonly language?: string | undefined;
  /** Today as `YYYY-MM-DD`, to tell a name that has ended from one that has not. */
  readonly today?: string | undefined;
  /** The reader's time zone (IANA), for times that were recorded in another one; the browser's where there is none. */
  readonly timeZone?: string | undefined;
  /** The views of resources within the resource, by resource: those that are there are taken, the others are put there. */
  readonly views?: WeakMap<JsonObject, ResourceView | undefined> | undefined;
}
