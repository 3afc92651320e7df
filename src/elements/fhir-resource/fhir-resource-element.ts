import {
  html,
  LitElement,
  nothing,
  type CSSResult,
  type PropertyDeclarations,
  type PropertyValues,
  type TemplateResult,
} from 'lit';

import { viewError } from '../../core/errors/view.js';
import { parseFhirJson, toFhirJson } from '../../fhir/json.js';
import { isResource } from '../../fhir/resource.js';
import { hostOf } from '../../smart/secure-url.js';
import { exclusiveState } from '../../ui/custom-state.js';
import type { DataState } from '../../ui/data-state.js';
import type { DataWords } from '../../ui/data-words.js';
import { errorNotice } from '../../ui/error-notice.js';
import { FhirErrorEvent, FhirLoadEvent } from '../../ui/fhir-events.js';
import { LazyPart } from '../../ui/lazy-part.js';
import { ResourceController, type Outcome } from '../../ui/resource-controller.js';
import { languageOf, ResourceDrawing, type NarrativeMode } from '../../ui/resource-drawing.js';
import { sharedStyles } from '../../ui/shared.styles.js';
import { formatTime } from '../../view/dates.js';
import { once } from '../../view/once.js';
import type { Extent } from '../../view/render-view.js';
import type { ResourceView } from '../../view/resource-view.types.js';
import { styles } from './fhir-resource.styles.js';

/** For who designs a page. */
const previews = new LazyPart(() => import('../../ui/preview-error.js'));

/** What there is to say of an answer; most answers are records, and speak for themselves. */
const answers = new LazyPart(() => import('../../ui/data-words.js'));

const countdowns = new LazyPart(() => import('../../ui/countdown.js'));

/**
 * Shows one FHIR resource, of whatever type: what it means first, then what it says, and nothing lost.
 *
 * It reads `src` with the session of the nearest `<smart-auth>`, or shows what a script gives it.
 *
 * @tagname fhir-resource
 * @slot ready - In place of the resource.
 * @slot signed-out - What to say while nobody is signed in.
 * @slot loading - What to say while the server has not answered.
 * @slot empty - What to say when the server answered with nothing.
 * @slot partial - What to say when there is more than is shown.
 * @slot stale - What to say when it could not be brought up to date.
 * @slot denied - What to say when it may not be seen.
 * @slot not-found - What to say when the server does not have it.
 * @slot gone - What to say when it was deleted.
 * @slot error - What to say when it could not be read.
 * @slot refused - What to say when it must not be shown as it is.
 * @fires {FhirLoadEvent} fhir-load - A resource was read, and is on the page.
 * @fires {FhirErrorEvent} fhir-error - It could not be read or may not be shown.
 * @csspart words - What a state says. It has the name of the state as a part, too.
 * @csspart signed-out - The words of this state; likewise for each of the states below.
 * @csspart ready - What is around the resource.
 * @csspart resource - A resource; also one within another.
 * @csspart heading - What the resource is about.
 * @csspart subtitle - Its type, id and status.
 * @csspart notice - What changes its meaning.
 * @csspart facts - What it says.
 * @csspart fact - One thing that it says.
 * @csspart label - The name of a fact.
 * @csspart value - What a fact says.
 * @csspart nested - The facts, or the resource, within a fact.
 * @csspart line - What it says, in a line.
 * @csspart reference - The native button that shows, in its place, what a value refers to.
 * @csspart held-by - Which other server holds what a value refers to.
 * @csspart link - The link that leaves for that server.
 * @csspart narrative - What the server wrote for people to read.
 * @csspart attachment - A file, with what shows or saves it.
 * @csspart image - A picture in a file.
 * @csspart media - Sound or film in a file.
 * @csspart text - A file of plain text.
 * @csspart document - A file with a layout of its own.
 * @csspart opener - The native button that opens all the rest.
 * @csspart details - All the rest.
 * @csspart error - What went wrong.
 * @csspart button - The native button that asks again, or for more.
 * @csspart more - The native button that loads the next page of a search.
 * @cssstate signed-out - It needs a session.
 * @cssstate loading - Asked, not answered.
 * @cssstate ready - All of what was asked for.
 * @cssstate empty - The server answered with nothing.
 * @cssstate partial - Some of it.
 * @cssstate stale - Shown from before; could not be brought up to date.
 * @cssstate denied - It may not be seen.
 * @cssstate not-found - The server does not have it.
 * @cssstate gone - It was deleted.
 * @cssstate error - It could not be read.
 * @cssstate refused - It must not be shown as it is.
 * @cssprop --smart-font-family-heading - The font of headings.
 * @cssprop --smart-dim-spacing-size - The space between things.
 */
