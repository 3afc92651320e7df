import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { byType, hasCode, idsWhere, riverside } from './records.mjs';

const dayMs = 24 * 3_600_000;
const all = byType('Observation');
const marias = byType('Observation', riverside.resources).filter(
  ({ subject }) => subject.reference === 'Patient/maria',
);
const flags = ({ interpretation = [], component = [] }) =>
  [...interpretation, ...component.flatMap((part) => part.interpretation ?? [])].map(
    ({ coding }) => coding[0].code,
  );

function withCode(code) {
  return marias.filter((observation) => hasCode(observation.code, code));
}

describe('the observations of one person', () => {
  it('are more than two pages of fifty', () => {
    assert.ok(marias.length > 120, `${marias.length}`);
  });

  for (const [name, code, atLeast] of [
    ['HbA1c', '4548-4', 9],
    ['glucose', '2345-7', 17],
    ['creatinine', '2160-0', 9],
    ['LDL', '13457-7', 6],
    ['potassium', '2823-3', 12],
    ['hemoglobin', '718-7', 5],
    ['weight', '29463-7', 25],
    ['heart rate', '8867-4', 25],
    ['oxygen saturation', '59408-5', 12],
    ['blood pressure', '85354-9', 25],
  ]) {
    it(`two years of ${name}, with different values`, () => {
      const found = withCode(code);
      assert.ok(found.length >= atLeast);
      const times = found.map(({ effectiveDateTime }) => Date.parse(effectiveDateTime)).sort((a, b) => a - b);
      assert.ok(times.at(-1) - times[0] > 600 * dayMs);
      const values = found.map(({ valueQuantity, component }) => JSON.stringify(component ?? valueQuantity));
      assert.ok(new Set(values).size > 3);
    });
  }

  it('carry the flag that fits their range', () => {
    for (const { id, valueQuantity, referenceRange, interpretation } of marias) {
      if (valueQuantity && interpretation && referenceRange?.length === 1) {
        const { low, high } = referenceRange[0];
        const flag = interpretation[0].coding[0].code;
        const isHigh = high !== undefined && valueQuantity.value > high.value;
        const isLow = low !== undefined && valueQuantity.value < low.value;
        assert.equal(flag.startsWith('H'), isHigh, id);
        assert.equal(flag.startsWith('L'), isLow, id);
      }
    }
    assert.deepEqual([...new Set(marias.flatMap(flags))].sort(), ['H', 'HH', 'L', 'N']);
  });

  it('stand at the hour of Ohio, in summer and in winter', () => {
    const zones = marias.map(({ effectiveDateTime }) => /T.*([+-]\d\d:\d\d)$/.exec(effectiveDateTime)?.[1]);
    assert.deepEqual([...new Set(zones)].filter(Boolean).sort(), ['-04:00', '-05:00']);
  });

  it('may be less or more than what can be measured', () => {
    const compared = marias.filter(({ valueQuantity }) => valueQuantity?.comparator);
    assert.deepEqual(
      compared.map(({ id, valueQuantity }) => [id, valueQuantity.comparator]),
      [
        ['maria-troponin', '<'],
        ['maria-crp', '<'],
        ['maria-egfr', '>'],
      ],
    );
  });

  it('may be missing, as a whole or in a part', () => {
    const isMissing = (one) => one.dataAbsentReason !== undefined;
    assert.deepEqual(idsWhere(all, isMissing), ['maria-ferritin-missing']);
    const isHalf = ({ component }) => component?.some(isMissing);
    assert.deepEqual(idsWhere(all, isHalf), ['maria-blood-pressure-half']);
  });

  it('have values of every kind that labs send', () => {
    const kinds = new Set(marias.flatMap((one) => Object.keys(one).filter((key) => key.startsWith('value'))));
    assert.deepEqual([...kinds].sort(), [
      'valueBoolean',
      'valueCodeableConcept',
      'valueDateTime',
      'valueInteger',
      'valueQuantity',
      'valueRange',
      'valueRatio',
      'valueString',
    ]);
  });

  it('may have a unit without a code, or a code without a unit', () => {
    assert.deepEqual(
      idsWhere(marias, ({ valueQuantity }) => valueQuantity && !valueQuantity.code),
      ['maria-height-2024'],
    );
    assert.deepEqual(
      idsWhere(marias, ({ valueQuantity }) => valueQuantity && !valueQuantity.unit),
      ['maria-hdl'],
    );
  });

  it('may have more than one range, each for other people', () => {
    assert.deepEqual(
      idsWhere(all, ({ referenceRange = [] }) => referenceRange.length > 1),
      ['maria-hdl'],
    );
  });
});

describe('the observations of a child', () => {
  it('show it growing', () => {
    const heights = all.filter(({ id }) => id.startsWith('noah-height-'));
    const values = heights.map(({ valueQuantity }) => valueQuantity.value);
    assert.equal(values.length, 7);
    assert.deepEqual(
      values,
      [...values].sort((a, b) => a - b),
    );
  });
});
