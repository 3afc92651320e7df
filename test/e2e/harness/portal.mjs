/** A portal with the kit in it, a sandbox to sign in at, and a person in front of it. */
import assert from 'node:assert/strict';

import { startSandbox } from '../../../demo/sandbox/sandbox.mjs';
import { startAppServer } from './app-server.mjs';

const defaultScope = 'launch/patient openid fhirUser patient/Patient.rs patient/Observation.rs online_access';

/** Starts both servers. Give `values` to change what stands in the page, or `valuesFor` once the servers are there. */
export async function startPortal({ values = {}, valuesFor, policy, ...switches } = {}) {
  const sandbox = await startSandbox(switches);
  const app = await startAppServer({
    policy: policy?.replaceAll('{sandbox}', sandbox.origin),
    values: {
      fhirBase: sandbox.fhirBase(),
      clientId: 'demo-app',
      scope: defaultScope,
      redirectUri: '',
      src: 'Patient/{patient}',
      ...values,
    },
  });
  Object.assign(app.values, await valuesFor?.(sandbox, app));
  return {
    sandbox,
    app,
    url: `${app.origin}/app.html?tab=labs#latest`,
    async close() {
      await app.close();
      await sandbox.close();
    },
  };
}

/** The snapshot of the page's `<smart-auth>`, as far as JSON can carry it. */
export function snapshotOf(page) {
  return page.evaluate(() => {
    const { error, warnings = [], ...rest } = document.querySelector('smart-auth').session;
    const all = { ...rest, error: error?.code, warnings: warnings.map(({ code }) => code) };
    return JSON.parse(JSON.stringify(all));
  });
}

/** Waits for a status of the session; in vain, it says where the session is in its stead. */
export async function untilStatus(page, status) {
  try {
    await page.waitFor((wanted) => document.querySelector('smart-auth')?.session?.status === wanted, status);
  } catch (fault) {
    const instead = await snapshotOf(page).catch(String);
    throw new Error(`The session is not ${status}: ${JSON.stringify(instead)}`, { cause: fault });
  }
}

/** Waits for a data state of the page's `<fhir-resource>`. */
export async function untilShown(page, state = 'ready') {
  await page.waitFor(
    (wanted) => document.querySelector('fhir-resource')?.matches(`:state(${wanted})`),
    state,
  );
}

/** Presses the kit's button, whatever it offers now. */
export function pressButton(page) {
  return page.click('smart-login-button >>> button');
}

/** From the portal's page to the sandbox's first screen. */
export async function leave(page) {
  await untilStatus(page, 'signed-out');
  await pressButton(page);
  await page.waitFor(() => Boolean(document.querySelector('#username, [name=decision]')));
}

/** Types name and password at the sandbox. */
export async function giveName(page, username = 'maria', password = username) {
  await page.type('#username', username);
  await page.type('#password', password);
  await page.click('button[name=sign-in]');
}

/** Goes through the sandbox's screens. */
export async function consent(page, decision = 'allow') {
  await page.click(`button[value=${decision}]`);
}

/**
 * Presses the kit's button where sign-in is in a window of its own.
 *
 * @returns the window; where the browser blocks it, one that the person opens by the link in its place.
 */
export async function openWindow({ browser, page, portal }, context) {
  await page.press('smart-login-button >>> button');
  const isOpened = () => portal.sandbox.log.some(({ leg }) => leg === 'authorize');
  let url;
  while (!url && !isOpened()) {
    url = await page.evaluate(() => document.querySelector('smart-auth').session.signInUrl);
  }
  if (!url) {
    return { opened: await browser.openedWindow(), isBlocked: false };
  }
  context.diagnostic('This engine opens no windows for a test: the link is used.');
  const link = () => document.querySelector('smart-login-button').shadowRoot.querySelector('a')?.href;
  assert.equal(await page.waitFor(link), url);
  const opened = await browser.newPage();
  await opened.goto(url);
  return { opened, isBlocked: true };
}

/** Signs in in such a window, and sees that the page with the app was not left for it. */
export async function signInByWindow({ browser, page, portal }, context) {
  await page.goto(portal.url);
  await untilStatus(page, 'signed-out');
  await page.evaluate(() => (window.stayed = true));
  const { opened, isBlocked } = await openWindow({ browser, page, portal }, context);
  await opened.waitFor(() => Boolean(document.querySelector('#username')));
  await giveName(opened, 'maria');
  // Where the window closes at once, the click is answered by nobody.
  await opened.click('button[value=allow]').catch(() => undefined);
  await untilStatus(page, 'signed-in');
  await untilShown(page);
  assert.match(await page.text(), /Silva/);
  assert.equal(await page.evaluate(() => window.stayed), true, 'the page was not left');
  assert.equal(await page.url(), portal.url);
  assert.equal(
    portal.sandbox.log.filter(({ leg, method }) => leg === 'token' && method === 'POST').length,
    1,
  );
  return { opened, isBlocked };
}

/** From the portal's page through all screens and back to a shown record. */
export async function signIn(page, username) {
  await leave(page);
  // The server may know the person from before.
  if (await page.evaluate(() => Boolean(document.querySelector('#username')))) {
    await giveName(page, username);
  }
  await page.waitFor(() => Boolean(document.querySelector('[name=patient], [name=decision]')));
  if (await page.evaluate(() => Boolean(document.querySelector('[name=patient]')))) {
    await page.click('button[name=choose]');
  }
  await consent(page);
  await untilStatus(page, 'signed-in');
}

/**
 * Signs in with a token that lives a second, and asks for the record again when it has ended.
 *
 * @param {() => void} [meanwhile] what happens before it ends
 * @returns when it ended, in ms since the epoch
 */
export async function readAfterEnd({ page, portal }, meanwhile) {
  portal.sandbox.set({ accessTokenLifetime: 1 });
  await signIn(page);
  await untilShown(page);
  meanwhile?.();
  const { expiresAt } = await snapshotOf(page);
  await page.waitFor((end) => Date.now() > end, expiresAt);
  await page.evaluate(() => document.querySelector('fhir-resource').reload());
  return expiresAt;
}
