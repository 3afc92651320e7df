import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { startDemoServer } from '../../demo/server.mjs';
import { engine, openBrowser } from './harness/browser.mjs';

const choices = {
  view: ['full', 'summary', 'line', 'auto'],
  narrative: ['only', 'off', 'fallback'],
  language: ['de', 'ar', 'ja', 'en-US'],
  direction: ['rtl', 'ltr'],
  colours: ['dark', 'light'],
};

/** Every record is drawn, in whichever way: none is still awaited. */
const isDrawn = () => {
  const all = [...document.querySelectorAll('fhir-resource')];
  return all.length > 80 && all.every((one) => one.matches(':defined') && !one.matches(':state(loading)'));
};

function choose(name, value) {
  const field = document.querySelector('#choices').elements[name];
  field.value = value;
  field.dispatchEvent(new Event('change', { bubbles: true }));
}

describe(`the gallery of resources, in ${engine}`, () => {
  let browser;
  let demo;
  let page;

  before(async () => {
    browser = await openBrowser();
    demo = await startDemoServer({ port: 0, settings: { fhirBase: '' } });
    page = await browser.newPage();
    await page.goto(`${demo.origin}/resources.html`);
    await page.waitFor(isDrawn);
  });

  after(async () => {
    await browser?.close();
    await demo?.close();
  });

  it('shows every record, refuses those that it must, and says which is none', async () => {
    const states = await page.evaluate(() => {
      const count = (state) =>
        [...document.querySelectorAll('fhir-resource')].filter((one) => one.matches(`:state(${state})`))
          .length;
      return { refused: count('refused'), error: count('error') };
    });
    assert.deepEqual(states, { refused: 3, error: 1 });
  });

  it('in every way to show them nothing breaks the policy, runs, or is asked of another server', async () => {
    await page.evaluate(() => {
      window.broken = [];
      document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
        window.broken.push(`${violatedDirective} ${blockedURI}`),
      );
      window.addEventListener('error', ({ message }) => window.broken.push(message));
      window.alert = () => window.broken.push('alert');
    });
    for (const [name, values] of Object.entries(choices)) {
      for (const value of values) {
        await page.evaluate(choose, name, value);
        await page.waitFor(isDrawn);
      }
    }
    assert.deepEqual(await page.evaluate(() => window.broken), []);
    const asked = await page.evaluate(() =>
      performance
        .getEntriesByType('resource')
        .map(({ name }) => new URL(name))
        .filter(({ protocol, origin }) => /^http/.test(protocol) && origin !== location.origin)
        .map(({ href }) => href),
    );
    assert.deepEqual(asked, []);
  });

  it('goes to the record that is chosen', async () => {
    await page.evaluate(choose, 'sample', 'sample-40');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'sample-40');
  });

  it('has words in the language of the page’s choice', async () => {
    await page.evaluate(choose, 'language', 'de');
    await page.waitFor(() =>
      document.querySelector('fhir-resource').shadowRoot.textContent.includes('3. November 1958'),
    );
  });
});
