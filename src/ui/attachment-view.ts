import { html, nothing, type TemplateResult } from 'lit';
import { AsyncDirective } from 'lit/async-directive.js';
import { directive } from 'lit/directive.js';

import { attachmentError } from '../core/errors/attachment.js';
import { SmartError } from '../core/smart-error.js';
import { textIn, type JsonObject } from '../fhir/resource.js';
import type { DocumentOptions } from '../view/attachment/drawn-document.js';
import { declaredAs } from '../view/attachment/kind.js';
import { visibleText } from '../view/server-text.js';
import { readContent } from './attachment-content.js';
import { placeOf, type AttachmentPlace } from './attachment-place.js';
import { present, type Presented } from './attachment-present.js';
import type { AttachmentSource } from './attachment-source.js';
import { nameOf, sayTypeAndSize, sizeOf } from './attachment-words.js';
import { adoptStyles } from './adopt-styles.js';
import { attachmentStyles } from './attachment.styles.js';
import { errorNotice } from './error-notice.js';
import { ObjectUrls } from './object-urls.js';

type State =
  | { readonly at: 'offered' | 'loading' }
  | { readonly at: 'shown'; readonly presented: Presented }
  | { readonly at: 'unplayable'; readonly presented: Presented }
  | { readonly at: 'failed'; readonly error: SmartError };

/** A picture in the record itself is shown without being asked for, up to so many bytes. */
const smallPicture = 500_000;

export function styleAttachments(element: Element): void {
  adoptStyles(element, attachmentStyles);
}

class AttachmentDirective extends AsyncDirective {
  #attachment: JsonObject | undefined;
  #source: AttachmentSource | undefined;
  #drawing: DocumentOptions = { level: 4 };
  #place: AttachmentPlace = { at: 'nowhere' };
  #state: State = { at: 'offered' };
  #run: AbortController | undefined;
  #urls = new ObjectUrls();

  override render(
    attachment: JsonObject,
    source?: AttachmentSource,
    drawing: DocumentOptions = { level: 4 },
  ): TemplateResult | typeof nothing {
    this.#drawing = drawing;
    // What was fetched with one session is not shown under another.
    const isOther =
      attachment !== this.#attachment || (source !== this.#source && this.#place.at !== 'record');
    this.#source = source;
    if (isOther) {
      this.#attachment = attachment;
      this.#place = placeOf(attachment, source);
      this.#reset();
      this.#showSmallPicture();
    }
    return this.#template(attachment);
  }

  protected override disconnected(): void {
    this.#reset();
  }

  protected override reconnected(): void {
    this.#showSmallPicture();
    this.#draw();
  }

