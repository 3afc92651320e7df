import { Fault } from '../core/fault.js';
import { readOAuthUris } from './capability-statement.js';
import type { ReadDocument, ReadDocumentResult } from './discovery.js';
import type { JsonObject } from './json-object.js';
import { hostOf } from './secure-url.js';
import { readServerConfiguration, type ReadConfiguration } from './server-configuration.js';

const accept = 'application/fhir+json, application/json;q=0.9';

/**
 * Finds where to sign in by the conformance statement of the server (SMART-5).
 *
 * @param base the FHIR base as a folder.
 * @param before why the well-known place was of no use.
 * @throws {Fault} `discovery/…`
 */
export async function readMetadata(
  base: string,
  fhirBase: string,
  read: ReadDocument,
  before: Fault,
): Promise<ReadConfiguration> {
  let result: ReadDocumentResult;
  try {
    result = await readAsJson(`${base}metadata`, read);
  } catch (thrown) {
    // “Not found” twice is a wrong address; otherwise the first trouble is the one to mend.
    throw thrown instanceof Fault && thrown.code === 'discovery/not-found' ? before : thrown;
  }
  const members = readOAuthUris(result.document);
  if (!members) {
    throw whyNot(result.document, base, before);
  }
  const found = readServerConfiguration(members, fhirBase, 'capability-statement');
  return { ...found, warnings: [...result.warnings, ...found.warnings] };
}

/** Why a document names no place to sign in. */
function whyNot({ resourceType }: JsonObject, base: string, before: Fault): Fault {
  if (resourceType !== 'CapabilityStatement' && resourceType !== 'Conformance') {
    return new Fault('discovery/not-json', { values: { host: hostOf(base) }, url: base });
  }
  // A server that could not say whether it has a configuration has not said that it has none.
  return before.code === 'discovery/not-found' ? new Fault('discovery/no-sign-in', { url: base }) : before;
}

/** Some servers answer with XML whatever they are asked for, unless the address asks too. */
async function readAsJson(url: string, read: ReadDocument): Promise<ReadDocumentResult> {
  try {
    return await read(url, accept);
  } catch (thrown) {
    if (thrown instanceof Fault && thrown.code === 'discovery/not-json') {
      return read(`${url}?_format=json`, accept).catch(() => {
        throw thrown;
      });
    }
    throw thrown;
  }
}
