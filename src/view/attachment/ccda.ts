import type { JsonObject } from '../../fhir/resource.js';
import { readXhtml, type XmlElement } from '../narrative/xhtml.js';
import { build } from './build.js';
import { headerFacts, titleOf } from './ccda-header.js';
import { ClinicalNarrative } from './ccda-narrative.js';
import { decodeText } from './decode-text.js';
import type { DocumentOptions, DrawnDocument } from './drawn-document.js';
import { attributeOf, elementAt, elementsIn, everyElement, rawTextWithin, textWithin } from './xml-walk.js';

const unreadable =
  'This clinical document is not written correctly, or is too large, and cannot be shown. A copy can be saved.';

/**
 * Draws a C-CDA document: who and what it is about, then the text of each section, built element by element.
 *
 * No style sheet that it names is applied (XSLT of a document can run scripts), nothing that it names is fetched.
 *
 * @param charset - what came along with the document says more than the document itself.
 */
export function drawClinicalDocument(
  bytes: Uint8Array,
  charset: string | undefined,
  { level, language: ours }: DocumentOptions,
): DrawnDocument {
  const { text, doubt } = decodeText(bytes, charset ?? declaredEncoding(bytes));
  const document = readXhtml(text);
  if (document?.name !== 'clinicaldocument') {
    return { doubts: [unreadable] };
  }
  const doubts = doubt === undefined ? [] : [doubt];
  const language = attributeOf(elementAt(document, 'languagecode'), 'code') ?? '';
  const content = build('article', heading(titleOf(document), level, language), headerFacts(document, ours));
  content.setAttribute('part', 'document');
  const body = new ClinicalBody(document, language);
  content.append(...body.sections(elementAt(document, 'component', 'structuredbody'), level + 1));
  const { entries } = body;
  if (entries > 0) {
    const saved = 'They are in the saved copy.';
    content.append(
      build('p', `Behind these texts are ${entries} coded entries, which are not shown. ${saved}`),
    );
  }
  const other = elementAt(document, 'component', 'nonxmlbody', 'text');
  const inner = other ? [embedded(other, titleOf(document))] : [];
  return { content, inner, doubts };
}

/** The sections of a body, and what stands in them beside text. */
class ClinicalBody {
  /** How many coded entries the sections have that were drawn. */
  entries = 0;
  readonly #narrative: ClinicalNarrative;
  readonly #language: string;

  constructor(document: XmlElement, language: string) {
    const byId = new Map<string, XmlElement>();
    for (const element of everyElement(document)) {
      const id = attributeOf(element, 'id');
      if (id) {
        byId.set(id, element);
      }
    }
    this.#narrative = new ClinicalNarrative(byId);
    this.#language = language;
  }

  /** The sections directly in a body or in a section. */
  sections(parent: XmlElement | undefined, level: number): Node[] {
    return elementsIn(parent, 'component')
      .flatMap((component) => elementsIn(component, 'section'))
      .map((section) => this.#section(section, level));
  }

  #section(section: XmlElement, level: number): Node {
    const title = textWithin(elementAt(section, 'title'));
    const name = title || attributeOf(elementAt(section, 'code'), 'displayname') || 'Section without a title';
    const text = elementAt(section, 'text');
    const inner = this.sections(section, level + 1);
    const entries = elementsIn(section, 'entry').length;
    this.entries += entries;
    const drawn = build('section', heading(name, level, this.#language), ...aboutAnother(section));
    if (text && (textWithin(text) || text.children.some((child) => typeof child === 'object'))) {
      const content = build('div', ...this.#narrative.draw(text));
      drawn.append(inLanguage(content, this.#language));
    } else if (entries > 0) {
      drawn.append(
        build('p', `This section has no text, but ${entries} coded entries, which are not shown.`),
      );
    } else if (inner.length === 0) {
      drawn.append(build('p', 'This section has no text.'));
    }
    drawn.append(...inner);
    return drawn;
  }
}

/** A section may be about a relative or an unborn child: then that comes before everything that it says. */
function aboutAnother(section: XmlElement): Node[] {
  const subject = elementAt(section, 'subject', 'relatedsubject');
  if (!subject) {
    return [];
  }
  const code = elementAt(subject, 'code');
  const who = [attributeOf(code, 'displayname'), textWithin(elementAt(subject, 'subject', 'name'))];
  const notice = build(
    'p',
    `Not about the patient, but about: ${who.filter(Boolean).join(', ') || 'another person'}`,
  );
  notice.setAttribute('part', 'notice');
  return [notice];
}

/** A body that is a file of its own: a scan, for example. */
function embedded(text: XmlElement, title: string): JsonObject {
  const contentType = attributeOf(text, 'mediatype') ?? 'text/plain';
  const reference = attributeOf(elementAt(text, 'reference'), 'value');
  if (reference !== undefined) {
    return { contentType, title, url: reference };
  }
  const content = rawTextWithin(text);
  return attributeOf(text, 'representation')?.toUpperCase() === 'B64'
    ? { contentType, title, data: content }
    : { contentType: 'text/plain; charset=utf-8', title, data: encodeBase64(content) };
}

function encodeBase64(text: string): string {
  return btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(''));
}

function heading(text: string, level: number, language: string): Node {
  const drawn = build('div', text);
  drawn.setAttribute('part', 'heading');
  drawn.setAttribute('role', 'heading');
  drawn.setAttribute('aria-level', String(Math.min(level, 6)));
  return inLanguage(drawn, language);
}

function inLanguage(element: HTMLElement, language: string): HTMLElement {
  if (/^[a-z\d-]{1,35}$/i.test(language)) {
    element.lang = language;
  }
  return element;
}

/** What an XML declaration says of its encoding. */
function declaredEncoding(bytes: Uint8Array): string | undefined {
  const head = String.fromCharCode(...bytes.subarray(0, 200));
  return /^<\?xml[^>]*\sencoding\s*=\s*["']([\w.-]+)["']/.exec(head)?.[1];
}
