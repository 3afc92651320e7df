import { patientsOf } from './accounts.mjs';

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

/**
 * Whether an access may see a resource, under one of the scopes that permit the kind of request.
 *
 * @param {object} access `{ account, patient }`
 * @param {object} resource
 * @param {import('./scopes.mjs').ResourceScope[]} scopes
 * @param {object} tenant
 */
export function maySee(access, resource, scopes, tenant) {
  return scopes.some(({ level, category }) => {
    if (category && !hasCategory(resource, category)) {
      return false;
    }
    if (level === 'patient') {
      return access.patient !== undefined && isInCompartment(resource, access.patient);
    }
    // A user scope reaches as far as the person does: all of the tenant for a clinician, their own records for others.
    return (
      access.account.role === 'clinician' ||
      patientsOf(access.account, tenant).some(({ id }) => isInCompartment(resource, id))
    );
  });
}

function hasCategory(resource, category) {
  const [system, code] = category.split('|');
  const codings = [resource.category ?? []].flat().flatMap(({ coding }) => coding ?? []);
  return codings.some((coding) => coding.system === system && coding.code === code);
}
