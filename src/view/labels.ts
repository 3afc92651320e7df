import { onceForEach } from './once.js';

const anyType = 'value|fixed|pattern|defaultValue';
/** The elements that have one of several types, of DSTU2 to R5; those of any type at all apart. */
const choices =
  'author|subject|asNeeded|dose|rate|minValue|maxValue|age|amount|bounds|timing|product|onset|collected|time|scheduled|' +
  'occurrence|occurred|diagnosis|procedure|location|serviced|effective|effectiveTime|content|target|source|abatement|' +
  'topic|entity|legallyBinding|allowed|used|identified|manufacturer|code|instances|duration|event|born|deceased|start|' +
  'detail|due|module|doseNumber|seriesDoses|example|name|chargeItem|created|item|medication|statusReason|indication|' +
  'characteristic|reported|date|multipleBirth|offset|definition|performed|answer|studyEffective|participantEffective|' +
  'probability|when|quantity|fastingStatus|additive|minimumVolume|substance|definingSubstance|reason|versionAlgorithm|' +
  'presentation|concentration|strength|cost|citeAs|artifact|sourceScope|targetScope|actor|network|endpoint|measureScore|' +
  'period|determinedBy|outcome|prognosis';
const types =
  'Reference|String|Boolean|Range|Quantity|Ratio|Date|DateTime|Instant|Time|Decimal|Integer|PositiveInt|UnsignedInt|Age|' +
  'Duration|Period|Timing|Address|Attachment|Identifier|Uri|Url|Canonical|Money|Coding|Expression|DataRequirement|' +
  'Markdown|SampledData|Codeable(?:Concept|Reference)|RatioRange|SimpleQuantity|MoneyQuantity|Availability';
/** What FHIR appends to the name of an element; and names of their own that merely end so. */
const choice = new RegExp(
  `^(${anyType})(?!Set$)[A-Z]\\w*$|^(?!(?:date|effective)(?:Time|Range|Date)$|presentationDate$)(${choices})(?:${types})$`,
);

/** `valueQuantity` → `value`: the element of which a key is one type. */
export const elementOf: (key: string) => string = onceForEach((key) =>
  key.replace(/^_/, '').replace(choice, '$1$2'),
);

/** Names of FHIR's own that say little to anybody else. */
const plain: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'QuestionnaireResponse.group': 'Answers',
    'QuestionnaireResponse.item': 'Answers',
    abatement: 'Ended',
    authoredOn: 'Written on',
    conclusionCode: 'Conclusion',
    dataAbsentReason: 'Why there is no value',
    dosageInstruction: 'Directions',
    effective: 'When',
    individual: 'Person',
    occurrence: 'When',
    onset: 'Started',
    payor: 'Payer',
    performed: 'When',
    reasonCode: 'Reason',
    telecom: 'Contact details',
    udiCarrier: 'UDI',
    vaccineCode: 'Vaccine',
  }),
);

/**
 * `valueQuantity` → `Value`, `birthDate` → `Birth date`.
 *
 * @param type - of the resource, where the element is one of its own.
 */
export function labelOf(key: string, type?: string): string {
  return type === undefined
    ? generalLabelOf(key)
    : (plain.get(`${type}.${elementOf(key)}`) ?? generalLabelOf(key));
}

const generalLabelOf = onceForEach((key) => {
  const element = elementOf(key);
  return (
    plain.get(element) ?? inWords(element.replace(/^is(?=[A-Z])|(?!^)(?:CodeableConcept|Reference)$/g, ''))
  );
});

/** `MedicationRequest` → `Medication request`. */
export function inWords(name: string): string {
  const words = name.replace(
    /([a-z\d])([A-Z])/g,
    (_, end: string, start: string) => `${end} ${start.toLowerCase()}`,
  );
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** `entered-in-error` → `entered in error`. */
export function codeInWords(code: string): string {
  return code.replace(/-/g, ' ');
}
