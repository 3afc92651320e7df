import { html, nothing, type TemplateResult } from 'lit';

import type { SmartError } from '../core/smart-error.js';

const ownerInWords = {
  person: 'You can do this',
  page: 'For whoever made this page',
  server: 'For whoever runs the server',
} as const;

const signs = new Map([
  ['fatal', '✖'],
  ['error', '✖'],
  ['warning', '▲'],
  ['information', 'ℹ'],
]);

/**
 * An error in words: what happened, what to change and who can change it, and the server's own words beside ours.
 *
 * Everything is text; a server's words never become markup, nor its `error_uri` a link.
 */
export function errorNotice(error: SmartError, part: 'error' | 'notice' = 'error'): TemplateResult {
  const { oauth, outcome = [] } = error;
  const words = [
    { text: oauth && [oauth.error, oauth.description, oauth.uri].filter(Boolean).join(' – '), severity: '' },
    ...outcome.map(({ text, code, severity }) => ({ text: text ?? code, severity })),
  ].filter(({ text }) => text);
  return html`<div part=${part}>
    <strong part="message">${error.message}</strong>
    ${words.map(({ text, severity }) => {
      const sign = signs.get(severity);
      return html`<div part="server-words">
        The server says: <q><bdi>${text}</bdi></q> ${sign && `(${sign} ${severity})`}
      </div>`;
    })}
    <details part="fix">
      <summary>What can be done</summary>
      <p>${ownerInWords[error.who]}: ${error.fix}</p>
      <p>Code: <code>${error.code}</code>${error.url ? html` at <code>${error.url}</code>` : nothing}</p>
    </details>
  </div>`;
}
