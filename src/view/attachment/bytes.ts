import { decimalText } from '../../fhir/json.js';
import { textIn, type JsonObject } from '../../fhir/resource.js';

/** The bytes of base64, white space in it or not; undefined where it is damaged. */
export function decodeBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    // atob passes over white space and asks for no padding: FHIR's base64Binary allows the one, some servers forget the other.
    const binary = atob(text);
    const bytes = new Uint8Array(binary.length);
    for (let at = 0; at < binary.length; at++) {
      bytes[at] = binary.charCodeAt(at);
    }
    return bytes;
  } catch {
    return undefined;
  }
}

/** How many bytes base64 holds, without decoding it. */
export function sizeOfBase64(text: string): number {
  return Math.floor((text.replace(/[\s=]/g, '').length * 3) / 4);
}

/** A size in words: `517 bytes`, `12 kB`, `3.4 MB`. */
export function sayBytes(bytes: number): string {
  if (bytes < 1000) {
    return bytes === 1 ? '1 byte' : `${bytes} bytes`;
  }
  const [size, unit] = bytes < 999_500 ? [bytes / 1000, 'kB'] : [bytes / 1_000_000, 'MB'];
  return `${size < 10 ? size.toFixed(1).replace('.0', '') : size.toFixed(0)} ${unit}`;
}

/** The size that an attachment says it has, in bytes. R5 writes it as text. */
export function declaredSize(attachment: JsonObject): number | undefined {
  const text = textIn(attachment, 'size') ?? decimalText(attachment, 'size') ?? '';
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

/** Compares content with the size and fingerprint that its record gives. @returns a sentence for each difference. */
export async function differencesFrom(
  attachment: JsonObject,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<readonly string[]> {
  const size = declaredSize(attachment);
  const said: string[] = [];
  if (size !== undefined && size !== bytes.length) {
    said.push(
      `The record says that this has ${size} bytes, but it has ${bytes.length}. It may be incomplete.`,
    );
  }
  if ((await hasHash(bytes, textIn(attachment, 'hash'))) === false) {
    said.push('This is not the content that the record was written about: its fingerprint (hash) differs.');
  }
  return said;
}

/** Whether bytes have a SHA-1 (FHIR, Attachment.hash); undefined where that cannot be told. */
async function hasHash(
  bytes: Uint8Array<ArrayBuffer>,
  hash: string | undefined,
): Promise<boolean | undefined> {
  const expected = hash === undefined ? undefined : decodeBase64(hash);
  // Without HTTPS a page has no crypto.subtle, whatever its type says.
  const subtle = crypto.subtle as SubtleCrypto | undefined;
  if (!hash || !subtle) {
    return undefined;
  }
  const actual = new Uint8Array(await subtle.digest('SHA-1', bytes));
  const inHex = [...actual].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  // Some servers write it in hexadecimal.
  return hash.toLowerCase() === inHex || (expected?.join() ?? '') === actual.join();
}
