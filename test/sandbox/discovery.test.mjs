import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';

import { startSandbox } from '../../demo/sandbox/sandbox.mjs';
import { readFhir } from './person.mjs';
import { tenants } from './tenants.mjs';

const oauthUris = 'http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris';
const wellKnown = '.well-known/smart-configuration';

describe('discovery at the sandbox', () => {
  let sandbox;

  before(async () => {
    sandbox = await startSandbox({ tenants });
  });

  beforeEach(() => {
    sandbox.set({ wellKnown: true, metadata: true, oauthUris: true, rewrite: {} });
  });

  after(() => sandbox.close());

  it('each organisation has a configuration with all that SMART requires', async () => {
    for (const { id } of tenants) {
      const { status, headers, body } = await readFhir(sandbox, wellKnown, undefined, { tenant: id });
      assert.equal(status, 200);
      assert.equal(headers.get('content-type'), 'application/json');
      assert.equal(headers.get('access-control-allow-origin'), '*');
      assert.equal(body.issuer, sandbox.origin);
      for (const name of [
        'authorization',
        'token',
        'revocation',
        'introspection',
        'management',
        'end_session',
      ]) {
        assert.match(body[`${name}_endpoint`], new RegExp(`^${sandbox.origin}/`), name);
      }
      assert.equal(body.jwks_uri, `${sandbox.origin}/jwks`);
      assert.deepEqual(body.code_challenge_methods_supported, ['S256']);
      assert.deepEqual(body.grant_types_supported, ['authorization_code', 'refresh_token']);
      assert.ok(body.scopes_supported.includes('patient/*.rs'));
      for (const capability of ['launch-standalone', 'launch-ehr', 'client-public', 'permission-v1']) {
        assert.ok(body.capabilities.includes(capability), capability);
      }
    }
  });

  it('the conformance statement names the endpoints in its oauth-uris extension', async () => {
    const { headers, body } = await readFhir(sandbox, 'metadata');
    assert.match(headers.get('content-type'), /^application\/fhir\+json/);
    assert.equal(body.resourceType, 'CapabilityStatement');
    assert.equal(body.fhirVersion, '4.0.1');
    const { extension } = body.rest[0].security.extension.find(({ url }) => url === oauthUris);
    assert.deepEqual(
      extension.map(({ url }) => url),
      ['authorize', 'token', 'revoke', 'introspect', 'manage'],
    );
    const { body: configuration } = await readFhir(sandbox, wellKnown);
    assert.equal(extension[0].valueUri, configuration.authorization_endpoint);
    assert.equal(extension[1].valueUri, configuration.token_endpoint);
  });

  it('each source can be switched off', async () => {
    sandbox.set({ wellKnown: false });
    assert.equal((await readFhir(sandbox, wellKnown)).status, 404);
    assert.equal((await readFhir(sandbox, 'metadata')).status, 200);
    sandbox.set({ wellKnown: true, metadata: false });
    assert.equal((await readFhir(sandbox, wellKnown)).status, 200);
    assert.equal((await readFhir(sandbox, 'metadata')).status, 404);
  });

  it('a conformance statement can name no endpoints', async () => {
    sandbox.set({ oauthUris: false });
    const { body } = await readFhir(sandbox, 'metadata');
    assert.equal(body.rest[0].security.extension, undefined);
  });

  it('both documents can be changed, to play another server', async () => {
    sandbox.set({
      rewrite: {
        wellKnown: (body) => ({ ...body, issuer: 'https://other.example' }),
        metadata: (body) => ({ ...body, rest: [] }),
      },
    });
    assert.equal((await readFhir(sandbox, wellKnown)).body.issuer, 'https://other.example');
    assert.deepEqual((await readFhir(sandbox, 'metadata')).body.rest, []);
  });

  it('the front page names the FHIR bases', async () => {
    const html = await (await fetch(sandbox.origin)).text();
    for (const { id } of tenants) {
      assert.ok(html.includes(`/fhir/R4/${id}`));
    }
  });
});
