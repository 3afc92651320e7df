import { expect } from '@open-wc/testing';

import { readNarrative } from '../../src/view/narrative/narrative.js';
import { built, markupOf, shown, xhtmlDiv } from './narrative-page.js';

describe('A link in a narrative', () => {
  const linkOf = (href: string, text = 'here'): HTMLAnchorElement =>
    built(xhtmlDiv(`<a href="${href}">${text}</a>`)).querySelector('a')!;

  it('says where it leads, and tells that place nothing', () => {
    expect(markupOf(linkOf('https://good.example@evil.example/a?b=1&amp;c'))).to.equal(
      '<a href="https://good.example@evil.example/a?b=1&amp;c" target="_blank" rel="noopener noreferrer nofollow" ' +
        'referrerpolicy="no-referrer">here<span part="note"> (evil.example)</span></a>',
    );
    expect(linkOf('HTTP://EVIL.example:81').textContent).to.equal('here (evil.example:81)');
    expect(linkOf('https://аpple.example/').textContent).to.match(/\(xn--/);
    expect(linkOf('https://evil.example/', 'good.example').textContent).to.equal(
      'good.example (evil.example)',
    );
  });

  it('does not say it twice', () => {
    expect(linkOf('tel:+31201234567', '+31201234567').textContent).to.equal('+31201234567');
    expect(linkOf('mailto:a@b.example').textContent).to.equal('here (a@b.example)');
  });

  for (const href of [
    'javascript:alert(1)',
    ' JavaScript:alert(1)',
    'java&#10;script:alert(1)',
    '&#1;javascript:alert(1)',
    'data:text/html,x',
    'blob:https://evil.example/1',
    'file:///etc/passwd',
    'vbscript:x',
    'Patient/1',
    '//evil.example/',
    '/logout',
    '',
    '#nothing',
    'https://',
  ]) {
    it(`is text alone with ${JSON.stringify(href)}`, () => {
      const narrative = readNarrative(xhtmlDiv(`<a href="${href}" ping="https://evil.example">here</a>`));
      // A sign that XML does not allow makes all of it text.
      const is = narrative.kind === 'text' ? narrative.kind : markupOf(narrative.build(document));
      expect(is).to.be.oneOf(['<div><a>here</a></div>', 'text']);
    });
  }

  it('to a place within it goes there, and the address of the page stays', () => {
    const { root } = shown(
      xhtmlDiv(
        '<a href="#end">x</a><a href="#old">y</a><p id="end">z</p><a name="old">o</a><a name="b c">p</a>',
      ),
    );
    const [end, old] = root.querySelectorAll<HTMLAnchorElement>('a[href]');
    const before = location.href;
    end!.click();
    expect(root.activeElement?.id).to.equal('n-end');
    old!.click();
    expect(root.activeElement?.getAttribute('name')).to.equal('n-old');
    expect(location.href).to.equal(before);
  });
});

describe('An image in a narrative', () => {
  const pixel = 'data:image/gif;base64,R0lGODlhAQABAAAAACw=';
  const imageOf = (attributes: string, image?: (id: string) => string | undefined): string => {
    const [div] = built(`<div><img ${attributes}/></div>`, image && { image }).children;
    return markupOf(...div!.childNodes);
  };

  it('is shown where it came with the record', () => {
    expect(imageOf(`src="${pixel}" alt="dot" width="0" height="0" srcset="https://evil.example/"`)).to.equal(
      `<img alt="dot" src="${pixel}">`,
    );
    expect(imageOf('src="#pic1"', (id) => (id === 'pic1' ? pixel : undefined))).to.equal(
      `<img alt="Image without a description" src="${pixel}">`,
    );
  });

  for (const [attributes, words] of [
    ['src="https://evil.example/pixel.gif?p=123" alt="chart"', 'chart (image at evil.example is not loaded)'],
    ['src="https://evil.example/pixel.gif?p=123" alt=""', '(image at evil.example is not loaded)'],
    ['src="pkb.png" alt="chart"', 'chart (image “pkb.png” is not loaded)'],
    ['src="//evil.example/x"', '(image “//evil.example/x” is not loaded)'],
    ['src="#pic2" alt="chart"', 'chart (image “#pic2” is not loaded)'],
    ['src="data:image/svg+xml;base64,AAAA"', '(image “data:image/svg+xml;base64,AAAA” is not loaded)'],
    ['src="blob:https://x.example/1"', '(image “blob:https://x.example/1” is not loaded)'],
    ['src="data:text/html,x"', '(image “data:text/html,x” is not loaded)'],
  ] as const) {
    it(`is told of with ${attributes}`, () => {
      const fragment = built(`<div><img ${attributes}/></div>`, { image: () => undefined });
      expect(fragment.querySelector('img, [src]')).to.equal(null);
      expect(fragment.textContent).to.equal(words);
    });
  }

  it('is not loaded from elsewhere even where the page says so', () => {
    expect(imageOf('src="#a"', () => 'https://evil.example/')).not.to.contain('<img');
    expect(imageOf('src="#a" alt="i"', () => 'blob:x')).to.equal('<img alt="i" src="blob:x">');
  });
});
