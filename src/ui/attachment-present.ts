import { html, type TemplateResult } from 'lit';

import { loadPart } from '../core/load-part.js';
import { textIn, type JsonObject } from '../fhir/resource.js';
import { differencesFrom, sayBytes } from '../view/attachment/bytes.js';
import { decodeText } from '../view/attachment/decode-text.js';
import type { DocumentOptions } from '../view/attachment/drawn-document.js';
import { fileNameOf } from '../view/attachment/file-name.js';
import { kindOf, opaque, parseMediaType, type AttachmentKind } from '../view/attachment/kind.js';
import { visibleText } from '../view/server-text.js';
import type { AttachmentContent } from './attachment-content.js';
import { nameOf } from './attachment-words.js';
import type { ObjectUrls } from './object-urls.js';

/** What is shown of an attachment. */
export interface Presented {
  readonly kind: AttachmentKind;
  /** The content itself, where it can be shown. */
  readonly content?: TemplateResult | Node | undefined;
  /** Documents within this one. */
  readonly inner?: readonly JsonObject[] | undefined;
  /** What a person has to know of it. */
  readonly doubts: readonly string[];
  /** Saves the bytes as they are. */
  readonly save: TemplateResult;
}

export interface PresentOptions {
  readonly urls: ObjectUrls;
  readonly drawing: DocumentOptions;
  /** Called where the browser cannot draw or play what looked right. */
  readonly unplayable: () => void;
}

/** More than this is not shown but saved, in bytes. */
export const largestShown = 10_000_000;
/** The same for what is built element by element. */
const largestBuilt = 5_000_000;

const mismatchWords =
  'This is not what the record says it is, so it is not shown. Open a saved copy only if you trust where it comes from.';

/** Draws content by what it is. Nothing of it runs, and nothing that it names is fetched. */
export async function present(
  attachment: JsonObject,
  { bytes, declared }: AttachmentContent,
  options: PresentOptions,
): Promise<Presented> {
  const known = kindOf(bytes, declared);
  const isShown = bytes.length <= largestShown || known.show === 'mismatch';
  const kind: AttachmentKind = isShown ? known : { show: 'other', type: opaque };
  const differences = await differencesFrom(attachment, bytes);
  const shown = await show(attachment, bytes, kind, declared, options);
  const save = saveLink(attachment, bytes, kind, declared, options.urls);
  return { kind, save, ...shown, doubts: [...differences, ...(shown.doubts ?? [])] };
}

async function show(
  attachment: JsonObject,
  bytes: Uint8Array<ArrayBuffer>,
  kind: AttachmentKind,
  declared: string | undefined,
  { urls, drawing, unplayable }: PresentOptions,
): Promise<Partial<Presented>> {
  const name = nameOf(attachment);
  const alt = textIn(attachment, 'title')?.trim() || 'Picture without a description';
  if (bytes.length === 0) {
    return { doubts: ['It is empty.'] };
  }
  switch (kind.show) {
    case 'image':
      return { content: picture(urls.make(bytes, kind.type), alt, unplayable) };
    case 'svg':
      // In an image nothing of it runs. As a data URL, not a blob: opened on its own, a blob would be of the page's origin.
      return { content: picture(await dataUrl(bytes, kind.type), alt, unplayable) };
    case 'audio':
      return {
        content: html`<audio
          part="media"
          controls
          src=${urls.make(bytes, kind.type)}
          @error=${unplayable}
        ></audio>`,
      };
    case 'video':
      return {
        content: html`<video
          part="media"
          controls
          src=${urls.make(bytes, kind.type)}
          @error=${unplayable}
        ></video>`,
      };
    case 'pdf':
      // Not embedded: viewers refuse sandboxed frames, and a frame without a sandbox is too much trust.
      return {
        content: html`<a part="link" href=${urls.make(bytes, kind.type)} target="_blank" rel="noopener"
          >Open ${visibleText(name)} in a new tab</a
        >`,
      };
    case 'text':
    case 'html':
    case 'ccda':
      return write(bytes, kind, declared, drawing);
    case 'mismatch':
      return { doubts: [mismatchWords] };
    case 'other':
      return {
        doubts: [
          bytes.length > largestShown
            ? `It is too large to be shown here (${sayBytes(bytes.length)}), but can be saved.`
            : 'This kind of document cannot be shown here, but can be saved.',
        ],
      };
  }
}

/** Draws what is made of text. */
async function write(
  bytes: Uint8Array,
  { show: how }: AttachmentKind,
  declared: string | undefined,
  drawing: DocumentOptions,
): Promise<Partial<Presented>> {
  const { charset } = parseMediaType(declared);
  if (how !== 'text' && bytes.length > largestBuilt) {
    return { doubts: [`It is too large to be shown here (${sayBytes(bytes.length)}), but can be saved.`] };
  }
  if (how === 'ccda') {
    const { drawClinicalDocument } = await loadPart(() => import('../view/attachment/ccda.js'));
    return drawClinicalDocument(bytes, charset, drawing);
  }
  if (how === 'html') {
    const { drawHtml } = await loadPart(() => import('../view/attachment/html.js'));
    return drawHtml(bytes, charset);
  }
  const { text, doubt } = decodeText(bytes, charset);
  return {
    content: html`<pre part="text" dir="auto">${visibleText(text)}</pre>`,
    doubts: doubt === undefined ? [] : [doubt],
  };
}

function picture(src: string, alt: string, unplayable: () => void): TemplateResult {
  return html`<img part="image" src=${src} alt=${alt} @error=${unplayable} />`;
}

function saveLink(
  attachment: JsonObject,
  bytes: Uint8Array<ArrayBuffer>,
  kind: AttachmentKind,
  declared: string | undefined,
  urls: ObjectUrls,
): TemplateResult {
  // Whoever opens the link in a tab of its own must not meet a page of the server's in this page's origin.
  const href = urls.make(bytes, opaque);
  return html`<a part="link" href=${href} download=${fileNameOf(textIn(attachment, 'title'), kind, declared)}
    >Save a copy of ${visibleText(nameOf(attachment))}</a
  >`;
}

function dataUrl(bytes: Uint8Array<ArrayBuffer>, type: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = (): void => resolve(reader.result as string);
    reader.onerror = (): void => reject(reader.error ?? new Error(type));
    reader.readAsDataURL(new Blob([bytes], { type }));
  });
}
