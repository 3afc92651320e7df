import { Fault, inWords, worded } from '../core/fault.js';
import type { SmartErrorDetails } from '../core/smart-error.js';
import type { ErrorCode } from '../core/error-code.js';
import { readOAuthUris } from './capability-statement.js';
import { asFolder, hostOf } from './secure-url.js';
import { parseJsonObject, type JsonObject } from './json-object.js';
import { readServerConfiguration, type Discovered, type ReadConfiguration } from './server-configuration.js';

/** How long each of the two requests may take. */
const legTimeoutMs = 5_000;

/**
 * Finds where to sign in: `.well-known/smart-configuration` first, then the conformance statement at `metadata`
 * (SMART-1, SMART-5).
 *
 * A server that is broken is never taken for one that needs no sign-in.
 *
 * @throws {SmartError} `discovery/…`
 */
export function discoverEndpoints(fhirBase: string, options: DiscoveryOptions): Promise<Discovered> {
  return worded(async () => {
    const { configuration, warnings } = await findConfiguration(fhirBase, options);
    return { configuration, warnings: await inWords(warnings) };
  });
}

/** What discovery works with. */
export interface DiscoveryOptions {
  readonly fetch: typeof fetch;
  readonly signal?: AbortSignal;
}

async function findConfiguration(fhirBase: string, options: DiscoveryOptions): Promise<ReadConfiguration> {
  const base = asFolder(fhirBase);
  const read = (path: string, accept: string): Promise<JsonObject> =>
    readJson(`${base}${path}`, accept, options);
  let wellKnownProblem: Fault;
  try {
    const document = await read('.well-known/smart-configuration', 'application/json');
    return readServerConfiguration(document, fhirBase, 'smart-configuration');
  } catch (thrown) {
    wellKnownProblem = asFault(thrown);
    // A server in trouble would answer the second question no better, and its conformance statement says less.
    if (wellKnownProblem.code === 'discovery/unavailable' || isFlawed(wellKnownProblem)) {
      throw wellKnownProblem;
    }
  }
  const statement = await read('metadata', 'application/fhir+json, application/json;q=0.9').catch(
    (thrown: unknown) => {
      const problem = asFault(thrown);
      // “Not found” twice is a wrong address; otherwise the first trouble is the one to mend.
      throw problem.code === 'discovery/not-found' ? wellKnownProblem : problem;
    },
  );
  const document = readOAuthUris(statement);
  if (!document) {
    throw new Fault('discovery/not-found', { url: base });
  }
  return readServerConfiguration(document, fhirBase, 'capability-statement');
}

/** A configuration that was read and cannot be used: that is for its server to mend, not to go round. */
function isFlawed({ code }: Fault): boolean {
  return code === 'discovery/missing-endpoint' || code === 'discovery/insecure-endpoint';
}

async function readJson(
  url: string,
  accept: string,
  { fetch, signal }: DiscoveryOptions,
): Promise<JsonObject> {
  const fail = (code: ErrorCode, details: SmartErrorDetails = {}): never => {
    const values = { host: hostOf(url) };
    throw new Fault(code, { ...details, values, url });
  };
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
    return fail(timeout.aborted || isTimeout(thrown) ? 'discovery/timed-out' : 'discovery/unreachable');
  }
  if (response.status >= 500 || response.status === 429) {
    return fail('discovery/unavailable', { status: response.status });
  }
  if (!response.ok) {
    return fail('discovery/not-found', { status: response.status });
  }
  // SMART-2: judged by the body; servers label this document in many ways.
  return parseJsonObject(body) ?? fail('discovery/not-json');
}

function isTimeout(thrown: unknown): boolean {
  return thrown instanceof DOMException && thrown.name === 'TimeoutError';
}

function asFault(thrown: unknown): Fault {
  if (thrown instanceof Fault) {
    return thrown;
  }
  throw thrown;
}
