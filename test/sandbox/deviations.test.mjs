import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { deviations, presets, switchesOf } from '../../demo/sandbox/deviations/index.mjs';
import { startSandbox } from '../../demo/sandbox/sandbox.mjs';
import { differences } from './differences.mjs';
import { as, lookUp, observe } from './observation.mjs';
import { obtainTokens, readFhir } from './person.mjs';
import { tenants } from './tenants.mjs';

describe('a sandbox that misbehaves on command', () => {
  let sandbox;
  let plain;

  before(async () => {
    sandbox = await startSandbox({ tenants });
    plain = await observe(sandbox);
  });

  after(() => sandbox.close());

  it('has a test for each deviation, and a deviation for each test', () => {
    assert.deepEqual(Object.keys(differences).sort(), Object.keys(deviations).sort());
  });

  for (const [name, expected] of Object.entries(differences)) {
    it(`${name}: ${deviations[name]?.says}`, async () => {
      const seen = await observe(as(sandbox, name));
      for (const [path, value] of Object.entries(expected)) {
        assert.deepEqual(lookUp(seen, path), value, path);
        assert.notDeepEqual(lookUp(plain, path), value, `${path} is the same at the plain server`);
      }
    });
  }

  for (const name of Object.keys(presets)) {
    it(`the preset ${name} is all of its deviations together`, async () => {
      const seen = await observe(as(sandbox, name));
      const expected = presets[name].deviations.flatMap((each) => Object.entries(differences[each]));
      for (const [path, value] of expected) {
        assert.deepEqual(lookUp(seen, path), value, `${name}: ${path}`);
      }
    });
  }

  it('a page of a search can be read wherever its link is on this server', async () => {
    for (const name of ['relative-next-links', 'next-links-at-base']) {
      const server = as(sandbox, name);
      const { access_token: token } = await obtainTokens(server, { scope: 'launch/patient patient/*.rs' });
      const first = await readFhir(server, 'Observation?_count=1', token);
      const second = await readFhir(server, first.body.link[1].url, token);
      assert.equal(second.status, 200, name);
      assert.notEqual(second.body.entry[0].resource.id, first.body.entry[0].resource.id, name);
    }
  });

  it('one server behaves in one way for one request, and in another for the next', async () => {
    const [oracle, here] = await Promise.all([observe(as(sandbox, 'oracle+no-scope')), observe(sandbox)]);
    assert.equal(oracle.token.expires_in, 570);
    assert.equal(oracle.token.scope, undefined);
    assert.equal(here.token.expires_in, 3600);
  });

  it('a preset can be the whole server, and switches are set over it', async () => {
    const server = await startSandbox({ tenants, preset: 'oracle', delay: { jwks: 1 } });
    assert.equal((await observe(server)).token.expires_in, 570);
    server.set({ accessTokenLifetime: 7 });
    assert.equal((await observe(server)).token.expires_in, 7);
    server.reset();
    assert.equal((await observe(server)).token.expires_in, 570);
    await server.close();
  });

  it('a name that nobody knows is said, at the start and in an address', async () => {
    assert.equal(switchesOf('oracle+nothing'), undefined);
    assert.equal(switchesOf('constructor'), undefined);
    await assert.rejects(startSandbox({ tenants, preset: 'nobody' }), /There is no preset “nobody”/);
    const { status } = await fetch(`${sandbox.origin}/as/nobody/fhir/R4/north/metadata`);
    assert.equal(status, 404);
  });
});
