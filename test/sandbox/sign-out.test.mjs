import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';

import { startSandbox } from '../../demo/sandbox/sandbox.mjs';
import { as } from './observation.mjs';
import { authorizationRequest, createPerson, obtainTokens, readFhir, refresh } from './person.mjs';
import { tenants } from './tenants.mjs';

const scope = 'launch/patient openid patient/Patient.rs';
const back = 'http://127.0.0.1:9/signed-out?from=app';

describe('signing out at the sandbox', () => {
  let sandbox;
  let person;

  before(async () => {
    sandbox = await startSandbox({
      tenants,
      clients: [
        {
          client_id: 'registered',
          redirect_uris: ['https://app.example/callback'],
          post_logout_redirect_uris: ['https://app.example/bye'],
        },
      ],
      appOrigins: ['https://demo.example'],
    });
  });

  beforeEach(() => {
    sandbox.reset();
    person = createPerson(sandbox);
  });

  after(async () => {
    assert.deepEqual(
      sandbox.log.filter(({ fault }) => fault),
      [],
    );
    await sandbox.close();
  });

  /** Goes where an app sends a person to sign out. */
  const leave = (parameters = {}, server = sandbox) => {
    const asked = {
      client_id: 'demo-app',
      post_logout_redirect_uri: back,
      state: 'state-1',
      ...parameters,
    };
    const sent = Object.entries(asked).filter(([, value]) => value !== undefined);
    return person.visit(`${server.origin}/session/end?${new URLSearchParams(sent)}`);
  };
  const signIn = (more) => obtainTokens(sandbox, { scope: `${scope} online_access`, person, ...more });
  const isSignedIn = async () => {
    const { html } = await person.visit(authorizationRequest(sandbox, { scope }).url);
    return html.includes('You are signed in as');
  };
  const wasSentBack = ({ url }) => assert.equal(url, `${back}&state=state-1`);

  it('the person is asked, is signed out, and comes back to the app with its state', async () => {
    await signIn();
    const page = await leave();
    assert.match(page.html, /<h1>Sign out here, too\?<\/h1>/);
    assert.match(page.html, /<strong>demo-app<\/strong> has sent you here/);
    assert.match(page.html, /You are signed in as <bdi>Name of anna<\/bdi>/);
    wasSentBack(await person.submit(page, { logout: 'yes' }));
    assert.equal(await isSignedIn(), false);
  });

  it('who stays signed in comes back to the app as well', async () => {
    const tokens = await signIn();
    wasSentBack(await person.submit(await leave(), { stay: 'yes' }));
    assert.equal(await isSignedIn(), true);
    assert.equal((await refresh(sandbox, tokens.refresh_token)).status, 200);
  });

  it('what online_access gave in this browser ends with it, and offline_access goes on', async () => {
    const other = await obtainTokens(sandbox, { scope: `${scope} online_access` });
    const tokens = {
      first: await signIn(),
      second: await signIn(),
      offline: await signIn({ scope: `${scope} offline_access` }),
      other,
    };
    await person.submit(await leave(), { logout: 'yes' });
    const left = {};
    for (const [name, { access_token: token, refresh_token: renewal }] of Object.entries(tokens)) {
      const { status } = await readFhir(sandbox, 'Patient/anna', token);
      left[name] = [status, (await refresh(sandbox, renewal)).status];
    }
    assert.deepEqual(left, {
      first: [401, 400],
      second: [401, 400],
      offline: [200, 200],
      other: [200, 200],
    });
  });

  it('where nobody is signed in, nothing is asked', async () => {
    wasSentBack(await leave());
    assert.equal((await leave({ state: undefined })).url, back);
    const { html } = await leave({ post_logout_redirect_uri: undefined });
    assert.match(html, /<h1>You are signed out<\/h1>/);
  });

  it('without an address to go back to, a page says how it ended', async () => {
    await signIn();
    const stayed = await person.submit(await leave({ post_logout_redirect_uri: undefined }), { stay: 'yes' });
    assert.match(stayed.html, /<h1>You are still signed in<\/h1>[^]*Name of anna/);
    // The address counts only together with the app that it is of (RP-Initiated Logout §2).
    const page = await leave({ client_id: undefined });
    assert.match(page.html, /An app has sent you here/);
    const left = await person.submit(page, { logout: 'yes' });
    assert.match(left.html, /<h1>You are signed out<\/h1>/);
  });

  it('demo-app may go back to anywhere on this machine and at the given origins, and nowhere else', async () => {
    for (const uri of ['http://localhost:5173/', 'http://127.0.0.1:1/a', 'https://demo.example/app']) {
      const { url } = await leave({ post_logout_redirect_uri: uri, state: undefined });
      assert.equal(url, uri);
    }
    for (const uri of ['https://evil.example/', 'http://localhost.evil.example/', `${back}#there`]) {
      const page = await leave({ post_logout_redirect_uri: uri });
      assert.equal(page.status, 400, uri);
      assert.match(page.html, /post_logout_redirect_uri/);
    }
    assert.equal((await leave({ client_id: 'nobody' })).status, 400);
  });

  it('a registered client may go back to its own address only', async () => {
    const visit = (uri) => leave({ client_id: 'registered', post_logout_redirect_uri: uri });
    assert.equal((await visit('https://app.example/bye')).url, 'https://app.example/bye?state=state-1');
    assert.equal((await visit(back)).status, 400);
  });

  it('no page runs a script, and the form may lead to the app', async () => {
    await signIn();
    const asked = await leave();
    const policy = asked.headers.get('content-security-policy');
    assert.match(policy, /default-src 'none'/);
    assert.match(policy, /form-action 'self' http:\/\/127\.0\.0\.1:9;/);
    const alone = await leave({ post_logout_redirect_uri: undefined });
    const left = await person.submit(alone, { logout: 'yes' });
    for (const page of [asked, alone, left]) {
      assert.match(page.headers.get('content-security-policy'), /default-src 'none'/);
      assert.match(page.headers.get('content-type'), /^text\/html/);
      assert.doesNotMatch(page.html, /<script|style=|@import/);
      assert.match(page.html, /<html lang="en">[^]*<main>\s<h1>/);
    }
  });

  it('a form that is sent again, or from elsewhere, signs nobody out', async () => {
    await signIn();
    const page = await leave();
    const forged = await person.submit(page, { xsrf: 'forged', logout: 'yes' });
    assert.equal(forged.status, 400);
    assert.equal(await isSignedIn(), true);
    await person.submit(await leave(), { logout: 'yes' });
    assert.equal((await person.submit(page, { logout: 'yes' })).status, 400);
  });

  it('a request may be posted as well', async () => {
    await signIn();
    const body = new URLSearchParams({
      client_id: 'demo-app',
      post_logout_redirect_uri: back,
      state: 'state-1',
    });
    const page = await person.visit(`${sandbox.origin}/session/end`, { method: 'POST', body });
    wasSentBack(await person.submit(page, { logout: 'yes' }));
  });

  it('the way back is not taken for an answer to a sign-in', async () => {
    const server = as(sandbox, 'other-state');
    await signIn();
    wasSentBack(await person.submit(await leave({}, server), { logout: 'yes' }));
  });

  it('the configuration says where, and a switch takes it away', async () => {
    const endpoints = async () => {
      const { body } = await readFhir(sandbox, '.well-known/smart-configuration');
      const openid = await (await fetch(`${sandbox.origin}/.well-known/openid-configuration`)).json();
      return [body.end_session_endpoint, openid.end_session_endpoint];
    };
    const endpoint = `${sandbox.origin}/session/end`;
    assert.deepEqual(await endpoints(), [endpoint, endpoint]);
    sandbox.set({ endSession: false });
    assert.deepEqual(await endpoints(), [undefined, undefined]);
    assert.equal((await leave()).status, 404);
  });
});
