import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';

import { targetOf } from '../../demo/backend/fhir-proxy.mjs';
import { askAs, askRaw, cookieOf, openBrowser, openSandbox, startAt } from './browsers.mjs';

describe('requests to the backend', () => {
  let sandbox;
  let site;
  let browser;
  let cookie;
  let id;

  before(async () => {
    sandbox = await openSandbox();
  });

  beforeEach(async () => {
    site = await startAt(sandbox);
    browser = openBrowser(site);
    cookie = cookieOf(await browser.signIn());
    ({ id } = await browser.takeUp());
  });

  afterEach(() => site.close());
  after(() => sandbox.close());

  const routes = [
    ['GET', '/smart/session'],
    ['POST', '/smart/refresh'],
    ['POST', '/smart/sign-out'],
    ['GET', '/smart/fhir/Patient/anna'],
    ['POST', '/smart/fhir/Patient/_search'],
    ['DELETE', '/smart/fhir/Patient/anna'],
  ];

  /** Asks as something else than a script of this page, with its cookie, and shows that nothing came of it. */
  async function isRefused(method, path, headers, code) {
    const before = site.asked.length;
    const { status, body } = await browser.ask(path, { method, headers });
    assert.deepEqual([status, body.code], [403, code]);
    assert.equal(site.asked.length, before, 'the server was asked nothing');
    assert.equal((await browser.takeUp()).id, id, 'the session is as it was');
  }

  for (const [method, path] of routes) {
    it(`${method} ${path}: without the header of a script it is refused`, async () => {
      await isRefused(method, path, { 'smart-session': undefined }, 'missing-header');
    });

    it(`${method} ${path}: from another origin it is refused, whatever header it has`, async () => {
      for (const origin of ['https://evil.example', 'null', site.origin.replace('http:', 'https:')]) {
        await isRefused(method, path, { origin }, 'foreign-origin');
      }
      for (const from of ['cross-site', 'same-site', 'none']) {
        await isRefused(method, path, { 'sec-fetch-site': from }, 'foreign-origin');
      }
    });
  }

  it('what may change something names its origin', async () => {
    await isRefused('POST', '/smart/sign-out', { origin: undefined }, 'foreign-origin');
  });

  it('another site’s script gets no leave to ask', async () => {
    const headers = {
      origin: 'https://evil.example',
      'access-control-request-method': 'GET',
      'access-control-request-headers': 'smart-session',
    };
    for (const path of ['/smart/session', '/smart/fhir/Patient/anna']) {
      const answer = await askAs(site, path, { method: 'OPTIONS', ...headers });
      assert.ok(answer.status >= 400);
      assert.deepEqual(
        [...answer.headers.keys()].filter((name) => name.startsWith('access-control')),
        [],
      );
    }
  });

  it('no answer of the backend is kept by a browser', async () => {
    for (const path of ['/smart/session', '/smart/fhir/Patient/anna', '/smart/callback', '/smart/sign-in']) {
      const { headers } = await askAs(site, path, { cookie, 'smart-session': id });
      assert.equal(headers.get('cache-control'), 'no-store', path);
    }
  });

  it('another browser sees nothing, and neither does a guessed or an ended cookie', async () => {
    for (const other of ['', 'smart-session=', 'smart-session=guessed', `smart-session=${id}`]) {
      const headers = { cookie: other, 'smart-session': id };
      const { text } = await askAs(site, '/smart/session', headers);
      assert.deepEqual(JSON.parse(text), { status: 'signed-out', fhir_base: sandbox.fhirBase('north') });
      const { status } = await askAs(site, '/smart/fhir/Patient/anna', headers);
      assert.equal(status, 401);
    }
  });

  it('a page that shows another session than the cookie is of gets nothing of it, and ends nothing', async () => {
    for (const other of ['none', 'an-older-one', '']) {
      for (const [method, path] of routes.slice(1, 4)) {
        const { status, body } = await browser.ask(path, { method, headers: { 'smart-session': other } });
        assert.deepEqual([status, body.code], [409, 'other-session']);
      }
    }
    assert.equal((await browser.takeUp()).id, id);
  });

  describe('what is passed on to the FHIR server', () => {
    const climbing = [
      '../north/Patient/anna',
      '../../south/Patient/anna',
      '%2e%2e/%2e%2e/token',
      '..%2f..%2ftoken',
      '..%2F..%2Ftoken',
      '%2e%2e%2f%2e%2e%2ftoken',
      '..%5c..%5ctoken',
      '..\\..\\token',
      '..;/..;/token',
      'Patient/..;a=b/..',
      '%252e%252e%252ftoken',
      'Patient%2fanna',
      'Patient//anna',
      '/evil.example/Patient',
      '//evil.example/Patient',
      'http://evil.example/Patient',
      'https:evil.example',
      '@evil.example/Patient',
      ':8080/Patient',
      'Patient/anna%00',
      'Patient/anna%0d%0aX-Evil:1',
      'Patient/ann%61',
      '.well-known/smart-configuration',
    ];
    for (const path of climbing) {
      it(`not ${JSON.stringify(path)}`, async () => {
        const before = site.asked.length;
        const headers = { cookie, 'smart-session': id, 'sec-fetch-site': 'same-origin' };
        const { status, text } = await askRaw(site, `/smart/fhir/${path}`, headers);
        assert.ok(status >= 400 && status < 500, `${status} ${text}`);
        assert.equal(site.asked.length, before, 'the server was asked nothing');
      });

      it(`not ${JSON.stringify(path)}, also where a framework has not looked at it`, () => {
        const target = targetOf('https://ehr.example/fhir/R4', path, '');
        assert.equal(target, undefined);
      });
    }

    it('what a URL parser makes of dots is asked for where it ends, and only below the FHIR base', async () => {
      const headers = { cookie, 'smart-session': id, 'sec-fetch-site': 'same-origin' };
      for (const path of ['Observation/../Patient/anna', 'Patient/./anna', 'Patient/anna#/../..']) {
        const { status } = await askRaw(site, `/smart/fhir/${path}`, headers);
        assert.equal(status, 200, path);
        assert.equal(site.asked.at(-1).url, `${sandbox.fhirBase('north')}/Patient/anna`);
      }
      for (const path of ['Patient/.', 'Patient/..', 'Patient/anna#/..']) {
        assert.equal(targetOf('https://ehr.example/fhir', path, ''), undefined, path);
      }
    });

    const proper = ['Patient/anna', 'Patient', 'Patient/anna/_history/3', 'metadata', ''];
    for (const path of proper) {
      it(`but ${JSON.stringify(path)}`, () => {
        for (const base of ['https://ehr.example/fhir/R4', 'https://ehr.example/fhir/R4/']) {
          assert.equal(targetOf(base, path, '?a=b')?.href, `https://ehr.example/fhir/R4/${path}?a=b`);
        }
      });
    }

    it('a search, as it was written', async () => {
      const { status, body } = await browser.ask('/smart/fhir/Patient?_id=anna&name=Example%2CAnna');
      assert.deepEqual([status, body.type], [200, 'searchset']);
      assert.match(site.asked.at(-1).url, /Patient\?_id=anna&name=Example%2CAnna$/);
    });

    it('the token of the session, and of the browser’s headers only those on the list', async () => {
      await browser.ask('/smart/fhir/Patient/anna', {
        headers: {
          authorization: 'Bearer from-the-page',
          accept: 'application/fhir+json',
          'if-none-match': 'W/"1"',
          'x-forwarded-for': '10.0.0.1',
          'x-http-method-override': 'DELETE',
          forwarded: 'for=evil',
        },
      });
      const { headers } = site.asked.at(-1);
      assert.deepEqual([...headers.keys()].sort(), ['accept', 'authorization', 'if-none-match']);
      const [, token] = headers.get('authorization').split(' ');
      assert.ok(site.issued.has(token));
    });

    it('of the server’s headers only those on the list come back', async () => {
      sandbox.set({
        headers: {
          fhir: {
            'set-cookie': 'smart-session=planted',
            'access-control-allow-origin': 'https://evil.example',
            'access-control-allow-credentials': 'true',
            'x-powered-by': 'A server',
            'clear-site-data': '"*"',
            refresh: '0; url=https://evil.example',
            etag: 'W/"7"',
          },
        },
      });
      const { headers } = await browser.ask('/smart/fhir/Patient/anna');
      const names = [...headers.keys()].filter(
        (name) => !['connection', 'date', 'keep-alive', 'transfer-encoding'].includes(name),
      );
      assert.deepEqual(names, [
        'cache-control',
        'content-security-policy',
        'content-type',
        'etag',
        'last-modified',
        'referrer-policy',
        'x-content-type-options',
      ]);
      assert.equal(headers.get('etag'), 'W/"7"');
      assert.match(headers.get('content-security-policy'), /default-src 'none'; sandbox/);
    });

    it('no method but those on the list', async () => {
      for (const [method, path] of [
        ['DELETE', 'Patient/anna'],
        ['PUT', 'Patient/anna'],
        ['PATCH', 'Patient/anna'],
        ['POST', 'Patient'],
        ['POST', ''],
        ['POST', 'Patient/anna'],
      ]) {
        const before = site.asked.length;
        const { status, body } = await browser.ask(`/smart/fhir/${path}`, { method });
        assert.deepEqual([status, body.code], [405, 'method-not-allowed'], `${method} ${path}`);
        assert.equal(site.asked.length, before);
      }
    });

    it('no more than a megabyte', async () => {
      const { status, body } = await browser.ask('/smart/fhir/Patient/_search', {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: `name=${'a'.repeat(1_000_001)}`,
      });
      assert.deepEqual([status, body.code], [413, 'too-large']);
    });

    it('what the server refuses is the server’s to say', async () => {
      const { status, headers, body } = await browser.ask('/smart/fhir/Observation');
      assert.equal(status, 403);
      assert.match(headers.get('content-type'), /fhir\+json/);
      assert.equal(body.resourceType, 'OperationOutcome');
    });

    it('a redirect of the server is not followed', async () => {
      sandbox.set({ headers: { fhir: { location: 'https://evil.example' } }, down: { fhir: 302 } });
      const { status, body } = await browser.ask('/smart/fhir/Patient/anna');
      assert.deepEqual([status, body.code], [502, 'server-redirects']);
    });

    it('a server that drops the connection ends nothing', async () => {
      sandbox.set({ down: { fhir: 'drop' } });
      const { status, headers, body } = await browser.ask('/smart/fhir/Patient/anna');
      assert.deepEqual([status, body.code], [502, 'server-unreachable']);
      assert.equal(headers.get('content-type'), 'application/problem+json');
      sandbox.reset();
      assert.equal((await browser.ask('/smart/fhir/Patient/anna')).status, 200);
    });
  });

  it('the page comes with a policy that lets it talk to this site only', async () => {
    const { status, headers, text } = await askAs(site, '/backend.html');
    assert.equal(status, 200);
    assert.match(text, /<smart-auth backend="\/smart">/);
    const policy = headers.get('content-security-policy');
    assert.match(policy, /connect-src 'self';/);
    assert.match(policy, /frame-ancestors 'none'/);
    for (const path of ['/backend/sessions.mjs', '/../package.json', '/demo.css/..%2f..%2fpackage.json']) {
      assert.equal((await askRaw(site, path)).status, 404, path);
    }
  });
});
