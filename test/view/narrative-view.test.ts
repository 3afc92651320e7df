import { expect } from '@open-wc/testing';
import { render } from 'lit';

import { narrativeView } from '../../src/view/narrative/narrative-view.js';
import { readNarrative } from '../../src/view/narrative/narrative.js';
import { built, ownWords, shown, xhtmlDiv } from './narrative-page.js';

describe('A narrative on the page', () => {
  it('has a shadow root of its own, that keeps to itself', () => {
    const { host, root } = shown(xhtmlDiv('<p id="x">x</p>'));
    expect(root.mode).to.equal('open');
    expect(root.querySelector('#n-x')).not.to.equal(null);
    expect(getComputedStyle(host).contain).to.match(/content|layout paint style/);
    expect(root.querySelector('style')).to.equal(null);
  });

  it('is drawn once, until there is another', () => {
    const page = document.createElement('div');
    const [one, other] = [xhtmlDiv('<b>one</b>'), '<div>other'].map((text) => readNarrative(text));
    const draw = (narrative = one!): ShadowRoot => {
      render(narrativeView(narrative), page);
      return page.querySelector('div')!.shadowRoot!;
    };
    const drawn = draw().firstElementChild;
    const root = draw();
    expect(root.firstElementChild).to.equal(drawn);
    expect(draw(other)).to.equal(root);
    expect(ownWords(root)).to.equal('<div>other');
    draw();
    expect(root.textContent).to.equal('one');
    expect(page.querySelectorAll('div').length).to.equal(1);
  });

  it('says where there is nothing in it to show', () => {
    const { root } = shown(xhtmlDiv('<script>x</script> '));
    expect(root.textContent).to.contain('nothing');
    expect(
      shown(xhtmlDiv('<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw="/>')).root.textContent,
    ).to.equal('');
  });

  it('is shown in part, and says so, where it is far too long', () => {
    const { root } = shown('x'.repeat(1_000_001));
    expect(ownWords(root).length).to.equal(1_000_000);
    expect(root.textContent).to.match(/first million/);
  });

  it('is accessible', async () => {
    const { page } = shown(
      xhtmlDiv(
        '<h2>a</h2><h3 id="e"> </h3><table><tr><th>b</th><td>c</td></tr></table><a href="https://x.example">d</a>',
      ),
    );
    await expect(page).to.be.accessible();
  });

  it('can be scrolled to all of it in either direction of writing', () => {
    for (const direction of ['ltr', 'rtl']) {
      const { host, page, root } = shown(
        xhtmlDiv(`<p dir="${direction}" style="white-space: nowrap">${'x '.repeat(500)}</p>`),
      );
      page.style.width = '300px';
      const text = root.querySelector('p')!;
      expect(host.scrollWidth).to.equal(300);
      expect(text.scrollWidth).to.be.above(1000);
      expect(getComputedStyle(text).overflowX).to.equal('auto');
    }
  });

  it('with many links to places within it takes no time that grows with the square', () => {
    const start = performance.now();
    built(xhtmlDiv('<a href="#b" id="c">x</a>'.repeat(20_000)));
    // Far longer than it takes, and far shorter than that.
    expect(performance.now() - start).to.be.below(4000);
  });

  it('scrolls where a table is wider than the page, for the keyboard as well', async () => {
    const { host, page } = shown(xhtmlDiv(`<table><tr>${'<td>Haemoglobin</td>'.repeat(20)}</tr></table>`));
    page.style.width = '300px';
    const settled = (): Promise<void> =>
      new Promise((resolve) => {
        requestAnimationFrame(() => requestAnimationFrame(() => resolve()));
      });
    await settled();
    expect(host.clientWidth).to.equal(300);
    expect(host.tabIndex).to.equal(0);
    await expect(page).to.be.accessible();
    page.style.width = '9000px';
    await settled();
    expect(host.hasAttribute('tabindex')).to.equal(false);
  });
});
