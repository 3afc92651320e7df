/**
 * @typedef {{ level: string, type: string, permissions: Set<string>, category: string | undefined }} ResourceScope
 */

const versionOne = { read: 'rs', write: 'cud', '*': 'cruds' };

/** The resource types that scopes may name here. */
export const resourceTypes = [
  'AllergyIntolerance',
  'Appointment',
  'CarePlan',
  'CareTeam',
  'Condition',
  'Coverage',
  'Device',
  'DiagnosticReport',
  'DocumentReference',
  'Encounter',
  'Goal',
  'Immunization',
  'Location',
  'Medication',
  'MedicationRequest',
  'MedicationStatement',
  'Observation',
  'Organization',
  'Patient',
  'Practitioner',
  'PractitionerRole',
  'Procedure',
  'Provenance',
  'RelatedPerson',
  'ServiceRequest',
];

const observationCategory = 'http://terminology.hl7.org/CodeSystem/observation-category';
const conditionCategory = 'http://terminology.hl7.org/CodeSystem/condition-category';

/** The categories that a granular scope may narrow a type down to. */
const categories = {
  Observation: ['laboratory', 'vital-signs', 'social-history', 'survey'].map(
    (code) => `${observationCategory}|${code}`,
  ),
  Condition: ['problem-list-item', 'encounter-diagnosis'].map((code) => `${conditionCategory}|${code}`),
};

/** Scopes that are not about resources. */
export const contextScopes = ['fhirUser', 'launch', 'launch/patient', 'launch/encounter', 'online_access'];

/**
 * Every scope that this server knows. The provider drops what is not listed, and it cannot be given a pattern.
 *
 * @returns {string[]}
 */
export function allScopes() {
  const permissions = [...Object.keys(versionOne), ...inOrder('cruds')];
  const scopes = [];
  for (const level of ['patient', 'user']) {
    for (const type of ['*', ...resourceTypes]) {
      scopes.push(...permissions.map((permission) => `${level}/${type}.${permission}`));
      for (const category of categories[type] ?? []) {
        scopes.push(
          ...['r', 's', 'rs'].map((permission) => `${level}/${type}.${permission}?category=${category}`),
        );
      }
    }
  }
  return ['openid', 'offline_access', ...contextScopes, ...scopes];
}

/** All non-empty subsets of some letters, each in the order of the letters. */
function inOrder(letters) {
  const subsets = [];
  for (let bits = 1; bits < 1 << letters.length; bits++) {
    subsets.push([...letters].filter((_, index) => bits & (1 << index)).join(''));
  }
  return subsets;
}

/**
 * @param {string} scope
 * @returns {ResourceScope | undefined} undefined where the scope is not about resources.
 */
export function parseResourceScope(scope) {
  const parts = /^(patient|user)\/(\w+|\*)\.(read|write|\*|[cruds]+)(?:\?category=(.+))?$/.exec(scope);
  if (!parts) {
    return undefined;
  }
  const [, level, type, permissions, category] = parts;
  return { level, type, permissions: new Set(versionOne[permissions] ?? permissions), category };
}

/**
 * The scopes of a token that permit something with a type.
 *
 * @param {string[]} scopes
 * @param {string} type
 * @param {'c' | 'r' | 'u' | 'd' | 's'} permission
 */
export function permittingScopes(scopes, type, permission) {
  return scopes
    .map(parseResourceScope)
    .filter(
      (scope) => scope && (scope.type === type || scope.type === '*') && scope.permissions.has(permission),
    );
}

const known = new Set(allScopes());

/** The scopes of a request that this server knows, in the order that they were asked for. */
export function knownScopes(scope) {
  return scope.split(' ').filter((name) => known.has(name));
}

/** Whether scopes make no sense without a patient. */
export function needPatient(scopes) {
  return scopes.some((scope) => scope === 'launch/patient' || scope.startsWith('patient/'));
}
