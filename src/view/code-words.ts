import { objectsIn, own, textIn, type JsonObject } from '../fhir/resource.js';
import { sayDataType } from './data-types.js';
import { codeInWords } from './labels.js';
import type { Taker } from './taker.js';

/** Codes that say too little by themselves, by element; the code itself stays in the words. */
const sayings: Readonly<Record<string, string>> = {
  'active false': 'inactive',
  'active true': 'active',
  'criticality high': 'high: a reaction can be severe or life-threatening',
  'criticality low': 'low: a life-threatening reaction is not expected',
  'criticality CRITH': 'high: a reaction can be severe or life-threatening',
  'criticality CRITL': 'low: a life-threatening reaction is not expected',
  'criticality CRITU': 'unable to assess',
  'deleted true': 'Yes: it was taken off this list',
  'severity error': '✖ error',
  'severity fatal': '✖ fatal',
  'severity information': 'ℹ information',
  'severity success': '✔ success',
  'severity warning': '▲ warning',
  'taken n': 'No',
  'taken na': 'not applicable',
  'taken unk': 'unknown',
  'taken y': 'Yes',
  'type batch': 'Batch',
  'type collection': 'Collection',
  'type document': 'Document',
  'type history': 'History',
  'type message': 'Message',
  'type searchset': 'Search results',
  'type transaction': 'Transaction',
};

/** Elements of codes; a word with a hyphen elsewhere may be a name, a lot number, or a code in another system. */
const coded =
  /(?:status|intent|mode|criticality|severity|priority|deleted|active|use|type|actuality|relationship|equivalence)$/i;

/**
 * A code in words, where it has other words than itself; undefined where it has not. It is not taken: as it was recorded
 * it still stands among the details.
 */
export function sayCode(element: string, code: unknown): string | undefined {
  const text = String(code);
  const key = `${element} ${text}`;
  if (Object.hasOwn(sayings, key)) {
    return sayings[key];
  }
  const isWords = coded.test(element) && /^[a-z]+(?:-[a-z]+)+$/.test(text);
  return isWords ? codeInWords(text) : undefined;
}

const interpretations: Readonly<Record<string, readonly [shape: string, word: string]>> = {
  H: ['▲', 'High'],
  HH: ['▲▲', 'Critically high'],
  HU: ['▲▲', 'Significantly high'],
  L: ['▼', 'Low'],
  LL: ['▼▼', 'Critically low'],
  LU: ['▼▼', 'Significantly low'],
  A: ['◆', 'Abnormal'],
  AA: ['◆◆', 'Critically abnormal'],
  '>': ['▲', 'Off scale high'],
  '<': ['▼', 'Off scale low'],
  N: ['', 'Normal'],
  POS: ['', 'Positive'],
  NEG: ['', 'Negative'],
  R: ['', 'Resistant'],
  S: ['', 'Susceptible'],
  I: ['', 'Intermediate'],
};

/** HL7's own abbreviations: of visits, of what people do, and of who they are to a patient. */
const abbreviations: Readonly<Record<string, string>> = Object.fromEntries(
  (
    'ADM=Admitted by,AMB=Outpatient visit,AP=Given by,ATND=Attending,AUT=Author,BRO=Brother,C=Emergency contact,CHILD=Child,' +
    'CON=Consultant,DAUC=Daughter,DIS=Discharged by,EMER=Emergency visit,FTH=Father,GRFTH=Grandfather,GRMTH=Grandmother,' +
    'HH=Home visit,IMP=Hospital stay,MTH=Mother,N=Next of kin,OP=Ordered by,PART=Participant,PPRF=Primary performer,' +
    'PRS=Person known to the patient,REF=Referred by,SIB=Brother or sister,SIS=Sister,SONC=Son,SPRF=Assisting performer,' +
    'SPS=Spouse,SS=Short stay,VR=Virtual visit'
  )
    .split(',')
    .map((pair) => pair.split('=')),
) as Record<string, string>;

/** An object of any data type in words, as far as it has them. */
export function sayObject(taker: Taker, element: string, item: JsonObject): string | undefined {
  const words = sayDataType(taker, item);
  if (element === 'interpretation') {
    return (
      words && sayInterpretation(words, codesOfHl7(item, /^$|hl7\.org|^urn:oid:2\.16\.840\.1\.113883\./))
    );
  }
  // No words but a code of HL7's, which means the same in no other system.
  const [code] = codesOfHl7(item, /hl7\.org/);
  return words !== undefined && code !== undefined && isBare(words, code) && isAbbreviation(element, code)
    ? `${abbreviations[code] ?? ''} (${code})`
    : words;
}

/** Whether there is nothing but the code to say, perhaps with the system that it is of. */
function isBare(words: string, code: string): boolean {
  return words === code || words.startsWith(`${code} (`);
}

function isAbbreviation(element: string, code: string): boolean {
  return (
    Object.hasOwn(abbreviations, code) &&
    /^(?:class|type|role|function|relationship)$/.test(element) &&
    /^(?:AMB|EMER|HH|IMP|SS|VR)$/.test(code) === (element === 'class') &&
    (code.length > 1 || element === 'relationship')
  );
}

function codesOfHl7(item: JsonObject, systems: RegExp): readonly string[] {
  return [item, ...objectsIn(own(item, 'coding'))]
    .filter((coding) => systems.test(textIn(coding, 'system') ?? ''))
    .flatMap((coding) => textIn(coding, 'code') ?? []);
}

/** `▲ High (H)`: by shape, word and letter, never by colour alone. */
function sayInterpretation(words: string, codes: readonly string[]): string {
  const code = codes.find((one) => Object.hasOwn(interpretations, one)) ?? '';
  const [shape, word] = interpretations[code] ?? [];
  return word === undefined
    ? words
    : [shape, isBare(words, code) ? word : words, `(${code})`].filter(Boolean).join(' ');
}
