import { isResource, objectsIn, own, textIn, type FhirResource } from './resource.js';

/** The elements that say whose record a resource is (R4, the patient compartment); not those who took part in it. */
const subjectElements = ['subject', 'patient', 'beneficiary', 'for', 'individual'];

/** The types that hold other resources, and where. */
const holders = new Map([
  ['Bundle', 'entry'],
  ['Parameters', 'parameter'],
]);

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
  const parts = holders.get(resource.resourceType);
  if (parts !== undefined) {
    return objectsIn(own(resource, parts)).some((part) => {
      const inner = own(part, 'resource');
      return isResource(inner) && isOfOtherPatient(inner, patient);
    });
  }
  // An appointment names its patient among those who take part, who may be several.
  const actors = objectsIn(own(resource, 'participant')).flatMap((one) => objectsIn(own(one, 'actor')));
  const ids = subjectElements
    .flatMap((element) => objectsIn(own(resource, element)))
    .concat(resource.resourceType.startsWith('Appointment') ? actors : [])
    .map((reference) => patientId(textIn(reference, 'reference')))
    .filter((id) => id !== undefined);
  return ids.length > 0 && !ids.includes(patient);
}

function patientId(reference: string | undefined): string | undefined {
  return /(?:^|\/)Patient\/([A-Za-z0-9\-._]+)(?:\/_history\/[^/?#]+)?(?:[?#].*)?$/.exec(reference ?? '')?.[1];
}
