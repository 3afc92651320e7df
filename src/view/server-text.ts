import { html, type TemplateResult } from 'lit';

/** Characters that turn the direction of text around could make `05 mg` read as `50 mg`. */
const turning = /[\u202a-\u202e\u2066-\u2069]/g;

/** A text with the characters made visible that would change how the rest of it reads. */
export function visibleText(text: string): string {
  return text.replace(turning, (sign) => `[U+${sign.charCodeAt(0).toString(16).toUpperCase()}]`);
}

/**
 * Whether a text is one line of left-to-right words: in a left-to-right page nothing has to keep those apart from what
 * stands around them, and a browser lays them out in less time.
 */
export function isPlain(text: string): boolean {
  return /^[ -~\u00a0-\u058f\u2010-\u2027]*$/.test(text);
}

/** A text from a server: text alone, and without any effect on what stands around it. */
export function serverText(text: string): TemplateResult {
  return html`<bdi>${visibleText(text)}</bdi>`;
}
