import { expect } from '@open-wc/testing';

import { shown, unseenTexts, xhtmlDiv } from './narrative-page.js';

describe('The style of a narrative', () => {
  const styleOf = (style: string): string => {
    const { host, root } = shown(xhtmlDiv(`<p style="${style}">x</p>`));
    expect(host.shadowRoot).to.equal(root);
    return root.querySelector('p')?.getAttribute('style') ?? '';
  };

  for (const style of [
    'font-weight: bold',
    'font-style: italic',
    'font-family: monospace',
    'text-align: right',
    'padding-left: 25px',
    'margin: 4px',
    'margin: 0px auto',
    'border: 1px solid khaki',
    'width: 100%',
    'white-space: pre-wrap',
    'list-style-type: upper-roman',
    'vertical-align: top',
    'text-indent: 2em',
  ]) {
    it(`keeps ${style}`, () => {
      expect(styleOf(style)).to.equal(`${style};`);
      expect(styleOf(`${style.toUpperCase()} !important;`)).to.equal(`${style};`);
    });
  }

  for (const style of [
    'position: fixed',
    'display: none',
    'visibility: hidden',
    'opacity: 0',
    'z-index: 9',
    'transform: scale(0)',
    'height: 0',
    'max-height: 0',
    'overflow: hidden',
    'clip-path: circle(0)',
    'content-visibility: hidden',
    'float: left',
    'line-height: 0',
    'letter-spacing: -1em',
    'filter: opacity(0)',
    'mask: none',
    'direction: rtl',
    'unicode-bidi: bidi-override',
    'text-transform: uppercase',
    '-webkit-text-fill-color: transparent',
    '-webkit-text-security: disc',
    'font: 0 serif',
    'font-size: 0 auto',
    'font-family: Wingdings',
    'content: none',
    'all: initial',
    '--x: 1px',
    'margin-left: -999px',
    'margin-left: 9999px',
    'margin-left: 99em',
    'padding-left: 90%',
    'text-indent: -99em',
    'width: 101%',
    'width: 10px',
    'background: url(https://evil.example/)',
    'background: red url(https://evil.example/)',
    'background-image: linear-gradient(red, red)',
    'background-color: var(--x)',
    'color: attr(title)',
    'color: red/**/',
    'list-style-type: &quot;x&quot;',
    'list-style: url(https://evil.example/)',
    'border-image: url(https://evil.example/)',
    'cursor: url(https://evil.example/), auto',
    'width: expression(alert(1))',
    'b\\61 ckground: red',
    'color: r\\65 d',
    'background: image-set(&quot;https://evil.example/&quot; 1x)',
    '}:host{display:none}',
  ]) {
    it(`drops ${style}`, () => {
      expect(styleOf(style)).to.equal('');
    });
  }

  it('sets no size of letters that cannot be read, however often it is asked to', () => {
    for (const size of ['0', '1px', '0px', '1%', '.001em']) {
      const { root } = shown(
        xhtmlDiv(`<p style="font-size: ${size}"><b style="font-size: ${size}">x</b></p>`),
      );
      expect(unseenTexts(root), size).to.deep.equal([]);
    }
    for (const name of ['small', 'sub', 'sup', 'tt', 'code']) {
      const { root } = shown(xhtmlDiv(`${`<${name}>`.repeat(20)}x${`</${name}>`.repeat(20)}`));
      expect(unseenTexts(root), name).to.deep.equal([]);
    }
    for (const size of ['900px', '900%', '99em']) {
      const { root } = shown(
        xhtmlDiv(`<p style="font-size: ${size}"><b style="font-size: ${size}">x</b></p>`),
      );
      expect(parseFloat(getComputedStyle(root.querySelector('b')!).fontSize), size).to.be.at.most(48);
    }
  });

  /** The colour that the browser makes of this, over white, as red, green and blue. */
  function paint(...colors: readonly string[]): readonly number[] {
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = 1;
    const context = canvas.getContext('2d', { colorSpace: 'srgb' })!;
    for (const color of colors) {
      context.fillStyle = color;
      context.fillRect(0, 0, 1, 1);
    }
    return [...context.getImageData(0, 0, 1, 1).data].slice(0, 3);
  }

  const luminance = (color: readonly number[]): number =>
    color
      .map((part) => (part <= 10 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4))
      .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at]!, 0);

  const contrast = (a: readonly number[], b: readonly number[]): number => {
    const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((one, other) => one - other);
    return (light + 0.05) / (dark + 0.05);
  };

  for (const [ink, paper] of [
    ['black', 'white'],
    ['white', 'black'],
  ] as const) {
    for (const color of [
      'black',
      'white',
      '#ff0',
      'red',
      'navy',
      'transparent',
      '#0000',
      'rgba(0,0,0,0)',
      'canvas',
    ]) {
      it(`hides no ${ink} text on ${paper} by ${color}`, () => {
        const styles = [`color: ${color}`, `background: ${paper}`, `color: ${color}; background: ${color}`];
        for (const style of styles) {
          const { page, root } = shown(
            xhtmlDiv(`<p style="${style}"><b style="${style}"><i style="${style}">x</i></b></p>`),
          );
          page.style.cssText = `color: ${ink}; background: ${paper}`;
          const looks = [...root.querySelectorAll('p, b, i')].map((one) => getComputedStyle(one));
          const behind = [paper, ...looks.map(({ backgroundColor }) => backgroundColor)];
          expect(contrast(paint(...behind), paint(...behind, looks[2]!.color)), style).to.be.above(4.1);
        }
      });
    }
  }

  it('keeps the hue of what is marked with a colour', () => {
    const { page, root } = shown(xhtmlDiv('<p style="color: red">x</p><p bgcolor="yellow">x</p>'));
    page.style.cssText = 'color: black; background: white';
    const [first, second] = [...root.querySelectorAll('p')].map((one) => getComputedStyle(one));
    const [red = 0, green = 0] = paint(first!.color);
    expect(red - green).to.be.above(40);
    const [, greener = 0, blue = 0] = paint('white', second!.backgroundColor);
    expect(greener - blue).to.be.above(20);
  });
});
