import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { tenants } from '../../demo/data/index.mjs';

const [riverside, hillcrest] = tenants;

function byType(tenant, type) {
  return tenant.resources.filter(({ resourceType }) => resourceType === type);
}

function hasCode(concept, code) {
  return concept?.coding?.some((coding) => coding.code === code) ?? false;
}

/** Every value in a resource, with the name it stands under. */
function* leaves(value, name = '') {
  if (typeof value !== 'object' || value === null) {
    yield [name, value];
    return;
  }
  for (const [key, inner] of Object.entries(value)) {
    yield* leaves(inner, Array.isArray(value) ? name : key);
  }
}

describe('the demo data', () => {
  for (const tenant of tenants) {
    it(`${tenant.id}: every id is there once, and every resource has its meta`, () => {
      const keys = tenant.resources.map(({ resourceType, id }) => `${resourceType}/${id}`);
      assert.equal(new Set(keys).size, keys.length);
      assert.ok(tenant.resources.every(({ meta }) => meta.versionId && meta.lastUpdated));
    });

    it(`${tenant.id}: every reference leads somewhere`, () => {
      const keys = new Set(tenant.resources.map(({ resourceType, id }) => `${resourceType}/${id}`));
      const references = [...leaves(tenant.resources)].filter(([name]) => name === 'reference');
      assert.ok(references.length > 0);
      assert.deepEqual(
        references.filter(([, target]) => !keys.has(target)),
        [],
      );
    });

    it(`${tenant.id}: every date can be one, and none lies beyond the next year`, () => {
      const dates = [...leaves(tenant.resources)].filter(([name]) =>
        /date|period|start|end|issued|dateTime$/i.test(name),
      );
      for (const [name, value] of dates) {
        if (typeof value === 'string' && /^\d{4}/.test(value)) {
          assert.ok(!Number.isNaN(Date.parse(value)) && value < '2028', `${name}: ${value}`);
        }
      }
    });

    it(`${tenant.id}: every account is somebody of the record`, () => {
      const keys = new Set(tenant.resources.map(({ resourceType, id }) => `${resourceType}/${id}`));
      for (const { fhirUser, patients = [] } of tenant.accounts) {
        assert.ok(keys.has(fhirUser));
        assert.ok(patients.every((id) => keys.has(`Patient/${id}`)));
      }
    });
  }

  it('has the patients that a portal really has', () => {
    const patients = tenants.flatMap((tenant) => byType(tenant, 'Patient'));
    const has = (test) => patients.some(test);
    assert.ok(patients.length >= 8);
    assert.ok(
      has(({ birthDate }) => birthDate > '2010'),
      'a child',
    );
    assert.ok(
      has(({ deceasedDateTime }) => deceasedDateTime),
      'somebody who died',
    );
    assert.ok(
      has(({ name }) => name === undefined),
      'no name',
    );
    assert.ok(
      has(({ name }) => name?.length >= 3),
      'several names',
    );
    assert.ok(
      has(({ name }) => JSON.stringify(name ?? '').length > 200),
      'a very long name',
    );
    assert.ok(
      has(({ name }) => /\p{Script=Arabic}/u.test(JSON.stringify(name))),
      'a right-to-left name',
    );
    assert.ok(
      has(({ name }) => /\p{Script=Han}/u.test(JSON.stringify(name))),
      'a CJK name',
    );
    assert.ok(
      has(({ active, link }) => active === false && link),
      'a merged one',
    );
  });

  it('has the same patient id for two people', () => {
    const births = tenants.map(
      (tenant) => byType(tenant, 'Patient').find(({ id }) => id === 'maria').birthDate,
    );
    assert.equal(new Set(births).size, 2);
  });

  it('has statuses that change what a record means', () => {
    const conditions = byType(riverside, 'Condition');
    const allergies = tenants.flatMap((tenant) => byType(tenant, 'AllergyIntolerance'));
    for (const code of ['refuted', 'entered-in-error']) {
      assert.ok(conditions.some(({ verificationStatus }) => hasCode(verificationStatus, code)));
      assert.ok(allergies.some(({ verificationStatus }) => hasCode(verificationStatus, code)));
    }
    assert.ok(
      allergies.some(({ code }) => hasCode(code, '716186003')),
      'no known allergy',
    );
    assert.ok(byType(riverside, 'MedicationRequest').some(({ doNotPerform }) => doNotPerform));
    assert.ok(byType(riverside, 'Immunization').some(({ status }) => status === 'not-done'));
    assert.ok(byType(riverside, 'Procedure').some(({ status }) => status === 'not-done'));
    assert.ok(riverside.resources.some(({ modifierExtension }) => modifierExtension));
  });

  it('has more than one page of observations for one patient, over two years', () => {
    const own = byType(riverside, 'Observation').filter(
      ({ subject }) => subject.reference === 'Patient/maria',
    );
    const dates = own.map(({ effectiveDateTime }) => effectiveDateTime).sort();
    assert.ok(own.length > 120, `${own.length} observations`);
    assert.ok(Date.parse(dates.at(-1)) - Date.parse(dates[0]) > 1.9 * 365 * 24 * 3_600_000);
    assert.ok(own.some(({ component }) => component?.length === 2));
    assert.ok(own.some(({ valueQuantity }) => valueQuantity?.comparator));
    assert.ok(own.some(({ dataAbsentReason }) => dataAbsentReason));
    assert.ok(own.some(({ interpretation }) => hasCode(interpretation?.[0], 'H')));
    assert.ok(own.every(({ code }) => code.coding.some(({ system }) => system === 'http://loinc.org')));
  });

  it('is the same on every run', async () => {
    const again = await import(`../../demo/data/index.mjs?again`);
    assert.equal(JSON.stringify(again.tenants), JSON.stringify(tenants));
    assert.ok(byType(hillcrest, 'Patient').length >= 3);
  });
});
