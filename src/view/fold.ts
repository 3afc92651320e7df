import { html, nothing, type TemplateResult } from 'lit';
import { AsyncDirective } from 'lit/async-directive.js';
import { directive } from 'lit/directive.js';

/**
 * A native button, and below it what it opens. That is drawn when it is first opened: of a list of a thousand records
 * hardly any is ever. A `<details>` takes a browser longer.
 */
class Fold extends AsyncDirective {
  #isOpen = false;
  #isDrawn = false;
  #wasOpened: boolean | undefined;
  #title = '';
  #draw: () => unknown = () => nothing;

  /** @param isOpened - whether it is open from now on, until somebody closes it. */
  render(title: string, draw: () => unknown, isOpened: boolean): TemplateResult {
    if (this.#wasOpened !== isOpened) {
      this.#wasOpened = isOpened;
      this.#isOpen = isOpened;
    }
    this.#title = title;
    this.#draw = draw;
    return this.#render();
  }

  #render(): TemplateResult {
    this.#isDrawn ||= this.#isOpen;
    return html`<button
        type="button"
        part="opener"
        aria-expanded=${this.#isOpen ? 'true' : 'false'}
        @click=${this.#turn}
      >
        ${this.#title}
      </button>
      ${this.#isDrawn ? html`<div part="details" ?hidden=${!this.#isOpen}>${this.#draw()}</div>` : nothing}`;
  }

  readonly #turn = (): void => {
    this.#isOpen = !this.#isOpen;
    this.setValue(this.#render());
  };
}

export const fold: (title: string, draw: () => unknown, isOpened: boolean) => object = directive(Fold);
