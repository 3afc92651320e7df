import { expect } from '@open-wc/testing';

import { drawClinicalDocument } from '../../src/view/attachment/ccda.js';
import type { DrawnDocument } from '../../src/view/attachment/drawn-document.js';
import { bytesOf, elementOf, wordsOf } from './drawn-document.js';

const drawing = { level: 3, language: 'en-GB' };
const drawText = (xml: string, charset?: string): DrawnDocument =>
  drawClinicalDocument(bytesOf(xml), charset, drawing);

const clinicalDocument = (sections: string, header = ''): string => `<?xml version="1.0" encoding="UTF-8"?>
  <?xml-stylesheet type="text/xsl" href="https://evil.example/CDA.xsl"?>
  <ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
    <title>Summary</title><effectiveTime value="201409171904-0500"/>${header}
    <component><structuredBody>${sections}</structuredBody></component>
  </ClinicalDocument>`;

/** A document with one section of which this is the text, as it is drawn. */
const drawNarrative = (text: string, more = ''): HTMLElement =>
  elementOf(
    drawText(
      clinicalDocument(
        `<component><section><title>T</title><text>${text}</text>${more}</section></component>`,
      ),
    ),
  ).querySelector('section')!;

describe('A clinical document says who and what it is about', () => {
  const header = `<languageCode code="de-AT"/>
    <recordTarget><patientRole><patient><name><prefix>Mrs</prefix><given>Isabella</given><family>Jones</family></name>
      <administrativeGenderCode code="F" displayName="Female"/><birthTime value="200505"/></patient></patientRole></recordTarget>
    <author><assignedAuthor><assignedPerson><name><given>Aaron</given><family>Admit</family></name></assignedPerson>
      <representedOrganization><name>Community Hospital</name></representedOrganization></assignedAuthor></author>
    <author><assignedAuthor><assignedAuthoringDevice><softwareName>Machine</softwareName></assignedAuthoringDevice></assignedAuthor></author>
    <custodian><assignedCustodian><representedCustodianOrganization><name>Health Trust</name></representedCustodianOrganization></assignedCustodian></custodian>`;

  it('patient, date, authors and custodian', () => {
    const drawn = elementOf(drawText(clinicalDocument('', `<confidentialityCode code="R"/>${header}`)));
    expect([...drawn.querySelectorAll('[part=fact]')].map(wordsOf)).to.deep.equal([
      'PatientMrs Isabella Jones, born May 2005, Female',
      'Date17 September 2014, 19:04 UTC-05:00',
      'AuthorAaron Admit, Community HospitalMachine',
      'Kept byHealth Trust',
      'ConfidentialityR',
    ]);
  });

  it('what is missing is said to be', () => {
    const drawn = elementOf(drawText('<ClinicalDocument/>'));
    expect(wordsOf(drawn)).to.equal(
      'Clinical documentPatientnot statedDatenot statedAuthornot statedKept bynot stated',
    );
  });

  it('in its own language, with prefixes, and in the encoding that it declares', () => {
    const xml = `<?xml version='1.0' encoding='ISO-8859-1'?><h:ClinicalDocument xmlns:h="urn:hl7-org:v3"><h:title>S\xfc\xdf</h:title><h:languageCode code="de"/></h:ClinicalDocument>`;
    const bytes = Uint8Array.from(xml, (sign) => sign.charCodeAt(0));
    const heading = elementOf(drawClinicalDocument(bytes, undefined, drawing)).querySelector(
      '[role=heading]',
    )!;
    expect(heading.textContent).to.equal('Süß');
    expect((heading as HTMLElement).lang).to.equal('de');
    expect(heading.ariaLevel).to.equal('3');
  });
});

