import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';

import { tenants } from '../../demo/data/index.mjs';
import { byType, everything, keysOf, leaves } from './records.mjs';

const folder = join(import.meta.dirname, '../../demo/data');
const today = Date.parse('2026-11-24');
const yearMs = 365.25 * 24 * 3_600_000;

/** FHIR R4, Datatypes: what a date or a dateTime may look like; a time needs an offset. */
const dateShape =
  /^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01])(T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(Z|[+-]\d\d:\d\d))?)?)?$/;
const dateNames =
  /(?:Date|DateTime|dateAsserted|authoredOn|lastOccurrence|^date|^start|^end|^issued|lastUpdated)$/;

function isPossibleDate(value) {
  const day = value.slice(0, 10);
  const isRealDay = day.length < 10 || new Date(`${day}T00:00:00Z`).toISOString().startsWith(day);
  return dateShape.test(value) && isRealDay && value > '1900' && value < '2028';
}

describe('the demo data, each organisation by itself', () => {
  for (const { id, resources, accounts, deleted = [] } of tenants) {
    const keys = new Set(keysOf({ resources }));

    it(`${id}: every id is there once, and is one that FHIR allows`, () => {
      assert.equal(keys.size, resources.length);
      assert.deepEqual(
        resources.filter((resource) => !/^[A-Za-z0-9\-.]{1,64}$/.test(resource.id)),
        [],
      );
    });

    it(`${id}: every resource says which version it is, and since when`, () => {
      for (const { meta } of resources) {
        assert.match(meta.versionId, /^[1-9]\d*$/);
        assert.match(meta.lastUpdated, /^2\d{3}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
        assert.ok(Date.parse(meta.lastUpdated) < today);
      }
    });

    it(`${id}: every reference leads somewhere`, () => {
      let count = 0;
      for (const resource of resources) {
        const contained = new Set((resource.contained ?? []).map((inner) => `#${inner.id}`));
        for (const [name, target] of leaves(resource)) {
          if (name === 'reference') {
            count += 1;
            assert.ok(keys.has(target) || contained.has(target), `${resource.id}: ${target}`);
          }
        }
      }
      assert.ok(count > 20);
    });

    it(`${id}: every date is one`, () => {
      for (const [name, value] of leaves(resources)) {
        if (dateNames.test(name) && typeof value === 'string') {
          assert.ok(isPossibleDate(value), `${name}: ${value}`);
        }
      }
    });

    it(`${id}: no result was there before it was measured`, () => {
      for (const { id: own, effectiveDateTime = '', issued = '', meta } of resources) {
        for (const date of [effectiveDateTime, issued].filter(Boolean)) {
          assert.ok(Date.parse(date) <= Date.parse(meta.lastUpdated), own);
        }
      }
    });

    it(`${id}: every account is somebody of the record`, () => {
      for (const { username, password, role, name, fhirUser, patients = [] } of accounts) {
        assert.equal(password, username);
        assert.ok(name);
        assert.equal(fhirUser.split('/')[0], role === 'clinician' ? 'Practitioner' : 'Patient');
        assert.ok(keys.has(fhirUser));
        assert.ok(patients.every((patient) => keys.has(`Patient/${patient}`)));
      }
      assert.deepEqual([...new Set(accounts.map(({ role }) => role))].sort(), ['clinician', 'patient']);
    });

    it(`${id}: what was deleted is not there`, () => {
      assert.ok(deleted.every((key) => !keys.has(key)));
    });
  }
});

describe('the demo data as a whole', () => {
  it('only one id is in both organisations, and it is two people', () => {
    const [ours, theirs] = tenants.map(keysOf);
    assert.deepEqual(
      ours.filter((key) => theirs.includes(key)),
      ['Patient/maria'],
    );
    const [one, other] = byType('Patient').filter(({ id }) => id === 'maria');
    assert.notEqual(one.birthDate, other.birthDate);
    assert.notEqual(one.name[0].family, other.name[0].family);
  });

  it('nothing is lost on the way through JSON', () => {
    assert.deepEqual(JSON.parse(JSON.stringify(everything)), everything);
  });

  it('every observation has a LOINC code', () => {
    for (const { id, code, component = [] } of byType('Observation')) {
      for (const concept of [code, ...component.map((part) => part.code)]) {
        const loinc = concept.coding.find(({ system }) => system === 'http://loinc.org');
        assert.match(loinc?.code ?? '', /^\d{1,5}-\d$/, id);
        assert.ok(loinc.display, id);
      }
    }
  });

  it('the check digit of every LOINC and SNOMED CT code is right', () => {
    assert.ok(luhn('45484') && !luhn('45485') && !luhn('54484'));
    assert.ok(verhoeff('44054006') && !verhoeff('44054007') && !verhoeff('44045006'));
    for (const { system, code } of codingsIn(everything)) {
      if (system === 'http://loinc.org') {
        assert.ok(luhn(code.replace('-', '')), code);
      } else if (system === 'http://snomed.info/sct') {
        assert.ok(verhoeff(code), code);
      }
    }
  });

  it('everybody is as old as a person can be', () => {
    for (const { id, birthDate, deceasedDateTime } of byType('Patient').filter((one) => one.birthDate)) {
      const years = (Date.parse(deceasedDateTime ?? '2026-11-24') - Date.parse(birthDate)) / yearMs;
      assert.ok(years >= 0 && years < 110, `${id}: ${years}`);
    }
  });

  it('files are as long as they say', () => {
    for (const { content = [], presentedForm = [] } of everything) {
      for (const { data, size } of [...presentedForm, ...content.map(({ attachment }) => attachment)]) {
        assert.equal(Buffer.from(data, 'base64').length, size);
        assert.ok(size < 1_000);
      }
    }
  });

  it('is the same on every run, and short to read', () => {
    const files = readdirSync(folder, { recursive: true }).filter((file) => file.endsWith('.mjs'));
    assert.ok(files.length > 10);
    for (const file of files) {
      const text = readFileSync(join(folder, file), 'utf8');
      assert.doesNotMatch(text, /Math\.random|Date\.now|new Date\(\)/, file);
      assert.ok(text.split('\n').length <= 300, file);
    }
  });
});

function* codingsIn(value) {
  if (typeof value === 'object' && value !== null) {
    if (typeof value.system === 'string' && typeof value.code === 'string') {
      yield value;
    }
    for (const inner of Object.values(value)) {
      yield* codingsIn(inner);
    }
  }
}

/** The check digit of LOINC is modulo 10. */
function luhn(digits) {
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}

/** The check digit of SNOMED CT follows Verhoeff: multiplication in the dihedral group of order ten. */
function verhoeff(digits) {
  const times = (a, b) => {
    const turned = a < 5 ? (a + b) % 5 : (((a - b) % 5) + 5) % 5;
    return a < 5 === b < 5 ? turned : turned + 5;
  };
  const shift = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];
  const shifted = (digit, count) => (count === 0 ? digit : shifted(shift[digit], count - 1));
  return (
    [...digits]
      .reverse()
      .reduce((check, digit, index) => times(check, shifted(Number(digit), index % 8)), 0) === 0
  );
}
