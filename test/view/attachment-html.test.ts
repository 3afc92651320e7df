import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { render } from 'lit';

import { drawHtml } from '../../src/view/attachment/html.js';
import { tidyHtml } from '../../src/view/attachment/tidy-html.js';
import { readXhtml } from '../../src/view/narrative/xhtml.js';
import { runs } from '../support/property-runs.js';
import { bytesOf, wordsOf } from './drawn-document.js';

const page = document.createElement('section');
document.body.append(page);

/** The shadow root that a document is drawn in. */
function drawn(html: string | Uint8Array): ShadowRoot {
  const bytes = typeof html === 'string' ? bytesOf(html) : html;
  render(drawHtml(bytes, undefined).content, page);
  return page.querySelector('[part=narrative]')!.shadowRoot!;
}

describe('HTML of an attachment is written as XHTML', () => {
  const cases: [what: string, html: string, xhtml: string][] = [
    ['as it is', '<p class="bold">a<br>b</p>', '<p class="bold">a<br/>b</p>'],
    [
      'with ends that were left out',
      '<p>a<p>b<ul><li>c<li>d</ul>',
      '<p>a</p><p>b</p><ul><li>c</li><li>d</li></ul>',
    ],
    [
      'with lists within lists',
      '<ul><li>a<ul><li>b</ul><li>c</ul>',
      '<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>',
    ],
    [
      'with cells that were left open',
      '<TABLE><TR><TH>h<TD>1<p>2<TR><TD>3</TABLE>x',
      '<table><tr><th>h</th><td>1<p>2</p></td></tr><tr><td>3</td></tr></table>x',
    ],
    ['with ends that are of nothing', 'a</b></p></table>b', 'ab'],
    ['with ends in the wrong order', '<b><i>a</b>b</i>', '<b><i>a</i></b>b'],
    [
      'a cell keeps its row',
      '<table><tr><td>a</div></b>b</td></tr></table>',
      '<table><tr><td>ab</td></tr></table>',
    ],
    [
      'signs on their own',
      'K < 5 & > 3 &unknown; &amp; &#176; &#150; &nbsp &lt;b&gt;',
      'K &#60; 5 &#38; &#62; 3 &#38;unknown; &#38; ° – \u00a0 &#60;b&#62;',
    ],
    [
      'no scripts, styles or comments',
      '<!doctype html><title>t</title><style>a{}</style>a<script>"</p>"</script><!-- c -->b',
      'ab',
    ],
    [
      'attributes of all kinds',
      `<td colspan=2 title='a "b"' nowrap onclick="x" x:y="1" xmlns="u" align="a&lt;b">`,
      '<td colspan="2" title="a &#34;b&#34;" nowrap="" align="a&#60;b"></td>',
    ],
    [
      'what was ticked and filled in',
      '<input type=checkbox checked>yes <input type="radio">no <input value="5 mg"><input type=hidden value=x>',
      '☑yes ☐no 5 mg',
    ],
    ['blocks stay blocks', '<section>a</section><article>b</article>', '<div>a</div><div>b</div>'],
    ['what is underlined', '<u>a</u>', '<span style="text-decoration:underline">a</span>'],
    [
      'elements of other vocabularies',
      '<o:p>a</o:p><smart-auth iss="x">b</smart-auth>',
      '<span>a</span><span iss="x">b</span>',
    ],
    ['a tag without end', 'a<img src="x', 'a<img src="x"/>'],
  ];
  for (const [what, html, xhtml] of cases) {
    it(what, () => {
      expect(tidyHtml(html)).to.equal(`<div>${xhtml}</div>`);
    });
  }

  it('whatever it was, it is well-formed', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        ...'< > & " \' / = <p> </p> <b> </b> <td> <table> </table> <br> <!-- --> <script> </script> <li> <ul> <a href= <?'.split(
          ' ',
        ),
      ),
      fc.string({ unit: 'grapheme', maxLength: 6 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const html = pieces.join('');
        const xhtml = tidyHtml(html);
        expect(xhtml && readXhtml(xhtml), `${html} → ${xhtml}`).to.be.an('object');
      }),
      { numRuns: runs },
    );
  });

  it('text that stands in no tag is never lost', () => {
    const word = fc.stringMatching(/^[a-z]{1,5}$/).map((text) => `[${text}]`);
    const tag = fc.constantFrom(
      '<p>',
      '</p>',
      '<b>',
      '</i>',
      '<li>',
      '<td>',
      '<tr>',
      '<table>',
      '</table>',
      '<div>',
      '</div>',
      '<br>',
      '<h1>',
      '<ul>',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(word, tag)), (pieces) => {
        const words = pieces.filter((one) => one.startsWith('[')).join('');
        // Where there is nothing to show, just that is said.
        fc.pre(words !== '');
        expect(wordsOf(drawn(pieces.join(''))).replace(/ /g, '')).to.equal(words);
      }),
      { numRuns: runs },
    );
  });

  it('depth without end does no harm, and too much is not shown', () => {
    expect(wordsOf(drawn(`${'<b>'.repeat(5000)}deep`))).to.equal('deep');
    expect(drawHtml(bytesOf('<b></b>'.repeat(50_000)), undefined).content).to.equal(undefined);
  });
});

describe('HTML of an attachment on the page', () => {
  it('is made of FHIR’s elements, with nothing that runs, loads or leaves', () => {
    const root = drawn(
      `<base href="https://evil.example/"><meta http-equiv="refresh" content="0;url=https://evil.example">
       <link rel="stylesheet" href="https://evil.example/x.css"><img src="https://evil.example/x.png" alt="pic" onerror="parent.__xss=1">
       <form action="https://evil.example"><button>Send</button></form><iframe src="https://evil.example"></iframe>
       <a href="javascript:parent.__xss=1">bad</a><a href="https://x.example/">good</a><svg onload="parent.__xss=1"></svg>
       <object data="https://evil.example"></object><smart-auth iss="https://evil.example">tag</smart-auth>
       <p style="position:fixed;inset:0;background:url(https://evil.example/)">over</p><s>5 mg</s>`,
    );
    const names = [...root.querySelectorAll('*')].map((one) => one.localName);
    expect(names.filter((name) => !/^(?:div|span|a|p)$/.test(name))).to.deep.equal([]);
    expect([...root.querySelectorAll('a[href]')].map((one) => one.getAttribute('href'))).to.deep.equal([
      'https://x.example/',
    ]);
    expect(root.textContent)
      .to.match(/pic.*evil\.example is not loaded/)
      .and.contain('Send')
      .and.contain('bad');
    expect(root.querySelector<HTMLElement>('p[style]')?.style.position ?? '').to.equal('');
    expect([...root.querySelectorAll('.strikethrough')].map((one) => one.textContent)).to.deep.equal([
      '5 mg',
    ]);
  });

  it('is read with the charset that it declares', () => {
    const html = '<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1"><p>s\xfc\xdf</p>';
    expect(drawn(Uint8Array.from(html, (sign) => sign.charCodeAt(0))).textContent).to.equal('süß');
  });
});
