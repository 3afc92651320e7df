import assert from 'node:assert/strict';
import { createPublicKey, verify } from 'node:crypto';
import { after, before, describe, it } from 'node:test';

import { deviations, presets, switchesOf } from '../../demo/sandbox/deviations/index.mjs';
import { startSandbox } from '../../demo/sandbox/sandbox.mjs';
import { readFhir, requestToken, redirectUri, signIn } from './person.mjs';
import { tenants } from './tenants.mjs';

const scope =
  'launch/patient openid fhirUser offline_access online_access patient/Patient.rs patient/Observation.read';

/** What differs between a server that keeps the rules and one that breaks one of them: a path into what is observed. */
const differences = {
  'no-well-known': { 'wellKnown.status': 404 },
  'slow-well-known': { 'wellKnown.status': 404, 'wellKnown.isSlow': true },
  'well-known-at-root': { 'wellKnown.status': 404, 'metadata.status': 404, 'root.status': 200 },
  'well-known-unavailable': { 'wellKnown.status': 503 },
  'well-known-rate-limited': { 'wellKnown.status': 429, 'wellKnown.retryAfter': '1' },
  'well-known-as-web-page': { 'wellKnown.type': 'text/html' },
  'well-known-as-text': { 'wellKnown.type': 'text/plain' },
  'missing-members': { 'wellKnown.body.capabilities': undefined },
  'no-authorize-endpoint': { 'wellKnown.body.authorization_endpoint': undefined },
  'relative-endpoints': { 'wellKnown.body.token_endpoint': '/as/relative-endpoints/token' },
  'insecure-endpoints': { 'wellKnown.body.token_endpoint': 'http://ehr.example/token' },
  'no-smart': { 'wellKnown.status': 404, 'metadata.body.rest.0.security.extension': undefined },
  open: { 'wellKnown.status': 404, 'openRead.status': 200 },
  'no-cors-on-discovery': { 'wellKnown.isReadable': false, 'metadata.isReadable': false },
  'xml-metadata': { 'metadata.type': 'application/fhir+xml' },
  'dstu2-metadata': { 'metadata.body.resourceType': 'Conformance' },
  'capabilities-of-version-1': { 'wellKnown.body.capabilities.3': 'context-passthrough-banner' },
  'no-standalone-capability': { 'wellKnown.body.capabilities.1': 'client-public' },
  'few-scopes-supported': { 'wellKnown.body.scopes_supported.length': 5 },
  'no-scopes-supported': { 'wellKnown.body.scopes_supported': undefined },
  'no-optional-endpoints': { 'wellKnown.body.revocation_endpoint': undefined },
  'no-pkce-advertised': { 'wellKnown.body.code_challenge_methods_supported': undefined },
  'no-refresh-advertised': { 'wellKnown.body.grant_types_supported.length': 1 },
  'legacy-oauth-advertised': { 'wellKnown.body.response_types_supported.length': 3 },
  'keys-by-openid-only': { 'wellKnown.body.jwks_uri': undefined },
  'only-scopes-of-version-1': { 'wellKnown.body.capabilities.includes permission-v2': false },
  'authorize-post': { 'wellKnown.body.capabilities.includes authorize-post': true },
  'authorize-query': { authorizeSearch: '?realm=patients' },
  'raw-launch': { isLaunchRaw: true },
  'strict-aud': { 'slashAud.error': 'invalid_request' },
  'unknown-scope-is-refused': { 'coverage.error': 'invalid_scope' },
  'launch-scope-is-unknown': { 'withLaunch.error': 'invalid_scope' },
  'version-1-scopes-are-dropped': { 'token.scope.includes patient/Observation.read': false },
  'scopes-are-trimmed': { 'token.scope.includes patient/Patient.rs': false },
  'offline-access-is-dropped': { 'token.scope.includes offline_access': false },
  'no-response-iss': { 'callback.iss': undefined },
  'other-response-iss': { 'callback.iss': 'https://elsewhere.example' },
  'error-without-state': { 'denied.state': undefined },
  'code-without-state': { 'callback.state': undefined },
  'code-and-error': { 'callback.error': 'temporarily_unavailable' },
  'errors-by-address': { 'denied.error_description': undefined, 'refused.body.error_description': undefined },
  'session-state': { 'callback.session_state': 'b8f0b6a2' },
  'short-tokens': { 'token.expires_in': 570 },
  'no-refresh-tokens': { 'token.refresh_token': undefined },
  'no-new-refresh-token': { 'renewed.refresh_token': undefined },
  'same-refresh-token': { isRefreshTokenSame: true },
  'bare-renewal': { 'renewed.expires_in': undefined, 'renewed.scope': undefined },
  'another-patient-on-renewal': { 'renewed.patient': 'somebody-else' },
  'refresh-scopes-not-echoed': { 'token.scope.includes online_access': false },
  'no-lifetime': { 'token.expires_in': undefined },
  'lifetime-as-text': { 'token.expires_in': '3600' },
  'lifetime-of-zero': { 'token.expires_in': 0 },
  'no-scope': { 'token.scope': undefined },
  'scopes-as-addresses': {
    'token.scope.includes http://smarthealthit.org/fhir/scopes/patient/Patient.rs': true,
  },
  'scopes-split-and-reordered': { 'token.scope.includes patient/Patient.r patient/Patient.s': true },
  'scopes-nobody-asked-for': { 'token.scope.includes user_impersonation': true },
  'no-token-type': { 'token.token_type': undefined },
  'lower-case-token-type': { 'token.token_type': 'bearer' },
  'other-token-type': { 'token.token_type': 'mac' },
  'no-access-token': { 'token.access_token': undefined },
  'errors-as-success': { 'refused.status': 200 },
  'errors-as-401': { 'refused.status': 401 },
  'token-as-web-page': { token: undefined },
  'no-cors-on-token': { 'refused.isReadable': false },
  'extra-members': { 'token.practioner': 'lee' },
  'no-patient': { 'token.patient': undefined },
  'banner-as-text': { 'token.need_patient_banner': 'false' },
  'context-of-version-2.0': { 'token.fhirContext.0': 'ImagingStudy/1' },
  'context-of-version-2.2': { 'token.fhirContext.0.reference': 'ImagingStudy/1' },
  'app-context': { 'token.appContext': '{"card":7}' },
  'authorization-details': { 'token.authorization_details.0.type': 'smart_on_fhir' },
  'issuer-elsewhere': {
    'wellKnown.body.issuer': 'https://identity.example/oauth2',
    'idToken.claims.iss': 'https://identity.example/oauth2',
  },
  'issuer-with-slash': { 'wellKnown.body.issuer.endsWith /': true },
  'no-id-token': { 'token.id_token': undefined },
  'id-token-expired': { 'idToken.isOver': true },
  'id-token-of-another-issuer': { 'idToken.claims.iss': 'https://elsewhere.example' },
  'id-token-for-another-app': { 'idToken.claims.aud': 'another-app' },
  'id-token-with-other-nonce': { 'idToken.claims.nonce': 'another' },
  'id-token-without-nonce': { 'idToken.claims.nonce': undefined },
  'id-token-without-signature': { 'idToken.header.alg': 'none', 'idToken.isGood': false },
  'id-token-with-bad-signature': { 'idToken.isGood': false },
  'id-token-without-key-id': { 'idToken.header.kid': undefined },
  'id-token-poor-on-renewal': { 'renewedIdToken.claims.aud': undefined },
  'no-cors-on-keys': { 'jwks.isReadable': false },
  'relative-fhir-user': { 'idToken.claims.fhirUser': 'Patient/anna' },
  'profile-in-place-of-fhir-user': { 'idToken.claims.fhirUser': undefined },
  'fhir-user-elsewhere': { 'idToken.claims.fhirUser': 'https://elsewhere.example/fhir/Patient/1' },
  'fhir-user-of-unknown-type': { 'idToken.claims.fhirUser.endsWith /Device/1': true },
  'no-cors-on-401': { 'refusedRead.isReadable': false },
  'relative-next-links': { 'nextLink.startsWith Observation?': true },
  'next-links-elsewhere': { 'nextLink.startsWith https://inner-proxy.example/': true },
  'revocation-unavailable': { 'revoked.status': 503 },
  'revocation-refused': { 'revoked.status': 400 },
  'no-cors-on-revocation': { 'revoked.isReadable': false },
};

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

