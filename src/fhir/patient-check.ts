import { isResource, objectsIn, own, textIn, type FhirResource } from './resource.js';

/** The elements that say whose record a resource is (R4, the patient compartment); not those who took part in it. */
const subjectElements = ['subject', 'patient', 'beneficiary', 'for', 'individual'];

/**
 * Whether a resource is certainly the record of another patient than the one of the session.
 *
 * Certain is a reference to a Patient by an id that differs, wherever its server says that it is: a `display`, an
 * identifier, a contained or not yet known (`urn:`) patient proves nothing. Of several subjects one that fits is
 * enough. In a Bundle each entry counts.
 */
export function isOfOtherPatient(resource: FhirResource, patient: string): boolean {
  if (resource.resourceType === 'Patient') {
    const id = textIn(resource, 'id');
    return id !== undefined && id !== patient;
  }
  if (resource.resourceType === 'Bundle') {
    return objectsIn(own(resource, 'entry')).some((entry) => {
      const inner = own(entry, 'resource');
      return isResource(inner) && isOfOtherPatient(inner, patient);
    });
  }
  const ids = subjectElements
    .flatMap((element) => objectsIn(own(resource, element)))
    .map((reference) => patientId(textIn(reference, 'reference')))
    .filter((id) => id !== undefined);
  return ids.length > 0 && !ids.includes(patient);
}

function patientId(reference: string | undefined): string | undefined {
  return /(?:^|\/)Patient\/([A-Za-z0-9\-._]+)(?:\/_history\/[^/]+)?$/.exec(reference ?? '')?.[1];
}
