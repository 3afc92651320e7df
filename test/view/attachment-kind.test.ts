import { expect } from '@open-wc/testing';
import fc from 'fast-check';

import { declaredSize, decodeBase64, differencesFrom, sayBytes } from '../../src/view/attachment/bytes.js';
import { decodeText } from '../../src/view/attachment/decode-text.js';
import { fileNameOf } from '../../src/view/attachment/file-name.js';
import { kindOf, parseMediaType, type AttachmentKind } from '../../src/view/attachment/kind.js';
import { runs } from '../support/property-runs.js';

/** Bytes of a text whose characters stand for one byte each. */
const latin = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(text, (sign) => sign.charCodeAt(0));
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

const png = latin('\x89PNG\r\n\x1a\n\0\0\0\rIHDR');
const jpeg = latin('\xff\xd8\xff\xe0\0\x10JFIF');
const html = latin('<html><script>alert(1)</script>');
const svg = latin('<?xml version="1.0"?>\n<!-- x --><svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>');
const cda = latin(
  '\n<?xml version="1.0"?><?xml-stylesheet href="x"?><ClinicalDocument xmlns="urn:hl7-org:v3"/>',
);
const zip = latin('PK\x03\x04\0\0\x08');

describe('An attachment is what its bytes are', () => {
  const cases: [
    what: string,
    bytes: Uint8Array,
    declared: string | undefined,
    show: string,
    type?: string,
  ][] = [
    ['a PNG', png, 'image/png', 'image', 'image/png'],
    ['a JPEG that is called a PNG is a picture all the same', jpeg, 'image/png', 'image', 'image/jpeg'],
    ['a GIF', latin('GIF89a\x01\0'), 'image/gif', 'image', 'image/gif'],
    ['a WebP', latin('RIFF\x10\0\0\0WEBPVP8 '), 'image/webp', 'image', 'image/webp'],
    ['a BMP', latin('BM\x46\0\0\0\0\0\0\0\x36\0\0\0'), 'image/bmp', 'image', 'image/bmp'],
    ['HTML that is called a PNG', html, 'image/png', 'mismatch'],
    ['HTML that is called a picture of an unknown kind', html, 'image/tiff', 'mismatch'],
    ['a TIFF', latin('II*\0\x08\0\0\0'), 'image/tiff', 'other'],
    ['HTML that is called a PDF', html, 'application/pdf', 'mismatch'],
    ['a PDF', latin('%PDF-1.7\n'), 'application/pdf', 'pdf', 'application/pdf'],
    ['a PDF that is called text', latin('%PDF-1.7\n'), 'text/plain', 'mismatch'],
    ['a PDF of no declared type', latin('%PDF-1.7\n'), undefined, 'pdf', 'application/pdf'],
    ['an SVG', svg, 'image/svg+xml', 'svg', 'image/svg+xml'],
    ['HTML that is called an SVG', html, 'image/svg+xml', 'mismatch'],
    ['an SVG that is called a PNG', svg, 'image/png', 'mismatch'],
    ['an SVG of no declared type', svg, undefined, 'other'],
    ['text', latin('well'), 'text/plain; charset=utf-8', 'text'],
    ['HTML that is called text stays text', html, 'text/plain', 'text'],
    ['bytes that are called text', zip, 'text/plain', 'mismatch'],
    ['text in UTF-16, which looks like bytes', latin('h\0i\0'), 'text/plain; charset=utf-16le', 'text'],
    ['HTML', html, 'text/html', 'html'],
    ['HTML, declared in capitals', html, 'TEXT/HTML;charset=x', 'html'],
    ['HTML of no declared type', html, undefined, 'other'],
    ['HTML as bytes of any kind', html, 'application/octet-stream', 'other'],
    ['bytes that are called HTML', zip, 'text/html', 'mismatch'],
    ['a clinical document', cda, 'application/hl7-v3+xml', 'ccda'],
    ['a clinical document that is called XML', cda, 'text/xml', 'ccda'],
    ['a clinical document of no declared type', cda, undefined, 'ccda'],
    ['other XML', latin('<a/>'), 'application/xml', 'text'],
    ['JSON', latin('{}'), 'application/fhir+json', 'text'],
    ['a WAV', latin('RIFF\x10\0\0\0WAVEfmt '), 'audio/wav', 'audio', 'audio/wav'],
    ['an MP4 of sound', latin('\0\0\0\x18ftypM4A '), 'audio/mp4', 'audio', 'audio/mp4'],
    ['an MP4', latin('\0\0\0\x18ftypisom'), 'video/mp4', 'video', 'video/mp4'],
    ['HTML that is called a video', html, 'video/mp4', 'mismatch'],
    ['sound of an unknown kind', latin('\0\x01\x02'), 'audio/x-odd', 'other'],
    ['DICOM', latin('\0\0DICM'), 'application/dicom', 'other'],
    ['RTF', latin('{\\rtf1'), 'text/rtf', 'other'],
    ['a type that is none', png, 'image/png"><script>', 'image', 'image/png'],
  ];
  for (const [what, bytes, declared, show, type = 'application/octet-stream'] of cases) {
    it(`${what}: ${show}`, () => {
      expect(kindOf(bytes, declared)).to.deep.equal({ show, type });
    });
  }

  it('whatever the bytes and whatever they are called, a blob of them is nothing that runs', () => {
    const declarations = fc.oneof(
      fc.string(),
      fc.constantFrom('text/html', 'image/png', 'text/xml', 'audio/mp4'),
    );
    const contents = fc.oneof(
      fc.uint8Array(),
      fc.string().map((text) => utf8(`<!--${text}--><html>`)),
    );
    fc.assert(
      fc.property(contents, declarations, (bytes, declared) => {
        expect(kindOf(bytes, declared).type).to.match(
          /^(?:image\/(?!svg)|audio\/|video\/|application\/(?:pdf|octet-stream)$)/,
        );
      }),
      { numRuns: runs },
    );
  });

  it('a prolog without an end keeps nobody busy', () => {
    const started = performance.now();
    expect(kindOf(latin(`<?xml?>${'<!---->'.repeat(9000)}<!--`), 'text/xml').show).to.equal('text');
    expect(performance.now() - started).to.be.below(1000);
  });

  it('parameters of a type are told apart from it', () => {
    expect(parseMediaType('Text/Plain ; format=flowed; Charset="ISO-8859-1"')).to.deep.equal({
      essence: 'text/plain',
      charset: 'ISO-8859-1',
    });
  });
});

