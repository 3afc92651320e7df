import { answerError } from '../core/errors/answer.js';
import { fhirError } from '../core/errors/fhir.js';
import type { SmartError } from '../core/smart-error.js';
import { asFolder } from '../smart/secure-url.js';
import { createTokenGuard } from '../smart/token-guard.js';
import { isOfOtherPatient } from './patient-check.js';
import { resolveSource } from './read-target.js';
import { isObject, isResource, objectsIn, own, textIn, type FhirResource } from './resource.js';
import { serverUrl, type LinkedServer } from './server-url.js';

/** Where a reference stands: it may lead to something that came along. */
export interface ReferencePlace {
  /**
   * The resource that the reference is in. Of a contained one, the resource that contains it: what is contained refers to
   * the others there.
   */
  readonly container?: FhirResource | undefined;
  /** The Bundle that the container came in. */
  readonly bundle?: FhirResource | undefined;
}

/**
 * Finds what a reference leads to: contained, in the Bundle, or at the server (FHIR, References; Bundle, “Resolving
 * references in Bundles”). It goes one step: references that lead round in circles lead nobody into one.
 */
export async function resolveReference(
  reference: string,
  place: ReferencePlace,
  server: LinkedServer,
): Promise<FhirResource> {
  const [, address = '', fragment] = /^([^#]*)(?:#(.*))?$/s.exec(reference) ?? [];
  const resource = address === '' ? place.container : await resolveAddress(address, place, server);
  if (!resource) {
    throw broken('a contained resource, and nothing says what contains it');
  }
  return fragment ? containedIn(resource, fragment) : resource;
}

function containedIn(container: FhirResource, id: string): FhirResource {
  const resource = objectsIn(own(container, 'contained')).find((one) =>
    // Earlier releases have the sign in the id as well.
    [id, `#${id}`].includes(textIn(one, 'id') ?? ''),
  );
  if (!isResource(resource)) {
    throw broken('a contained resource, which is not there');
  }
  return resource;
}

async function resolveAddress(
  address: string,
  place: ReferencePlace,
  { base, places, patient, read }: LinkedServer,
): Promise<FhirResource> {
  const { bundle } = place;
  const isAbsolute = /^[a-z][a-z\d+.-]*:/i.test(address);
  // A relative reference in an entry is relative to where that entry is from, which may be another server.
  const url = isAbsolute ? address : `${baseOfEntry(place) ?? asFolder(base)}${address}`;
  const found = bundle && entryAt(bundle, url);
  if (found) {
    if (patient && isOfOtherPatient(found, patient)) {
      throw fhirError('wrong-patient');
    }
    return found;
  }
  if (/^urn:/i.test(url)) {
    throw broken('an entry of the Bundle, which is not there');
  }
  const href = serverUrl(url, base, createTokenGuard(base, places));
  const target = href.includes('?') ? undefined : resolveSource(href, base, places);
  // A search or an operation is nothing to refer to: some of them do something.
  if (target?.id === undefined) {
    throw broken('what is no record');
  }
  return read(target);
}

/** The base of the server that the container's entry is from, with a slash; undefined where its `fullUrl` does not tell. */
function baseOfEntry({ bundle, container }: ReferencePlace): string | undefined {
  const entry =
    container && objectsIn(own(bundle, 'entry')).find((one) => own(one, 'resource') === container);
  return /^(https?:\/\/.+\/)[A-Z]\w+\/[^/?#]+$/.exec(textIn(entry, 'fullUrl') ?? '')?.[1];
}

/** The entry at a URL, if it is one alone: a history has several versions of it. */
function entryAt(bundle: FhirResource, url: string): FhirResource | undefined {
  const [, plain = url, version] = /^(.*)\/_history\/([^/]+)$/.exec(url) ?? [];
  const found = objectsIn(own(bundle, 'entry'))
    .filter((entry) => textIn(entry, 'fullUrl') === plain)
    .map((entry) => own(entry, 'resource'))
    .filter(isResource)
    .filter((resource) => version === undefined || version === versionOf(resource));
  return found.length === 1 ? found[0] : undefined;
}

function versionOf(resource: FhirResource): string | undefined {
  const meta = own(resource, 'meta');
  return isObject(meta) ? textIn(meta, 'versionId') : undefined;
}

/** What the reference says stays out of it: an id may be a patient's. */
function broken(value: string): SmartError {
  return answerError('broken-reference', { values: { value } });
}
