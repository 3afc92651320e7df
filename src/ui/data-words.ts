import { html, nothing, type TemplateResult } from 'lit';

import type { SmartError } from '../core/smart-error.js';
import { hostOf } from '../smart/secure-url.js';
import { adoptStyles } from './adopt-styles.js';
import type { DataState } from './data-state.js';
import { dataStateStyles } from './data-state.styles.js';
import { errorNotice } from './error-notice.js';

/** What the words of a data state are about. */
export interface DataWords {
  /** What was asked for, as the page's author wrote it. */
  readonly asked: string;
  /** The FHIR base URL of who was asked; empty or undefined while that is not known. */
  readonly base: string | undefined;
  /** When the answer came, in words. */
  readonly at: string;
  readonly error?: SmartError | undefined;
  /** Scopes that were not granted and would have been needed. */
  readonly missingScopes: readonly string[];
  /** Asks once more; undefined where that cannot help. */
  readonly retry?: (() => void) | undefined;
}

export function styleDataStates(element: Element): void {
  adoptStyles(element, dataStateStyles);
}

/** Says of an answer what was asked of whom, what came of it, and what can be done. */
export function dataWords(state: DataState, words: DataWords): TemplateResult {
  const { error, missingScopes, retry } = words;
  const asked = words.asked ? html`<code><bdi>${words.asked}</bdi></code>` : 'this record';
  const hostName = hostOf(words.base ?? '');
  const host = hostName ? html`<bdi>${hostName}</bdi>` : 'The server';
  const again = retry && html`<button part="button" type="button" @click=${retry}>Try again</button>`;
  switch (state) {
    case 'empty':
      return html`<p>
        ${host} sent back nothing for ${asked}${words.at && ` at ${words.at}`}. There may be records that it
        does not share with this app.
      </p>`;
    case 'partial':
      return html`<p>This is only a part of ${asked}: ${host} has more.</p>`;
    case 'stale':
      return html`<p>Not up to date${words.at && `: read at ${words.at}`}.</p>
        ${error && errorNotice(error, 'notice')} ${again}`;
    default:
      return html`${error && errorNotice(error)}
        ${
          missingScopes.length
            ? html`<p>
                Not granted: ${missingScopes.map((scope) => html`<code><bdi>${scope}</bdi></code> `)}
              </p>`
            : nothing
        }
        <p>Asked for: ${asked}${hostName ? html`, of ${host}` : nothing}.</p>
        ${error?.code === 'fhir/unreachable' && hostName ? visit(words.base ?? '', hostName) : nothing}
        ${again}`;
  }
}

/** Scripts cannot tell a network that is away from a server that does not allow their site: a person can. */
function visit(base: string, host: string): TemplateResult {
  return html`<p>
    <a part="link" href="${base}/metadata" target="_blank" rel="noopener noreferrer"
      >See whether <bdi>${host}</bdi> answers in a new tab</a
    >
  </p>`;
}
