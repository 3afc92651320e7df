import { isList, isObject, own, type JsonObject } from '../fhir/resource.js';
import { absenceOf, sayAbsence } from './absence.js';
import { sayAttachment } from './attachment.js';
import {
  nameOfContained,
  sayCodeableReference,
  sayCoding,
  sayConcept,
  sayUsageContext,
} from './data-types/concepts.js';
import { doseKeys, dosageKeys, sayDosage, sayDose, sayUnknownDosage } from './data-types/dosage.js';
import { sayAddress, sayContactDetail, sayContributor, sayIdentifier, sayName } from './data-types/names.js';
import {
  sayPeriod,
  sayQuantity,
  sayRange,
  sayRatio,
  sayRatioRange,
  sayReferenceRange,
  saySampledData,
} from './data-types/quantities.js';
import { sayAnnotation, sayExpression, sayRelatedArtifact, saySignature } from './data-types/statements.js';
import { sayTiming } from './data-types/timing.js';
import { join, wholly, Wording, type Say } from './data-types/wording.js';
import { inWords } from './labels.js';
import { Taker } from './taker.js';

/**
 * A data type is known by its keys: JSON does not name it. What is none of these has no sentence of its own: its members
 * are told one by one (DataRequirement, ElementDefinition, Meta, ParameterDefinition, TriggerDefinition, and all others).
 */
const shapes: readonly (readonly [keys: ReadonlySet<string>, say: Say])[] = (
  [
    ['coding text', sayConcept],
    ['system version code display userSelected', sayCoding],
    ['reference type identifier display', sayReference],
    ['concept reference', sayCodeableReference],
    ['value comparator unit system code currency', wholly(sayQuantity)],
    ['low high', wholly(sayRange)],
    ['type appliesTo age low high text normalValue meaning', wholly(sayReferenceRange)],
    ['numerator denominator', wholly(sayRatio)],
    ['lowNumerator highNumerator denominator', wholly(sayRatioRange)],
    ['start end', wholly(sayPeriod)],
    ['use text family given prefix suffix period', sayName],
    ['use type text line city district state postalCode country period', sayAddress],
    ['use type system value rank period assigner', sayIdentifier],
    ['text time authorString authorReference', sayAnnotation],
    [[...dosageKeys].join(' '), sayDosage],
    [[...doseKeys].join(' '), wholly(sayDose)],
    ['event repeat code', wholly(sayTiming)],
    [
      'contentType language data url size hash title creation height width frames duration pages',
      ({ taker, node }) => sayAttachment(taker, node),
    ],
    ['name telecom', sayContactDetail],
    ['type name contact', sayContributor],
    ['type when who onBehalfOf targetFormat sigFormat data', saySignature],
    [
      'type label display citation url document resource resourceReference classifier publicationStatus publicationDate',
      sayRelatedArtifact,
    ],
    ['description name language expression reference', sayExpression],
    [
      'origin period factor lowerLimit upperLimit dimensions data interval intervalUnit codeMap offsets',
      wholly(saySampledData),
    ],
    ['code valueCodeableConcept valueQuantity valueRange valueReference', sayUsageContext],
  ] satisfies [string, Say][]
).map(([keys, say]) => [new Set(keys.split(' ')), say]);

/** A value of any data type in words; undefined where it has none as a whole, and its members are to be told. */
export function sayDataType(taker: Taker, node: JsonObject): string | undefined {
  return taker.once(node, () => sayByShape(taker, node));
}

function sayByShape(taker: Taker, node: JsonObject): string | undefined {
  const keys = Object.keys(node).filter((key) => !/^_?(?:id|extension|fhir_comments)$/.test(key));
  if (keys.length === 0) {
    return sayAbsence(taker, node);
  }
  const sayInner = (inner: JsonObject): string | undefined => sayDataType(taker, inner);
  const names = keys.map((key) => key.replace(/^_/, ''));
  for (const [known, say] of shapes) {
    const words = names.every((name) => known.has(name))
      ? taker.attempt(() => say(new Wording(taker, node, sayInner)))
      : undefined;
    if (words) {
      return join('; ', words, ...absentMembers(taker, node, keys));
    }
  }
  return sayUnknownDosage(new Wording(taker, node, sayInner));
}

/** `family: withheld`, of members that have a reason in place of a value. */
function absentMembers(taker: Taker, node: JsonObject, keys: readonly string[]): readonly string[] {
  return keys
    .filter((key) => key.startsWith('_'))
    .flatMap((key) => {
      const element = key.slice(1);
      const value = own(node, element);
      const shadow = own(node, key);
      const absences = (isList(shadow) ? shadow : [shadow]).map((one, index) => {
        const isAlone = (isList(value) ? (value[index] ?? undefined) : value) === undefined;
        return isAlone && isObject(one) ? absenceOf(taker, one) : undefined;
      });
      const words = join(', ', ...absences);
      return words ? `${inWords(element).toLowerCase()}: ${words}` : [];
    });
}

function sayReference(value: Wording): string | undefined {
  const display = value.part('display');
  const meant = display ? undefined : value.taker.contained.get(value.text('reference') ?? '');
  return display ?? (meant && sayContained(value, meant)) ?? value.first('reference', 'identifier');
}

function sayContained({ taker }: Wording, meant: JsonObject): string | undefined {
  const { language, today, timeZone } = taker;
  // The words are taken from where they stand, once more: what is contained is also told by itself.
  // What is in it refers to nothing further: records that go in circles would never end.
  const alone = new Taker({ language, today, timeZone, contained: new Map<string, JsonObject>() });
  return nameOfContained(meant, today, (node) => sayDataType(alone, node));
}
