import { expect } from '@open-wc/testing';
import fc from 'fast-check';

import { readNarrative } from '../../src/view/narrative/narrative.js';
import { runs } from '../support/property-runs.js';
import { built, ownWords, shown, unseenTexts, xhtmlDiv } from './narrative-page.js';

const elements =
  'a abbr b blockquote br caption code col colgroup dd div dl dt em h1 h6 hr li ol p pre q small span sub sup table tbody ' +
  'td tfoot th thead tr tt ul var SPAN svg math script style template form iframe object x-y smart-auth del font title';

const attributes =
  'align border class colspan dir headers href id lang name rowspan start style title type value width xml:lang onclick ' +
  'is slot part role hidden height srcset ping target rel tabindex accesskey bgcolor background xlink:href xmlns';

const styles =
  'display:none|position:fixed|color:white|background:#fff|font-size:0|font-size:1em|margin:-9px|margin:9px|width:1%|' +
  'text-indent:-9999px|white-space:nowrap|background:url(https://evil.example)|border:1px solid|vertical-align:top|' +
  'list-style-type:none|opacity:0';

const outcome =
  /^(?:abbr|align|aria-level|border|cellpadding|cellspacing|class|colspan|compact|dir|frame|headers|href|id|lang|name|nowrap|part|referrerpolicy|rel|role|rowspan|rules|scope|span|start|style|summary|target|title|type|valign|value|width)$/;
const properties =
  /^(?:color|background-color|font-(?:size|weight|style|family|variant.*)|margin.*|padding.*|border.*|text-(?:align|indent|decoration).*|white-space.*|text-wrap.*|list-style-type|vertical-align|alignment-baseline|baseline-.*|width)$/;

const escaped = (text: string): string => text.replace(/[<&"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** What XML can hold, without the signs that are made visible. */
const text = fc
  .string({ unit: 'binary', maxLength: 12 })
  // eslint-disable-next-line no-control-regex -- those are what XML cannot hold
  .map((any) => any.replace(/[\0-\x08\x0b-\x1f\ufffe\uffff\u202a-\u202e\u2066-\u2069]/g, ''));

const value = fc.oneof(
  text,
  fc.constantFrom(
    '1',
    '50%',
    'ltr',
    'red',
    'javascript:1',
    'https://evil.example/',
    '#a',
    'a',
    'http://www.w3.org/1999/xhtml',
  ),
  fc.array(fc.constantFrom(...styles.split('|')), { maxLength: 4 }).map((all) => all.join(';')),
);

interface Tree {
  readonly xml: string;
  /** What of it is to be read. */
  readonly words: string;
}

const { tree } = fc.letrec<{ tree: Tree; element: Tree }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    text.map((words) => ({ xml: escaped(words), words })),
    tie('element'),
  ),
  element: fc
    .record({
      name: fc.constantFrom(...elements.split(' ')),
      attributes: fc.dictionary(fc.constantFrom(...attributes.split(' ')), value, { maxKeys: 5 }),
      children: fc.array(tie('tree'), { maxLength: 5 }),
    })
    .map(({ name, attributes: all, children }) => ({
      xml: `<${name}${Object.entries(all)
        .map(([key, one]) => ` ${key}="${escaped(one)}"`)
        .join('')}>${children.map(({ xml }) => xml).join('')}</${name}>`,
      words: /^(?:script|style|title)$/.test(name) ? '' : children.map(({ words }) => words).join(''),
    })),
}));

describe('Whatever a narrative holds', () => {
  it('nothing outside of FHIR’s lists comes through, and all its text does', () => {
    fc.assert(
      fc.property(fc.array(tree, { maxLength: 6 }), (trees) => {
        const fragment = built(xhtmlDiv(trees.map(({ xml }) => xml).join('')));
        expect(ownWords(fragment)).to.equal(trees.map(({ words }) => words).join(''));
        for (const one of fragment.querySelectorAll<HTMLElement>('*')) {
          expect(elements.split('SPAN')[0]).to.contain(one.localName);
          expect(one.namespaceURI).to.equal('http://www.w3.org/1999/xhtml');
          for (const { name } of one.attributes) {
            expect(name).to.match(outcome);
          }
          // A role is none that the source gave: it takes one from a heading of nothing.
          expect(
            one.role === null ||
              (one.role === 'none' && /^H\d$/.test(one.tagName) && !one.textContent.trim()),
          ).to.equal(true);
          for (const property of one.style) {
            expect(property).to.match(properties);
          }
          expect(one.getAttribute('href') ?? '#').to.match(/^(?:#|https?:)/);
          expect(one.id).to.match(/^(?:n-|$)/);
        }
      }),
      { numRuns: runs },
    );
  });

  it('all its text is in sight', () => {
    fc.assert(
      fc.property(fc.array(tree, { maxLength: 6 }), (trees) => {
        const { page, root } = shown(xhtmlDiv(trees.map(({ xml }) => xml).join('')));
        try {
          // Signs without a shape have no box.
          const unseen = unseenTexts(root).filter((one) => /[!-~]/.test(one));
          expect(unseen).to.deep.equal([]);
        } finally {
          page.remove();
        }
      }),
      { numRuns: runs },
    );
  });

  it('any text at all is read, or shown as it was sent', () => {
    const pieces = fc.constantFrom(
      '<',
      '>',
      '/',
      '<p>',
      '</p>',
      '"',
      "'",
      '=',
      '&',
      ';',
      '<!--',
      '-->',
      '<![CDATA[',
      ']]>',
      '<?',
      '?>',
      ' ',
      'a',
      ':',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, text), { maxLength: 30 }), (all) => {
        const sent = all.join('');
        const narrative = readNarrative(sent);
        expect(narrative.kind === 'text' ? narrative.text : sent).to.equal(sent);
      }),
      { numRuns: runs },
    );
  });
});
