import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { engine, openBrowser } from './harness/browser.mjs';
import { pressButton, signIn, startPortal, untilShown, untilStatus } from './harness/portal.mjs';

const policy = [
  "default-src 'none'",
  "base-uri 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self' {sandbox}",
  "img-src 'self' blob: data:",
  'frame-src blob:',
  'trusted-types lit-html smart-elements',
  "require-trusted-types-for 'script'",
].join('; ');

describe(`under a strict content security policy, in ${engine}`, () => {
  let browser;
  let portal;

  before(async () => {
    browser = await openBrowser({ isLight: true });
    portal = await startPortal({ policy });
  });

  after(async () => {
    await browser?.close();
    await portal?.close();
  });

  it('SMART-129: a person signs in, sees records, and signs out, and nothing breaks the policy', async () => {
    const page = await browser.newPage();
    await page.goto(`${portal.app.origin}/strict.html`);
    await signIn(page);
    await untilShown(page);
    await page.waitFor(() =>
      [...document.querySelectorAll('fhir-resource')].every((element) => !element.matches(':state(loading)')),
    );
    await pressButton(page);
    await untilStatus(page, 'signed-out');
    assert.deepEqual(portal.app.violations, []);
    await page.close();
  });

  it('what breaks the policy is noticed by this test', async () => {
    const page = await browser.newPage();
    await page.goto(`${portal.app.origin}/strict.html`);
    await untilStatus(page, 'signed-out');
    await page.evaluate(() => {
      const image = document.createElement('img');
      image.src = 'http://127.0.0.1:9/';
      document.body.append(image);
    });
    const end = Date.now() + 10_000;
    while (portal.app.violations.length === 0 && Date.now() < end) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    assert.equal(portal.app.violations.length, 1);
    await page.close();
  });
});