describe('The sections of a clinical document', () => {
  it('stand within each other, and each says where it has no text', () => {
    const drawn = elementOf(
      drawText(
        clinicalDocument(`<component><section><title>Outer</title><text>one</text>
          <component><section><code displayName="Inner"/><entry/><entry/></section></component></section></component>
          <component><section nullFlavor="NI"><title>Void</title></section></component>`),
      ),
    );
    expect(
      [...drawn.querySelectorAll('section')].map((one) => one.querySelector('[role=heading]')!.ariaLevel),
    ).to.deep.equal(['4', '5', '4']);
    expect(wordsOf(drawn)).to.contain(
      'Inner' + 'This section has no text, but 2 coded entries, which are not shown.',
    );
    expect(wordsOf(drawn)).to.contain('Void' + 'This section has no text.');
    expect(wordsOf(drawn)).to.contain('Behind these texts are 2 coded entries, which are not shown.');
  });

  it('say before all else when they are not about the patient', () => {
    const drawn = drawNarrative(
      'diabetes',
      '<subject><relatedSubject><code displayName="Mother"/></relatedSubject></subject>',
    );
    expect(wordsOf(drawn)).to.equal('T' + 'Not about the patient, but about: Mother' + 'diabetes');
  });

  it('a body that is a file of its own is an attachment in turn', () => {
    const body = (text: string): DrawnDocument =>
      drawText(
        `<ClinicalDocument><title>Scan</title><component><nonXMLBody>${text}</nonXMLBody></component></ClinicalDocument>`,
      );
    expect(
      body('<text mediaType="application/pdf" representation="B64">JVBE\nRi0=</text>').inner,
    ).to.deep.equal([{ contentType: 'application/pdf', title: 'Scan', data: 'JVBE\nRi0=' }]);
    expect(
      body('<text mediaType="application/pdf"><reference value="https://x.example/1"/></text>').inner,
    ).to.deep.equal([{ contentType: 'application/pdf', title: 'Scan', url: 'https://x.example/1' }]);
    expect(body('<text>süß</text>').inner).to.deep.equal([
      { contentType: 'text/plain; charset=utf-8', title: 'Scan', data: 'c8O8w58=' },
    ]);
  });
});

describe('The narrative of a clinical document', () => {
  const cases: [what: string, text: string, html: string][] = [
    ['paragraphs', '<paragraph>a</paragraph><br/>b', '<p>a</p><br>b'],
    ['styles', '<content styleCode="Bold Italics">a</content>', '<span><em><strong>a</strong></em></span>'],
    [
      'more styles',
      '<content styleCode="Underline xHighlight">a</content><content styleCode="Emphasis">b</content>',
      '<span><u>a</u></span><span><em>b</em></span>',
    ],
    [
      'what was struck out',
      '<content revised="delete">5 mg</content><content revised="insert">2 mg</content>',
      '<span><del>5 mg</del></span><span><ins>2 mg</ins></span>',
    ],
    [
      'lists',
      '<list><caption>L</caption><item>a</item><item>b</item></list>',
      '<strong>L </strong><ul><li>a</li><li>b</li></ul>',
    ],
    [
      'numbered lists',
      '<list listType="ordered" styleCode="LittleRoman"><item>a</item></list>',
      '<ol type="i"><li>a</li></ol>',
    ],
    ['sub and sup', 'H<sub>2</sub>O 10<sup>9</sup>', 'H<sub>2</sub>O 10<sup>9</sup>'],
    [
      'tables',
      '<table><caption>C</caption><thead><tr><th scope="col" colspan="2">h</th></tr></thead><tbody><tr><td rowspan="2" colspan="x" onclick="x()">d</td></tr></tbody></table>',
      '<table><caption>C </caption><thead><tr><th colspan="2" rowspan="1" scope="col">h</th></tr></thead><tbody><tr><td colspan="1" rowspan="2">d</td></tr></tbody></table>',
    ],
    [
      'footnotes',
      'a<footnote ID="f">note</footnote> b<footnoteRef IDREF="f"/>',
      'a<small> [note]</small> b<small> [note]</small>',
    ],
    [
      'unknown elements, but for their names',
      '<smart-auth iss="https://evil.example">a</smart-auth><iframe src="https://evil.example">b</iframe>',
      'ab',
    ],
    ['no scripts', 'a<script>parent.__xss=1</script><style>*{}</style>', 'a'],
    ['no handlers', '<paragraph onclick="x()" style="position:fixed" id="a">a</paragraph>', '<p>a</p>'],
    ['characters that turn text around, made visible', '\u202e50 mg', '[U+202E]50 mg'],
    [
      'links, with their host',
      '<linkHtml href="https://x.example/a">a</linkHtml>',
      '<span><a href="https://x.example/a" target="_blank" rel="noopener noreferrer nofollow" referrerpolicy="no-referrer">a</a> (x.example)</span>',
    ],
    ...[
      'javascript:parent.__xss=1',
      'data:text/html,x',
      'file:///etc/passwd',
      '#a',
      '/x',
      'https://a@evil.example/',
    ].map((href): [string, string, string] => [
      `no link to ${href}`,
      `<linkHtml href="${href}">a</linkHtml>`,
      '<span>a</span>',
    ]),
  ];
  for (const [what, text, html] of cases) {
    it(`is drawn: ${what}`, () => {
      const drawn = drawNarrative(text).querySelector('div:not([part])')!;
      expect(drawn.getHTML()).to.equal(html);
    });
  }

  it('shows pictures that are in the document, and says what others are', () => {
    const media = (id: string, value: string): string =>
      `<entry><observationMedia ID="${id}">${value}</observationMedia></entry>`;
    const drawn = drawNarrative(
      `<renderMultiMedia referencedObject="A"><caption>Hand</caption></renderMultiMedia>
       <renderMultiMedia referencedObject="B"><caption>Foot</caption></renderMultiMedia>
       <renderMultiMedia referencedObject="C"/>`,
      media('A', '<value mediaType="image/png" representation="B64">iVBO Rw0KGgo=</value>') +
        media('B', '<value mediaType="image/png"><reference value="https://evil.example/x.png"/></value>') +
        media('C', `<value mediaType="image/png" representation="B64">${btoa('<html>')}</value>`),
    );
    expect([...drawn.querySelectorAll('img')].map(({ src, alt }) => [src, alt])).to.deep.equal([
      ['data:image/png;base64,iVBORw0KGgo=', 'Hand'],
    ]);
    expect(wordsOf(drawn)).to.contain('Hand [Not shown: Foot] [Not shown: a picture]');
  });
});

