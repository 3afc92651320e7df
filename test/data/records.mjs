/** Ways to look into the demo data, for its tests. */
import { tenants } from '../../demo/data/index.mjs';

export const [riverside, hillcrest] = tenants;
export const everything = tenants.flatMap(({ resources }) => resources);

export function byType(type, resources = everything) {
  return resources.filter(({ resourceType }) => resourceType === type);
}

export function find(tenant, type, id) {
  return tenant.resources.find((resource) => resource.resourceType === type && resource.id === id);
}

export function keysOf(tenant) {
  return tenant.resources.map(({ resourceType, id }) => `${resourceType}/${id}`);
}

export function hasCode(concept, code) {
  return concept?.coding?.some((coding) => coding.code === code) ?? false;
}

/** Every value in a resource, with the name it stands under. */
export function* leaves(value, name = '') {
  if (typeof value !== 'object' || value === null) {
    yield [name, value];
    return;
  }
  for (const [key, inner] of Object.entries(value)) {
    yield* leaves(inner, Array.isArray(value) ? name : key);
  }
}

/** The ids of those a test holds for, in order. */
export function idsWhere(resources, test) {
  return resources
    .filter((resource) => test(resource))
    .map(({ id }) => id)
    .sort();
}
