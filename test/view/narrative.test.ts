import { expect } from '@open-wc/testing';

import { built, markupOf, ownWords, shown, unseenTexts, xhtmlDiv } from './narrative-page.js';

describe('A narrative', () => {
  const every =
    'a abbr acronym b big blockquote cite code dd dfn div dl dt em h1 h2 h3 h4 h5 h6 i li ol p pre q samp small span ' +
    'strong sub sup tt ul var';

  it('has each of the elements of FHIR, as the source wrote them', () => {
    const table =
      '<table><caption>c</caption><colgroup><col/></colgroup><thead><tr><th>h</th></tr></thead>' +
      '<tfoot><tr><td>f</td></tr></tfoot><tbody><tr><td>d<br/></td></tr></tbody></table><hr/>' +
      '<img src="data:image/png;base64,AAAA" alt="i"/>';
    const fragment = built(
      xhtmlDiv(
        every
          .split(' ')
          .map((name) => `<${name}>${name}</${name}>`)
          .join('') + table,
      ),
    );
    const names = [...fragment.querySelectorAll('*')].map(({ localName }) => localName);
    expect(new Set(names).size).to.equal(48);
    expect(names.join(' ')).to.equal(
      `div ${every} table caption colgroup col thead tr th tfoot tr td tbody tr td br hr img`,
    );
    expect(fragment.textContent).to.equal(`${every.replaceAll(' ', '')}chfd`);
  });

  it('keeps what attributes mean', () => {
    const fragment = built(
      xhtmlDiv(
        '<p lang="nl" dir="rtl" title="t" class="bold">p</p><p xml:lang="fr">p</p><ol start="3" type="a"><li value="7">l</li></ol>' +
          '<table border="1" cellpadding="2" summary="s"><tr><th id="h" abbr="b" scope="col">h</th>' +
          '<td headers="h i" colspan="2" rowspan="1" align="center" valign="top" width="50%" nowrap="nowrap">d</td></tr></table>',
      ),
    );
    expect(markupOf(...fragment.firstElementChild!.childNodes)).to.equal(
      '<p dir="rtl" title="t" class="bold" lang="nl">p</p><p lang="fr">p</p><ol start="3" type="a"><li value="7">l</li></ol><table border="1" cellpadding="2" summary="s"><tr>' +
        '<th abbr="b" scope="col" id="n-h">h</th><td colspan="2" rowspan="1" align="center" valign="top" width="50%" ' +
        'nowrap="nowrap" headers="n-h n-i">d</td></tr></table>',
    );
  });

  it('is in the language of the resource, unless it says another', () => {
    expect(built(xhtmlDiv('x'), { language: 'nl' }).firstElementChild?.getAttribute('lang')).to.equal('nl');
    expect(
      built('<div lang="de">x</div>', { language: 'nl' }).firstElementChild?.getAttribute('lang'),
    ).to.equal('de');
  });

  it('has its headings below that of the resource, and they stay headings', () => {
    const fragment = built(xhtmlDiv('<h1>a</h1><h2>b</h2><h6>c</h6>'), { headingLevel: 3 });
    const levels = [...fragment.querySelectorAll('h1, h2, h6')].map((one) => one.getAttribute('aria-level'));
    expect(levels).to.deep.equal(['4', '5', '6']);
  });

  it('has no heading of nothing; links still lead to its place', () => {
    const html =
      '<h2 id="top"> <b></b></h2><h3><img src="#x" alt="A chart"/></h3><h4>Words</h4><a href="#top">up</a>';
    const fragment = built(xhtmlDiv(html), { headingLevel: 3 });
    const headings = [...fragment.querySelectorAll('h1, h2, h3, h4')];
    expect(headings.map((one) => one.role ?? one.ariaLevel)).to.deep.equal(['none', '4', '5']);
    expect(fragment.querySelector('#n-top')).to.equal(headings[0]);
    expect(fragment.querySelector('a')?.getAttribute('href')).to.equal('#n-top');
  });

  it('loses elements that FHIR does not have, and none of their text', () => {
    const fragment = built(
      xhtmlDiv(
        '<section>a<font color="red">b</font><center><u>c</u></center><smart-auth iss="x">d</smart-auth></section>e',
      ),
    );
    expect(markupOf(...fragment.firstElementChild!.childNodes)).to.equal('abcde');
  });

  it('shows what was struck out as struck out, however that was written', () => {
    const { root } = shown(
      xhtmlDiv(
        '<s>1</s><del>2</del><strike>3</strike><i class="strikethrough">4</i><i style="text-decoration: line-through">5</i>',
      ),
    );
    for (const one of root.querySelectorAll('span, i')) {
      expect(getComputedStyle(one).textDecorationLine, one.textContent).to.equal('line-through');
    }
    expect(root.querySelectorAll('span, i').length).to.equal(5);
  });

  it('keeps the text of elements within which a browser shows none', () => {
    const { root } = shown(
      xhtmlDiv(
        '<br>a</br><hr>b</hr><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" alt="i">c</img>' +
          '<table><col>d</col><colgroup>e<col/></colgroup><caption>f</caption><caption>g</caption><tr>h<td>i</td></tr>j</table>',
      ),
    );
    expect(root.textContent).to.equal('abcdefghij');
    expect(unseenTexts(root)).to.deep.equal([]);
  });

  it('makes visible what turns text around', () => {
    const fragment = built(xhtmlDiv('<p title="\u202ex">Dose: \u202egm 05\u202c</p>'));
    expect(fragment.textContent).to.equal('Dose: [U+202E]gm 05[U+202C]');
    expect(fragment.querySelector('p')?.title).to.equal('[U+202E]x');
  });

  it('is shown as it was sent where it is not well-formed, and it says so', () => {
    const sent = '<div>Pulse < 50 & <script>window.hit = 1</script><br>10<sup>9</sup>/L \u202e';
    const { root } = shown(sent);
    expect(ownWords(root)).to.equal(sent.replace('\u202e', '[U+202E]'));
    expect(root.querySelector('[part=note]')?.textContent).to.match(/shown as it was sent/);
    expect(unseenTexts(root)).to.deep.equal([]);
    expect('hit' in window).to.equal(false);
  });

  it('has the styles of FHIR', () => {
    const { root } = shown(
      xhtmlDiv(
        'bold italics underline right center justify border-left'
          .split(' ')
          .map((name) => `<p class="${name}">x</p>`)
          .join('') +
          'arabic little-roman big-roman little-alpha big-alpha disc circle square unlist'
            .split(' ')
            .map((name) => `<ul class="${name}"><li>x</li></ul>`)
            .join(''),
      ),
    );
    const look = (selector: string): CSSStyleDeclaration => getComputedStyle(root.querySelector(selector)!);
    expect(look('.bold').fontWeight).to.equal('700');
    expect(look('.italics').fontStyle).to.equal('italic');
    expect(look('.underline').textDecorationLine).to.equal('underline');
    expect(look('.center').textAlign).to.equal('center');
    expect(look('.border-left').borderLeftStyle).to.equal('solid');
    expect([...root.querySelectorAll('li')].map((li) => getComputedStyle(li).listStyleType)).to.deep.equal([
      'decimal',
      'lower-roman',
      'upper-roman',
      'lower-alpha',
      'upper-alpha',
      'disc',
      'circle',
      'square',
      'none',
    ]);
  });
});