describe('Base64 of an attachment', () => {
  it('may have white space in it, or no padding', () => {
    expect(decodeBase64(' aGVs\r\n\tbG8 ')).to.deep.equal(utf8('hello'));
  });

  it('is not guessed where it is damaged', () => {
    for (const damaged of ['a', 'aGVsbG8*', 'aGV-bG8_', 'data:text/plain;base64,aGVs']) {
      expect(decodeBase64(damaged), damaged).to.equal(undefined);
    }
  });

  it('comes back as the bytes that it was made of', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(decodeBase64(btoa(String.fromCharCode(...bytes)))).to.deep.equal(bytes);
      }),
      { numRuns: runs },
    );
  });
});

describe('What a record says of its attachment is compared with it', () => {
  const hello = latin('hello');
  const right = 'qvTGHdzF6KLavt4PO0gs2a6pQ00=';

  it('nothing is said where it fits', async () => {
    for (const fits of [
      {},
      { size: 5, hash: right },
      { size: '5' },
      { hash: 'aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d' },
    ]) {
      expect(await differencesFrom(fits, hello)).to.deep.equal([]);
    }
  });

  it('another size is said', async () => {
    expect((await differencesFrom({ size: 500 }, hello)).join()).to.contain('500 bytes, but it has 5');
  });

  it('another fingerprint is said, and one that is none', async () => {
    for (const hash of ['2jmj7l5rSw0yVb/vlWAYkK/YBwk=', 'nonsense!']) {
      expect((await differencesFrom({ hash }, hello)).join(), hash).to.contain('fingerprint');
    }
  });

  it('sizes are said as people say them', () => {
    expect([1, 999, 1000, 12_345, 999_999, 3_400_000].map(sayBytes)).to.deep.equal([
      '1 byte',
      '999 bytes',
      '1 kB',
      '12 kB',
      '1 MB',
      '3.4 MB',
    ]);
    expect(declaredSize({ size: -1 })).to.equal(undefined);
  });
});

