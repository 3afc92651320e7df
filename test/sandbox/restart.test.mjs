import assert from 'node:assert/strict';
import { after, beforeEach, describe, it } from 'node:test';

import { startSandbox } from '../../demo/sandbox/sandbox.mjs';
import { secondsLater } from './clock.mjs';
import {
  authorizationRequest,
  createPerson,
  obtainTokens,
  readFhir,
  redirectUri,
  refresh,
  requestToken,
  signIn,
} from './person.mjs';
import { tenants } from './tenants.mjs';

const scope = 'launch/patient openid patient/Patient.rs offline_access';

describe('a sandbox that is killed and started again', () => {
  let sandbox;

  const start = (more) => startSandbox({ tenants, ...more });

  /** @returns what is at the same place afterwards. */
  async function restart(more) {
    await sandbox.close();
    // By this, fetch learns that the connections it kept are gone.
    await assert.rejects(fetch(sandbox.origin), TypeError, 'nothing is there');
    sandbox = await start({ port: sandbox.port, state: sandbox.state(), ...more });
  }

  beforeEach(async () => {
    await sandbox?.close();
    sandbox = await start();
  });

  after(() => sandbox.close());

  it('is at the same place, with the same keys', async () => {
    const jwks = async () => (await fetch(`${sandbox.origin}/jwks`)).json();
    const { origin } = sandbox;
    const before = await jwks();
    await restart();
    assert.equal(sandbox.origin, origin);
    assert.deepEqual(await jwks(), before);
  });

  it('who was signed in is signed in', async () => {
    const { person } = await signIn(sandbox, { scope });
    await restart();
    const page = await person.visit(authorizationRequest(sandbox, { scope }).url);
    assert.match(page.html, /You are signed in as <bdi>Name of anna/);
  });

  it('who is about to sign in goes on where they were', async () => {
    const person = createPerson(sandbox);
    const { url, codeVerifier } = authorizationRequest(sandbox, { scope });
    let page = await person.visit(url);
    await restart();
    page = await person.submit(page, { username: 'parent', password: 'parent-pw', 'sign-in': 'yes' });
    page = await person.submit(page, { patient: 'ben', choose: 'yes' });
    await restart();
    page = await person.submit(page, { decision: 'allow' });
    await restart();
    const { status, body } = await requestToken(sandbox, {
      grant_type: 'authorization_code',
      code: new URL(page.url).searchParams.get('code'),
      redirect_uri: redirectUri,
      code_verifier: codeVerifier,
    });
    assert.deepEqual([status, body.patient], [200, 'ben']);
  });

  it('tokens work, and are about the same patient', async () => {
    const tokens = await obtainTokens(sandbox, { scope });
    await restart();
    assert.equal((await readFhir(sandbox, 'Patient/anna', tokens.access_token)).status, 200);
    const { status, body } = await refresh(sandbox, tokens.refresh_token);
    assert.deepEqual([status, body.patient, body.tenant], [200, 'anna', 'north']);
  });

  it('a rotated token is still known as used, and for how long', async () => {
    const rotated = async () => {
      const { refresh_token: token } = await obtainTokens(sandbox, { scope });
      await refresh(sandbox, token);
      await restart({ rotationGrace: 60 });
      return token;
    };
    const early = await rotated();
    assert.equal((await refresh(sandbox, early)).status, 200);
    const late = await rotated();
    assert.equal((await secondsLater(61, () => refresh(sandbox, late))).status, 400);
    assert.deepEqual(
      sandbox.log.map(({ reuse, withinGrace }) => ({ reuse, withinGrace })),
      [{ reuse: true, withinGrace: false }],
    );
  });

  it('a launch of an EHR that was not used yet works', async () => {
    const { url } = await createPerson(sandbox).visit(sandbox.launchUrl(redirectUri, { patient: 'anna' }));
    await restart();
    const launch = new URL(url).searchParams.get('launch');
    const tokens = await obtainTokens(sandbox, { scope: 'launch patient/Patient.rs', launch });
    assert.equal(tokens.patient, 'anna');
  });

  it('is closed at the very step of a renewal, and knows afterwards what it knew then', async () => {
    const statuses = {};
    for (const step of ['before', 'after', 'during']) {
      const { refresh_token: token } = await obtainTokens(sandbox, { scope });
      const killed = sandbox.breakNextRenewal(step, () => sandbox.close());
      await assert.rejects(refresh(sandbox, token), TypeError);
      await killed;
      await restart();
      statuses[step] = (await refresh(sandbox, token)).status;
    }
    assert.deepEqual(statuses, { before: 200, after: 400, during: 400 });
  });

  it('what was under way when it was closed changes nothing any more', async () => {
    const { refresh_token: token } = await obtainTokens(sandbox, { scope });
    const old = sandbox;
    // Asked in the midst of a renewal, which goes on as if nothing had happened.
    old.set({ refuseToken: () => void old.close() });
    await assert.rejects(refresh(old, token), TypeError);
    await restart();
    assert.equal((await refresh(sandbox, token)).status, 200);
    assert.equal(sandbox.log.at(-1).reuse, undefined);
  });

  it('without a state it begins anew', async () => {
    const { refresh_token: token } = await obtainTokens(sandbox, { scope });
    await restart({ state: undefined });
    assert.equal((await refresh(sandbox, token)).body.error, 'invalid_grant');
  });

  it('what it knows can be had while it runs, as a copy', async () => {
    const { refresh_token: token } = await obtainTokens(sandbox, { scope });
    const state = sandbox.state();
    await refresh(sandbox, token);
    const other = await start({ state });
    assert.equal((await refresh(other, token)).status, 200);
    await other.close();
  });
});
