import type { ErrorCode } from '../core/error-code.js';
import { Fault, inWords, worded } from '../core/fault.js';
import type { SmartErrorDetails } from '../core/smart-error.js';
import { parseJsonObject, type JsonObject } from './json-object.js';
import { asFolder, hostOf } from './secure-url.js';
import { readServerConfiguration, type Discovered, type ReadConfiguration } from './server-configuration.js';

/** How long each request may take. */
const legTimeoutMs = 5_000;

/** What discovery works with. */
export interface DiscoveryOptions {
  readonly fetch: typeof fetch;
  readonly signal?: AbortSignal;
  /** Where the configuration is, in place of the well-known place. Nothing else is asked then. */
  readonly configUrl?: string | undefined;
  /** The configuration itself. Nobody is asked then. */
  readonly configuration?: JsonObject | undefined;
  /** Waits. Default: by the clock. */
  readonly pause?: (ms: number) => Promise<void>;
}

/** Reads one JSON document. @throws {Fault} `discovery/…` */
export type ReadDocument = (url: string, accept: string) => Promise<ReadDocumentResult>;

/** A document, and whether it was labelled as what it is. */
export interface ReadDocumentResult {
  readonly document: JsonObject;
  readonly warnings: readonly Fault[];
}

/**
 * Finds where to sign in: `.well-known/smart-configuration` first, then the conformance statement at `metadata`
 * (SMART-1, SMART-5).
 *
 * A server that is broken is never taken for one that needs no sign-in: `discovery/no-sign-in` alone means that it says so
 * itself (SMART-6).
 *
 * @throws {SmartError} `discovery/…`
 */
export function discoverEndpoints(fhirBase: string, options: DiscoveryOptions): Promise<Discovered> {
  return worded(async () => {
    const { configuration, warnings } = await findConfiguration(fhirBase, options);
    return { configuration, warnings: await inWords(warnings) };
  });
}

async function findConfiguration(fhirBase: string, options: DiscoveryOptions): Promise<ReadConfiguration> {
  if (options.configuration) {
    return readServerConfiguration(options.configuration, fhirBase, 'smart-configuration');
  }
  const base = asFolder(fhirBase);
  const read: ReadDocument = (url, accept) => readPatiently(url, accept, options);
  try {
    const url = options.configUrl ?? `${base}.well-known/smart-configuration`;
    const { document, warnings } = await read(url, 'application/json');
    const found = readServerConfiguration(document, fhirBase, 'smart-configuration');
    return { ...found, warnings: [...warnings, ...found.warnings] };
  } catch (thrown) {
    if (!(thrown instanceof Fault) || !mayFallBack(thrown)) {
      throw thrown;
    }
    if (options.configUrl !== undefined) {
      const { code, details } = thrown;
      throw code === 'discovery/not-found' ? new Fault('discovery/refused', details) : thrown;
    }
    const { readMetadata } = await import('./discovery-fallback.js');
    return readMetadata(base, fhirBase, read, thrown);
  }
}

/**
 * Whether the conformance statement may know better. A server in trouble would answer the second question no better, and
 * a configuration that was read and cannot be used is for its server to mend, not to go round.
 */
function mayFallBack({ code }: Fault): boolean {
  return !/unavailable|endpoint$/.test(code);
}

async function readPatiently(
  url: string,
  accept: string,
  options: DiscoveryOptions,
): Promise<ReadDocumentResult> {
  try {
    return await readOnce(url, accept, options);
  } catch (thrown) {
    if (thrown instanceof InTrouble) {
      const { readAgain } = await import('./discovery-patience.js');
      return readAgain(() => readOnce(url, accept, options), thrown, options);
    }
    throw thrown;
  }
}

/** A server that says of itself that it cannot answer now. */
export class InTrouble extends Fault {
  retryAfter: string | null = null;
}

async function readOnce(
  url: string,
  accept: string,
  { fetch, signal }: DiscoveryOptions,
): Promise<ReadDocumentResult> {
  const values = { host: hostOf(url) };
  const fault = (code: ErrorCode, details: SmartErrorDetails = {}): Fault =>
    new Fault(code, { ...details, values, url });
  const timeout = AbortSignal.timeout(legTimeoutMs);
  let response: Response;
  let body: string;
  try {
    response = await fetch(url, {
      headers: { accept },
      credentials: 'omit',
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
    body = await response.text();
  } catch (thrown) {
    signal?.throwIfAborted();
    const isLate = timeout.aborted || (thrown instanceof DOMException && thrown.name === 'TimeoutError');
    throw fault(isLate ? 'discovery/timed-out' : 'discovery/unreachable');
  }
  const { status, headers } = response;
  if (status >= 500 || status === 429) {
    const trouble = new InTrouble('discovery/unavailable', { status, values, url });
    trouble.retryAfter = headers.get('retry-after');
    throw trouble;
  }
  if (!response.ok) {
    // Only “there is none” is no answer to go by; whoever asks for a password here may well have one.
    const isAbsent = status === 404 || status === 410;
    throw fault(isAbsent ? 'discovery/not-found' : 'discovery/refused', { status });
  }
  // SMART-2: judged by the body; servers label this document in many ways.
  const document = parseJsonObject(body);
  if (!document) {
    throw fault('discovery/not-json');
  }
  const isLabelled = /json/i.test(headers.get('content-type') ?? '');
  return { document, warnings: isLabelled ? [] : [fault('discovery/content-type')] };
}
