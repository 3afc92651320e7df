import { textIn, type JsonObject } from '../fhir/resource.js';
import { declaredSize, sayBytes, sizeOfBase64 } from '../view/attachment/bytes.js';
import { declaredAs, parseMediaType } from '../view/attachment/kind.js';
import type { AttachmentPlace } from './attachment-place.js';

const kindWords: Readonly<Record<string, string>> = {
  image: 'picture',
  svg: 'drawing',
  text: 'text',
  html: 'formatted text',
  pdf: 'PDF',
  audio: 'sound',
  video: 'video',
};

/** What an attachment is called: by its title, or else by what it is. */
export function nameOf(attachment: JsonObject): string {
  const title = textIn(attachment, 'title')?.trim();
  return title || `this ${kindWords[declaredAs(textIn(attachment, 'contentType'))] ?? 'document'}`;
}

/** The declared type and the size, as far as they are known: `PDF, 12 kB`. */
export function sayTypeAndSize(attachment: JsonObject, place: AttachmentPlace): string {
  const declared = textIn(attachment, 'contentType');
  const type = kindWords[declaredAs(declared)] ?? parseMediaType(declared).essence;
  const size = sizeOf(attachment, place);
  return [type, size === undefined ? '' : sayBytes(size)].filter(Boolean).join(', ');
}

/** How many bytes are to be expected. */
export function sizeOf(attachment: JsonObject, place: AttachmentPlace): number | undefined {
  return place.at === 'record' ? sizeOfBase64(place.data) : declaredSize(attachment);
}