/** The sandbox as one that behaves as its name says. */
function as(sandbox, name) {
  return {
    ...sandbox,
    origin: `${sandbox.origin}/as/${name}`,
    fhirBase: (tenant = 'north') => sandbox.fhirBase(tenant, name),
  };
}

/** Everything that an app can see of a server. */
async function observe(server) {
  const base = server.fhirBase();
  const jsonOf = async (url, init) => {
    const start = performance.now();
    const response = await fetch(url, init);
    const { status, headers } = response;
    const text = await response.text();
    return {
      status,
      type: headers.get('content-type')?.split(';')[0],
      isReadable: headers.get('access-control-allow-origin') !== null,
      retryAfter: headers.get('retry-after') ?? undefined,
      isSlow: performance.now() - start > 590,
      body: /^[[{]/.test(text) ? JSON.parse(text) : undefined,
    };
  };
  const wellKnown = await jsonOf(`${base}/.well-known/smart-configuration`);
  const root = await jsonOf(`${server.origin}/.well-known/smart-configuration`);
  const metadata = await jsonOf(`${base}/metadata`);
  const metadataAsJson = await jsonOf(`${base}/metadata?_format=json`);
  const launched = await fetch(`${server.origin}/launch/north?app=${redirectUri}&patient=anna`, {
    redirect: 'manual',
  });
  const { authorization_endpoint: authorize = '' } = wellKnown.body ?? {};
  const answer = await signIn(server, { scope, nonce: 'nonce-1' });
  const denied = await signIn(server, { scope: 'openid', decision: 'deny' });
  const slashAud = await signIn(server, { scope: 'openid', aud: `${base}/` });
  const coverage = await signIn(server, { scope: 'openid patient/Coverage.rs' });
  const withLaunch = await signIn(server, { scope: 'launch openid' });
  const post = (form) => ({
    method: 'POST',
    headers: { origin: 'http://127.0.0.1:9' },
    body: new URLSearchParams({ client_id: 'demo-app', ...form }),
  });
  const code = answer.callback.searchParams.get('code');
  const token = code ? await exchange(server, answer, code) : undefined;
  const renewed = token?.refresh_token ? await renew(server, token.refresh_token) : undefined;
  const { authorization } = { authorization: `Bearer ${renewed?.access_token ?? token?.access_token}` };
  const page = await readFhir(server, 'Observation?_count=1', authorization.slice(7)).catch(() => undefined);
  const jwks = await jsonOf(`${server.origin}/jwks`);
  return {
    // Wherever it is, and in whatever form it comes first.
    wellKnown: { ...wellKnown, body: root.status === 200 ? root.body : wellKnown.body },
    metadata: { ...metadata, body: metadata.body ?? metadataAsJson.body },
    root,
    openRead: await jsonOf(`${base}/Patient/anna`),
    refusedRead: await jsonOf(`${base}/Patient/anna`, { headers: { authorization: 'Bearer nothing' } }),
    authorizeSearch: URL.canParse(authorize) ? new URL(authorize).search : undefined,
    isLaunchRaw: /launch=[^&]*\+/.test(launched.headers.get('location')),
    callback: Object.fromEntries(answer.callback.searchParams),
    denied: Object.fromEntries(denied.callback.searchParams),
    slashAud: Object.fromEntries(slashAud.callback.searchParams),
    withLaunch: Object.fromEntries(withLaunch.callback.searchParams),
    coverage: Object.fromEntries(coverage.callback.searchParams),
    token,
    renewed,
    isRefreshTokenSame: token?.refresh_token !== undefined && token.refresh_token === renewed?.refresh_token,
    idToken: readIdToken(token?.id_token, jwks.body),
    renewedIdToken: readIdToken(renewed?.id_token, jwks.body),
    refused: await jsonOf(
      `${server.origin}/token`,
      post({ grant_type: 'refresh_token', refresh_token: 'none' }),
    ),
    revoked: await jsonOf(`${server.origin}/token/revocation`, post({ token: 'none' })),
    jwks,
    nextLink: page?.body?.link?.find(({ relation }) => relation === 'next')?.url,
  };
}

/** @returns the token answer; undefined where it is not JSON. */
async function exchange(server, { codeVerifier }, code) {
  const form = {
    grant_type: 'authorization_code',
    code,
    redirect_uri: redirectUri,
    code_verifier: codeVerifier,
  };
  return bodyOf(requestToken(server, form));
}

async function renew(server, refreshToken) {
  return bodyOf(requestToken(server, { grant_type: 'refresh_token', refresh_token: refreshToken }));
}

async function bodyOf(answer) {
  try {
    return (await answer).body;
  } catch {
    return undefined;
  }
}

function readIdToken(idToken, jwks) {
  if (!idToken) {
    return undefined;
  }
  const [header, claims, signature] = idToken.split('.');
  const read = (part) => JSON.parse(Buffer.from(part, 'base64url').toString());
  const key = createPublicKey({ key: jwks.keys[0], format: 'jwk' });
  const signed = Buffer.from(`${header}.${claims}`);
  return {
    header: read(header),
    claims: read(claims),
    isOver: read(claims).exp * 1000 < Date.now(),
    isGood: verify('sha256', signed, key, Buffer.from(signature, 'base64url')),
  };
}

/** `a.b` is a member, `a.includes x` and its like are asked of a text or a list. */
function lookUp(value, path) {
  const [where, ...words] = path.split(' ');
  let found = value;
  const names = where.split('.');
  const question = words.length > 0 ? names.pop() : undefined;
  for (const name of names) {
    found = found?.[name];
  }
  return question ? found?.[question](words.join(' ')) : found;
}
