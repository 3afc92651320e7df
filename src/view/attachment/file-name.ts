import { parseMediaType, type AttachmentKind } from './kind.js';

/** The ending of a file by its type. A name from a server never chooses what opens it. */
const endings: Readonly<Record<string, string>> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/gif': 'gif',
  'image/webp': 'webp',
  'image/bmp': 'bmp',
  'image/svg+xml': 'svg',
  'image/tiff': 'tif',
  'application/pdf': 'pdf',
  'application/rtf': 'rtf',
  'text/rtf': 'rtf',
  'application/dicom': 'dcm',
  'application/json': 'json',
  'application/fhir+json': 'json',
  'application/msword': 'doc',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'text/csv': 'csv',
  'text/html': 'html',
  'audio/wav': 'wav',
  'audio/mpeg': 'mp3',
  'audio/flac': 'flac',
  'audio/ogg': 'ogg',
  'audio/mp4': 'm4a',
  'audio/webm': 'webm',
  'video/ogg': 'ogv',
  'video/mp4': 'mp4',
  'video/webm': 'webm',
};

/** Made once: some browsers take long to make sense of it. */
const unseen = /[\p{C}\p{Z}]+/gu;

/**
 * A file name that is safe on every system: one folder, no hidden file, no device, nothing that turns letters around, and
 * the ending of what the file is.
 */
export function fileNameOf(title: string | undefined, kind: AttachmentKind, declared?: string): string {
  const ending = endingOf(kind, parseMediaType(declared).essence);
  const clean = (title ?? '').replace(unseen, ' ').replace(/[<>:"/\\|?*~$%]+/g, '-');
  const name = Array.from(clean.replace(/^[\s.-]+/, ''))
    .slice(0, 80)
    .join('')
    .replace(/[\s.-]+$/, '');
  const stem = name.toLowerCase().endsWith(`.${ending}`) ? name.slice(0, -ending.length - 1) : name;
  // Windows takes these for devices.
  return `${!stem || /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i.test(stem) ? 'document' : stem}.${ending}`;
}

function endingOf(kind: AttachmentKind, essence: string): string {
  switch (kind.show) {
    case 'mismatch':
      return 'bin';
    case 'ccda':
      return 'xml';
    case 'text':
      return endings[essence] ?? (/\bxml$/.test(essence) ? 'xml' : 'txt');
    case 'html':
      return 'html';
    case 'other':
      // Only a few types of those that cannot be shown have an ending that is known to be harmless.
      return endings[essence] ?? 'bin';
    default:
      return endings[kind.type] ?? 'bin';
  }
}
