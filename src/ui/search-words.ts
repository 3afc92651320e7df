import { html, nothing, type TemplateResult } from 'lit';

import { objectsIn, own, textIn } from '../fhir/resource.js';
import { hostOf } from '../smart/secure-url.js';
import { typeInWords } from '../fhir/type-words.js';
import type { DataWords } from './data-words.js';
import type { FoundPages } from './found-pages.js';

/** What asks for the form of an answer, and not for other records. */
const ofForm = /^_(?:sort|include|revinclude|elements|summary|contained)/;

/** That nothing came back: never that there is nothing (FHIR, Security: what is forbidden may look the same). */
export function emptyWords({ asked, base = '', at }: DataWords): TemplateResult {
  const host = hostOf(base);
  const type = /(?:^|\/)([A-Z][A-Za-z]+)(?:\/_search)?(?:\?|$)/.exec(asked)?.[1];
  const what = type === undefined ? 'Nothing was' : `No ${typeInWords(type)} records were`;
  return html`<p>
    ${what} returned by ${host ? html`<bdi>${host}</bdi>` : 'the server'}${at && ` at ${at}`}. Asked for:
    <code><bdi>${asked}</bdi></code
    >. There may be records that it does not share with this app.
  </p>`;
}

/** How much of what was found is shown, or why there is no more; undefined where something else is missing. */
export function partialWords(found: FoundPages, { asked, base = '' }: DataWords): TemplateResult | undefined {
  const host = hostOf(base);
  const { hasMore, stopped } = found.last;
  if (!hasMore && !stopped) {
    return undefined;
  }
  return html`<p>
    Showing the first ${found.count} of ${found.total ?? 'more'} for
    <code><bdi>${asked}</bdi></code
    >${host ? html`, from <bdi>${host}</bdi>` : nothing}. ${stopped ? stopWords(found) : nothing}
  </p>`;
}

/** How far one has come, beside the button that goes on. */
export function progressWords({ count, total }: FoundPages): string {
  return total === undefined ? `Shown so far: ${count}.` : `Shown: ${count} of ${total}.`;
}

/** What stands in the place of the button once there is nothing to go on to. */
export function endWords(found: FoundPages): TemplateResult {
  const { count, total = count, last } = found;
  if (last.stopped) {
    return stopWords(found);
  }
  return html`${total > count ? `Shown: ${count} of ${total}. The server sent no more.` : `All are shown: ${count}.`}`;
}

function stopWords({ last }: FoundPages): TemplateResult {
  const { reason, host } = last.stopped ?? {};
  switch (reason) {
    case 'foreign':
      return html`More results exist, but the server’s next link points to
      ${host ? html`<bdi>${host}</bdi>` : 'no usable address'}.`;
    case 'loop':
      return html`More results exist, but the server’s next link points back to what is shown already.`;
    default:
      return html`More results exist than this page goes through (${last.number} pages). Ask for fewer.`;
  }
}

/** What the results are not, or not only, though it was asked for. */
export function noticesOf(
  { first, last, leftOut }: FoundPages,
  asked: string,
): TemplateResult | typeof nothing {
  const { ignored = [] } = last;
  const names = ignored.map((name) => `“${name}”`).join(', ');
  const mayBeMore = ignored.some((name) => !ofForm.test(name));
  const texts = [
    names &&
      `The server did not heed ${names}${mayBeMore ? ': there may be more here than was asked for' : ''}.`,
    leftOut > 0 && `Entries that are of another patient were left out: ${leftOut}.`,
    wasGivenStatus(asked, first) &&
      'The server searched by status, which was not asked for: records without one may not be here.',
  ].filter(Boolean);
  return texts.length ? html`${texts.map((text) => html`<p part="notice">⚠ ${text}</p>`)}` : nothing;
}

/** Whether it was searched for every status because the server refuses a search without. */
function wasGivenStatus(asked: string, first: FoundPages['first']): boolean {
  const self = objectsIn(own(first, 'link')).find((link) => textIn(link, 'relation') === 'self');
  const status = /[?&](?:lifecycle-)?status(?::\w+)?=/;
  return status.test(textIn(self, 'url') ?? '') && !status.test(asked);
}
