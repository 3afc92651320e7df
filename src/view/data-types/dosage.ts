import { objectsIn, own, type JsonObject } from '../../fhir/resource.js';
import { repeatKeys } from './timing.js';
import { join, type Say, type Wording } from './wording.js';

const setOf = (keys: string): ReadonlySet<string> => new Set(keys.split(' '));

const rates = 'doseRange doseQuantity rateRatio rateRange rateQuantity';
const telling =
  'additionalInstruction patientInstruction timing asNeededBoolean asNeededCodeableConcept asNeeded asNeededFor ' +
  'doseAndRate maxDosePerPeriod maxDosePerAdministration maxDosePerLifetime';

export const doseKeys: ReadonlySet<string> = setOf(`type ${rates}`);
/** Also of releases before R4, and of MedicationAdministration.dosage, which have the dose in the dosage itself. */
export const dosageKeys: ReadonlySet<string> = setOf(
  `sequence text site route method dose ${rates} ${telling}`,
);

const insides = new Map<string, ReadonlySet<string>>([
  ['doseAndRate', doseKeys],
  ['timing', setOf('event repeat code')],
  ['repeat', repeatKeys],
]);

/** Whether all members have names that are known here, also those within. */
function isUnderstood(node: JsonObject, keys = dosageKeys): boolean {
  return Object.entries(node).every(([key, value]) => {
    const inner = insides.get(key);
    const isKnown = keys.has(key) || /^(?:_.*|id|extension)$/.test(key);
    return isKnown && (!inner || objectsIn(value).every((one) => isUnderstood(one, inner)));
  });
}

/** The directions of whatever has a text and something that only a Dosage has, whatever else there may be in it. */
export const sayUnknownDosage: Say = (value) =>
  value.text('text') && telling.split(' ').some((key) => value.has(key)) ? sayDosage(value) : undefined;

/**
 * The text stands for the whole (FHIR, Dosage.text). Without one, all of it in words, or nothing: directions that leave
 * something out are wrong.
 */
export const sayDosage: Say = (value) => {
  const text = value.part('text');
  const asides = [value.part('additionalInstruction', '; '), value.part('patientInstruction')];
  if (text) {
    const isWhole = isUnderstood(value.node);
    return join(
      '; ',
      text,
      ...asides,
      isWhole ? undefined : 'see the full instructions under “More details”',
    );
  }
  const words = join('; ', sayStructure(value), ...asides);
  const sequence = words && value.part('sequence');
  return value.missed ? undefined : join('. ', sequence, words);
};

function sayStructure(value: Wording): string | undefined {
  const labelled = ['method', 'site'].map((key) => {
    const words = value.part(key);
    return words && `${key}: ${words}`;
  });
  const limits: [key: string, of: string][] = [
    ['maxDosePerPeriod', ''],
    ['maxDosePerAdministration', ' each time'],
    ['maxDosePerLifetime', ' in a lifetime'],
  ];
  return join(
    ', ',
    sayDose(value),
    value.part('doseAndRate', '; '),
    value.part('route'),
    ...labelled,
    value.part('timing'),
    sayNeed(value),
    ...limits.flatMap(([key, of]) => value.parts(key).map((limit) => `at most ${limit}${of}`)),
  );
}

function sayNeed(value: Wording): string | undefined {
  const reasons = join(' or ', ...value.parts('asNeededCodeableConcept'), ...value.parts('asNeededFor'));
  const isNeeded = [own(value.node, 'asNeededBoolean'), own(value.node, 'asNeeded')].includes(true);
  return reasons ? `as needed for ${reasons}` : isNeeded ? 'as needed' : undefined;
}

/** How much at once, and how fast; and where that was calculated, and not ordered. */
export const sayDose: Say = (value) => {
  const rate = join(', ', ...['rateRatio', 'rateRange', 'rateQuantity'].map((key) => value.part(key)));
  const words = join(
    ', ',
    ...['doseQuantity', 'doseRange', 'dose'].map((key) => value.part(key)),
    rate && `rate ${rate}`,
  );
  const codings = value.inner('type').flatMap((type) => type.inner('coding'));
  const isOrdered = codings.some((coding) => coding.text('code') === 'ordered');
  const type = isOrdered ? undefined : value.part('type');
  return words && join(': ', type, words);
};
