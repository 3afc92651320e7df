import { expect } from '@open-wc/testing';
import { html, nothing, render } from 'lit';

import { countdown } from '../../src/ui/countdown.js';

describe('The time until a busy server is asked again', () => {
  const real = { now: Date.now, setInterval: window.setInterval, clearInterval: window.clearInterval };
  let now = 0;
  let tick: (() => void) | undefined;
  let page: HTMLElement;
  beforeEach(() => {
    now = 0;
    tick = undefined;
    Date.now = () => now;
    Object.assign(window, {
      setInterval: (call: () => void) => {
        tick = call;
        return 7;
      },
      clearInterval: () => (tick = undefined),
    });
    page = document.createElement('p');
  });
  afterEach(() => {
    Date.now = real.now;
    Object.assign(window, { setInterval: real.setInterval, clearInterval: real.clearInterval });
  });

  const draw = (until: number): unknown => render(html`${countdown(until)}`, page);
  const words = (): string => (page.textContent ?? '').trim();
  const pass = (ms: number): void => {
    now += ms;
    tick?.();
  };

  it('is counted down, and ends with the element', () => {
    draw(3_000);
    expect(words()).to.equal('Trying again in 3 s.');
    pass(1_000);
    expect(words()).to.equal('Trying again in 2 s.');
    // It is put off.
    draw(10_000);
    expect(words()).to.equal('Trying again in 9 s.');
    pass(8_999);
    expect(words()).to.equal('Trying again in 1 s.');
    pass(1);
    expect(words()).to.equal('Trying again…');
    render(html`${nothing}`, page);
    expect(tick).to.equal(undefined);
  });
});
