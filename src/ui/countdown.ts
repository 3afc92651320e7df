import { html, type TemplateResult } from 'lit';
import { AsyncDirective } from 'lit/async-directive.js';
import { directive } from 'lit/directive.js';

/** Says how long it is until a busy server is asked again, and keeps that up to date. */
class CountdownDirective extends AsyncDirective {
  #until = 0;
  #timer: ReturnType<typeof setInterval> | undefined;

  override render(until: number): TemplateResult {
    this.#until = until;
    this.#timer ??= setInterval(() => {
      this.setValue(this.#say());
    }, 1_000);
    return this.#say();
  }

  protected override disconnected(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  /** A timer is read when somebody goes to it, and is not announced with every second (WAI-ARIA, `timer`). */
  #say(): TemplateResult {
    const seconds = Math.ceil((this.#until - Date.now()) / 1_000);
    return html`<p part="notice" role="timer">
      ${seconds > 0 ? `Trying again in ${seconds} s.` : 'Trying again…'}
    </p>`;
  }
}

/** @param until - in ms since the epoch. */
export const countdown: (until: number) => object = directive(CountdownDirective);
