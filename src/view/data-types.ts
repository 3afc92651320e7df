import { isObject, objectsIn, own, textIn, type JsonObject } from '../fhir/resource.js';
import { sayAbsence } from './absence.js';
import { sayAttachment } from './attachment.js';
import { Taker } from './taker.js';

/** A value in words; undefined where the object turns out to be of another kind. */
type Say = (taker: Taker, node: JsonObject) => string | undefined;

/** A data type is known by its keys: JSON does not name it. */
const shapes: readonly (readonly [keys: ReadonlySet<string>, say: Say])[] = (
  [
    ['coding text', sayConcept],
    ['system version code display userSelected', sayCoding],
    ['reference type identifier display', sayReference],
    ['concept reference', sayCodeableReference],
    ['value comparator unit system code currency', sayQuantity],
    ['low high', sayRange],
    ['type appliesTo age low high text normalValue meaning', sayReferenceRange],
    ['numerator denominator', sayRatio],
    ['start end', sayPeriod],
    ['use text family given prefix suffix period', sayName],
    ['use type text line city district state postalCode country period', sayAddress],
    ['use type system value rank period assigner', sayIdentifier],
    ['text time authorString authorReference', sayAnnotation],
    [
      'sequence text additionalInstruction patientInstruction timing asNeededBoolean asNeededCodeableConcept asNeeded ' +
        'asNeededFor site route method doseAndRate doseQuantity doseRange maxDosePerPeriod maxDosePerAdministration ' +
        'maxDosePerLifetime rateRatio rateQuantity rateRange',
      sayDosage,
    ],
    [
      'contentType language data url size hash title creation height width frames duration pages',
      sayAttachment,
    ],
  ] satisfies [string, Say][]
).map(([keys, say]) => [new Set(keys.split(' ')), say]);

/** A value of any data type in words; undefined where it has none as a whole, and its members are to be told. */
export function sayDataType(taker: Taker, node: JsonObject): string | undefined {
  return taker.once(node, () => sayByShape(taker, node));
}

function sayByShape(taker: Taker, node: JsonObject): string | undefined {
  const keys = Object.keys(node).map((key) => key.replace(/^_/, ''));
  const telling = keys.filter((key) => !/^(?:id|extension|fhir_comments)$/.test(key));
  if (telling.length === 0) {
    return sayAbsence(taker, node);
  }
  for (const [known, say] of shapes) {
    const words = telling.every((key) => known.has(key)) ? say(taker, node) : undefined;
    if (words) {
      return words;
    }
  }
  return undefined;
}

/** The member in words, whether it is a primitive, a data type, or a list of them. */
function part(taker: Taker, node: JsonObject, key: string): string | undefined {
  const value = own(node, key);
  if (Array.isArray(value)) {
    return join(
      ' ',
      ...Object.keys(value).map((index) => {
        const item: unknown = value[Number(index)];
        return isObject(item) ? sayDataType(taker, item) : taker.take(value, index, key);
      }),
    );
  }
  return isObject(value) ? sayDataType(taker, value) : taker.take(node, key);
}

function join(separator: string, ...parts: readonly (string | undefined)[]): string | undefined {
  return parts.filter(Boolean).join(separator) || undefined;
}

/** What a person entered comes first; then what a person chose; then whatever has words (FHIR, CodeableConcept). */
function sayConcept(taker: Taker, node: JsonObject): string | undefined {
  const codings = objectsIn(own(node, 'coding'));
  const coding =
    codings.find((one) => own(one, 'userSelected') === true && textIn(one, 'display')) ??
    codings.find((one) => textIn(one, 'display')) ??
    codings[0];
  return taker.take(node, 'text') ?? (coding && sayCoding(taker, coding));
}

function sayCoding(taker: Taker, node: JsonObject): string | undefined {
  const display = taker.take(node, 'display');
  if (display) {
    return display;
  }
  const code = taker.take(node, 'code');
  // The codes of FHIR itself are English words.
  const ownWords = /^http:\/\/(?:terminology\.)?hl7\.org\//.test(textIn(node, 'system') ?? '');
  const system = code && !ownWords ? taker.take(node, 'system') : undefined;
  return system ? `${code} (${system})` : code;
}

