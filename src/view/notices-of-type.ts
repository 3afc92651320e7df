import { isResource, objectsIn, own, textIn, type FhirResource, type JsonObject } from '../fhir/resource.js';
import { formatDate } from './dates.js';
import type { Notice } from './resource-view.types.js';
import { codesIn, sayAll, valuesAt } from './record-words.js';
import type { Taker } from './taker.js';

export const warning = (text: string): Notice => ({ kind: 'warning', text });
export const information = (text: string): Notice => ({ kind: 'information', text });

type Noticing = (resource: FhirResource, taker: Taker) => readonly Notice[];

const byType: Readonly<Record<string, Noticing>> = {
  AdverseEvent: (event) =>
    textIn(event, 'actuality') === 'potential'
      ? [warning('Potential: this could have happened, and did not.')]
      : [],
  AllergyIntolerance: ofNegation,
  Bundle: ofBundle,
  Condition: ofNegation,
  Immunization: (dose) =>
    own(dose, 'primarySource') === false
      ? [information('Reported: this was not recorded by whoever gave it.')]
      : [],
  List: ofList,
  MedicationRequest: (order) =>
    own(order, 'reportedBoolean') === true ||
    own(order, 'reported') === true ||
    own(order, 'reportedReference') !== undefined
      ? [information('Reported: somebody told of this medicine; it is not an order made here.')]
      : [],
  MedicationStatement: ofTaking,
  Observation: ofObservation,
  Patient: ofPerson,
  Person: ofPerson,
};

export const noticesOfType: Noticing = (resource, taker) => {
  const type = resource.resourceType;
  return (Object.hasOwn(byType, type) ? byType[type] : undefined)?.(resource, taker) ?? [];
};

function ofPerson(person: FhirResource, { language }: Taker): readonly Notice[] {
  const died = textIn(person, 'deceasedDateTime');
  const merged = objectsIn(own(person, 'link')).filter((link) => textIn(link, 'type') === 'replaced-by');
  return [
    ...(died ? [information(`Deceased: ${formatDate(died, language)}.`)] : []),
    ...(own(person, 'deceasedBoolean') === true ? [information('Deceased.')] : []),
    ...merged.map((link) => {
      const [other] = objectsIn(own(link, 'other'));
      const name = textIn(other, 'display') ?? textIn(other, 'reference') ?? 'another one';
      return warning(`Merged: this record was replaced by ${name}.`);
    }),
  ];
}

function ofObservation(observation: FhirResource): readonly Notice[] {
  const hasValue = Object.keys(observation).some((key) =>
    /^_?(?:value|component|dataAbsentReason|hasMember|related)/.test(key),
  );
  return [
    ...(own(observation, 'focus') === undefined
      ? []
      : [warning('This is not about the patient, but about what stands under “Focus”.')]),
    ...(hasValue ? [] : [information('No value is recorded.')]),
  ];
}

/** STU3: whether it was taken; R5: how well the directions were kept to. */
function ofTaking(statement: FhirResource): readonly Notice[] {
  const taken = textIn(statement, 'taken');
  const kept = valuesAt(own(statement, 'adherence'), ['code']).flatMap((code) => codesIn(code));
  return [
    ...(taken === 'n' || kept.includes('not-taking')
      ? [warning('Not taken: the patient did not take this.')]
      : []),
    ...(taken === 'unk' ? [information('Nobody knows whether the patient took this.')] : []),
  ];
}

/** SNOMED CT: statements that there is none, which no reader should take for one. */
const negations: Readonly<Record<string, string>> = {
  716186003: 'No known allergy',
  409137002: 'No known drug allergy',
  429625007: 'No known food allergy',
  428607008: 'No known environmental allergy',
  1003774007: 'No known latex allergy',
  160244002: 'No known allergies',
  160245001: 'No current problems or disability',
};

