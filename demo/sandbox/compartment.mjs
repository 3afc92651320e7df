/** Where the types of the patient compartment name their patient. */
const patientReferences = ['subject', 'patient', 'beneficiary', 'individual'];

/** Types that belong to nobody: whoever may read them at all may read all of them. */
const shared = new Set(['Practitioner', 'PractitionerRole', 'Organization', 'Location', 'Medication']);

/**
 * Whether a resource belongs to a patient's record.
 *
 * @param {object} resource
 * @param {string} patientId
 */
export function isInCompartment(resource, patientId) {
  if (resource.resourceType === 'Patient') {
    return resource.id === patientId;
  }
  if (shared.has(resource.resourceType)) {
    return true;
  }
  const wanted = `Patient/${patientId}`;
  const participants = (resource.participant ?? []).map(({ actor }) => actor?.reference);
  const named = patientReferences.map((name) => resource[name]?.reference);
  return [...named, ...participants].includes(wanted);
}
