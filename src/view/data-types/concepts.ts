import { objectsIn, own, textIn, type JsonObject } from '../../fhir/resource.js';
import { reasonInWords } from '../absence.js';
import { preferredOf } from '../preferred.js';
import type { Say } from './wording.js';

const oids = 'urn:oid:2.16.840.1.113883.6.';

const systems = new Map([
  ['http://loinc.org', 'LOINC'],
  [`${oids}1`, 'LOINC'],
  ['http://snomed.info/sct', 'SNOMED CT'],
  [`${oids}96`, 'SNOMED CT'],
  ['http://www.nlm.nih.gov/research/umls/rxnorm', 'RxNorm'],
  [`${oids}88`, 'RxNorm'],
  ['http://www.ama-assn.org/go/cpt', 'CPT'],
  ['http://unitsofmeasure.org', 'UCUM'],
  [`${oids}90`, 'ICD-10-CM'],
]);

/** Tables of HL7 whose codes are read as they are: kinds of identifiers, such as MR, and of timings, such as BID. */
const readAsTheyAre = /^(?:0203|GTSAbbreviation)$/;

/** `http://hl7.org/fhir/sid/icd-10-cm` → `ICD-10-CM`; undefined for a system that is not widely known by a name. */
function nameOf(system: string): string | undefined {
  const [, sid] = /^http:\/\/hl7\.org\/fhir\/sid\/([\w-]+)$/.exec(system) ?? [];
  const [, version, table = ''] =
    /^http:\/\/(?:terminology\.)?hl7\.org\/(?:CodeSystem|fhir)\/(v[23])[-/](\w+)$/.exec(system) ?? [];
  const isNamed = version && !readAsTheyAre.test(table);
  return sid?.toUpperCase() ?? (isNamed ? `HL7 ${version} ${table}` : systems.get(system));
}

/** What a person entered comes first; then what a person chose; then whatever has words (FHIR, CodeableConcept). */
export const sayConcept: Say = (value) => {
  const text = value.part('text');
  if (text) {
    return text;
  }
  const codings = value.inner('coding');
  const withWords = codings.filter((one) => one.text('display'));
  const coding =
    withWords.find((one) => own(one.node, 'userSelected') === true) ?? withWords[0] ?? codings[0];
  return coding && sayCoding(coding);
};

export const sayCoding: Say = (value) => {
  const display = value.part('display');
  if (display) {
    return display;
  }
  const system = value.text('system') ?? '';
  const name = nameOf(system);
  // The codes of FHIR itself are English words.
  const areWords = !name && /^http:\/\/(?:terminology\.)?hl7\.org\//.test(system);
  const code = value.reworded('code', (one) =>
    system.endsWith('/data-absent-reason') ? reasonInWords(one) : one,
  );
  const ofSystem = code && !areWords ? (name ?? value.part('system')) : undefined;
  return ofSystem ? `${code} (${ofSystem})` : code;
};

export const sayCodeableReference: Say = (value) => value.first('concept', 'reference');

/** Not just anything with a code and a value: there the code is a concept. */
export const sayUsageContext: Say = (value) => {
  const isCoding = objectsIn(own(value.node, 'code')).some((code) => textIn(code, 'code') !== undefined);
  const code = isCoding ? value.part('code') : undefined;
  const focus = code && value.first('valueCodeableConcept', 'valueQuantity', 'valueRange', 'valueReference');
  return focus && `${code}: ${focus}`;
};

/** What a contained resource is called. Of several names, one that is in use. */
export function nameOfContained(
  resource: JsonObject,
  today: string,
  say: (node: JsonObject) => string | undefined,
): string | undefined {
  for (const key of ['code', 'name', 'title']) {
    const item = preferredOf(objectsIn(own(resource, key)), today);
    const words = item ? say(item) : textIn(resource, key);
    if (words) {
      return words;
    }
  }
  return undefined;
}
