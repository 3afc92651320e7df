import { expect } from '@open-wc/testing';

import '../../src/elements/fhir-resource/fhir-resource.js';

describe('A record that nobody sees yet', () => {
  let page: HTMLElement;

  beforeEach(() => {
    page = document.createElement('main');
    document.body.append(page);
  });
  afterEach(() => page.remove());

  async function show(id: string): Promise<Element> {
    const element = document.createElement('fhir-resource');
    element.resource = { resourceType: 'Patient', id, name: [{ text: `Patient ${id}` }] };
    page.append(element);
    await element.updateComplete;
    const heading = element.shadowRoot?.querySelector('[part=heading]');
    return heading ?? expect.fail('there is no heading');
  }

  /** The browser decides with a frame what is seen. */
  const frame = (): Promise<unknown> =>
    new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  const isLaidOut = (element: Element): boolean => element.checkVisibility({ contentVisibilityAuto: true });

  const gap = (): void => {
    const element = document.createElement('div');
    element.style.height = '20000px';
    page.append(element);
  };

  it('one of many is not laid out; its words are there, and it is once somebody comes to it', async () => {
    const near = await show('near');
    await show('second');
    await show('third');
    gap();
    const far = await show('far');
    await frame();
    expect([isLaidOut(near), isLaidOut(far)]).to.deep.equal([true, false]);
    expect(far.textContent).to.contain('Patient far');
    page.lastElementChild?.scrollIntoView();
    await frame();
    expect(isLaidOut(far)).to.equal(true);
    scrollTo(0, 0);
  });

  it('one of a few is laid out with the page: telling where each is would take longer', async () => {
    await show('near');
    gap();
    const far = await show('far');
    await frame();
    expect(isLaidOut(far)).to.equal(true);
  });
});
