import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';

import { fingerprintOf } from '../../demo/sandbox/request-log.mjs';
import { startSandbox } from '../../demo/sandbox/sandbox.mjs';
import { secondsLater } from './clock.mjs';
import { obtainTokens, post, readFhir, refresh } from './person.mjs';
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
      .map(({ status, refreshToken, reuse, withinGrace }) => ({
        status,
        token: refreshToken,
        ...(reuse && { withinGrace }),
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
});
