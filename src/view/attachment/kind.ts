import { hasRoot } from './xml-root.js';

/** How the content of an attachment may be shown. */
export type Presentation =
  | 'image'
  | 'svg'
  | 'text'
  | 'html'
  | 'ccda'
  | 'pdf'
  | 'audio'
  | 'video'
  /** Nothing that can be shown here, but nothing suspicious either: it can be saved. */
  | 'other'
  /** The bytes are not what they are said to be: they are never shown, only saved. */
  | 'mismatch';

export interface AttachmentKind {
  readonly show: Presentation;
  /** What the bytes themselves say they are: the one type that a blob of them may have, since browsers act on it. */
  readonly type: string;
}

export interface MediaType {
  /** `type/subtype` in lower case; empty where nothing usable is declared. */
  readonly essence: string;
  readonly charset: string | undefined;
}

/** A type that makes a browser do nothing but save. */
export const opaque = 'application/octet-stream';

/** What a file begins with: characters by their offset, each standing for one byte. */
const signatures: readonly [type: string, signature: Readonly<Record<number, string>>][] = [
  ['image/png', { 0: '\x89PNG\r\n\x1a\n' }],
  ['image/jpeg', { 0: '\xff\xd8\xff' }],
  ['image/gif', { 0: 'GIF87a' }],
  ['image/gif', { 0: 'GIF89a' }],
  ['image/webp', { 0: 'RIFF', 8: 'WEBP' }],
  // Two letters alone could be the begin of any word; the reserved bytes are zero.
  ['image/bmp', { 0: 'BM', 6: '\0\0\0\0' }],
  ['application/pdf', { 0: '%PDF-' }],
  ['audio/wav', { 0: 'RIFF', 8: 'WAVE' }],
  ['audio/mpeg', { 0: 'ID3' }],
  ['audio/mpeg', { 0: '\xff\xfb' }],
  ['audio/mpeg', { 0: '\xff\xf3' }],
  ['audio/flac', { 0: 'fLaC' }],
  // These hold sound or pictures: which, only their declaration tells.
  ['*/ogg', { 0: 'OggS' }],
  ['*/mp4', { 4: 'ftyp' }],
  ['*/webm', { 0: '\x1a\x45\xdf\xa3' }],
];

const declarations: readonly [show: Presentation | 'xml' | 'undeclared', RegExp][] = [
  ['undeclared', /^(?:(?:application|binary)\/octet-stream)?$/],
  ['svg', /^image\/svg\+xml$/],
  ['image', /^image\//],
  ['html', /^(?:text\/html|application\/xhtml\+xml)$/],
  ['xml', /^(?:text|application)\/xml$|\+xml$/],
  ['text', /^text\/(?!rtf)|^application\/(?:json|[\w.-]+\+json)$/],
  ['pdf', /^application\/(?:x-)?pdf$/],
  ['audio', /^audio\//],
  ['video', /^video\//],
];

/** Takes a declared type apart: `text/plain; charset=utf-8`. */
export function parseMediaType(declared: string | undefined): MediaType {
  const [essence = '', ...parameters] = (declared ?? '').split(';').map((part) => part.trim());
  const charset = parameters.map((one) => /^charset\s*=\s*"?([^\s"]+)/i.exec(one)?.[1]).find(Boolean);
  return { essence: /^[\w.+-]+\/[\w.+-]+$/.test(essence) ? essence.toLowerCase() : '', charset };
}

/** What a declaration alone promises, before a byte has been seen. */
export function declaredAs(declared: string | undefined): Presentation | 'xml' | 'undeclared' {
  const { essence } = parseMediaType(declared);
  return declarations.find(([, pattern]) => pattern.test(essence))?.[0] ?? 'other';
}

/**
 * Decides how bytes may be shown. The declared type is a claim: it is believed only where the bytes say the same.
 *
 * @param declared - a MIME type, with or without parameters.
 */
export function kindOf(bytes: Uint8Array, declared: string | undefined): AttachmentKind {
  const found = signatureOf(bytes);
  const claim = declaredAs(declared);
  const isPicture = found?.startsWith('image/');
  switch (claim) {
    case 'image':
      // Many a JPEG is called a PNG, and is a picture all the same.
      return isPicture ? as('image', found) : isUnsigned(declared) && !isText(bytes) ? as('other') : mismatch;
    case 'svg':
      return hasRoot(bytes, 'svg') ? as('svg', 'image/svg+xml') : mismatch;
    case 'pdf':
      return found === 'application/pdf' ? as('pdf', found) : mismatch;
    case 'xml':
      return hasRoot(bytes, 'ClinicalDocument') ? as('ccda') : written('text', bytes, declared);
    case 'text':
    case 'html':
      return written(claim, bytes, declared);
    case 'audio':
    case 'video':
      return played(claim, bytes, found);
    case 'undeclared':
      return isPicture
        ? as('image', found)
        : found === 'application/pdf'
          ? as('pdf', found)
          : as(hasRoot(bytes, 'ClinicalDocument') ? 'ccda' : 'other');
    default:
      return as('other');
  }
}

const mismatch: AttachmentKind = { show: 'mismatch', type: opaque };

function as(show: Presentation, type: string = opaque): AttachmentKind {
  return { show, type };
}

function written(show: 'text' | 'html', bytes: Uint8Array, declared: string | undefined): AttachmentKind {
  // Every other byte of UTF-16 looks like one of a binary file.
  const isWide = /^utf-?16/i.test(parseMediaType(declared).charset ?? '');
  return signatureOf(bytes) === undefined && (isWide || isText(bytes)) ? as(show) : mismatch;
}

function played(show: 'audio' | 'video', bytes: Uint8Array, found: string | undefined): AttachmentKind {
  const type = found?.replace('*', show);
  if (type?.startsWith(`${show}/`)) {
    return as(show, type);
  }
  return found !== undefined || isText(bytes) ? mismatch : as('other');
}

/** Whether no signature is known for a declared picture: TIFF, HEIC, DICOM. */
function isUnsigned(declared: string | undefined): boolean {
  const { essence } = parseMediaType(declared);
  return essence !== 'image/jpg' && !signatures.some(([type]) => type === essence);
}

function signatureOf(bytes: Uint8Array): string | undefined {
  const head = String.fromCharCode(...bytes.subarray(0, 32));
  return signatures.find(([, signature]) =>
    Object.entries(signature).every(([at, characters]) => head.startsWith(characters, Number(at))),
  )?.[0];
}

/** Whether bytes could be text: it has none of the control characters that make a file binary. */
function isText(bytes: Uint8Array): boolean {
  const [first, second] = bytes;
  const isUtf16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  // Tab to carriage return, and the escape of old terminals.
  return (
    isUtf16 || bytes.subarray(0, 4096).every((byte) => byte > 31 || (byte > 8 && byte < 14) || byte === 27)
  );
}
