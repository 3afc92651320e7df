import { objectsIn, own, textIn } from '../../fhir/resource.js';
import { join, type Say, type Wording } from './wording.js';

/** UCUM's units of time, as FHIR uses them. */
const timeUnits = new Map([
  ['s', 'second'],
  ['min', 'minute'],
  ['h', 'hour'],
  ['d', 'day'],
  ['wk', 'week'],
  ['mo', 'month'],
  ['a', 'year'],
]);

/** `h` → `hour`, and `hours` for any number but 1. */
export function timeUnit(code: string, number?: string): string | undefined {
  const unit = timeUnits.get(code);
  return unit && (number === undefined || Number(number) === 1 ? unit : `${unit}s`);
}

/** Also Money, whose unit is its currency; none is made up. */
export const sayQuantity: Say = (value) => {
  const number = value.number('value');
  if (number === undefined) {
    return undefined;
  }
  // R5: so much that the whole comes to this.
  const comparator = value.reworded('comparator', (code) => (code === 'ad' ? 'enough for a total of' : code));
  return join(' ', comparator, value.part('value'), unitOf(value, number));
};

function unitOf(value: Wording, number: string): string | undefined {
  const code = value.text('code') ?? '';
  const time = timeUnit(code, number);
  // A laboratory measures seconds, and calls them s.
  const isTime = time && code !== 's' && value.text('system') === 'http://unitsofmeasure.org';
  if (isTime && [undefined, code].includes(value.text('unit'))) {
    value.reworded('unit', () => time);
    return value.reworded('code', () => time);
  }
  return value.first('unit', 'code', 'currency');
}

export const sayRange: Say = (value) => {
  const low = value.part('low');
  const high = value.part('high');
  if (!low || !high) {
    // What says `>` by itself needs no sign.
    return (low ?? high)?.replace(/^(?![<>])/, low ? '≥ ' : '≤ ');
  }
  const unit = ` ${textIn(objectsIn(own(value.node, 'low'))[0], 'unit')}`;
  return `${high.endsWith(unit) && low.endsWith(unit) ? low.slice(0, -unit.length) : low} – ${high}`;
};

/** Several ranges are for different people: each says for whom it is (FHIR, Observation.referenceRange). */
export const sayReferenceRange: Say = (value) => {
  const age = value.part('age');
  return join(
    '; ',
    sayRange(value),
    value.part('text'),
    value.part('type'),
    value.part('meaning'),
    value.part('appliesTo'),
    value.part('normalValue'),
    age && `age ${age}`,
  );
};

/** A titre is `1 : 128`; amounts with units are `250 mg / 5 mL` (FHIR, Ratio). */
export const sayRatio: Say = (value) => {
  const numerator = value.part('numerator');
  const denominator = value.part('denominator');
  const hasUnit = ['numerator', 'denominator'].some((key) =>
    objectsIn(own(value.node, key)).some(
      (one) => textIn(one, 'unit') ?? textIn(one, 'code') ?? textIn(one, 'currency'),
    ),
  );
  return numerator && denominator && `${numerator} ${hasUnit ? '/' : ':'} ${denominator}`;
};

export const sayRatioRange: Say = (value) => {
  const low = value.part('lowNumerator');
  const high = value.part('highNumerator');
  const denominator = value.part('denominator');
  return low && high && denominator && `${low} – ${high} / ${denominator}`;
};

export const sayPeriod: Say = (value) => {
  const start = value.part('start');
  const end = value.part('end');
  return start && end ? `${start} – ${end}` : start ? `from ${start}` : end && `until ${end}`;
};

/** How the samples were taken. They themselves are no text for anybody, and stand as they are in the details. */
export const saySampledData: Say = (value) => {
  const origin = value.part('origin');
  if (!origin) {
    return undefined;
  }
  const limits = join(' – ', value.part('lowerLimit'), value.part('upperLimit'));
  const ms = value.part('period');
  const interval = value.part('interval');
  const dimensions = value.part('dimensions');
  const factor = value.part('factor');
  return join(
    ', ',
    `Sampled data: origin ${origin}`,
    ms && `period ${ms} ms`,
    interval && join(' ', `interval ${interval}`, value.part('intervalUnit')),
    dimensions && `dimensions ${dimensions}`,
    factor && `factor ${factor}`,
    limits && `limits ${limits}`,
  );
};
