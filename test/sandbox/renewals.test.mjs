import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';

import { fingerprintOf } from '../../demo/sandbox/request-log.mjs';
import { startSandbox } from '../../demo/sandbox/sandbox.mjs';
import { secondsLater } from './clock.mjs';
import { obtainTokens, post, readFhir, refresh, requestToken } from './person.mjs';
import { tenants } from './tenants.mjs';

const scope = 'launch/patient patient/Patient.rs offline_access';

describe('renewals at the sandbox', () => {
  let sandbox;
  let first;

  before(async () => {
    sandbox = await startSandbox({ tenants });
  });

  beforeEach(async () => {
    sandbox.reset();
    first = (await obtainTokens(sandbox, { scope })).refresh_token;
    sandbox.log.length = 0;
  });

  after(async () => {
    assert.deepEqual(
      sandbox.log.filter(({ fault }) => fault),
      [],
    );
    await sandbox.close();
  });

  const isGood = async (token) => (await readFhir(sandbox, 'Patient/anna', token)).status === 200;
  /** What the log tells of each renewal. */
  const renewals = () =>
    sandbox.log
      .filter(({ grantType }) => grantType === 'refresh_token')
      .map(({ status, refreshToken, reuse, withinGrace, brokenOff }) => ({
        status,
        token: refreshToken,
        ...(reuse && { withinGrace }),
        ...(brokenOff && { brokenOff }),
      }));

  describe('with a grace for rotated tokens', () => {
    it('a rotated token brings a new and valid answer again, for so many seconds after its first use', async () => {
      sandbox.set({ rotationGrace: 60 });
      const lost = await refresh(sandbox, first);
      const again = await secondsLater(30, () => refresh(sandbox, first));
      assert.equal(again.status, 200);
      assert.notEqual(again.body.refresh_token, lost.body.refresh_token);
      assert.equal(again.body.patient, 'anna');
      assert.ok(await isGood(again.body.access_token));
      assert.equal((await refresh(sandbox, again.body.refresh_token)).status, 200);
    });

    it('the grace begins with the first use, and not again with each', async () => {
      sandbox.set({ rotationGrace: 60 });
      await refresh(sandbox, first);
      assert.equal((await secondsLater(40, () => refresh(sandbox, first))).status, 200);
      assert.equal((await secondsLater(61, () => refresh(sandbox, first))).status, 400);
    });

    it('after the grace, reuse ends the whole grant', async () => {
      sandbox.set({ rotationGrace: 60 });
      const second = await refresh(sandbox, first);
      const late = await secondsLater(60, () => refresh(sandbox, first));
      assert.deepEqual([late.status, late.body.error], [400, 'invalid_grant']);
      assert.equal(await isGood(second.body.access_token), false);
      assert.equal((await refresh(sandbox, second.body.refresh_token)).body.error, 'invalid_grant');
    });

    it('a token that was revoked or has expired is not forgiven', async () => {
      sandbox.set({ rotationGrace: 60, refreshTokenLifetime: 20 });
      const { body } = await refresh(sandbox, first);
      const { refresh_token: short } = body;
      await refresh(sandbox, short);
      const expired = await secondsLater(30, () => refresh(sandbox, short));
      assert.equal(expired.body.error, 'invalid_grant');
      await post(sandbox, '/token/revocation', { token: first });
      assert.equal((await refresh(sandbox, first)).body.error, 'invalid_grant');
    });

    it('introspection does not call a rotated token good', async () => {
      sandbox.set({ rotationGrace: 60 });
      await refresh(sandbox, first);
      const { body } = await post(sandbox, '/token/introspection', { token: first });
      assert.equal(body.active, false);
    });
  });

  it('of two renewals with one token at the same time, one is a reuse', async () => {
    const answers = await Promise.all([refresh(sandbox, first), refresh(sandbox, first)]);
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 400]);
    sandbox.set({ rotationGrace: 60 });
    const other = (await obtainTokens(sandbox, { scope })).refresh_token;
    const forgiven = await Promise.all([refresh(sandbox, other), refresh(sandbox, other)]);
    assert.deepEqual(
      forgiven.map(({ status }) => status),
      [200, 200],
    );
  });

  it('the log tells which token was presented, whether again, and whether that was forgiven, and no token', async () => {
    sandbox.set({ rotationGrace: 60 });
    const { body } = await refresh(sandbox, first);
    await refresh(sandbox, first);
    await refresh(sandbox, body.refresh_token);
    await secondsLater(61, () => refresh(sandbox, first));
    // The grant is gone, and with it the token; that it was used is still known.
    await secondsLater(61, () => refresh(sandbox, first));
    const [token, next] = [fingerprintOf(first), fingerprintOf(body.refresh_token)];
    assert.deepEqual(renewals(), [
      { status: 200, token },
      { status: 200, token, withinGrace: true },
      { status: 200, token: next },
      { status: 400, token, withinGrace: false },
      { status: 400, token, withinGrace: false },
    ]);
    assert.match(token, /^[0-9a-f]{12}$/);
    assert.ok(!JSON.stringify(sandbox.log).includes(first));
  });

  it('a token that does not rotate is never a reuse', async () => {
    sandbox.set({ rotate: false });
    await refresh(sandbox, first);
    await refresh(sandbox, first);
    const token = fingerprintOf(first);
    assert.deepEqual(renewals(), [
      { status: 200, token },
      { status: 200, token },
    ]);
  });

  describe('broken off', () => {
    const fails = (promise) => assert.rejects(promise, TypeError);
    const token = () => fingerprintOf(first);

    it('before the request is looked at: nothing was rotated', async () => {
      const broken = sandbox.breakNextRenewal('before');
      await fails(refresh(sandbox, first));
      await broken;
      assert.equal((await refresh(sandbox, first)).status, 200);
      assert.deepEqual(renewals(), [
        { status: 0, token: token(), brokenOff: 'before' },
        { status: 200, token: token() },
      ]);
    });

    it('after the token was rotated, before a byte of the answer: reuse is what comes next', async () => {
      const broken = sandbox.breakNextRenewal('after');
      await fails(refresh(sandbox, first));
      await broken;
      assert.equal((await refresh(sandbox, first)).body.error, 'invalid_grant');
      assert.deepEqual(renewals(), [
        { status: 0, token: token(), brokenOff: 'after' },
        { status: 400, token: token(), withinGrace: false },
      ]);
    });

    it('after the token was rotated, and within a grace the grant goes on', async () => {
      sandbox.set({ rotationGrace: 60 });
      sandbox.breakNextRenewal('after');
      await fails(refresh(sandbox, first));
      const { status, body } = await refresh(sandbox, first);
      assert.equal(status, 200);
      assert.ok(await isGood(body.access_token));
    });

    it('during the answer: headers came, and half of the body', async () => {
      const broken = sandbox.breakNextRenewal('during');
      const response = await fetch(`${sandbox.origin}/token`, {
        method: 'POST',
        headers: { origin: 'http://127.0.0.1:9' },
        body: new URLSearchParams({
          client_id: 'demo-app',
          grant_type: 'refresh_token',
          refresh_token: first,
        }),
      });
      assert.equal(response.status, 200);
      assert.match(response.headers.get('content-type'), /^application\/json/);
      assert.equal(response.headers.get('access-control-allow-origin'), 'http://127.0.0.1:9');
      let received = '';
      const receive = async () => {
        for await (const chunk of response.body) {
          received += Buffer.from(chunk);
        }
      };
      await fails(receive());
      await broken;
      const length = Number(response.headers.get('content-length'));
      assert.equal(received.length, Math.floor(length / 2));
      assert.match(received, /^\{"access_token":"/);
      const [renewal] = renewals();
      assert.deepEqual(renewal, { status: 0, token: token(), brokenOff: 'during' });
    });

    it('once, and only a renewal that comes to that step', async () => {
      sandbox.breakNextRenewal('after');
      assert.equal((await refresh(sandbox, 'unknown')).status, 400);
      assert.equal((await requestToken(sandbox, { grant_type: 'authorization_code' })).status, 400);
      const other = (await obtainTokens(sandbox, { scope })).refresh_token;
      await fails(refresh(sandbox, first));
      assert.equal((await refresh(sandbox, other)).status, 200);
    });

    it('not after a reset, which forgets what has not happened yet', async () => {
      sandbox.breakNextRenewal('before');
      sandbox.reset();
      assert.equal((await refresh(sandbox, first)).status, 200);
    });

    it('at that moment a test can do what it wants, and is told of its own mistakes', async () => {
      const seen = [];
      const broken = sandbox.breakNextRenewal('after', async () => {
        await Promise.resolve();
        seen.push(renewals().length);
      });
      await fails(refresh(sandbox, first));
      await broken;
      assert.deepEqual(seen, [0], 'the connection was still open');
      const mistaken = sandbox.breakNextRenewal('before', () => {
        throw new Error('of the test');
      });
      await Promise.all([assert.rejects(mistaken, /of the test/), fails(refresh(sandbox, first))]);
      assert.throws(() => sandbox.breakNextRenewal('later'), /no step “later”/);
    });

    it('each, until the switch is reset, and no sign-in', async () => {
      for (const step of ['before', 'after', 'during']) {
        sandbox.set({ breakRenewal: step });
        const { refresh_token: renewal } = await obtainTokens(sandbox, { scope });
        await fails(refresh(sandbox, renewal));
        await fails(refresh(sandbox, (await obtainTokens(sandbox, { scope })).refresh_token));
      }
      sandbox.reset();
      assert.equal((await refresh(sandbox, first)).status, 200);
    });
  });

  describe('that say how long a refresh token lasts', () => {
    const wellKnown = async () => (await readFhir(sandbox, '.well-known/smart-configuration')).body;

    it('only where the switch says so', async () => {
      const tokens = await obtainTokens(sandbox, { scope });
      assert.equal(tokens.refresh_token_timeout, undefined);
      assert.equal((await wellKnown()).refresh_token_expiration_types_supported, undefined);
    });

    it('each answer with a refresh token, in seconds; offline_access for its lifetime', async () => {
      sandbox.set({ saysRefreshLifetime: true, refreshTokenLifetime: 5000 });
      assert.deepEqual((await wellKnown()).refresh_token_expiration_types_supported, ['token_timeout']);
      const tokens = await obtainTokens(sandbox, { scope });
      assert.equal(tokens.refresh_token_timeout, 5000);
      const renewed = await secondsLater(100, () => refresh(sandbox, tokens.refresh_token));
      assert.equal(renewed.body.refresh_token_timeout, 5000);
      const without = await obtainTokens(sandbox, { scope: 'launch/patient' });
      assert.equal(without.refresh_token_timeout, undefined);
    });

    it('online_access until the session ends, and a token that does not rotate until it ends', async () => {
      sandbox.set({ saysRefreshLifetime: true, sessionLifetime: 1000 });
      const online = await obtainTokens(sandbox, { scope: 'launch/patient online_access' });
      assert.equal(online.refresh_token_timeout, 1000);
      const near = ({ body }, expected) =>
        assert.ok(Math.abs(body.refresh_token_timeout - expected) <= 2, `${body.refresh_token_timeout}`);
      const renewed = await secondsLater(400, () => refresh(sandbox, online.refresh_token));
      near(renewed, 600);
      sandbox.set({ rotate: false });
      near(await secondsLater(500, () => refresh(sandbox, renewed.body.refresh_token)), 500);
    });
  });
});