  /** Ends what is under way and lets go of what was made. */
  #reset(): void {
    this.#run?.abort();
    this.#run = undefined;
    this.#urls.revokeAll();
    this.#state = { at: 'offered' };
  }

  get #isSmallPicture(): boolean {
    const attachment = this.#attachment;
    const declared = attachment && declaredAs(textIn(attachment, 'contentType'));
    return (
      this.#place.at === 'record' &&
      (declared === 'image' || declared === 'svg') &&
      (sizeOf(attachment ?? {}, this.#place) ?? 0) <= smallPicture
    );
  }

  #showSmallPicture(): void {
    if (this.#isSmallPicture) {
      void this.#open();
    }
  }

  readonly #toggle = (): void => {
    if (this.#state.at === 'offered' || this.#state.at === 'failed') {
      void this.#open();
    } else {
      // Shown: put away. Under way: called off.
      this.#reset();
    }
    this.#draw();
  };

  async #open(): Promise<void> {
    const attachment = this.#attachment;
    if (!attachment) {
      return;
    }
    const run = (this.#run = new AbortController());
    const urls = (this.#urls = new ObjectUrls());
    this.#state = { at: 'loading' };
    const state = await this.#read(attachment, urls, run.signal).catch((error: unknown): State => ({
      at: 'failed',
      // Whatever else may happen here happens to the content.
      error: SmartError.is(error) ? error : attachmentError('damaged'),
    }));
    if (run.signal.aborted) {
      urls.revokeAll();
      return;
    }
    this.#state = state;
    this.#draw();
  }

  async #read(attachment: JsonObject, urls: ObjectUrls, signal: AbortSignal): Promise<State> {
    const content = await readContent(attachment, this.#place, this.#source, signal);
    signal.throwIfAborted();
    const presented = await present(attachment, content, {
      urls,
      drawing: this.#drawing,
      unplayable: () => this.#giveUpPlaying(signal),
    });
    return { at: 'shown', presented };
  }

  #giveUpPlaying(signal: AbortSignal): void {
    if (!signal.aborted && this.#state.at === 'shown') {
      this.#state = { at: 'unplayable', presented: this.#state.presented };
      this.#draw();
    }
  }

  #draw(): void {
    if (this.#attachment && this.isConnected) {
      this.setValue(this.#template(this.#attachment));
    }
  }

  #template(attachment: JsonObject): TemplateResult {
    return html`<div part="attachment">${this.#offer(attachment)}${this.#outcome()}</div>`;
  }

  #offer(attachment: JsonObject): TemplateResult | typeof nothing {
    const name = html`<bdi>${visibleText(nameOf(attachment))}</bdi>`;
    const place = this.#place;
    switch (place.at) {
      case 'record':
      case 'server':
        return this.#isSmallPicture && this.#state.at !== 'failed'
          ? nothing
          : this.#button(name, sayTypeAndSize(attachment, place));
      case 'outside':
        return html`<p part="notice">
          ${name} is kept at <bdi>${place.url.host}</bdi>, outside this page. It was not asked for.
          <a
            part="link"
            href=${place.url.href}
            target="_blank"
            rel="noopener noreferrer"
            referrerpolicy="no-referrer"
            >Open at <bdi>${place.url.host}</bdi> (outside this page)</a
          >
        </p>`;
      case 'unusable':
        return html`<p part="notice">
          ${name} cannot be opened from here. Its address: <code><bdi>${visibleText(place.text)}</bdi></code>
        </p>`;
      case 'nowhere':
        return html`<p part="notice">The record names ${name} without giving its content.</p>`;
    }
  }

  /** One button for all states: whoever has pressed it stays on it. */
  #button(name: TemplateResult, about: string): TemplateResult {
    const { at } = this.#state;
    const verb =
      { offered: 'Show', loading: 'Stop reading', failed: 'Try again to show' }[at as string] ?? 'Hide';
    return html`<button
      part="button"
      type="button"
      aria-expanded=${at === 'shown' || at === 'unplayable' ? 'true' : 'false'}
      @click=${this.#toggle}
    >
      ${verb} ${name}${about && ` (${about})`}
    </button>`;
  }

  #outcome(): TemplateResult {
    const state = this.#state;
    const presented = 'presented' in state ? state.presented : undefined;
    return html`<div role="status">
        ${state.at === 'loading' ? html`<p part="words">Reading…</p>` : nothing}
        ${state.at === 'failed' ? errorNotice(state.error) : nothing}
        ${presented?.doubts.map((doubt) => html`<p part="notice">${doubt}</p>`)}
        ${state.at === 'unplayable' ? html`<p part="notice">This page cannot show it, but it can be saved.</p>` : nothing}
      </div>
      ${
        presented
          ? html`${state.at === 'unplayable' ? nothing : presented.content}
              ${presented.inner?.map((inner) => attachmentView(inner, undefined, this.#drawing))}
              <p>${presented.save}</p>`
          : nothing
      }`;
  }
}

/**
 * Draws one attachment: a FHIR Attachment, or a Binary.
 *
 * Nothing is fetched until the person asks for it; then only from the server of `source`, and nothing from anywhere else. A
 * small picture within the record shows by itself. What was made for it is let go of when it leaves the page, or when
 * another attachment or source takes its place: `source` must stay the same object as long as the session is the same.
 *
 * Parts: `attachment`, `button`, `link`, `notice`, `error`, `image`, `media`, `text`; see attachment.styles.ts.
 *
 * @param source - undefined where there is no session.
 */
export const attachmentView: (
  attachment: JsonObject,
  source?: AttachmentSource,
  drawing?: DocumentOptions,
) => object = directive(AttachmentDirective);
