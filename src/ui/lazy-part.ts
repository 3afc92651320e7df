import type { ReactiveControllerHost } from 'lit';

import { loadPart } from '../core/load-part.js';
import type { SmartError } from '../core/smart-error.js';

/** A part of the kit that comes with the first element that needs it. Elements that wait for it are drawn again. */
export class LazyPart<Part> {
  readonly #load: () => Promise<Part>;
  readonly #waiting = new Set<ReactiveControllerHost>();
  /** Who has been told that it did not come: to ask again with every update would never end. */
  readonly #told = new WeakSet<ReactiveControllerHost>();
  #part: Part | undefined;
  #isLoading = false;
  /** Why it did not come; it is asked for again when another element needs it. */
  error: SmartError | undefined;

  constructor(load: () => Promise<Part>) {
    this.#load = load;
  }

  /** The part; undefined while it is on its way, or did not come. */
  for(host: ReactiveControllerHost): Part | undefined {
    if (this.#part === undefined && !this.#told.has(host)) {
      this.#waiting.add(host);
      this.#begin();
    }
    return this.#part;
  }

  #begin(): void {
    if (this.#isLoading) {
      return;
    }
    this.#isLoading = true;
    loadPart(this.#load)
      .then(
        (part) => {
          this.#part = part;
          this.error = undefined;
        },
        (thrown: unknown) => {
          this.error = thrown as SmartError;
        },
      )
      .finally(() => {
        this.#isLoading = false;
        const waiting = [...this.#waiting];
        this.#waiting.clear();
        for (const host of waiting) {
          if (this.error) {
            this.#told.add(host);
          }
          host.requestUpdate();
        }
      });
  }
}
