import { answerError } from '../core/errors/answer.js';
import { attachmentError } from '../core/errors/attachment.js';
import { fhirError } from '../core/errors/fhir.js';
import { SmartError } from '../core/smart-error.js';
import { anythingForbidden } from '../fhir/failed-answer.js';
import { readOutcome } from '../fhir/operation-outcome.js';
import { failureNameOf } from '../fhir/read-answer.js';
import { textIn, type JsonObject } from '../fhir/resource.js';
import { parseJsonObject } from '../smart/json-object.js';
import { decodeBase64, sayBytes } from '../view/attachment/bytes.js';
import { declaredAs, parseMediaType } from '../view/attachment/kind.js';
import type { AttachmentPlace } from './attachment-place.js';
import type { AttachmentSource } from './attachment-source.js';

/** The bytes of an attachment, and what they are said to be. */
export interface AttachmentContent {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly declared: string | undefined;
}

/** More than this is not even fetched, in bytes: it has to fit into memory several times. */
const largest = 100_000_000;
/** From the request to the first byte of the answer, in ms. */
const firstByte = 20_000;

/**
 * Gets the content of an attachment out of the record, or from the server of the session; never from anywhere else.
 *
 * @throws {SmartError} `attachment/…`, `fhir/…`, or whatever the session's `fetch` throws.
 */
export async function readContent(
  attachment: JsonObject,
  place: AttachmentPlace,
  source: AttachmentSource | undefined,
  signal: AbortSignal,
): Promise<AttachmentContent> {
  const declared = textIn(attachment, 'contentType');
  if (place.at === 'record') {
    return { bytes: bytesOf(place.data), declared: moreExact(declared, place.declared) };
  }
  if (place.at !== 'server' || !source) {
    // Only what was offered is asked for.
    throw answerError('not-found');
  }
  const answer = await ask(place.url, declared, source, signal);
  return { ...answer, declared: moreExact(declared, answer.declared) };
}

async function ask(
  url: string,
  declared: string | undefined,
  source: AttachmentSource,
  signal: AbortSignal,
): Promise<AttachmentContent> {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(fhirError('timed-out', { url })), firstByte);
  const { essence } = parseMediaType(declared);
  const headers = { Accept: essence ? `${essence}, */*;q=0.1` : '*/*' };
  try {
    const response = await source.fetch(url, { headers, signal: AbortSignal.any([signal, patience.signal]) });
    clearTimeout(timer);
    const bytes = await readBytes(response);
    const record = recordIn(bytes);
    if (!response.ok || textIn(record, 'resourceType') === 'OperationOutcome') {
      throw refusalOf(response, url, record);
    }
    return textIn(record, 'resourceType') === 'Binary'
      ? {
          bytes: bytesOf(textIn(record, 'data') ?? textIn(record, 'content') ?? ''),
          declared: textIn(record, 'contentType'),
        }
      : { bytes, declared: response.headers.get('content-type') ?? undefined };
  } catch (thrown) {
    signal.throwIfAborted();
    patience.signal.throwIfAborted();
    throw SmartError.is(thrown)
      ? thrown
      : fhirError('unreachable', { url, values: { host: new URL(url).host } });
  } finally {
    clearTimeout(timer);
  }
}

function refusalOf(response: Response, url: string, record: JsonObject | undefined): SmartError {
  const { status, ok } = response;
  const outcome = readOutcome(record);
  return answerError(ok ? 'rejected' : failureNameOf(status), {
    status,
    url,
    values: { ...anythingForbidden, value: 'this file' },
    ...(outcome.length > 0 && { outcome }),
  });
}

/** Reads an answer to its end, unless that is too far away. */
async function readBytes({ body }: Response): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  const reader = body?.getReader();
  for (let read = await reader?.read(); read?.value; read = await reader?.read()) {
    size += read.value.length;
    if (size > largest) {
      await reader?.cancel();
      throw attachmentError('too-large', { values: { value: sayBytes(largest) } });
    }
    chunks.push(read.value);
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}

/** The FHIR JSON that a server wraps a Binary into, or an error: it looks before it decodes. */
function recordIn(bytes: Uint8Array): JsonObject | undefined {
  const head = String.fromCharCode(...bytes.subarray(0, 512));
  return /^[^\w"]*\{\s*"/.test(head) ? parseJsonObject(new TextDecoder().decode(bytes)) : undefined;
}

function bytesOf(data: string): Uint8Array<ArrayBuffer> {
  const bytes = decodeBase64(data);
  if (!bytes) {
    throw attachmentError('damaged');
  }
  return bytes;
}

/** The record's own word, unless what came along says the same with more detail. */
function moreExact(declared: string | undefined, told: string | undefined): string | undefined {
  const [ours, theirs] = [parseMediaType(declared), parseMediaType(told)];
  const says = declaredAs(declared) !== 'undeclared';
  return says && (ours.charset !== undefined || ours.essence !== theirs.essence)
    ? declared
    : (told ?? declared);
}
