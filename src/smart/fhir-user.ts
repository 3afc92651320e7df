import { asFolder } from './secure-url.js';

const types = ['Patient', 'Practitioner', 'PractitionerRole', 'RelatedPerson', 'Person'] as const;

/** The FHIR resource of the person who signed in. */
export interface FhirUser {
  /** Absolute, without a version. */
  readonly url: string;
  /** Undefined where it is none of those that SMART names. */
  readonly type: (typeof types)[number] | undefined;
  readonly id: string;
  /** Whether it is at another server than the records: the access token is not for that (SMART-58). */
  readonly isForeign: boolean;
}

/**
 * Resolves the claim `fhirUser` (SMART-89), which servers send as a whole URL or relative to the FHIR base.
 *
 * @returns undefined where it names no resource.
 */
export function resolveFhirUser(claim: string, fhirBase: string): FhirUser | undefined {
  const base = asFolder(fhirBase);
  if (!URL.canParse(claim, base)) {
    return undefined;
  }
  const resolved = new URL(claim, base);
  const [, path, type, id] =
    /^(.*\/)([A-Za-z]+)\/([A-Za-z0-9.-]+)(?:\/_history\/[^/]+)?$/.exec(resolved.pathname) ?? [];
  if (path === undefined || type === undefined || id === undefined || !/^https?:$/.test(resolved.protocol)) {
    return undefined;
  }
  const folder = `${resolved.origin}${path}`;
  return {
    url: `${folder}${type}/${id}`,
    type: types.find((known) => known === type),
    id,
    isForeign: folder !== new URL(base).href,
  };
}