function sayReference(taker: Taker, node: JsonObject): string | undefined {
  const display = part(taker, node, 'display');
  const contained = display ? undefined : taker.contained.get(textIn(node, 'reference') ?? '');
  // The words are taken from where they stand, once more: what is contained is also told by itself.
  // What is in it refers to nothing further: records that go in circles would never end.
  const alone = { language: taker.language, today: taker.today, contained: new Map<string, JsonObject>() };
  const inner = contained && ['code', 'name', 'title'].map((key) => part(new Taker(alone), contained, key));
  return display ?? inner?.find(Boolean) ?? part(taker, node, 'reference') ?? part(taker, node, 'identifier');
}

function sayCodeableReference(taker: Taker, node: JsonObject): string | undefined {
  return part(taker, node, 'concept') ?? part(taker, node, 'reference');
}

function sayQuantity(taker: Taker, node: JsonObject): string | undefined {
  if (textIn(node, 'value') !== undefined || own(node, 'value') === undefined) {
    return undefined;
  }
  const value = part(taker, node, 'value');
  const unit = part(taker, node, 'unit') ?? part(taker, node, 'code') ?? part(taker, node, 'currency');
  return join(' ', part(taker, node, 'comparator'), value, unit);
}

function sayRange(taker: Taker, node: JsonObject): string | undefined {
  const low = part(taker, node, 'low');
  const high = part(taker, node, 'high');
  return low && high ? `${low} – ${high}` : low ? `≥ ${low}` : high && `≤ ${high}`;
}

/** Several ranges are for different people: each says for whom it is (FHIR, Observation.referenceRange). */
function sayReferenceRange(taker: Taker, node: JsonObject): string | undefined {
  const age = part(taker, node, 'age');
  return join(
    '; ',
    sayRange(taker, node),
    part(taker, node, 'text'),
    part(taker, node, 'type'),
    part(taker, node, 'meaning'),
    part(taker, node, 'appliesTo'),
    part(taker, node, 'normalValue'),
    age && `age ${age}`,
  );
}

function sayRatio(taker: Taker, node: JsonObject): string | undefined {
  return join(' : ', part(taker, node, 'numerator'), part(taker, node, 'denominator'));
}

function sayPeriod(taker: Taker, node: JsonObject): string | undefined {
  const start = part(taker, node, 'start');
  const end = part(taker, node, 'end');
  return start && end ? `${start} – ${end}` : start ? `from ${start}` : end && `until ${end}`;
}

function sayName(taker: Taker, node: JsonObject): string | undefined {
  const name =
    part(taker, node, 'text') ??
    join(' ', ...['prefix', 'given', 'family', 'suffix'].map((key) => part(taker, node, key)));
  return name && withUse(taker, node, name, /^(?:usual|official)$/);
}

function sayAddress(taker: Taker, node: JsonObject): string | undefined {
  const lines = ['line', 'city', 'district', 'state', 'postalCode', 'country'];
  const address = part(taker, node, 'text') ?? join(', ', ...lines.map((key) => part(taker, node, key)));
  return address && withUse(taker, node, address);
}

/** Also a ContactPoint, which has the same keys but for the meaning of `system`. */
function sayIdentifier(taker: Taker, node: JsonObject): string | undefined {
  const value = textIn(node, 'value') === undefined ? undefined : part(taker, node, 'value');
  if (!value) {
    return undefined;
  }
  const isContact = /^(?:phone|fax|email|pager|url|sms|other)$/.test(textIn(node, 'system') ?? '');
  const kind = part(taker, node, isContact ? 'system' : 'type');
  return withUse(taker, node, kind ? `${kind}: ${value}` : value, /^(?:usual|official)$/);
}

/** The use is part of the meaning: nobody should take an old name or address for the present one. */
function withUse(taker: Taker, node: JsonObject, words: string, unsaid = /^$/): string {
  const use = unsaid.test(textIn(node, 'use') ?? '') ? undefined : taker.take(node, 'use');
  const more = join(', ', use, part(taker, node, 'period'));
  return more ? `${words} (${more})` : words;
}

function sayAnnotation(taker: Taker, node: JsonObject): string | undefined {
  const author = part(taker, node, 'authorString') ?? part(taker, node, 'authorReference');
  return join(' — ', part(taker, node, 'text'), join(', ', author, part(taker, node, 'time')));
}

/** The text stands for the whole. Without one, every member is told by itself. */
function sayDosage(taker: Taker, node: JsonObject): string | undefined {
  const text = part(taker, node, 'text');
  return (
    text &&
    join('; ', text, part(taker, node, 'additionalInstruction'), part(taker, node, 'patientInstruction'))
  );
}
