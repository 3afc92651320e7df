import { parseResourceScope } from './scopes.mjs';

const contextWords = {
  openid: 'Know who you are',
  fhirUser: 'See your own entry in the record system',
  launch: 'Know what you were looking at when you opened the app',
  'launch/patient': 'Know whose record you choose',
  'launch/encounter': 'Know which visit you choose',
  online_access: 'Stay signed in for as long as you use it',
  offline_access: 'Stay signed in when you are not using it, until you withdraw this',
};

const typeWords = {
  '*': 'everything in the record',
  AllergyIntolerance: 'allergies',
  Appointment: 'appointments',
  CarePlan: 'care plans',
  CareTeam: 'care teams',
  Condition: 'problems and diagnoses',
  Coverage: 'insurance',
  Device: 'devices',
  DiagnosticReport: 'test reports',
  DocumentReference: 'documents',
  Encounter: 'visits',
  Goal: 'goals',
  Immunization: 'vaccinations',
  Location: 'places of care',
  Medication: 'medicines',
  MedicationRequest: 'prescriptions',
  MedicationStatement: 'medicines that are taken',
  Observation: 'measurements and lab results',
  Organization: 'organisations',
  Patient: 'name, birth date and contact details',
  Practitioner: 'doctors, nurses and other staff',
  PractitionerRole: 'what staff do where',
  Procedure: 'procedures',
  Provenance: 'where entries come from',
  RelatedPerson: 'relatives',
  ServiceRequest: 'orders and referrals',
};

/**
 * A scope in plain words, as a person is asked for it.
 *
 * @param {string} scope
 */
export function scopeInWords(scope) {
  const resource = parseResourceScope(scope);
  if (!resource) {
    return contextWords[scope] ?? scope;
  }
  const { level, type, permissions, category } = resource;
  const verbs = [
    (permissions.has('r') || permissions.has('s')) && 'Read',
    permissions.has('c') && 'add',
    permissions.has('u') && 'change',
    permissions.has('d') && 'delete',
  ].filter(Boolean);
  const verb = verbs.join(', ').replace(/^./, (letter) => letter.toUpperCase());
  const kind = category ? ` of the kind “${category.split('|').at(-1)}”` : '';
  const whose = level === 'patient' ? 'of the chosen person' : 'of everyone you may see';
  return `${verb} ${typeWords[type] ?? type}${kind} ${whose}`;
}
