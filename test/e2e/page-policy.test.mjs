import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';

import { engine, openBrowser } from './harness/browser.mjs';
import { requestsOf } from './harness/journey.mjs';
import { snapshotOf, startPortal, untilStatus } from './harness/portal.mjs';

/** The portal under an address of its own, whose pages have these headers besides. */
async function startFront({ origin }) {
  const front = { headers: {} };
  const server = createServer(async (request, response) => {
    const answer = await fetch(`${origin}${request.url}`);
    const isPage = answer.headers.get('content-type')?.startsWith('text/html');
    response.writeHead(answer.status, {
      'content-type': answer.headers.get('content-type') ?? 'text/plain',
      ...(isPage && front.headers),
    });
    response.end(Buffer.from(await answer.arrayBuffer()));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(front, {
    origin: `http://127.0.0.1:${server.address().port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}

describe(`the page’s own policy, and servers that are down, in ${engine}`, () => {
  let browser;
  let portal;
  let front;
  let page;

  before(async () => {
    browser = await openBrowser({ isLight: true });
    portal = await startPortal();
    front = await startFront(portal.app);
  });

  after(async () => {
    await browser?.close();
    await front?.close();
    await portal?.close();
  });

  beforeEach(async () => {
    portal.sandbox.reset();
    portal.sandbox.log.length = 0;
    page = await browser.newPage();
  });

  afterEach(() => page.close());

  const enforced = 'content-security-policy';
  const reported = 'content-security-policy-report-only';
  const own = "connect-src 'self'";
  const down = { wellKnown: 'drop', metadata: 'drop' };

  /** Opens a page with this policy. @returns the code of what is wrong with signing in there. */
  async function open(headers) {
    front.headers = headers;
    await page.goto(`${front.origin}/app.html`);
    await page.waitFor(() => {
      const { session } = document.querySelector('smart-auth');
      return session && session.status !== 'starting' && (session.status !== 'signed-out' || session.error);
    });
    return (await snapshotOf(page)).error;
  }

  for (const policy of [
    own,
    "default-src 'self'",
    "connect-src 'none'",
    'connect-src https://other.example',
  ]) {
    it(`SMART-7: ${policy} is said to be what keeps the page from its server`, async () => {
      assert.equal(await open({ [enforced]: policy }), 'discovery/blocked-by-policy');
      assert.equal((await snapshotOf(page)).status, 'unavailable');
      const text = await page.text();
      assert.match(text, /This page does not let itself reach the health record server/);
      assert.ok(text.includes(`List ${portal.sandbox.origin} in connect-src`), 'with what to add to it');
      assert.match(text, /For whoever made this page/);
      assert.deepEqual(requestsOf(portal.sandbox, 'wellKnown'), [], 'the server was not asked');
    });
  }

  it('SMART-7: it is said whether the server is up or down: the page does not get as far as that', async () => {
    portal.sandbox.set({ down });
    assert.equal(await open({ [enforced]: own }), 'discovery/blocked-by-policy');
  });

  for (const [what, headersFor] of [
    ['without a policy', () => ({})],
    ['with one that only reports', () => ({ [reported]: own })],
    ['with one that lists the server', ({ origin }) => ({ [enforced]: `${own} ${origin}` })],
    ['with one about images', () => ({ [enforced]: "img-src 'none'" })],
  ]) {
    it(`SMART-7: ${what}, a server that is down is said to be out of reach`, async () => {
      portal.sandbox.set({ down });
      assert.equal(await open(headersFor(portal.sandbox)), 'discovery/unreachable');
      assert.match(await page.text(), /The health record server could not be reached/);
    });

    it(`SMART-7: ${what}, a server that is up can be signed in at`, async () => {
      front.headers = headersFor(portal.sandbox);
      await page.goto(`${front.origin}/app.html`);
      await untilStatus(page, 'signed-out');
      await page.click('smart-login-button >>> button');
      await page.waitFor(() => Boolean(document.querySelector('#username, [name=decision]')));
      assert.equal(requestsOf(portal.sandbox, 'wellKnown').length, 1);
    });
  }
});