describe('Text of an attachment', () => {
  const cases: [
    what: string,
    bytes: Uint8Array,
    charset: string | undefined,
    text: string,
    doubt?: RegExp,
  ][] = [
    ['utf-8', utf8('5 µg – süß'), 'utf-8', '5 µg – süß'],
    ['utf-8 without being told', utf8('5 µg – süß'), undefined, '5 µg – süß'],
    ['iso-8859-1', latin('5 \xb5g s\xfc\xdf'), 'iso-8859-1', '5 µg süß'],
    ['windows-1252', latin('\x93a\x94 \x80'), 'windows-1252', '“a” €'],
    ['windows-1252 without being told', latin('5 \xb5g \x96'), undefined, '5 µg –', /not known/],
    ['not utf-8 though said to be', latin('5 \xb5g'), 'utf-8', '5 \ufffdg', /could not be read/],
    ['a charset that nobody knows', utf8('süß'), 'x-own', 'süß', /not known/],
    ['a byte order mark says more than a declaration', latin('\xff\xfeh\0i\0'), 'utf-8', 'hi'],
    ['a byte order mark is no letter', latin('\xef\xbb\xbfhi'), undefined, 'hi'],
  ];
  for (const [what, bytes, charset, text, doubt] of cases) {
    it(`is read as ${what}`, () => {
      const decoded = decodeText(bytes, charset);
      expect(decoded.text).to.equal(text);
      expect(decoded.doubt ?? '').to.match(doubt ?? /^$/);
    });
  }
});

describe('The name of a saved file', () => {
  const pdf: AttachmentKind = { show: 'pdf', type: 'application/pdf' };
  const bad: AttachmentKind = { show: 'mismatch', type: 'application/octet-stream' };
  const other: AttachmentKind = { show: 'other', type: 'application/octet-stream' };
  const cases: [
    title: string | undefined,
    kind: AttachmentKind,
    declared: string | undefined,
    name: string,
  ][] = [
    ['Lab report', pdf, 'application/pdf', 'Lab report.pdf'],
    ['Lab report.PDF', pdf, 'application/pdf', 'Lab report.pdf'],
    [undefined, pdf, 'application/pdf', 'document.pdf'],
    ['../../etc/passwd', pdf, undefined, 'etc-passwd.pdf'],
    ['.htaccess', pdf, undefined, 'htaccess.pdf'],
    ['report\u202efdp.exe', bad, 'application/pdf', 'report fdp.exe.bin'],
    ['run.exe', other, 'application/x-msdownload', 'run.exe.bin'],
    ['con', pdf, undefined, 'document.pdf'],
    ['a\0b\nc', pdf, undefined, 'a b c.pdf'],
    ['Scan', other, 'application/dicom', 'Scan.dcm'],
    ['Röntgen 胸部', pdf, undefined, 'Röntgen 胸部.pdf'],
  ];
  for (const [title, kind, declared, name] of cases) {
    it(`${JSON.stringify(title)} → ${name}`, () => {
      expect(fileNameOf(title, kind, declared)).to.equal(name);
    });
  }

  it('is always one safe name with the ending of what it is', () => {
    // Made once: some browsers take long to make sense of it.
    const safe = /^[^\p{C}<>:"/\\|?*.\s-][^\p{C}<>:"/\\|?*]*\.pdf$/u;
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (title) => {
        const name = fileNameOf(title, pdf, undefined);
        expect(name).to.match(safe);
        expect(Array.from(name).length).to.be.below(90);
      }),
      { numRuns: runs },
    );
  });
});
