import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { startSandbox } from '../../demo/sandbox/sandbox.mjs';
import { obtainTokens, readFhir } from './person.mjs';
import { tenants } from './tenants.mjs';

const laboratory = 'category=http://terminology.hl7.org/CodeSystem/observation-category|laboratory';

describe('the FHIR server of the sandbox', () => {
  let sandbox;
  const tokens = new Map();

  before(async () => {
    sandbox = await startSandbox({ tenants });
  });

  after(async () => {
    assert.deepEqual(
      sandbox.log.filter(({ fault }) => fault),
      [],
    );
    await sandbox.close();
  });

  /** A token for scopes, from a sign-in that is done once. */
  async function tokenFor(scope, who = {}) {
    const key = `${scope} ${JSON.stringify(who)}`;
    if (!tokens.has(key)) {
      tokens.set(key, (await obtainTokens(sandbox, { scope, ...who })).access_token);
    }
    return tokens.get(key);
  }

  async function ask(path, scope, { method, tenant, ...who } = {}) {
    return readFhir(sandbox, path, await tokenFor(scope, who), { method, tenant });
  }

  const idsOf = ({ body }) => (body.entry ?? []).map(({ resource }) => resource.id);

  function assertRefused({ status, headers, body }, expectedStatus, code) {
    assert.equal(status, expectedStatus);
    assert.match(headers.get('content-type'), /^application\/fhir\+json/);
    assert.equal(headers.get('access-control-allow-origin'), '*');
    assert.equal(body.resourceType, 'OperationOutcome');
    assert.equal(body.issue[0].code, code);
    assert.ok(body.issue[0].diagnostics);
  }

  it('a resource is read with its version', async () => {
    const { status, headers, body } = await ask('Patient/anna', 'patient/Patient.rs');
    assert.equal(status, 200);
    assert.match(headers.get('content-type'), /^application\/fhir\+json/);
    assert.equal(headers.get('etag'), 'W/"3"');
    assert.equal(headers.get('last-modified'), 'Fri, 02 Jan 2026 03:04:05 GMT');
    assert.match(headers.get('access-control-expose-headers'), /ETag.*WWW-Authenticate/);
    assert.equal(body.id, 'anna');
    assert.deepEqual(body.meta, { versionId: '3', lastUpdated: '2026-01-02T03:04:05Z' });
  });

  it('a version that is there is read, and another one is not found', async () => {
    assert.equal((await ask('Patient/anna/_history/3', 'patient/Patient.rs')).body.id, 'anna');
    assertRefused(await ask('Patient/anna/_history/4', 'patient/Patient.rs'), 404, 'not-found');
  });

  it('without a token there is nothing but discovery', async () => {
    const refused = await readFhir(sandbox, 'Patient/anna');
    assertRefused(refused, 401, 'login');
    assert.equal(refused.headers.get('www-authenticate'), 'Bearer realm="fhir"');
    assert.equal((await readFhir(sandbox, 'metadata')).status, 200);
  });

  it('a token that is worth nothing is called invalid', async () => {
    const refused = await readFhir(sandbox, 'Patient/anna', 'made-up');
    assertRefused(refused, 401, 'login');
    assert.equal(refused.headers.get('www-authenticate'), 'Bearer realm="fhir", error="invalid_token"');
  });

  it('what no scope permits is insufficient_scope, with the scope that is missing', async () => {
    const refused = await ask('Observation/lab-1', 'patient/Patient.rs');
    assertRefused(refused, 403, 'forbidden');
    const challenge = refused.headers.get('www-authenticate');
    assert.match(challenge, /error="insufficient_scope"/);
    assert.match(challenge, /scope="patient\/Observation\.r"/);
  });

  it('what is not there is 404, what was deleted is 410, and what is not offered is 404', async () => {
    assertRefused(await ask('Observation/none', 'patient/Observation.rs'), 404, 'not-found');
    assertRefused(await ask('Observation/withdrawn', 'patient/Observation.rs'), 410, 'deleted');
    assertRefused(await ask('Unicorn/1', 'patient/Observation.rs'), 404, 'not-supported');
    assertRefused(await ask('Patient/anna/$everything', 'patient/Patient.rs'), 404, 'not-supported');
    assertRefused(await readFhir(sandbox, '/fhir/R4/east/Patient/anna', 'x'), 404, 'not-found');
  });

  it('scopes of version 1: read reads and searches', async () => {
    assert.equal((await ask('Observation/lab-1', 'patient/Observation.read')).status, 200);
    assert.equal(idsOf(await ask('Observation', 'patient/Observation.read')).length, 5);
    assert.equal((await ask('Observation', 'patient/*.*')).status, 200);
    assert.equal((await ask('Observation', 'patient/Observation.write')).status, 403);
  });

  it('scopes of version 2: r reads, s searches, and neither does the other', async () => {
    assert.equal((await ask('Observation/lab-1', 'patient/Observation.r')).status, 200);
    assert.equal((await ask('Observation', 'patient/Observation.r')).status, 403);
    assert.equal((await ask('Observation/lab-1', 'patient/Observation.s')).status, 403);
    assert.equal((await ask('Observation', 'patient/Observation.s')).status, 200);
    assert.equal((await ask('Observation', 'patient/*.rs')).status, 200);
  });

  it('a granular scope gives one category, and no more', async () => {
    const scope = `launch/patient patient/Observation.rs?${laboratory}`;
    assert.deepEqual(idsOf(await ask('Observation', scope)).sort(), ['lab-1', 'lab-2', 'lab-3']);
    assert.equal((await ask('Observation/lab-1', scope)).status, 200);
    assertRefused(await ask('Observation/pulse-1', scope), 403, 'forbidden');
  });

  it('a patient scope reaches one record only, for a clinician too', async () => {
    const who = { username: 'dr-lee', patient: 'anna' };
    for (const person of [{}, who]) {
      const found = await ask('Observation', 'patient/Observation.rs', person);
      assert.equal(found.body.total, 5);
      assert.ok(!idsOf(found).includes('lab-of-ben'));
      assertRefused(await ask('Observation/lab-of-ben', 'patient/Observation.rs', person), 403, 'forbidden');
    }
    assert.deepEqual(idsOf(await ask('Patient', 'patient/Patient.rs', who)), ['anna']);
    const others = await ask('Observation?patient=ben', 'patient/Observation.rs', who);
    assert.equal(others.body.total, 0);
  });

  it('a user scope reaches as far as the person does', async () => {
    const scope = 'user/Patient.rs user/Observation.rs';
    const seenBy = async (username) => idsOf(await ask('Patient', scope, { username })).sort();
    assert.deepEqual(await seenBy('dr-lee'), ['anna', 'ben', 'cleo']);
    assert.deepEqual(await seenBy('parent'), ['anna', 'ben']);
    assert.deepEqual(await seenBy('anna'), ['anna']);
  });

  it('staff belong to every record', async () => {
    assert.equal((await ask('Practitioner/lee', 'patient/*.rs')).status, 200);
  });

  it('a token of one organisation is worth nothing at another, not even for the same id', async () => {
    const refused = await ask('Patient/anna', 'patient/Patient.rs', { tenant: 'south' });
    assertRefused(refused, 401, 'login');
    assert.match(refused.headers.get('www-authenticate'), /invalid_token/);
    const own = await obtainTokens(sandbox, { scope: 'patient/Patient.rs', tenant: 'south' });
    const { body } = await readFhir(sandbox, 'Patient/anna', own.access_token, { tenant: 'south' });
    assert.equal(body.name[0].given[0], 'Another');
  });

  it('a searchset has full URLs, a total, and a link to itself', async () => {
    const { body } = await ask('Observation?code:text=lab-1&patient=anna', 'patient/Observation.rs');
    assert.equal(body.type, 'searchset');
    assert.equal(
      body.link.find(({ relation }) => relation === 'self').url,
      `${sandbox.fhirBase()}/Observation?code%3Atext=lab-1&patient=anna`,
    );
    const all = await ask('Observation?patient=anna', 'patient/Observation.rs');
    assert.equal(all.body.total, 5);
    for (const { fullUrl, resource, search } of all.body.entry) {
      assert.equal(fullUrl, `${sandbox.fhirBase()}/Observation/${resource.id}`);
      assert.equal(search.mode, 'match');
    }
  });

  it('pages follow each other by opaque links until everything was seen once', async () => {
    const seen = [];
    let path = 'Observation?patient=anna&_count=2&_sort=-date';
    while (path) {
      const page = await ask(path, 'patient/Observation.rs');
      assert.ok(idsOf(page).length <= 2);
      assert.equal(page.body.total, 5);
      seen.push(...idsOf(page));
      path = page.body.link.find(({ relation }) => relation === 'next')?.url;
      assert.doesNotMatch(path ?? '', /_page=\d+(&|$)/);
    }
    assert.equal(new Set(seen).size, 5);
    assert.equal(seen.length, 5);
    assert.equal(seen[0], 'lab-3');
  });

  it('a search that finds nothing has no entry, and neither has a count', async () => {
    for (const query of ['date=gt2030-01-01', '_count=0', '_summary=count']) {
      const { body } = await ask(`Observation?${query}`, 'patient/Observation.rs');
      assert.equal(body.entry, undefined, query);
      assert.equal(body.link.length, 1);
      assert.equal(body.total, query.startsWith('date') ? 0 : 5);
    }
  });

  it('searches by date, category and code narrow down', async () => {
    const search = async (query) => idsOf(await ask(`Observation?${query}`, 'patient/Observation.rs'));
    assert.deepEqual((await search('date=ge2026-02-01')).sort(), ['lab-2', 'lab-3', 'pulse-2']);
    assert.deepEqual((await search(`${laboratory}&date=lt2026-02-01`)).sort(), ['lab-1']);
  });

  it('_elements leaves out the rest, and says so', async () => {
    const { body } = await ask('Observation?_elements=status&_count=1', 'patient/Observation.rs');
    const [{ resource }] = body.entry;
    assert.deepEqual(Object.keys(resource).sort(), ['id', 'meta', 'resourceType', 'status']);
    assert.equal(resource.meta.tag[0].code, 'SUBSETTED');
  });

  it('what is included needs a scope of its own', async () => {
    const query = 'Observation?_id=lab-1&_include=Observation:performer';
    const modes = async (scope) => (await ask(query, scope)).body.entry.map(({ search }) => search.mode);
    assert.deepEqual(await modes('patient/Observation.rs patient/Practitioner.rs'), ['match', 'include']);
    assert.deepEqual(await modes('patient/Observation.rs'), ['match']);
  });

  it('nothing is created or changed, and who may not try is told so first', async () => {
    assertRefused(await ask('Observation', 'patient/Observation.rs', { method: 'POST' }), 403, 'forbidden');
    const refused = await ask('Observation/lab-1', 'patient/Observation.cud', { method: 'PUT' });
    assertRefused(refused, 405, 'not-supported');
    assert.equal(refused.headers.get('allow'), 'GET, DELETE');
  });

  it('a resource that was deleted is gone: 410, and no search finds it', async () => {
    const asRequest = { method: 'DELETE' };
    assertRefused(await ask('Observation/pulse-2', 'patient/Observation.rs', asRequest), 403, 'forbidden');
    assertRefused(await ask('Observation/lab-of-ben', 'patient/Observation.d', asRequest), 403, 'forbidden');
    assert.equal((await ask('Observation/pulse-2', 'patient/Observation.d', asRequest)).status, 204);
    assertRefused(await ask('Observation/pulse-2', 'patient/Observation.rs'), 410, 'deleted');
    assert.ok(!idsOf(await ask('Observation', 'patient/Observation.rs')).includes('pulse-2'));
  });

  it('any site may send a token and read the answer', async () => {
    const { status, headers } = await fetch(`${sandbox.fhirBase()}/Patient/anna`, {
      method: 'OPTIONS',
      headers: { origin: 'https://app.example', 'access-control-request-headers': 'authorization' },
    });
    assert.equal(status, 204);
    assert.equal(headers.get('access-control-allow-origin'), '*');
    assert.match(headers.get('access-control-allow-headers'), /Authorization/);
  });
});
