import {
  isList,
  isObject,
  objectsIn,
  own,
  textIn,
  type FhirResource,
  type JsonObject,
} from '../fhir/resource.js';
import { formatDate } from './dates.js';
import { inWords } from './labels.js';
import type { Notice } from './resource-view.types.js';

const warning = (text: string): Notice => ({ kind: 'warning', text });
const information = (text: string): Notice => ({ kind: 'information', text });

/** A status that takes nothing away from what the record says needs no notice. */
const plainStatus =
  /^(?:active|current|final|amended|corrected|appended|completed|finished|in-progress|arrived|triaged|confirmed|available)$/;

/**
 * What changes the meaning of a resource, in words: the elements that FHIR marks as modifiers, and what a reader would
 * otherwise take the wrong way round.
 */
export function noticesOf(resource: FhirResource, language: string | undefined): Notice[] {
  const notices: Notice[] = [];
  const codes = ['status', 'verificationStatus', 'clinicalStatus', 'docStatus', 'lifecycleStatus'].flatMap(
    (key) => codesOf(resource, key),
  );
  if (codes.includes('entered-in-error')) {
    const isStripped = Object.keys(resource).every((key) =>
      /^(?:resourceType|id|meta|status|verificationStatus|text)$/.test(key),
    );
    notices.push(
      warning(
        `Entered in error: do not rely on this record.${isStripped ? ' Its content was taken away.' : ''}`,
      ),
    );
  }
  if (codes.includes('refuted')) {
    notices.push(warning('Refuted: this was ruled out.'));
  }
  if (codes.includes('not-done')) {
    notices.push(warning('Not done: this did not take place.'));
  }
  for (const code of new Set(codes)) {
    if (!plainStatus.test(code) && !/^(?:entered-in-error|refuted|not-done)$/.test(code)) {
      notices.push(information(`Status: ${code.replace(/-/g, ' ')}.`));
    }
  }
  if (own(resource, 'doNotPerform') === true) {
    notices.push(warning('Do not perform: this is an instruction not to do or give this.'));
  }
  if (own(resource, 'isSubpotent') === true) {
    notices.push(warning('Subpotent: this dose may not have been strong enough to count.'));
  }
  if (own(resource, 'active') === false) {
    notices.push(warning('Inactive: this record is not in use any more.'));
  }
  const intent = textIn(resource, 'intent');
  if (intent && /^(?:proposal|plan|option)$/.test(intent)) {
    notices.push(information(`${inWords(intent)} only: not an order.`));
  }
  if (objectsIn(listOf(own(resource, 'meta'), 'tag')).some((tag) => textIn(tag, 'code') === 'SUBSETTED')) {
    notices.push(information('The server sent a part of this record only.'));
  }
  return [...notices, ...ofType(resource, language)];
}

function ofType(resource: FhirResource, language: string | undefined): Notice[] {
  const notices: Notice[] = [];
  const died = textIn(resource, 'deceasedDateTime');
  if (died ?? own(resource, 'deceasedBoolean') === true) {
    notices.push(information(died ? `Deceased: ${formatDate(died, language)}.` : 'Deceased.'));
  }
  for (const link of resource.resourceType === 'Patient' ? objectsIn(own(resource, 'link')) : []) {
    if (textIn(link, 'type') === 'replaced-by') {
      const other = objectsIn(own(link, 'other'))[0];
      const name = textIn(other, 'display') ?? textIn(other, 'reference') ?? 'another one';
      notices.push(warning(`Merged: this record was replaced by ${name}.`));
    }
  }
  if (resource.resourceType === 'Observation') {
    if (own(resource, 'focus') !== undefined) {
      notices.push(warning('This is not about the patient, but about what stands under “Focus”.'));
    }
    if (!Object.keys(resource).some((key) => /^_?(?:value|component|dataAbsentReason|hasMember)/.test(key))) {
      notices.push(information('No value is recorded.'));
    }
  }
  return notices;
}

function listOf(node: unknown, key: string): ReturnType<typeof own> {
  return isObject(node) ? own(node, key) : undefined;
}

/** The codes of a status: a plain code, or a concept (which STU3 wrote as a plain code). */
function codesOf(resource: JsonObject, key: string): readonly string[] {
  const value = own(resource, key);
  if (typeof value === 'string') {
    return [value];
  }
  return objectsIn(value).flatMap((concept) =>
    objectsIn(own(concept, 'coding')).flatMap((coding) => textIn(coding, 'code') ?? []),
  );
}

/**
 * What changes the meaning of a resource in a way that nobody here understands: where FHIR obliges to refuse
 * (FHIR, Extensibility, modifierExtension; Resource.implicitRules). The entries of a Bundle answer for themselves.
 */
export function unknownModifiers(resource: JsonObject): readonly string[] {
  return [...new Set(Object.entries(resource).flatMap(([key, value]) => modifiersIn(key, value)))];
}

function modifiersIn(key: string, value: unknown): readonly string[] {
  if (key === 'modifierExtension' && value !== null) {
    // Also one that is not in a list, as it should be: it modifies all the same.
    return (isList(value) ? value : [value]).map((one) => (isObject(one) && textIn(one, 'url')) || key);
  }
  if (key === 'implicitRules' || key === '_implicitRules') {
    return [typeof value === 'string' ? value : 'implicitRules'];
  }
  if (isList(value)) {
    return value.flatMap((item) => modifiersIn(key === 'entry' ? 'entry' : '', item));
  }
  if (!isObject(value)) {
    return [];
  }
  return Object.entries(value).flatMap(([inner, item]) =>
    key === 'entry' && inner === 'resource' ? [] : modifiersIn(inner, item),
  );
}
