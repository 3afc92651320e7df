import { textIn, type JsonObject } from '../fhir/resource.js';
import { createTokenGuard } from '../smart/token-guard.js';

/** Where the content of an attachment is. */
export type AttachmentPlace =
  /** In the record itself, as base64. */
  | { readonly at: 'record'; readonly data: string; readonly declared?: string | undefined }
  /** At the server that the session is with. */
  | { readonly at: 'server'; readonly url: string }
  /** At another host, which is never asked from here. */
  | { readonly at: 'outside'; readonly url: URL }
  /** An address that nothing is done with but to write it. */
  | { readonly at: 'unusable'; readonly text: string }
  | { readonly at: 'nowhere' };

/**
 * Tells where the content of an attachment is, without asking anyone.
 *
 * @param base - the FHIR base; undefined where there is no session.
 */
export function placeOf(attachment: JsonObject, base: string | undefined): AttachmentPlace {
  // DSTU2 and STU3 call the data of a Binary its content.
  const isBinary = textIn(attachment, 'resourceType') === 'Binary';
  const data = textIn(attachment, 'data') ?? (isBinary ? textIn(attachment, 'content') : undefined);
  const text = textIn(attachment, 'url');
  if (data !== undefined && (data || text === undefined)) {
    return { at: 'record', data };
  }
  return text === undefined ? { at: 'nowhere' } : placeOfUrl(text, base);
}

function placeOfUrl(text: string, base: string | undefined): AttachmentPlace {
  const [, declared, data] = /^data:([^,]*);base64,(.*)$/is.exec(text) ?? [];
  if (data !== undefined) {
    return { at: 'record', data, declared };
  }
  const unusable = { at: 'unusable', text } as const;
  // What URL parsers pass over or bend is never needed, and often meant to deceive.
  if (/[\s\\\p{Cc}]|^#|^$/u.test(text) || !URL.canParse(text, base)) {
    return unusable;
  }
  const url = new URL(text, base);
  const allowed = base === undefined ? undefined : allowedUrl(text, base);
  if (allowed) {
    return { at: 'server', url: allowed };
  }
  return /^https?:$/.test(url.protocol) && !url.username && !url.password ? { at: 'outside', url } : unusable;
}

function allowedUrl(text: string, base: string): string | undefined {
  try {
    return createTokenGuard(base)(text).href;
  } catch {
    return undefined;
  }
}