export class FhirResourceElement extends LitElement {
  static override styles: CSSResult[] = [sharedStyles, styles];

  static override properties: PropertyDeclarations = {
    src: {},
    htmlFor: { attribute: 'for' },
    requiredScope: { attribute: 'required-scope' },
    timeout: { type: Number },
    headingLevel: { type: Number, attribute: 'heading-level' },
    view: {},
    narrative: {},
    previewState: { attribute: 'preview-state' },
    resource: { attribute: false },
    resourceText: { attribute: false },
  };

  /** What to read, relative to the FHIR base: `Patient/{patient}`. Variables are filled from the launch context. */
  src = '';

  /** The `id` of the `<smart-auth>` to use when it is not an ancestor. */
  htmlFor = '';

  /** The scopes without which the server is not asked: what was not granted is said in place of the record. */
  requiredScope = '';

  /** How long the server may take until it begins to answer, in seconds; 20 where nothing is said. */
  timeout: number | undefined;

  /** The level of the heading, 1 to 6. */
  headingLevel = 3;

  /** How much of it is shown. What changes its meaning is shown in any case. */
  view: Extent = 'auto';

  /** What becomes of the text that the resource brings for people to read. */
  narrative: NarrativeMode = 'fallback';

  /** Shows the look of a state, without data and without any request. */
  previewState: DataState | '' = '';

  /** A resource to show as it is, without any request. `null`: one will come. */
  resource: object | null | undefined;

  /** A resource as JSON text, whose numbers are shown as written. */
  resourceText = '';

