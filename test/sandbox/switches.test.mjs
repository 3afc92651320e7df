import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';

import { startSandbox } from '../../demo/sandbox/sandbox.mjs';
import { legs } from '../../demo/sandbox/switches.mjs';
import { obtainTokens, redirectUri } from './person.mjs';
import { tenants } from './tenants.mjs';

describe('what can be switched at the sandbox', () => {
  let sandbox;
  let urls;

  before(async () => {
    sandbox = await startSandbox({ tenants });
    const { origin } = sandbox;
    urls = {
      wellKnown: `${sandbox.fhirBase()}/.well-known/smart-configuration`,
      metadata: `${sandbox.fhirBase()}/metadata`,
      authorize: `${origin}/auth`,
      screens: `${origin}/interaction/none`,
      token: `${origin}/token`,
      jwks: `${origin}/jwks`,
      revoke: `${origin}/token/revocation`,
      introspect: `${origin}/token/introspection`,
      endSession: `${origin}/session/end`,
      fhir: `${sandbox.fhirBase()}/Patient/anna`,
    };
  });

  beforeEach(() => {
    sandbox.set({ delay: 0, down: {}, html: {} });
    sandbox.log.length = 0;
  });

  after(() => sandbox.close());

  it('every leg can be down, without the others', async () => {
    for (const leg of legs) {
      sandbox.set({ down: { [leg]: true } });
      for (const [other, url] of Object.entries(urls)) {
        const { status, headers } = await fetch(url, { redirect: 'manual' });
        assert.equal(status === 503, other === leg, `${leg} is down, ${other} says ${status}`);
        assert.ok(status !== 503 || headers.get('access-control-allow-origin') === '*');
      }
    }
  });

  it('every leg can drop the connection', async () => {
    for (const leg of legs) {
      sandbox.set({ down: { [leg]: 'drop' } });
      await assert.rejects(fetch(urls[leg]), TypeError, leg);
    }
  });

  it('every leg can answer with a web page', async () => {
    for (const leg of legs) {
      sandbox.set({ html: { [leg]: true } });
      const response = await fetch(urls[leg]);
      assert.equal(response.status, 200);
      assert.equal(response.headers.get('content-type'), 'text/html');
      assert.match(await response.text(), /<!doctype html>/);
    }
  });

  /** How long something takes at least; nothing can be said of how long it takes at most. */
  async function timeOf(task) {
    const start = performance.now();
    await task();
    return performance.now() - start;
  }

  it('one leg can be slow, or all of them', async () => {
    sandbox.set({ delay: { jwks: 60 } });
    assert.ok((await timeOf(() => fetch(urls.jwks))) >= 59);
    sandbox.set({ delay: 60 });
    assert.ok((await timeOf(() => fetch(urls.metadata))) >= 59);
    assert.ok((await timeOf(() => fetch(sandbox.origin))) >= 59);
  });

  it('a preflight is answered at once, also by a leg that is slow or down', async () => {
    sandbox.set({ delay: 60_000, down: { fhir: true } });
    const { status } = await fetch(urls.fhir, { method: 'OPTIONS' });
    assert.equal(status, 204);
  });

  it('the log says what was asked, and keeps no secret', async () => {
    const tokens = await obtainTokens(sandbox, { scope: 'launch/patient openid online_access' });
    await fetch(urls.fhir, { headers: { authorization: `Bearer ${tokens.access_token}` } });
    const [authorize] = sandbox.log;
    assert.equal(authorize.leg, 'authorize');
    assert.equal(authorize.tenant, 'north');
    assert.equal(authorize.query.redirect_uri, redirectUri);
    assert.equal(authorize.query.state, '…');
    const token = sandbox.log.find(({ leg }) => leg === 'token');
    assert.deepEqual(
      [token.method, token.path, token.grantType, token.tenant, token.status],
      ['POST', '/token', 'authorization_code', 'north', 200],
    );
    assert.ok(token.at > 0);
    const read = sandbox.log.at(-1);
    assert.deepEqual([read.leg, read.tenant, read.status], ['fhir', 'north', 403]);
    const written = JSON.stringify(sandbox.log);
    for (const name of ['access_token', 'refresh_token', 'id_token']) {
      assert.ok(!written.includes(tokens[name]), name);
    }
    assert.doesNotMatch(written, /anna-pw/);
  });
});
