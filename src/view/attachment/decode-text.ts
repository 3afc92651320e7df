/** A text, and what has to be said where it may not be exactly what was written. */
export interface DecodedText {
  readonly text: string;
  readonly doubt: string | undefined;
}

/** Byte order marks: they say more than any declaration (WHATWG Encoding, BOM sniff). */
const marks: readonly [encoding: string, mark: readonly number[]][] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16be', [0xfe, 0xff]],
  ['utf-16le', [0xff, 0xfe]],
];

/**
 * Decodes text with the charset that it came with. Where that is missing or wrong, the best is made of it, and said.
 *
 * @param charset - a label such as `iso-8859-1`.
 */
export function decodeText(bytes: Uint8Array, charset: string | undefined): DecodedText {
  const marked = marks.find(([, mark]) => mark.every((byte, at) => bytes[at] === byte))?.[0];
  const label = marked ?? charset;
  const exact = decode(bytes, label ?? 'utf-8', true);
  if (exact !== undefined) {
    return { text: exact, doubt: undefined };
  }
  const lossy = label === undefined ? undefined : decode(bytes, label, false);
  if (lossy !== undefined) {
    return {
      text: lossy,
      doubt: 'Some characters of this text could not be read. They are shown as \ufffd.',
    };
  }
  return {
    text: decode(bytes, 'utf-8', true) ?? decode(bytes, 'windows-1252', false) ?? '',
    doubt: 'It is not known how the letters of this text are encoded. Some may be shown wrongly.',
  };
}

function decode(bytes: Uint8Array, label: string, fatal: boolean): string | undefined {
  try {
    return new TextDecoder(label, { fatal }).decode(bytes);
  } catch {
    return undefined;
  }
}
