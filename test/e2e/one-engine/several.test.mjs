import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';

import { engine, openBrowser } from '../harness/browser.mjs';
import { requestsOf } from '../harness/journey.mjs';
import { askFor } from '../harness/page-tasks.mjs';
import { consent, giveName, signIn, snapshotOf, startPortal, untilShown } from '../harness/portal.mjs';

describe(`several of the kit on one page, in ${engine}`, () => {
  let browser;
  let portal;
  let page;

  before(async () => {
    browser = await openBrowser({ isLight: true });
    portal = await startPortal();
    portal.app.values.secondBase = portal.sandbox.fhirBase('hillcrest');
  });

  after(async () => {
    await browser?.close();
    await portal?.close();
  });

  beforeEach(async () => {
    portal.sandbox.forgetEverything();
    portal.sandbox.log.length = 0;
    page = await browser.newPage();
  });

  afterEach(async () => {
    assert.deepEqual(await page.evaluate(() => window.faults), []);
    assert.deepEqual(page.errors, []);
    await page.close();
  });

  const requests = (leg) => requestsOf(portal.sandbox, leg);

  describe('two copies', () => {
    it('SMART-39: of the same kit sign one person in, by one request for tokens', async () => {
      await page.goto(`${portal.app.origin}/twice.html`);
      await signIn(page, 'maria');
      await untilShown(page);
      assert.match(await page.text(), /Signed in as Maria Elena Silva/);
      assert.match(await page.text(), /14 March 1968|March 14, 1968/);
      assert.equal((await snapshotOf(page)).error, undefined);
      assert.equal(await page.url(), `${portal.app.origin}/twice.html`);
      assert.equal(requests('authorize').length, 1);
      assert.equal(requests('token').length, 1);
      assert.equal(requests('fhir').length, 1);
      const loaded = portal.app.requests.filter((path) => path === '/dist/smart-elements.min.js');
      assert.ok(loaded.length >= 2, 'both copies are loaded');
    });

    it('of the same kit keep one session over a reload, and sign out once', async () => {
      await page.goto(`${portal.app.origin}/twice.html`);
      await signIn(page, 'maria');
      const { id } = await snapshotOf(page);
      await page.reload();
      await untilShown(page);
      assert.equal((await snapshotOf(page)).id, id);
      assert.equal(requests('token').length, 1);
      await page.click('smart-login-button >>> button');
      await page.waitFor(() => document.querySelector('smart-auth').session.status === 'signed-out');
      assert.doesNotMatch(await page.text(), /Silva/);
    });

    for (const first of [
      'smart-auth',
      'smart-login-button smart-session-status fhir-resource',
      'smart-auth smart-session-status',
    ]) {
      it(`the older of which has only ${first.replaceAll(' ', ', ')} understand each other`, async () => {
        Object.assign(portal.app.values, { firstCopy: first, ownTags: '' });
        await page.goto(`${portal.app.origin}/copies.html`);
        const tagsOf = await page.waitFor(() => window.tagsOf);
        assert.deepEqual(new Set(tagsOf.first), new Set(first.split(' ')));
        assert.equal(tagsOf.first.length + tagsOf.second.length, 4, 'the newer one has the others');
        await signIn(page, 'maria');
        await untilShown(page);
        assert.match(await page.text(), /Signed in as Maria Elena Silva/);
        assert.match(await page.text(), /Sign out/);
        assert.equal((await snapshotOf(page)).error, undefined);
        assert.equal(requests('token').length, 1);
        assert.equal(requests('fhir').length, 1);
      });
    }

    it('leave a tag to the page that has taken it, and the others work', async () => {
      Object.assign(portal.app.values, { firstCopy: 'smart-auth', ownTags: 'smart-login-button' });
      await page.goto(`${portal.app.origin}/copies.html`);
      const tagsOf = await page.waitFor(() => window.tagsOf);
      assert.deepEqual(tagsOf.page, ['smart-login-button']);
      await page.waitToDo(() => {
        const { session } = document.querySelector('smart-auth');
        return session.status === 'signed-out' && session.signIn().then(() => true);
      });
      await passScreens('maria');
      await untilStatusOf('smart-auth', 'signed-in');
      await untilShown(page);
      assert.match(await page.text(), /Signed in as Maria Elena Silva/);
      const root = await page.evaluate(() => document.querySelector('smart-login-button').shadowRoot);
      assert.equal(root, null, 'it is still the page’s own');
    });
  });

  /** The session of one of the providers, as far as a test looks at it. */
  function sessionOf(selector) {
    return page.evaluate((wanted) => {
      const { id, status, error, context, fhirBase } = document.querySelector(wanted).session;
      // As JSON has it: WebKit would make nothing of undefined but null.
      const seen = { id, status, error: error?.code, patient: context?.patient, fhirBase };
      return JSON.parse(JSON.stringify(seen));
    }, selector);
  }

  async function untilStatusOf(selector, status) {
    const isIt = (wanted, name) => document.querySelector(wanted)?.session?.status === name;
    await page.waitFor(isIt, selector, status).catch(async (fault) => {
      const instead = JSON.stringify(await sessionOf(selector).catch(String));
      throw new Error(`${selector} is not ${status}: ${instead}`, { cause: fault });
    });
  }

  /** What an element shows, once it shows a record. */
  async function recordIn(selector) {
    return page.waitFor((wanted) => {
      const element = document.querySelector(wanted);
      return element?.matches(':state(ready)') && element.shadowRoot.textContent;
    }, selector);
  }

  function stateOf(selector) {
    return page.evaluate((wanted) => {
      const element = document.querySelector(wanted);
      return ['signed-out', 'loading', 'ready', 'error'].find((name) => element.matches(`:state(${name})`));
    }, selector);
  }

  /** At the sandbox, after the button was pressed. */
  async function passScreens(username) {
    await page.waitFor(() => Boolean(document.querySelector('#username')));
    await giveName(page, username);
    await page.waitFor(() => Boolean(document.querySelector('[name=patient], [name=decision]')));
    if (await page.evaluate(() => Boolean(document.querySelector('[name=patient]')))) {
      await page.click(`input[value=${username}]`);
      await page.click('button[name=choose]');
    }
    await consent(page);
  }

  async function signInAt(selector, username, button = `${selector} > smart-login-button`) {
    await untilStatusOf(selector, 'signed-out');
    await page.click(`${button} >>> button`);
    await passScreens(username);
    await untilStatusOf(selector, 'signed-in');
  }

  const clickSignOut = async (selector, button = `${selector} > smart-login-button`) => {
    await page.click(`${button} >>> button`);
    await untilStatusOf(selector, 'signed-out');
  };

  describe('two providers for two organisations, side by side and without names', () => {
    /** The same user name, and the same patient id, are somebody else in each organisation. */
    async function signInAtBoth() {
      await page.goto(`${portal.app.origin}/several.html`);
      await signInAt('#first', 'maria');
      assert.equal((await sessionOf('#second')).status, 'signed-out', 'one sign-in is for one of them');
      assert.equal((await sessionOf('#second')).error, undefined);
      await signInAt('#second', 'maria');
      await untilStatusOf('#first', 'signed-in');
    }

    it('SMART-21: each has a session of its own, with its own patient', async () => {
      await signInAtBoth();
      assert.match(await recordIn('#first > fhir-resource'), /Silva/);
      assert.match(await recordIn('#second > fhir-resource'), /Kowalska/);
      assert.match(await recordIn('aside > fhir-resource'), /Kowalska/, 'named by “for”');
      const [first, second] = [await sessionOf('#first'), await sessionOf('#second')];
      assert.deepEqual([first.patient, second.patient], ['maria', 'maria']);
      assert.deepEqual([first.error, second.error], [undefined, undefined]);
      assert.notEqual(first.id, second.id);
      assert.deepEqual(
        requests('token').map(({ tenant }) => tenant),
        ['riverside', 'hillcrest'],
      );
      const refused = requests('fhir').filter(({ status }) => status !== 200);
      assert.deepEqual(refused, [], 'no server was asked with the token of the other');
    });

    it('SMART-21 SMART-56: neither can be made to ask the other’s server', async () => {
      await signInAtBoth();
      const codes = await page.evaluate(async () => {
        const [one, two] = [...document.querySelectorAll('smart-auth')].map(({ session }) => session);
        const codeOf = (from, to) =>
          from.fetch(`${to.fhirBase}/Patient/maria`).then(
            ({ status }) => status,
            ({ code }) => code,
          );
        return [await codeOf(one, two), await codeOf(two, one)];
      });
      assert.deepEqual(codes, ['fhir/foreign-url', 'fhir/foreign-url']);
      const refused = requests('fhir').filter(({ status }) => status !== 200);
      assert.deepEqual(refused, [], 'nor was it asked');
    });

    it('SMART-21 SMART-101: signing out of one leaves the other, over a reload too', async () => {
      await signInAtBoth();
      await recordIn('#first > fhir-resource');
      await recordIn('aside > fhir-resource');
      const { id } = await sessionOf('#second');
      await clickSignOut('#first');
      assert.equal((await sessionOf('#second')).status, 'signed-in');
      assert.equal(await stateOf('#first > fhir-resource'), 'signed-out');
      assert.doesNotMatch(await page.text(), /Silva/);
      assert.match(await page.text(), /Kowalska/);

      await page.reload();
      await untilStatusOf('#second', 'signed-in');
      await untilStatusOf('#first', 'signed-out');
      assert.equal((await sessionOf('#second')).id, id);
      assert.match(await recordIn('#second > fhir-resource'), /Kowalska/);
      assert.match(await recordIn('aside > fhir-resource'), /Kowalska/);
      assert.equal(await stateOf('#first > fhir-resource'), 'signed-out');
      assert.equal(await statusOfPatient('#second'), 200, 'its token was not revoked with the other’s');
    });

    it('SMART-21: what is elsewhere follows the one that it names', async () => {
      await signInAtBoth();
      await recordIn('aside > fhir-resource');
      await clickSignOut('#second');
      assert.equal(await stateOf('aside > fhir-resource'), 'signed-out');
      assert.equal((await sessionOf('#first')).status, 'signed-in');
      assert.doesNotMatch(await page.text(), /Kowalska/);
      assert.equal(await askFor(page, 'Patient/maria'), 200);
    });
  });

  function statusOfPatient(selector) {
    return page.evaluate(async (wanted) => {
      const { session } = document.querySelector(wanted);
      return (await session.fetch(`Patient/${session.context.patient}`)).status;
    }, selector);
  }

  describe('two providers with names, one within the other, for one server', () => {
    async function signInAtBoth() {
      await page.goto(`${portal.app.origin}/nested.html`);
      await signInAt('#outer', 'maria', '#of-outer smart-login-button');
      assert.equal((await sessionOf('#inner')).status, 'signed-out');
      // The server no longer knows the first person; what it gave them is still good.
      portal.sandbox.endSessions();
      await signInAt('#inner', 'sam', '#of-inner smart-login-button');
      await untilStatusOf('#outer', 'signed-in');
    }

    it('SMART-21: each element has the session of the nearest one around it', async () => {
      await signInAtBoth();
      assert.match(await recordIn('#of-outer fhir-resource'), /Silva/);
      assert.doesNotMatch(await recordIn('#of-inner fhir-resource'), /Silva/);
      const [outer, inner] = [await sessionOf('#outer'), await sessionOf('#inner')];
      assert.deepEqual([outer.patient, inner.patient], ['maria', 'sam']);
      assert.deepEqual([outer.error, inner.error], [undefined, undefined]);
      assert.equal(requests('token').length, 2);
      const refused = requests('fhir').filter(({ status }) => status !== 200);
      assert.deepEqual(refused, [], 'nobody’s record was asked for with the token of the other');
    });

    for (const [one, other, patient] of [
      ['outer', 'inner', 'sam'],
      ['inner', 'outer', 'maria'],
    ]) {
      it(`SMART-21 SMART-101: signing out of the ${one} one leaves the ${other} one, over a reload too`, async () => {
        await signInAtBoth();
        await recordIn(`#of-${other} fhir-resource`);
        const { id } = await sessionOf(`#${other}`);
        await clickSignOut(`#${one}`, `#of-${one} smart-login-button`);
        assert.equal((await sessionOf(`#${other}`)).status, 'signed-in');
        assert.equal(await stateOf(`#of-${one} fhir-resource`), 'signed-out');
        assert.equal(await stateOf(`#of-${other} fhir-resource`), 'ready');
        await page.reload();
        await untilStatusOf(`#${other}`, 'signed-in');
        await untilStatusOf(`#${one}`, 'signed-out');
        const { id: idAfter, patient: patientAfter } = await sessionOf(`#${other}`);
        assert.deepEqual([idAfter, patientAfter], [id, patient]);
        assert.equal(await statusOfPatient(`#${other}`), 200);
      });
    }
  });
});
