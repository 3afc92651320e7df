import {
  isObject,
  objectsIn,
  own,
  type FhirResource,
  type JsonObject,
  type JsonValue,
} from '../fhir/resource.js';
import { codeInWords, inWords } from './labels.js';
import { modifiersOf } from './modifiers.js';
import { information, noticesOfType, warning } from './notices-of-type.js';
import { codesIn, sayAll, valuesAt } from './record-words.js';
import type { Notice } from './resource-view.types.js';
import { meaningOf } from './statuses.js';
import { Taker } from './taker.js';

/** What says that something was not done, by release of FHIR: each means it where it is true. */
const undone: Readonly<Record<string, string>> = {
  doNotPerform: 'Do not perform: this is an instruction not to do or give this.',
  isSubpotent: 'Subpotent: this dose may not have been strong enough to count.',
  notDone: 'Not done: this did not take place.',
  notGiven: 'Not given: this did not take place.',
  notPerformed: 'Not done: this did not take place.',
  wasNotGiven: 'Not given: this did not take place.',
  wasNotTaken: 'Not taken: the patient did not take this.',
};
const reasons =
  /^(?:statusReason|subpotentReason|notDoneReason|reasonNot(?:Given|Performed|Taken)|cancell?ationReason|cancell?edReason)/;

/**
 * What changes the meaning of a resource, in words: the elements that FHIR marks as modifiers, and what a reader would
 * otherwise take the wrong way round.
 */
export function noticesOf(resource: FhirResource, { language, today, contained }: Taker): Notice[] {
  // Its words are taken from where they stand, once more: they are also told there.
  const taker = new Taker({ language, today, contained });
  const notices = [
    ...ofStatus(resource, taker),
    ...ofFlags(resource),
    ...ofParts(resource),
    ...ofLabels(resource),
    ...noticesOfType(resource, taker),
  ];
  const texts = notices.map(({ text }) => text);
  return notices.filter(({ text }, index) => texts.indexOf(text) === index);
}

function ofStatus(resource: FhirResource, taker: Taker): Notice[] {
  const codes = Object.keys(resource)
    .filter((key) => /^(?:status|(?:verification|clinical|doc|lifecycle|participant)Status)$/.test(key))
    .flatMap((key) => codesIn(own(resource, key)));
  return [...new Set(codes)].flatMap((code) => ofCode(resource, taker, code));
}

function ofCode(resource: FhirResource, taker: Taker, code: string): Notice[] {
  switch (code) {
    case 'entered-in-error':
      return [
        warning(
          `Entered in error: do not rely on this record.${isStripped(resource) ? ' Its content was taken away.' : ''}`,
        ),
      ];
    case 'refuted':
      return [warning('Refuted: this was ruled out.')];
    case 'not-done':
      return [warning(`Not done: this did not take place.${reasonOf(resource, taker)}`)];
  }
  const meaning = meaningOf(code);
  return meaning
    ? [
        (meaning.isWarning ? warning : information)(
          `Status: ${codeInWords(code)}. ${meaning.sentence}${meaning.isWarning ? reasonOf(resource, taker) : ''}`.trim(),
        ),
      ]
    : [];
}

/** US Core, CONF-0191: a server should take all but its id and status from a record that was entered in error. */
function isStripped(resource: FhirResource): boolean {
  return Object.keys(resource).every((key) =>
    /^(?:resourceType|id|meta|language|text|implicitRules|status|verificationStatus)$/.test(key),
  );
}

function reasonOf(resource: FhirResource, taker: Taker): string {
  const explained = own(resource, 'explanation');
  const holders = [resource, ...(isObject(explained) ? [explained] : [])];
  const words = holders.flatMap((holder) =>
    Object.keys(holder)
      .filter((key) => reasons.test(key))
      .flatMap((key) => sayAll(taker, holder, key)),
  );
  return words.length ? ` Reason: ${words.join('; ').replace(/\.$/, '')}.` : '';
}

function ofFlags(resource: FhirResource): Notice[] {
  const notices = Object.entries(undone)
    .filter(([key]) => own(resource, key) === true)
    .map(([, text]) => warning(text));
  if (own(resource, 'active') === false) {
    notices.push(warning('Inactive: this record is not in use any more.'));
  }
  const [intent] = codesIn(own(resource, 'intent'));
  // A care plan is a plan.
  if (
    intent &&
    (resource.resourceType === 'CarePlan' ? /^(?:proposal|option)$/ : /^(?:proposal|plan|option)$/).test(
      intent,
    )
  ) {
    notices.push(information(`${inWords(intent)} only: not an order.`));
  }
  return notices;
}

/** The modifiers of parts of a record: the part is named, and is among the facts. */
function ofParts(resource: FhirResource): Notice[] {
  const paths = [...modifiersOf(resource.resourceType), ['activity', 'detail', 'prohibited'] as const];
  return paths
    .filter(([, next]) => next !== undefined)
    .flatMap(([first, ...others]) =>
      valuesAt(own(resource, first), others).flatMap((value) => ofPart(inWords(first), others.at(-1), value)),
    );
}

function ofPart(part: string, element: string | undefined, value: JsonValue): Notice[] {
  if (value === true) {
    return [
      element === 'deleted'
        ? warning('Deleted: what an entry of this list holds was taken off it.')
        : warning(`Do not perform: “${part}” holds an instruction not to do something.`),
    ];
  }
  return codesIn(value).flatMap((code) => {
    const meaning = meaningOf(code);
    return meaning?.sentence
      ? [(meaning.isWarning ? warning : information)(`${part}: ${codeInWords(code)}. ${meaning.sentence}`)]
      : code === 'entered-in-error'
        ? [warning(`${part}: entered in error. Do not rely on it.`)]
        : [];
  });
}

const labels: Readonly<Record<string, Notice>> = {
  SUBSETTED: information('The server sent a part of this record only.'),
  HTEST: warning('Test data: this is not about a real person.'),
  R: information('Restricted: the sender marked this record as confidential.'),
  V: information('Very restricted: the sender marked this record as highly confidential.'),
};

function ofLabels(resource: FhirResource): Notice[] {
  const meta = own(resource, 'meta');
  const holder: JsonObject | undefined = isObject(meta) ? meta : undefined;
  const codes = [
    ...codesIn(objectsIn(own(holder, 'tag')), /^(?:SUBSETTED|HTEST)$/),
    ...codesIn(objectsIn(own(holder, 'security')), /^(?:SUBSETTED|HTEST|R|V)$/),
  ];
  return codes.flatMap((code) => labels[code] ?? []);
}