describe('A clinical document that is meant to harm', () => {
  const bomb = `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>`;
  for (const [what, xml] of [
    ['entities that multiply', clinicalDocument('').replace('<ClinicalDocument', `${bomb}<ClinicalDocument`)],
    ['a file of the server', `<!DOCTYPE x SYSTEM "file:///etc/passwd">${clinicalDocument('')}`],
    ['depth without end', clinicalDocument('<a>'.repeat(5000))],
    ['an end in the middle', clinicalDocument('').slice(0, 300)],
    ['another root', '<html/>'],
  ] as const) {
    it(`is not shown: ${what}`, () => {
      const { content, doubts } = drawText(xml);
      expect(content).to.equal(undefined);
      expect(doubts.join()).to.contain('cannot be shown');
    });
  }
});

describe('A discharge summary of HL7', () => {
  it('each text of each section stands on the page', async function () {
    const answer = await fetch('/__wds-outside-root__/1/shared/fhir-data/ccda/Discharge_Summary.xml');
    if (!answer.ok) {
      this.skip();
    }
    const xml = await answer.text();
    const drawn = elementOf(drawText(xml));
    // A second opinion: the browser's own parser, and every text below a <text> of a section.
    const parsed = new DOMParser().parseFromString(xml, 'application/xml');
    const page = wordsOf(drawn).replace(/\s/g, '');
    const texts = [...parsed.querySelectorAll('section > text, section > title')];
    expect(texts.length).to.equal(42);
    for (const text of texts) {
      const walker = parsed.createTreeWalker(text, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        expect(page).to.contain((walker.currentNode.nodeValue ?? '').replace(/\s/g, ''));
      }
    }
    expect(wordsOf(drawn)).to.contain('Isabella Jones, born 1 May 2005, Female');
    expect(drawn.querySelectorAll('table').length).to.equal(
      parsed.querySelectorAll('section > text table').length,
    );
    expect(drawn.querySelectorAll('li').length).to.equal(
      parsed.querySelectorAll('section > text item').length,
    );
  });
});
