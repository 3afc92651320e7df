import { nothing } from 'lit';
import { AsyncDirective } from 'lit/async-directive.js';
import { directive, type ChildPart } from 'lit/directive.js';

/**
 * What stands in a `<details>` is drawn when it is first opened: of a list of a thousand records hardly any is ever.
 * `isOpen` is for one that is open from the start.
 */
class WhenOpened extends AsyncDirective {
  #details: Element | undefined;
  #isDrawn = false;
  #draw: () => unknown = () => nothing;

  override update(part: ChildPart, [draw, isOpen]: [draw: () => unknown, isOpen: boolean]): unknown {
    if (!this.#details && part.parentNode instanceof Element) {
      this.#details = part.parentNode;
      this.#details.addEventListener('toggle', () => {
        this.#drawOnce();
      });
    }
    return this.render(draw, isOpen);
  }

  render(draw: () => unknown, isOpen: boolean): unknown {
    this.#draw = draw;
    this.#isDrawn ||= isOpen;
    return this.#isDrawn ? draw() : nothing;
  }

  #drawOnce(): void {
    if (!this.#isDrawn && this.isConnected) {
      this.#isDrawn = true;
      this.setValue(this.#draw());
    }
  }
}

export const whenOpened: (draw: () => unknown, isOpen: boolean) => object = directive(WhenOpened);
