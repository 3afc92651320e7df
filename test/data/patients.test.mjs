import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { tenants } from '../../demo/data/index.mjs';
import { byType, find, hillcrest, idsWhere, riverside } from './records.mjs';

const patients = byType('Patient');
const isNamed =
  (pattern) =>
  ({ name }) =>
    pattern.test(JSON.stringify(name) ?? '');

function lengthOf({ prefix = [], given = [], family = '' }) {
  return [...prefix, ...given, family].join(' ').length;
}

describe('the people of the demo data', () => {
  it('are twelve, in two organisations', () => {
    assert.deepEqual(
      tenants.map(({ id, resources }) => [id, byType('Patient', resources).length]),
      [
        ['riverside', 8],
        ['hillcrest', 4],
      ],
    );
  });

  it('are those that a portal really has', () => {
    const traits = {
      child: ({ birthDate }) => birthDate > '2010',
      'has died': ({ deceasedDateTime }) => deceasedDateTime !== undefined,
      'no name': ({ name }) => name === undefined,
      'very long name': ({ name = [] }) => name.some((one) => lengthOf(one) > 100),
      Arabic: isNamed(/\p{Script=Arabic}/u),
      Hebrew: isNamed(/\p{Script=Hebrew}/u),
      Japanese: isNamed(/\p{Script=Han}/u),
      inactive: ({ active }) => active === false,
      'replaced by another': ({ link }) => link?.some(({ type }) => type === 'replaced-by'),
      'replaces another': ({ link }) => link?.some(({ type }) => type === 'replaces'),
      'birth date is unknown or masked': ({ _birthDate }) => _birthDate?.extension !== undefined,
      'birth date without a day': ({ birthDate }) => birthDate?.length < 10,
    };
    const found = Object.entries(traits).map(([trait, test]) => [trait, idsWhere(patients, test)]);
    assert.deepEqual(Object.fromEntries(found), {
      child: ['noah'],
      'has died': ['walter'],
      'no name': ['unknown-7'],
      'very long name': ['long-name'],
      Arabic: ['layla'],
      Hebrew: ['yael'],
      Japanese: ['hanako'],
      inactive: ['maria-old'],
      'replaced by another': ['maria-old'],
      'replaces another': ['maria'],
      'birth date is unknown or masked': ['unknown-7', 'yael'],
      'birth date without a day': ['jo', 'walter'],
    });
  });

  it('have names for every use, and the old one comes first', () => {
    const { name } = find(riverside, 'Patient', 'jo');
    assert.deepEqual(
      name.map(({ use }) => use),
      ['old', 'maiden', 'temp', 'nickname', 'official', 'usual'],
    );
  });

  it('have a name in ideographs and the same one as it is spoken', () => {
    const { name } = find(hillcrest, 'Patient', 'hanako');
    assert.deepEqual(
      name.map(({ extension }) => extension[0].valueCode),
      ['IDE', 'SYL'],
    );
  });

  it('a father may open his own record and that of his child', () => {
    const sam = riverside.accounts.find(({ username }) => username === 'sam');
    assert.deepEqual(sam.patients, ['sam', 'noah']);
    const { patient, relationship } = find(riverside, 'RelatedPerson', 'noahs-father');
    assert.equal(patient.reference, 'Patient/noah');
    assert.equal(relationship[0].coding[0].code, 'FTH');
  });

  it('one of them has nothing on record', () => {
    assert.ok(
      riverside.resources.every(({ subject, patient }) => (subject ?? patient)?.reference !== 'Patient/sam'),
    );
  });
});