function ofNegation(resource: FhirResource, taker: Taker): readonly Notice[] {
  return ['code', 'substance'].flatMap((key) => {
    const [code] = codesIn(own(resource, key), /^\d+$/).filter((one) => Object.hasOwn(negations, one));
    const [words] = sayAll(taker, resource, key);
    return code
      ? [
          information(
            `The record says: ${words?.startsWith(code) === false ? words : (negations[code] ?? '')}.`,
          ),
        ]
      : [];
  });
}

const emptiness: Readonly<Record<string, string>> = {
  nilknown: 'Nothing known: whoever wrote this list says that there is none.',
  notasked: 'Not asked: nobody asked about this, and there may be some.',
  withheld: 'Withheld: what is on this list is not shown to you.',
  unavailable: 'Unavailable: what is on this list could not be had.',
  notstarted: 'Not started: nobody has begun this list yet.',
  closed: 'Closed: this list is not kept any more.',
};

function ofList(list: FhirResource, taker: Taker): readonly Notice[] {
  const mode = textIn(list, 'mode');
  const notices =
    mode === 'changes' ? [information('This list says what was changed only: it is not complete.')] : [];
  if (objectsIn(own(list, 'entry')).length > 0) {
    return notices;
  }
  const [code] = codesIn(own(list, 'emptyReason'));
  const [words] = sayAll(taker, list, 'emptyReason');
  const said =
    code !== undefined && Object.hasOwn(emptiness, code) ? emptiness[code] : words && `Empty: ${words}.`;
  return [...notices, information(said ?? 'Nothing is on this list, and it does not say why.')];
}

function ofBundle(bundle: FhirResource, taker: Taker): readonly Notice[] {
  const entries = objectsIn(own(bundle, 'entry'));
  const isOutcome = (entry: JsonObject): boolean => {
    const resource = own(entry, 'resource');
    return (
      valuesAt(entry, ['search', 'mode']).includes('outcome') ||
      (isResource(resource) && resource.resourceType === 'OperationOutcome')
    );
  };
  const results = entries.filter((entry) => !isOutcome(entry));
  const matches = results.filter((entry) => !valuesAt(entry, ['search', 'mode']).includes('include'));
  const isSearch = textIn(bundle, 'type') === 'searchset';
  const total = own(bundle, 'total');
  const hasMore = objectsIn(own(bundle, 'link')).some((link) => textIn(link, 'relation') === 'next');
  const people = new Set(
    results
      .flatMap((entry) =>
        ['subject', 'patient'].flatMap((key) => valuesAt(entry, ['resource', key, 'reference'])),
      )
      .filter(
        (reference): reference is string =>
          typeof reference === 'string' && /^(?:.*\/)?Patient\//.test(reference),
      ),
  );
  return [
    ...entries.filter(isOutcome).flatMap((entry) => ofIssues(entry, taker)),
    ...(isSearch && matches.length === 0
      ? [information('The server sent nothing. There may be records that it does not share.')]
      : []),
    ...(hasMore || (isSearch && typeof total === 'number' && total > matches.length)
      ? [information('There are more results than these.')]
      : []),
    // Whose records they are is told first: a server may have sent those of somebody else.
    ...(people.size === 1 && isSearch ? [information(`About: ${[...people].join('')}.`)] : []),
    ...(people.size > 1 && isSearch ? [warning('These records are about more than one patient.')] : []),
  ];
}

/** What a server says of a search stands in an outcome among its results (FHIR, Search, entry.search.mode). */
function ofIssues(entry: JsonObject, taker: Taker): readonly Notice[] {
  return valuesAt(entry, ['resource', 'issue']).flatMap((issue) =>
    objectsIn(issue).flatMap((one) => {
      const words = ['details', 'diagnostics', 'code'].flatMap((key) => sayAll(taker, one, key))[0];
      const isMild = /^(?:information|success)$/.test(textIn(one, 'severity') ?? '');
      return words === undefined ? [] : [(isMild ? information : warning)(`The server says: ${words}`)];
    }),
  );
}
