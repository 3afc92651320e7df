import assert from 'node:assert/strict';
import { createPublicKey, verify } from 'node:crypto';
import { after, before, beforeEach, describe, it } from 'node:test';

import { startSandbox } from '../../demo/sandbox/sandbox.mjs';
import { secondsLater } from './clock.mjs';
import {
  createPerson,
  obtainTokens,
  post,
  readFhir,
  redirectUri,
  refresh,
  requestToken,
  signIn,
} from './person.mjs';
import { tenants } from './tenants.mjs';

const scope = 'launch/patient openid fhirUser patient/Patient.rs';
const lifetimes = { accessTokenLifetime: 3600, refreshTokenLifetime: 86_400, sessionLifetime: 3600 };

describe('tokens of the sandbox', () => {
  let sandbox;

  before(async () => {
    sandbox = await startSandbox({ tenants });
  });

  beforeEach(() => {
    sandbox.set({ ...lifetimes, refreshTokens: true, refuseRefresh: false, rewrite: {} });
  });

  after(async () => {
    assert.deepEqual(
      sandbox.log.filter(({ fault }) => fault),
      [],
    );
    await sandbox.close();
  });

  const isAccepted = async (token) => (await readFhir(sandbox, 'Patient/anna', token)).status === 200;

  function readIdToken(jwt) {
    return jwt
      .split('.')
      .slice(0, 2)
      .map((part) => JSON.parse(Buffer.from(part, 'base64url')));
  }

  it('a token response says what SMART asks for', async () => {
    const tokens = await obtainTokens(sandbox, { scope });
    const { access_token: token, id_token: idToken, ...rest } = tokens;
    assert.match(token, /^[\w-]{20,}$/);
    assert.ok(idToken);
    assert.deepEqual(rest, {
      token_type: 'Bearer',
      expires_in: 3600,
      scope,
      patient: 'anna',
      need_patient_banner: true,
      tenant: 'north',
      smart_style_url: `${sandbox.origin}/smart-style.json`,
    });
    const style = await fetch(tokens.smart_style_url);
    assert.equal(style.headers.get('access-control-allow-origin'), '*');
    assert.match((await style.json()).color_background, /^#/);
  });

  it('launch/encounter brings the latest visit that has begun', async () => {
    const tokens = await obtainTokens(sandbox, { scope: `${scope} launch/encounter` });
    assert.equal(tokens.encounter, 'visit-2');
  });

  it('the id_token is signed, and names the person, the app and the nonce', async () => {
    const tokens = await obtainTokens(sandbox, { scope, nonce: 'n-1' });
    const [header, claims] = readIdToken(tokens.id_token);
    assert.equal(header.alg, 'RS256');
    assert.equal(claims.iss, sandbox.origin);
    assert.equal(claims.aud, 'demo-app');
    assert.equal(claims.nonce, 'n-1');
    assert.equal(claims.name, 'Name of anna');
    assert.equal(claims.fhirUser, `${sandbox.fhirBase('north')}/Patient/anna`);
    const { keys } = await (await fetch(`${sandbox.origin}/jwks`)).json();
    const key = createPublicKey({ key: keys.find(({ kid }) => kid === header.kid), format: 'jwk' });
    const [head, body, signature] = tokens.id_token.split('.');
    assert.ok(verify('RSA-SHA256', Buffer.from(`${head}.${body}`), key, Buffer.from(signature, 'base64url')));
  });

  it('fhirUser is not told where it was not asked for', async () => {
    const tokens = await obtainTokens(sandbox, { scope: 'openid launch/patient' });
    assert.equal(readIdToken(tokens.id_token)[1].fhirUser, undefined);
  });

  it('a code works once, and its second use ends what the first one gave', async () => {
    const { callback, codeVerifier } = await signIn(sandbox, { scope });
    const exchange = {
      grant_type: 'authorization_code',
      code: callback.searchParams.get('code'),
      redirect_uri: redirectUri,
      code_verifier: codeVerifier,
    };
    const first = await requestToken(sandbox, exchange);
    assert.ok(await isAccepted(first.body.access_token));
    const second = await requestToken(sandbox, exchange);
    assert.deepEqual([second.status, second.body.error], [400, 'invalid_grant']);
    assert.equal(await isAccepted(first.body.access_token), false);
  });

  it('a code without the right verifier is refused', async () => {
    const { callback } = await signIn(sandbox, { scope });
    const { body } = await requestToken(sandbox, {
      grant_type: 'authorization_code',
      code: callback.searchParams.get('code'),
      redirect_uri: redirectUri,
      code_verifier: 'x'.repeat(43),
    });
    assert.equal(body.error, 'invalid_grant');
  });

  it('online_access and offline_access bring a refresh token, and neither brings none', async () => {
    const isRenewable = async (more) =>
      (await obtainTokens(sandbox, { scope: `${scope} ${more}`.trim() })).refresh_token !== undefined;
    assert.deepEqual(
      [await isRenewable('online_access'), await isRenewable('offline_access'), await isRenewable('')],
      [true, true, false],
    );
    sandbox.set({ refreshTokens: false });
    assert.equal(await isRenewable('online_access'), false);
  });

  it('a renewal brings a new refresh token, and keeps the patient', async () => {
    const first = await obtainTokens(sandbox, { scope: `${scope} online_access` });
    const { status, body } = await refresh(sandbox, first.refresh_token);
    assert.equal(status, 200);
    assert.notEqual(body.refresh_token, first.refresh_token);
    assert.notEqual(body.access_token, first.access_token);
    assert.equal(body.patient, 'anna');
    assert.equal(body.scope, `${scope} online_access`);
    assert.ok(await isAccepted(body.access_token));
  });

  it('a refresh token that is used twice ends the whole grant', async () => {
    const first = await obtainTokens(sandbox, { scope: `${scope} offline_access` });
    const second = await refresh(sandbox, first.refresh_token);
    const reuse = await refresh(sandbox, first.refresh_token);
    assert.deepEqual([reuse.status, reuse.body.error], [400, 'invalid_grant']);
    assert.equal(await isAccepted(second.body.access_token), false);
    assert.equal((await refresh(sandbox, second.body.refresh_token)).body.error, 'invalid_grant');
  });

  it('a renewal may ask for less, and not for more', async () => {
    const { refresh_token: token } = await obtainTokens(sandbox, { scope: `${scope} offline_access` });
    const more = await refresh(sandbox, token, { scope: `${scope} patient/Observation.rs` });
    assert.equal(more.body.error, 'invalid_scope');
    const less = await refresh(sandbox, token, { scope: 'launch/patient patient/Patient.rs' });
    assert.equal(less.body.scope, 'launch/patient patient/Patient.rs');
  });

  it('a renewal without client_id is refused', async () => {
    const { refresh_token: token } = await obtainTokens(sandbox, { scope: `${scope} online_access` });
    const { status } = await refresh(sandbox, token, { client_id: '' });
    assert.ok(status === 400 || status === 401);
  });

  it('online_access ends with the session, however long a refresh token would last', async () => {
    sandbox.set({ sessionLifetime: 100, refreshTokenLifetime: 5000 });
    const lifeOf = async (more) => {
      const { refresh_token: token } = await obtainTokens(sandbox, { scope: `${scope} ${more}` });
      const { body } = await post(sandbox, '/token/introspection', { token });
      return body.exp - body.iat;
    };
    assert.ok((await lifeOf('online_access')) <= 100);
    assert.equal(await lifeOf('offline_access'), 5000);
  });

  it('when everybody is signed out, online_access is over and offline_access goes on', async () => {
    const person = createPerson(sandbox);
    const online = await obtainTokens(sandbox, { scope: `${scope} online_access`, person });
    const offline = await obtainTokens(sandbox, { scope: `${scope} offline_access`, person });
    sandbox.endSessions();
    assert.equal((await refresh(sandbox, online.refresh_token)).body.error, 'invalid_grant');
    assert.equal((await refresh(sandbox, offline.refresh_token)).status, 200);
  });

  it('two grants in one browser do not know each other', async () => {
    const person = createPerson(sandbox);
    const first = await obtainTokens(sandbox, { scope: `${scope} online_access`, person });
    const second = await obtainTokens(sandbox, { scope: `${scope} online_access`, person, tenant: 'south' });
    assert.deepEqual([first.tenant, second.tenant], ['north', 'south']);
    assert.equal((await refresh(sandbox, first.refresh_token)).body.tenant, 'north');
    assert.equal((await refresh(sandbox, second.refresh_token)).body.tenant, 'south');
  });

  it('revoking a refresh token ends its access token too', async () => {
    const tokens = await obtainTokens(sandbox, { scope: `${scope} online_access` });
    const { status, headers } = await post(sandbox, '/token/revocation', { token: tokens.refresh_token });
    assert.equal(status, 200);
    assert.equal(headers.get('access-control-allow-origin'), 'http://127.0.0.1:9');
    assert.equal(await isAccepted(tokens.access_token), false);
    assert.equal((await refresh(sandbox, tokens.refresh_token)).body.error, 'invalid_grant');
  });

  it('introspection tells of a token that is good, and nothing of any other', async () => {
    const { access_token: token } = await obtainTokens(sandbox, { scope });
    const { body } = await post(sandbox, '/token/introspection', { token });
    assert.deepEqual(
      { active: body.active, scope: body.scope, client: body.client_id, patient: body.patient },
      { active: true, scope, client: 'demo-app', patient: 'anna' },
    );
    await post(sandbox, '/token/revocation', { token });
    assert.deepEqual((await post(sandbox, '/token/introspection', { token })).body, { active: false });
  });

  it('every endpoint that a page asks can be asked from any site', async () => {
    for (const path of ['/token', '/jwks', '/token/revocation', '/token/introspection']) {
      const { headers } = await fetch(sandbox.origin + path, {
        method: 'OPTIONS',
        headers: {
          origin: 'https://app.example',
          'access-control-request-method': path === '/jwks' ? 'GET' : 'POST',
          'access-control-request-headers': 'content-type',
        },
      });
      assert.equal(headers.get('access-control-allow-origin'), 'https://app.example', path);
    }
  });

  it('an access token is worth nothing after its lifetime', async () => {
    sandbox.set({ accessTokenLifetime: 1 });
    const { access_token: token, expires_in: seconds } = await obtainTokens(sandbox, { scope });
    assert.equal(seconds, 1);
    await secondsLater(2, async () => assert.equal(await isAccepted(token), false));
  });

  it('what was given can be taken back: access tokens, refresh tokens, all tokens, grants', async () => {
    const obtain = () => obtainTokens(sandbox, { scope: `${scope} offline_access` });
    const left = async ({ access_token: access, refresh_token: renewal }) => [
      await isAccepted(access),
      (await refresh(sandbox, renewal)).status === 200,
    ];
    const afterCalling = async (name) => {
      const tokens = await obtain();
      sandbox[name]();
      return left(tokens);
    };
    assert.deepEqual(await afterCalling('forgetAccessTokens'), [false, true]);
    assert.deepEqual(await afterCalling('forgetRefreshTokens'), [true, false]);
    assert.deepEqual(await afterCalling('revokeAll'), [false, false]);
    assert.deepEqual(await afterCalling('endGrants'), [false, false]);
    assert.deepEqual(await afterCalling('forgetEverything'), [false, false]);
  });

  it('a refresh can be refused by a switch, and works again afterwards', async () => {
    const { refresh_token: token } = await obtainTokens(sandbox, { scope: `${scope} online_access` });
    sandbox.set({ refuseRefresh: true });
    const refused = await refresh(sandbox, token);
    assert.deepEqual([refused.status, refused.body.error], [400, 'invalid_grant']);
    sandbox.set({ refuseRefresh: false });
    assert.equal((await refresh(sandbox, token)).status, 200);
  });

  it('a token response can be changed by a switch, to play another server', async () => {
    sandbox.set({ rewrite: { token: (body) => ({ ...body, expires_in: '3600', scope: undefined }) } });
    const tokens = await obtainTokens(sandbox, { scope });
    assert.equal(tokens.expires_in, '3600');
    assert.equal(tokens.scope, undefined);
  });
});
