import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';

import { startSandbox } from '../../demo/sandbox/sandbox.mjs';
import {
  authorizationRequest,
  createPerson,
  obtainTokens,
  offeredPatients,
  offeredScopes,
  readFhir,
  redirectUri,
  signIn,
} from './person.mjs';
import { tenants } from './tenants.mjs';

const scope = 'launch/patient openid fhirUser patient/Patient.rs';

describe('signing in at the sandbox', () => {
  let sandbox;
  let person;

  before(async () => {
    sandbox = await startSandbox({
      tenants,
      clients: [{ client_id: 'registered', redirect_uris: ['https://app.example/callback'] }],
      appOrigins: ['https://demo.example'],
    });
  });

  beforeEach(() => {
    person = createPerson(sandbox);
  });

  after(async () => {
    assert.deepEqual(
      sandbox.log.filter(({ fault }) => fault),
      [],
    );
    await sandbox.close();
  });

  it('a request may be posted as well', async () => {
    const { url } = authorizationRequest(sandbox, { scope: 'launch/patient openid' });
    const { origin, pathname, searchParams } = new URL(url);
    const posted = { method: 'POST', body: searchParams };
    const page = await createPerson(sandbox).visit(`${origin}${pathname}`, posted);
    assert.match(page.html, /id="username"/);
    const [seen] = sandbox.log.filter(({ leg, method }) => leg === 'authorize' && method === 'POST');
    assert.equal(seen.query.scope, 'launch/patient openid');
    assert.equal(seen.query.state, '…');
  });

  it('a person signs in, consents, and the app gets a code, its state, and the issuer', async () => {
    const { callback, state } = await signIn(sandbox, { scope });
    assert.equal(callback.origin + callback.pathname, redirectUri);
    assert.equal(callback.searchParams.get('state'), state);
    assert.equal(callback.searchParams.get('iss'), sandbox.origin);
    assert.match(callback.searchParams.get('code'), /^[\w-]{20,}$/);
  });

  it('a patient does not choose: there is one record', async () => {
    const tokens = await obtainTokens(sandbox, { scope });
    assert.equal(tokens.patient, 'anna');
  });

  it('somebody who looks after two records chooses one of them', async () => {
    let page = await person.visit(authorizationRequest(sandbox, { scope }).url);
    page = await person.submit(page, { username: 'parent', password: 'parent-pw', 'sign-in': 'yes' });
    assert.deepEqual(offeredPatients(page), ['anna', 'ben']);
    const tokens = await obtainTokens(sandbox, { scope, username: 'parent', patient: 'ben' });
    assert.equal(tokens.patient, 'ben');
  });

  it('a clinician chooses from all patients of the organisation, whose names are text and not markup', async () => {
    let page = await person.visit(authorizationRequest(sandbox, { scope }).url);
    page = await person.submit(page, { username: 'dr-lee', password: 'dr-lee-pw', 'sign-in': 'yes' });
    assert.deepEqual(offeredPatients(page), ['anna', 'ben', 'cleo']);
    assert.doesNotMatch(page.html, /Cleo <b>/);
    const tokens = await obtainTokens(sandbox, { scope, username: 'dr-lee', patient: 'cleo' });
    assert.equal(tokens.patient, 'cleo');
  });

  it('nobody can choose a record that is not offered', async () => {
    let page = await person.visit(authorizationRequest(sandbox, { scope }).url);
    page = await person.submit(page, { username: 'parent', password: 'parent-pw', 'sign-in': 'yes' });
    page = await person.submit(page, { patient: 'cleo', choose: 'yes' });
    assert.deepEqual(offeredPatients(page), ['anna', 'ben'], 'the choice is asked for again');
  });

  it('without a scope that is about a patient, no patient is chosen and none is told', async () => {
    const tokens = await obtainTokens(sandbox, {
      scope: 'openid fhirUser user/Patient.rs',
      username: 'dr-lee',
    });
    assert.equal(tokens.patient, undefined);
    assert.equal(tokens.need_patient_banner, undefined);
  });

  it('consent says every scope in words, and leaves out what this server does not know', async () => {
    const asked = `${scope} patient/Observation.rs?category=http://terminology.hl7.org/CodeSystem/observation-category|laboratory patient/Unicorn.rs`;
    let page = await person.visit(authorizationRequest(sandbox, { scope: asked }).url);
    page = await person.submit(page, { username: 'anna', password: 'anna-pw', 'sign-in': 'yes' });
    assert.deepEqual(offeredScopes(page), asked.split(' ').slice(0, -1));
    assert.match(page.html, /Read name, birth date and contact details of the chosen person/);
    assert.match(page.html, /Read measurements and lab results of the kind “laboratory”/);
    assert.match(page.html, /It is about <strong><bdi>Anna Example<\/bdi>/);
  });

  it('a scope that is unticked is not granted', async () => {
    const tokens = await obtainTokens(sandbox, { scope, without: ['patient/Patient.rs'] });
    assert.equal(tokens.scope, 'launch/patient openid fhirUser');
    const { status } = await readFhir(sandbox, 'Patient/anna', tokens.access_token);
    assert.equal(status, 403);
  });

  it('Deny brings access_denied and the state to the app', async () => {
    const { callback, state } = await signIn(sandbox, { scope, decision: 'deny' });
    assert.equal(callback.searchParams.get('error'), 'access_denied');
    assert.equal(callback.searchParams.get('state'), state);
    assert.equal(callback.searchParams.get('code'), null);
  });

  it('Cancel at the sign-in brings access_denied to the app', async () => {
    const page = await person.visit(authorizationRequest(sandbox, { scope }).url);
    const { url } = await person.submit(page, { cancel: 'yes' });
    assert.equal(new URL(url).searchParams.get('error'), 'access_denied');
  });

  it('a wrong password is said on the page, which keeps the name, and can be tried again', async () => {
    let page = await person.visit(authorizationRequest(sandbox, { scope }).url);
    page = await person.submit(page, { username: 'anna', password: 'wrong', 'sign-in': 'yes' });
    assert.match(page.html, /role="alert">The user name or the password is wrong/);
    assert.match(page.html, /id="username"[^>]* value="anna"[^>]* aria-describedby="problem"/);
    page = await person.submit(page, { username: 'anna', password: 'anna-pw', 'sign-in': 'yes' });
    assert.match(page.html, /value="allow"/);
  });

  it('the sign-in page names the accounts of its organisation, and says that it is a sandbox', async () => {
    const { html } = await person.visit(authorizationRequest(sandbox, { scope, tenant: 'south' }).url);
    assert.match(html, /South Hospital/);
    assert.match(html, /Do not type a real password/);
    assert.match(html, /<code>anna-pw<\/code>/);
    assert.doesNotMatch(html, /dr-lee/);
  });

  it('who is signed in already is asked for consent only', async () => {
    await signIn(sandbox, { scope, person });
    const page = await person.visit(authorizationRequest(sandbox, { scope }).url);
    assert.match(page.html, /You are signed in as <bdi>Name of anna/);
  });

  it('an account of one organisation is nobody in another one', async () => {
    await signIn(sandbox, { scope, person });
    const tokens = await obtainTokens(sandbox, { scope, person, tenant: 'south' });
    assert.equal(tokens.tenant, 'south');
  });

  it('another account can be used in the same browser, and has its own record', async () => {
    await signIn(sandbox, { scope, person });
    const consent = await person.visit(authorizationRequest(sandbox, { scope }).url);
    const [, link] = /href="([^"]+other-account)"/.exec(consent.html);
    let page = await person.visit(new URL(link.replaceAll('&#47;', '/'), sandbox.origin));
    page = await person.submit(page, { username: 'parent', password: 'parent-pw', 'sign-in': 'yes' });
    assert.deepEqual(offeredPatients(page), ['anna', 'ben']);
    page = await person.submit(page, { patient: 'ben', choose: 'yes' });
    assert.match(page.html, /signed in as <bdi>Name of parent/);
    page = await person.submit(page, { decision: 'allow' });
    assert.ok(new URL(page.url).searchParams.has('code'));
  });

  it('a form that is sent again after the sign-in is over says so', async () => {
    const page = await person.visit(authorizationRequest(sandbox, { scope }).url);
    await person.submit(page, { username: 'anna', password: 'anna-pw', 'sign-in': 'yes' });
    const again = await person.submit(page, { username: 'anna', password: 'anna-pw', 'sign-in': 'yes' });
    assert.equal(again.status, 400);
    assert.match(again.html, /This sign-in is over/);
  });

  it('an aud that is not the FHIR base of an organisation is refused, and so is none', async () => {
    for (const aud of ['https://elsewhere.example/fhir', sandbox.fhirBase('east'), undefined]) {
      const { callback, state } = await signIn(sandbox, { scope, aud });
      assert.equal(callback.searchParams.get('error'), 'invalid_request', `aud ${aud}`);
      assert.match(callback.searchParams.get('error_description'), /aud/);
      assert.equal(callback.searchParams.get('state'), state);
    }
  });

  it('an aud may end with a slash', async () => {
    const { callback } = await signIn(sandbox, { scope, aud: `${sandbox.fhirBase()}/` });
    assert.ok(callback.searchParams.has('code'));
  });

  it('PKCE with the method plain is refused, and so is a request without PKCE', async () => {
    for (const method of ['plain', undefined]) {
      const challenge = method ? { code_challenge_method: method } : { code_challenge: undefined };
      const { callback } = await signIn(sandbox, { scope, code_challenge_method: undefined, ...challenge });
      assert.equal(callback.searchParams.get('error'), 'invalid_request');
    }
  });

  it('demo-app may be anywhere on this machine and at the given origins, and nowhere else', async () => {
    const visit = (uri) => person.visit(authorizationRequest(sandbox, { scope, redirect_uri: uri }).url);
    for (const uri of ['http://localhost:5173/', 'http://127.0.0.1:1/a/b?c=d', 'https://demo.example/app']) {
      assert.match((await visit(uri)).html, /id="username"/, uri);
    }
    for (const uri of [
      'https://evil.example/',
      'http://localhost.evil.example/',
      'https://demo.example.evil/',
    ]) {
      const page = await visit(uri);
      assert.equal(page.status, 400, uri);
      assert.match(page.html, /redirect_uri/);
    }
  });

  it('a registered client may be at its own address only', async () => {
    const visit = (uri) =>
      person.visit(authorizationRequest(sandbox, { scope, client_id: 'registered', redirect_uri: uri }).url);
    assert.match((await visit('https://app.example/callback')).html, /id="username"/);
    assert.equal((await visit('http://127.0.0.1:9/')).status, 400);
  });

  it('no page runs a script, and each can be kept for Back', async () => {
    let page = await person.visit(authorizationRequest(sandbox, { scope }).url);
    for (const fields of [{ username: 'parent', password: 'parent-pw' }, { patient: 'anna' }, undefined]) {
      const policy = page.headers.get('content-security-policy');
      assert.match(policy, /default-src 'none'/);
      assert.match(policy, /form-action 'self' http:\/\/127\.0\.0\.1:9;/, 'the app is where the form leads');
      assert.doesNotMatch(page.html, /<script/);
      assert.doesNotMatch(page.headers.get('cache-control') ?? '', /no-store/);
      assert.match(page.html, /<html lang="en">[^]*<h1>/);
      page = fields ? await person.submit(page, fields) : page;
    }
  });

  describe('from an EHR', () => {
    const app = `${redirectUri}?app=1`;

    async function launch(context) {
      const { url } = await person.visit(sandbox.launchUrl(app, context));
      return Object.fromEntries(new URL(url).searchParams);
    }

    it('the app is opened with iss and launch, which bring the patient and the encounter', async () => {
      const { iss, launch: id, app: own } = await launch({ patient: 'ben', encounter: 'visit-1' });
      assert.equal(iss, sandbox.fhirBase('north'));
      assert.equal(own, '1');
      const request = { scope: 'launch patient/Patient.rs', launch: id, username: 'dr-lee' };
      const tokens = await obtainTokens(sandbox, request);
      assert.deepEqual([tokens.patient, tokens.encounter], ['ben', 'visit-1']);
    });

    it('without the scope launch, the patient is chosen', async () => {
      const { launch: id } = await launch({ patient: 'ben' });
      const request = { scope: 'launch/patient patient/Patient.rs', launch: id, username: 'dr-lee' };
      const tokens = await obtainTokens(sandbox, { ...request, patient: 'cleo' });
      assert.equal(tokens.patient, 'cleo');
    });

    it('a launch works once, and only for the organisation that it came from', async () => {
      const { launch: id } = await launch({ patient: 'anna' });
      const request = { scope: 'launch patient/Patient.rs', launch: id };
      const elsewhere = await signIn(sandbox, { ...request, tenant: 'south' });
      assert.equal(elsewhere.callback.searchParams.get('error'), 'invalid_request');
      assert.ok((await signIn(sandbox, request)).callback.searchParams.has('code'));
      const again = await signIn(sandbox, request);
      assert.equal(again.callback.searchParams.get('error'), 'invalid_request');
    });

    it('nobody opens a record with it that is not theirs', async () => {
      const { launch: id } = await launch({ patient: 'ben' });
      const { page } = await signIn(sandbox, { scope: 'launch patient/Patient.rs', launch: id });
      assert.match(page.html, /You may not open the record/);
    });

    it('a launch without an app, or at no organisation, is refused', async () => {
      for (const url of ['/launch/north', '/launch/north?app=javascript:1', `/launch/east?app=${app}`]) {
        assert.equal((await person.visit(sandbox.origin + url)).status, 400, url);
      }
    });
  });
});
