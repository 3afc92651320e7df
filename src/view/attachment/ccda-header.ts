import { formatDate } from '../dates.js';
import type { XmlElement } from '../narrative/xhtml.js';
import { build } from './build.js';
import { attributeOf, elementAt, elementsIn, textWithin } from './xml-walk.js';

/** What a document is called. */
export function titleOf(document: XmlElement): string {
  const title = textWithin(elementAt(document, 'title'));
  return title || attributeOf(elementAt(document, 'code'), 'displayname') || 'Clinical document';
}

/** Who a document is about, who wrote it and when, and who keeps it. What is missing is said to be. */
export function headerFacts(document: XmlElement, language: string | undefined): Node {
  const patients = elementsIn(document, 'recordtarget').map((target) =>
    sayPatient(elementAt(target, 'patientrole', 'patient'), language),
  );
  const authors = elementsIn(document, 'author').map((author) =>
    sayAuthor(elementAt(author, 'assignedauthor')),
  );
  const custodian = elementAt(document, 'custodian', 'assignedcustodian', 'representedcustodianorganization');
  const confidentiality = elementAt(document, 'confidentialitycode');
  const isNormal = (attributeOf(confidentiality, 'code') ?? 'N') === 'N';
  const facts: (readonly [label: string, values: readonly string[]])[] = [
    ['Patient', patients],
    ['Date', [sayTime(attributeOf(elementAt(document, 'effectivetime'), 'value'), language)]],
    ['Author', [...new Set(authors)]],
    ['Kept by', [textWithin(elementAt(custodian, 'name'))]],
    ...(isNormal ? [] : [['Confidentiality', [sayCode(confidentiality)]] as const]),
  ];
  const list = build('dl', ...facts.map(([label, values]) => fact(label, values)));
  list.setAttribute('part', 'facts');
  return list;
}

function fact(label: string, values: readonly string[]): Node {
  const told = values.filter(Boolean);
  const term = build('dt', label);
  term.setAttribute('part', 'label');
  const descriptions = (told.length ? told : ['not stated']).map((value) => {
    const description = build('dd', build('bdi', value));
    description.setAttribute('part', 'value');
    return description;
  });
  const drawn = build('div', term, ...descriptions);
  drawn.setAttribute('part', 'fact');
  return drawn;
}

function sayPatient(patient: XmlElement | undefined, language: string | undefined): string {
  const born = sayTime(attributeOf(elementAt(patient, 'birthtime'), 'value'), language);
  const sex = sayCode(elementAt(patient, 'administrativegendercode'));
  return [sayName(elementAt(patient, 'name')), born && `born ${born}`, sex].filter(Boolean).join(', ');
}

function sayAuthor(author: XmlElement | undefined): string {
  const device = elementAt(author, 'assignedauthoringdevice');
  const who =
    sayName(elementAt(author, 'assignedperson', 'name')) ||
    textWithin(elementAt(device, 'softwarename')) ||
    textWithin(elementAt(device, 'manufacturermodelname'));
  return [who, textWithin(elementAt(author, 'representedorganization', 'name'))].filter(Boolean).join(', ');
}

function sayCode(code: XmlElement | undefined): string {
  return attributeOf(code, 'displayname') ?? attributeOf(code, 'code') ?? '';
}

/** A name in the order in which its parts were written (HL7 v3, PN). */
function sayName(name: XmlElement | undefined): string {
  const parts = (name?.children ?? []).map((part) =>
    typeof part === 'string' ? part.trim() : textWithin(part),
  );
  return parts.filter(Boolean).join(' ');
}

/** A time of HL7 v3, `201409171904-0500`, in words, as exact as it was written. */
function sayTime(time: string | undefined, language: string | undefined): string {
  const [, year, month, day, hour, minute, second, zoneHour, zoneMinute] =
    /^(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(?:\.\d+)?(?:([+-]\d\d)(\d\d))?$/.exec(time ?? '') ?? [];
  if (!year) {
    return time ?? '';
  }
  const date = [year, month, day].filter(Boolean).join('-');
  const zone = zoneHour ? `${zoneHour}:${zoneMinute}` : '';
  return formatDate(
    hour ? `${date}T${[hour, minute ?? '00', second].filter(Boolean).join(':')}${zone}` : date,
    language,
  );
}
