import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';

import { createBackend } from '../../demo/backend/routes.mjs';
import { askAs, cookieOf, openBrowser, openSandbox, scope, startAt } from './browsers.mjs';

describe('signing in through the backend', () => {
  let sandbox;
  let site;
  let browser;

  before(async () => {
    sandbox = await openSandbox();
  });

  beforeEach(async () => {
    site = await startAt(sandbox);
    browser = openBrowser(site);
  });

  afterEach(() => site.close());
  after(() => sandbox.close());

  it('begins with nobody, and ends with a person, a record and a session', async () => {
    const fhirBase = sandbox.fhirBase('north');
    assert.deepEqual(await browser.takeUp(), { status: 'signed-out', fhir_base: fhirBase });
    const back = await browser.signIn({ returnTo: '/backend.html?tab=labs#latest' });
    assert.equal(back.status, 303);
    assert.equal(back.headers.get('location'), '/backend.html?tab=labs#latest');
    const { id, ending, configuration, ...session } = await browser.takeUp();
    assert.match(id, /^[\w-]{43}$/);
    assert.deepEqual(ending, { cause: 'idle', in: 900, extendable: true });
    assert.deepEqual(session, {
      status: 'signed-in',
      fhir_base: fhirBase,
      scope,
      asked_scope: scope,
      context: { patient: 'anna', need_patient_banner: true, tenant: 'north' },
      user: { sub: 'north:anna', name: 'Name of anna', fhirUser: `${fhirBase}/Patient/anna` },
      refreshable: true,
      idle_limit: 900,
    });
    assert.equal(configuration.management_endpoint, `${sandbox.origin}/`);
    assert.ok(configuration.capabilities.includes('launch-standalone'));
    const { status, body } = await browser.ask('/smart/fhir/Patient/anna');
    assert.deepEqual([status, body.resourceType, body.id], [200, 'Patient', 'anna']);
  });

  it('asks for what it needs, with PKCE, a nonce and the server that the token is for', async () => {
    await browser.visit('/smart/sign-in', { 'sec-fetch-site': 'same-origin' });
    const { query } = sandbox.log.findLast(({ leg }) => leg === 'authorize');
    assert.equal(query.aud, sandbox.fhirBase('north'));
    assert.equal(query.code_challenge_method, 'S256');
    assert.equal(query.redirect_uri, `${site.origin}/smart/callback`);
    assert.equal(query.nonce, '…');
  });

  it('no answer to the browser has a token in it, in its body or in any header', async () => {
    await browser.signIn();
    await browser.takeUp();
    await browser.ask('/smart/fhir/Patient/anna');
    site.clock.now += 3_590_000;
    await browser.ask('/smart/session');
    await browser.signIn();
    await browser.takeUp();
    await browser.ask('/smart/refresh', { method: 'POST' });
    await browser.ask('/smart/fhir/Patient/nobody');
    await browser.ask('/smart/sign-out', { method: 'POST' });
    assert.ok(site.issued.size >= 6, `${site.issued.size} tokens were issued`);
    assert.ok(browser.seen.length >= 9, `${browser.seen.length} answers were seen`);
    for (const { url, headers, html } of browser.seen) {
      const said = JSON.stringify([url, [...headers], html]);
      for (const token of site.issued) {
        assert.ok(!said.includes(token), `a token in an answer of ${url}`);
      }
    }
  });

  it('the cookie of the session is out of reach of scripts and of other sites, and so is that of the sign-in', async () => {
    const back = await browser.signIn();
    const [session] = back.headers.getSetCookie();
    assert.match(session, /^smart-session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
    const { id } = await browser.takeUp();
    assert.ok(!session.includes(id), 'the id that scripts know is not the cookie');
  });

  it('over https both cookies are Secure, of this host alone, and begin with __Host-', async () => {
    const origin = 'https://portal.example';
    const { app } = createBackend({
      origin,
      fhirBase: sandbox.fhirBase('north'),
      clientId: 'demo-app',
      scope,
    });
    const address = `${origin}/smart/sign-in`;
    const begun = await app.request(address, { headers: { 'sec-fetch-site': 'same-origin' } });
    const cookie = begun.headers.get('set-cookie');
    assert.match(
      cookie,
      /^__Host-smart-sign-in=[\w-]{43}; Max-Age=900; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    );
    const ended = await app.request(`${origin}/smart/sign-out`, {
      method: 'POST',
      headers: { 'smart-session': 'none', origin },
    });
    const removed = ended.headers.get('set-cookie');
    assert.match(removed, /^__Host-smart-session=; Max-Age=0; Path=\/; HttpOnly; Secure$/);
  });

  it('a person who says no comes back, and their page is told once', async () => {
    const back = await browser.signIn({ decision: 'deny' });
    assert.equal(back.headers.get('location'), '/backend.html');
    const { status, problem } = await browser.takeUp();
    assert.deepEqual([status, problem.error], ['signed-out', 'access_denied']);
    assert.equal((await browser.takeUp()).problem, undefined);
  });

  it('a server that does not answer is said on the page that the person came from', async () => {
    sandbox.set({ down: { token: true } });
    await browser.signIn();
    const { status, problem } = await browser.takeUp();
    assert.deepEqual([status, problem], ['signed-out', { error: 'server_error' }]);
  });

  it('a server that cannot be asked where to sign in leaves the person where they are', async () => {
    sandbox.set({ down: { wellKnown: true } });
    const back = await browser.signIn();
    assert.equal(back.url, `${site.origin}/backend.html`);
    assert.deepEqual((await browser.takeUp()).problem, { error: 'temporarily_unavailable' });
    sandbox.reset();
    await browser.signIn();
    assert.equal((await browser.takeUp()).status, 'signed-in');
  });

  it('an id_token that the server has not signed opens no session', async () => {
    sandbox.set({ rewrite: { idToken: (parts) => ({ ...parts, signature: 'bad' }) } });
    await browser.signIn();
    const { status, problem } = await browser.takeUp();
    assert.deepEqual([status, problem], ['signed-out', { error: 'server_error' }]);
  });

  it('an answer works once', async () => {
    const callback = await browser.reachCallback();
    const back = await browser.visit(callback);
    assert.equal(back.status, 303);
    const again = await browser.ask(callback);
    assert.deepEqual([again.status, again.body.code], [400, 'unknown-sign-in']);
    assert.equal((await browser.takeUp()).status, 'signed-in');
  });

  it('an answer works only in the browser that began the sign-in', async () => {
    // Somebody signs in as themselves, and has another person follow the way back.
    const callback = await browser.reachCallback();
    for (const cookie of ['', 'smart-sign-in=', 'smart-sign-in=guessed']) {
      const { status, headers } = await askAs(site, callback, { cookie });
      assert.equal(status, 400, cookie);
      assert.deepEqual(headers.getSetCookie(), []);
    }
  });

  it('a browser that sends an empty cookie is no browser that sends none', async () => {
    const begun = await askAs(site, '/smart/sign-in', { cookie: 'smart-sign-in=' });
    assert.match(cookieOf(begun), /^smart-sign-in=[\w-]{43}$/);
    const { searchParams } = new URL(begun.headers.get('location'));
    const callback = `/smart/callback?${new URLSearchParams({ code: 'x', state: searchParams.get('state') })}`;
    for (const cookie of ['', 'smart-sign-in=']) {
      assert.equal((await askAs(site, callback, { cookie })).status, 400, cookie);
    }
    assert.equal((await askAs(site, callback, { cookie: cookieOf(begun) })).status, 303);
  });

  it('an answer that comes after ten minutes is too late', async () => {
    const callback = await browser.reachCallback();
    site.clock.now += 10 * 60_000;
    assert.equal((await browser.ask(callback)).body.code, 'unknown-sign-in');
  });

  it('two tabs of a browser can sign in at once', async () => {
    const first = await browser.reachCallback();
    const second = await browser.reachCallback();
    for (const callback of [second, first]) {
      assert.equal((await browser.visit(callback)).headers.get('location'), '/backend.html');
      assert.equal((await browser.takeUp()).status, 'signed-in');
    }
  });

  it('an address to come back to that leads elsewhere is refused', async () => {
    for (const returnTo of [
      'https://evil.example/',
      'http:evil.example',
      '//evil.example',
      '///evil.example',
      '/\\evil.example',
      '/\t/evil.example',
      '/\n/evil.example',
      '\\\\evil.example',
      'javascript:alert(1)',
      'evil.html',
      '',
      '/smart/sign-in',
      '/smart/../smart/sign-out',
    ]) {
      const address = `/smart/sign-in?${new URLSearchParams({ return_to: returnTo })}`;
      const { status, body, headers } = await browser.ask(address);
      assert.deepEqual([status, body?.code], [400, 'bad-return-to'], returnTo);
      assert.equal(headers.get('location'), null);
    }
  });

  it('another site cannot begin a sign-in; a person who opens the address can', async () => {
    for (const site of ['cross-site', 'same-site']) {
      const { status, body } = await browser.ask('/smart/sign-in', { headers: { 'sec-fetch-site': site } });
      assert.deepEqual([status, body.code], [403, 'foreign-origin']);
    }
    const { html } = await browser.visit('/smart/sign-in', { 'sec-fetch-site': 'none' });
    assert.match(html, /id="username"/);
  });

  it('who signs in anew has a new session and a new cookie; the old one is gone, here and at the server', async () => {
    const old = cookieOf(await browser.signIn());
    const { id } = await browser.takeUp();
    const fresh = cookieOf(await browser.signIn());
    const session = await browser.takeUp();
    assert.notEqual(session.id, id);
    assert.notEqual(fresh, old);
    const { status } = await askAs(site, '/smart/fhir/Patient/anna', { cookie: old, 'smart-session': id });
    assert.equal(status, 401);
    assert.equal(site.count('/token/revocation'), 2);
    assert.equal((await browser.ask('/smart/fhir/Patient/anna')).status, 200);
  });

  it('a cookie that somebody planted before never becomes that of a session', async () => {
    const cookie = 'smart-session=planted; smart-sign-in=planted-too';
    const begun = await askAs(site, '/smart/sign-in', { cookie });
    const { searchParams } = new URL(begun.headers.get('location'));
    const parameters = new URLSearchParams({ error: 'access_denied', state: searchParams.get('state') });
    const back = await askAs(site, `/smart/callback?${parameters}`, { cookie });
    assert.deepEqual(back.headers.getSetCookie(), []);
    const { text } = await askAs(site, '/smart/session', { cookie, 'smart-session': 'none' });
    assert.equal(JSON.parse(text).status, 'signed-out');
    assert.doesNotMatch(cookieOf(await browser.signIn()), /planted/);
  });
});
