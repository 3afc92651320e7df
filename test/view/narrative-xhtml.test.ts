import { expect } from '@open-wc/testing';

import { readXhtml, type XmlNode } from '../../src/view/narrative/xhtml.js';

/** The text of a document as it is read; undefined where it is not well-formed. */
function textOf(xml: string): string | undefined {
  const gather = (node: XmlNode): string =>
    typeof node === 'string' ? node : node.children.map(gather).join('');
  const root = readXhtml(xml);
  return root && gather(root);
}

describe('XHTML is read strictly', () => {
  for (const [xml, text] of [
    ['<p>a</p>', 'a'],
    ['<?xml version="1.0"?>\n<!-- c --><p>a<!-- <b> --><b>b</b></p>\n<!-- c -->', 'ab'],
    ['<p a="1" b = \'2\'\n>x</p\n>', 'x'],
    ['<p><br/><br />x<b></b></p>', 'x'],
    ['<p><![CDATA[1 < 2 & <b>]]></p>', '1 < 2 & <b>'],
    ['<p>&lt;&gt;&amp;&quot;&apos;</p>', '<>&"\''],
    ['<p>&#176;&#xB5;&#x1F600;&#9;</p>', '°µ😀\t'],
    ['<p>&nbsp;&micro;&plusmn;&yuml;&le;&mdash;&hellip;</p>', '\u00a0µ±ÿ≤—…'],
    ['<p>&alpha;&Omega;&Delta;&mu;&rarr;</p>', 'αΩΔμ→'],
    ['<p>5 > 3</p>', '5 > 3'],
  ] as const) {
    it(`reads ${JSON.stringify(xml)}`, () => {
      expect(textOf(xml)).to.equal(text);
    });
  }

  it('reads every name that stands for a sign as HTML does', () => {
    const names =
      'nbsp deg frac12 times Oslash szlig divide thorn yuml beta Delta kappa omega ndash rdquo bull euro trade asymp ge';
    const area = document.createElement('textarea');
    for (const name of names.split(' ')) {
      // eslint-disable-next-line no-restricted-syntax -- the browser's own reading, to compare with
      area.innerHTML = `&${name};`;
      expect(textOf(`<p>&${name};</p>`), name).to.equal(area.value);
    }
  });

  for (const xml of [
    '',
    '   ',
    'text',
    '<p>a',
    '<p>a</q>',
    '<p>a</P>',
    'a</p>',
    '</p>',
    '<p>a</p><p>b</p>',
    '<p>a</p> b',
    '<p>a<br>b</p>',
    '<p>a < b</p>',
    '<p>a & b</p>',
    '<p>&unknown;</p>',
    '<p>&constructor;</p>',
    '<p>&#0;</p>',
    '<p>&#xD800;</p>',
    '<p>&#x110000;</p>',
    '<p>&#12ab;</p>',
    '<p>&#;</p>',
    '<p a>x</p>',
    '<p a=1>x</p>',
    '<p a="1"b="2">x</p>',
    '<p a="1" a="2">x</p>',
    '<p a="<">x</p>',
    '<p a="&x;">x</p>',
    '<p><!-- x</p>',
    '<p><![CDATA[x</p>',
    '<p><?x</p>',
    '<p',
    '<',
    '<!DOCTYPE html><p>x</p>',
    '<p><!ENTITY a "b"></p>',
  ]) {
    it(`does not read ${JSON.stringify(xml)}`, () => {
      expect(readXhtml(xml)).to.equal(undefined);
    });
  }

  it('knows XHTML from the rest by namespace, whatever the prefix', () => {
    const root = readXhtml(
      `<h:div xmlns:h="http://www.w3.org/1999/xhtml"><h:p/><svg xmlns="http://www.w3.org/2000/svg"><a/><h:b/></svg><none/><x:p/><p xmlns=""/></h:div>`,
    );
    const all: string[] = [];
    (function list(node: XmlNode) {
      if (typeof node === 'object') {
        all.push(`${node.name} ${node.isXhtml}`);
        node.children.forEach(list);
      }
    })(root!);
    expect(all).to.deep.equal([
      'div true',
      'p true',
      'svg false',
      'a false',
      'b true',
      'none true',
      'p false',
      'p true',
    ]);
  });
});

describe('No narrative exhausts the browser', () => {
  const many = (times: number, text: string): string => text.repeat(times);

  for (const [what, xml, isRead] of [
    ['200 levels', `${many(200, '<b>')}x${many(200, '</b>')}`, true],
    ['201 levels', `${many(201, '<b>')}x${many(201, '</b>')}`, false],
    ['a million levels', many(1_000_000, '<b>'), false],
    ['50,000 elements', `<p>${many(49_999, '<b/>')}</p>`, true],
    ['a million elements', `<p>${many(1_000_000, '<b/>')}</p>`, false],
    [
      'a photograph of three million characters',
      `<p><img src="data:image/png;base64,${many(3_000_000, 'A')}"/></p>`,
      true,
    ],
    ['nine million characters', `<p>${many(9_000_000, 'x')}</p>`, false],
    ['a million attributes', `<p ${Array.from({ length: 1e5 }, (_, at) => `a${at}="x"`).join(' ')}/>`, true],
    ['spaces without end in a tag', `<p${many(1_000_000, ' ')}`, false],
    ['a tag without end', `<p a="${many(1_000_000, 'x')}`, false],
    ['many tags without end', many(500_000, '<p a='), false],
    ['many quotes', `<p ${many(500_000, `a='"' `)}`, false],
    ['many references', `<p>${many(500_000, '&amp;')}</p>`, true],
    ['a reference without end', `<p>&${many(1_000_000, 'a')}</p>`, false],
    ['many references without end', `<p>${many(500_000, '&a')}</p>`, false],
    ['many comments', `<p>${many(300_000, '<!---->')}</p>`, true],
    ['a comment without end, of comments', `<p>${many(500_000, '<!--')}</p>`, false],
    ['prefixes without meaning', `<p>${many(49_999, '<a:b/>')}</p>`, true],
    [
      'a billion laughs',
      `<!DOCTYPE a [<!ENTITY a0 "ha">${Array.from({ length: 9 }, (_, at) => `<!ENTITY a${at + 1} "${many(10, `&a${at};`)}">`).join('')}]><div>&a9;</div>`,
      false,
    ],
  ] as const) {
    it(`${what}: ${isRead ? 'read' : 'refused'} within seconds`, () => {
      const start = performance.now();
      expect(readXhtml(xml) !== undefined).to.equal(isRead);
      // A tenth of a second on a machine with nothing else to do; minutes, if it grew with the square.
      expect(performance.now() - start).to.be.below(4000);
    });
  }
});
