import { expect } from '@open-wc/testing';
import { html, render } from 'lit';

import { fold } from '../../src/view/fold.js';
import { renderView } from '../../src/view/render-view.js';
import type { Fact } from '../../src/view/resource-view.types.js';
import { viewOf } from './words-of.js';

describe('What can be opened', () => {
  let page: HTMLElement;
  let drawn: number;

  const opener = (): HTMLElement => page.querySelector<HTMLElement>('[part=opener]')!;
  const content = (): HTMLElement | null => page.querySelector<HTMLElement>('[part=details]');
  const show = (isOpened: boolean): unknown =>
    render(html`${fold('More', () => html`<p>${++drawn}</p>`, isOpened)}`, page);

  beforeEach(() => {
    page = document.createElement('div');
    document.body.append(page);
    drawn = 0;
  });
  afterEach(() => page.remove());

  it('is drawn when it is first opened, by a native button that says whether it is', () => {
    show(false);
    expect([drawn, content(), opener().localName]).to.deep.equal([0, null, 'button']);
    expect(opener().getAttribute('aria-expanded')).to.equal('false');
    opener().click();
    expect([drawn, content()?.checkVisibility()]).to.deep.equal([1, true]);
    expect(opener().getAttribute('aria-expanded')).to.equal('true');
  });

  it('is put away and brought back as it was, also while the rest is drawn anew', () => {
    show(false);
    opener().click();
    const paragraph = content()?.querySelector('p');
    opener().click();
    expect(content()?.checkVisibility()).to.equal(false);
    show(false);
    expect(content()?.checkVisibility()).to.equal(false);
    opener().click();
    expect(content()?.checkVisibility()).to.equal(true);
    expect(content()?.querySelector('p')).to.equal(paragraph);
  });

  it('is open from the start where the page wants that, and whoever closes it has closed it', () => {
    show(true);
    expect([drawn, content()?.checkVisibility()]).to.deep.equal([1, true]);
    opener().click();
    show(true);
    expect(content()?.checkVisibility()).to.equal(false);
  });

  it('is said where it cannot be drawn, and takes nothing else with it', () => {
    const view = viewOf({
      resourceType: 'Basic',
      id: 'b',
      code: { text: 'Referral' },
      meta: { versionId: '7' },
    });
    const broken = {
      ...view,
      get details(): readonly Fact[] {
        throw new RangeError('The view is broken.');
      },
    };
    render(renderView(broken, { level: 3 }), page);
    opener().click();
    expect(content()?.textContent).to.contain('There is more here, which cannot be shown.');
    expect(page.textContent).to.contain('Referral');
  });
});
