import { textIn, type JsonObject } from '../fhir/resource.js';
import { placeOfUrl, type UrlPlace } from '../fhir/url-place.js';
import type { AttachmentSource } from './attachment-source.js';

/** Where the content of an attachment is. */
export type AttachmentPlace =
  /** In the record itself, as base64. */
  | { readonly at: 'record'; readonly data: string; readonly declared?: string | undefined }
  | Exclude<UrlPlace, { readonly at: 'unusable' }>
  /** An address that nothing is done with but to write it. */
  | { readonly at: 'unusable'; readonly text: string }
  | { readonly at: 'nowhere' };

/**
 * Tells where the content of an attachment is, without asking anyone.
 *
 * @param source - undefined where there is no session.
 */
export function placeOf(
  attachment: JsonObject,
  source: Pick<AttachmentSource, 'base' | 'places'> | undefined,
): AttachmentPlace {
  // DSTU2 and STU3 call the data of a Binary its content.
  const isBinary = textIn(attachment, 'resourceType') === 'Binary';
  const data = textIn(attachment, 'data') ?? (isBinary ? textIn(attachment, 'content') : undefined);
  const text = textIn(attachment, 'url');
  if (data !== undefined && (data || text === undefined)) {
    return { at: 'record', data };
  }
  if (text === undefined) {
    return { at: 'nowhere' };
  }
  const [, declared, inUrl] = /^data:([^,]*);base64,(.*)$/is.exec(text) ?? [];
  if (inUrl !== undefined) {
    return { at: 'record', data: inUrl, declared };
  }
  const place = placeOfUrl(text, source?.base, source?.places);
  return place.at === 'unusable' ? { at: 'unusable', text } : place;
}
