import { html, type TemplateResult } from 'lit';

import { serverText } from '../view/server-text.js';

export { placeOfUrl } from '../fhir/url-place.js';

/** What stands beside the words of a reference that leads to another server. */
export function heldBy({ host, href }: URL): TemplateResult {
  return html`<span part="held-by">
    Held by ${serverText(host)}.
    <a
      part="link"
      href=${href}
      target="_blank"
      rel="noopener noreferrer nofollow"
      referrerpolicy="no-referrer"
      >Open at ${serverText(host)}</a
    >
  </span>`;
}