  readonly #data = new ResourceController(this, () => ({
    source: this.#isGiven || this.previewState ? '' : this.src,
    requiredScope: this.requiredScope,
    timeout: this.timeout && this.timeout * 1_000,
  }));
  readonly #internals = this.attachInternals();
  readonly #setState = exclusiveState(this.#internals);
  #outcome: Outcome = { state: 'loading' };
  readonly #drawing = new ResourceDrawing(this);
  #view: ResourceView | undefined;
  /** Why there is no view of what was read; the same one for the same record. */
  readonly #undrawable = once(() => viewError('not-a-resource'));
  #given: { from: unknown; outcome: Outcome } | undefined;
  #announced: unknown;

  /** Asks the server again. Resolves when it has answered, and the page shows what. */
  async reload(): Promise<void> {
    await this.#data.reload();
    await this.updateComplete;
  }

  protected override update(changed: PropertyValues): void {
    this.#outcome = this.#present();
    this.#setState(this.#outcome.state);
    super.update(changed);
  }

  protected override updated(): void {
    const { state, resource, results } = this.#outcome;
    const error = this.#outcome.error ?? results?.error;
    const news =
      state === 'loading' || state === 'signed-out' || this.previewState ? undefined : (error ?? resource);
    if (news === this.#announced) {
      return;
    }
    this.#announced = news;
    if (error && news) {
      this.dispatchEvent(new FhirErrorEvent(error));
    } else if (resource && news && !this.#isGiven) {
      this.dispatchEvent(new FhirLoadEvent(resource));
    }
  }

  get #isGiven(): boolean {
    return this.resource !== undefined || this.resourceText !== '';
  }

  /** The outcome, once the view has had its say: it may refuse. */
  #present(): Outcome {
    if (this.previewState) {
      return { state: this.previewState, error: previews.for(this)?.errorOfState(this.previewState) };
    }
    const outcome = this.#isGiven ? this.#presentGiven() : this.#data.outcome;
    this.#view = undefined;
    if (!outcome.resource) {
      this.#drawing.clear();
      return outcome;
    }
    this.#view = this.#drawing.show(outcome.resource, this.#data.readingSession, outcome.results?.first);
    if (!this.#view) {
      // A record that no view can draw. Nothing of another one may stand in its place.
      return { ...outcome, state: 'error', resource: undefined, error: this.#undrawable() };
    }
    const error = this.#view.refused;
    return error ? { ...outcome, state: 'refused', error } : outcome;
  }

  #presentGiven(): Outcome {
    const from = this.resource ?? this.resourceText;
    if (from === '') {
      return { state: 'loading' };
    }
    if (this.#given?.from !== from) {
      this.#given = { from, outcome: outcomeOfGiven(from) };
    }
    return this.#given.outcome;
  }

  protected override render(): TemplateResult {
    const { state, busy, busyUntil, results } = this.#outcome;
    const words = this.#words();
    const shown = this.previewState ? undefined : this.#view;
    return html`<div aria-busy=${busy || state === 'loading' ? 'true' : 'false'}>
      <div role="status">
        ${words ? html`<div part="words ${state}"><slot name=${state}>${words}</slot></div>` : nothing}
        ${busyUntil ? html`<p part="notice">The server is busy.</p>` : nothing}
      </div>
      ${busyUntil ? countdowns.for(this)?.countdown(busyUntil) : nothing} ${shown && results?.notices()}
      ${
        shown
          ? html`<div part="ready">
              <slot name="ready">${this.#renderView(shown)}</slot>
            </div>`
          : nothing
      }
      ${shown && results?.more(this.#data.reader !== undefined)}
    </div>`;
  }

  #renderView(view: ResourceView): TemplateResult {
    return this.#drawing.render(view, {
      level: this.headingLevel,
      extent: this.view,
      narrative: this.narrative,
      base: this.#data.snapshot?.fhirBase ?? '',
      read: this.#data.reader,
      attachments: this.#data.attachments,
    });
  }

  #words(): TemplateResult | undefined {
    const { state, error, readAt, results } = this.#outcome;
    const { snapshot } = this.#data;
    if (this.previewState === 'ready') {
      return html`<p>What was asked for stands here.</p>`;
    }
    const canRetry = snapshot?.status === 'signed-in' || snapshot?.status === 'unprotected';
    const about: DataWords = {
      asked: this.src,
      base: snapshot?.fhirBase,
      at: readAt === undefined ? '' : formatTime(readAt, languageOf(this)),
      error,
      missingScopes: snapshot?.status === 'signed-in' && state === 'denied' ? snapshot.missingScopes : [],
      retry: canRetry && this.src && !this.previewState ? (): void => void this.reload() : undefined,
    };
    const host = hostOf(about.base ?? '');
    switch (state) {
      case 'ready':
        return undefined;
      case 'signed-out':
        // Whoever reads this has not asked for anything yet: the name of a source would tell them nothing.
        return html`<p>${error ? `${error.message} Sign in again` : 'Sign in'} to see this record.</p>`;
      case 'loading':
        return html`<p>Reading the record${host ? html` from <bdi>${host}</bdi>` : nothing}…</p>`;
      default: {
        const part = answers.for(this);
        part?.styleDataStates(this);
        const words = results?.words(state, about) ?? part?.dataWords(state, about);
        // Where the words do not come, what has happened is said all the same.
        const problem = answers.error && (error ?? answers.error);
        return words ?? (problem && errorNotice(problem));
      }
    }
  }
}

function outcomeOfGiven(from: object | string): Outcome {
  try {
    const resource = typeof from === 'string' ? parseFhirJson(from) : toFhirJson(from);
    if (isResource(resource)) {
      return { state: 'ready', resource };
    }
  } catch {
    // Whatever is wrong with it: what the page gave is no resource.
  }
  return { state: 'error', error: viewError('not-a-resource') };
}
