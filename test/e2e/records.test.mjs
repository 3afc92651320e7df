import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';

import { engine, openBrowser } from './harness/browser.mjs';
import { signIn, startPortal } from './harness/portal.mjs';

const scope =
  'launch/patient openid fhirUser patient/Patient.rs patient/Condition.rs patient/Practitioner.rs online_access';

/** A server that nobody has business with: it counts who comes all the same. */
async function startStranger() {
  const visits = [];
  const server = createServer((request, response) => {
    visits.push(`${request.method} ${request.url} ${request.headers.authorization ?? ''}`);
    response.writeHead(200, { 'access-control-allow-origin': '*' }).end();
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () => new Promise((resolve) => server.close(resolve));
  return { visits, origin: `http://127.0.0.1:${server.address().port}`, close };
}

/** The records that a hostile or hacked server would send, about everything that a page could be made to load. */
function hostileRecords(stranger) {
  const div = (content) => `<div xmlns="http://www.w3.org/1999/xhtml">${content}</div>`;
  const narrative = div(
    `<p>Seen: penicillin</p><img src="${stranger}/pixel.png" alt="a pixel"/>
     <img src="x" onerror="fetch('${stranger}/onerror')"/><script>fetch('${stranger}/script')</script>
     <p style="background-image:url(${stranger}/style.png);position:fixed;inset:0">Styled</p>
     <link rel="stylesheet" href="${stranger}/sheet.css"/><style>@import url(${stranger}/import.css);</style>
     <iframe src="${stranger}/frame"></iframe><object data="${stranger}/object"></object>
     <video src="${stranger}/video"></video><base href="${stranger}/"/><form action="${stranger}/form"></form>
     <svg xmlns="http://www.w3.org/2000/svg"><image href="${stranger}/svg.png"/></svg>
     <smart-auth fhir-base="${stranger}/fhir" client-id="x" allow-unprotected=""></smart-auth>
     <fhir-resource src="${stranger}/fhir/Patient/1"></fhir-resource>`,
  );
  return [
    { resourceType: 'Basic', text: { status: 'generated', div: narrative }, code: { text: 'Narrative' } },
    {
      resourceType: 'Patient',
      name: [{ text: 'Photo' }],
      photo: [{ contentType: 'image/png', url: `${stranger}/photo.png`, title: 'Photo' }],
      generalPractitioner: [{ reference: `${stranger}/fhir/Practitioner/1`, display: 'Dr Away' }],
      managingOrganization: { reference: 'javascript:alert(1)' },
    },
    {
      resourceType: 'DocumentReference',
      status: 'current',
      content: [
        { attachment: { contentType: 'application/pdf', url: `${stranger}/letter.pdf`, title: 'Letter' } },
        {
          attachment: {
            contentType: 'text/html',
            title: 'Page',
            data: Buffer.from(
              `<img src="${stranger}/in-page.png"><link rel=stylesheet href="${stranger}/p.css">`,
            ).toString('base64'),
          },
        },
        {
          attachment: {
            contentType: 'image/svg+xml',
            title: 'Drawing',
            data: Buffer.from(
              `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="${stranger}/in-svg.png"/></svg>`,
            ).toString('base64'),
          },
        },
      ],
    },
    {
      resourceType: 'Bundle',
      type: 'searchset',
      link: [{ relation: 'next', url: `${stranger}/fhir/Observation?page=2` }],
      entry: [{ fullUrl: `${stranger}/fhir/Basic/1`, resource: { resourceType: 'Basic', id: '1' } }],
    },
  ];
}

describe(`records on a page, in ${engine}`, { concurrency: 1 }, () => {
  let browser;
  let portal;
  let stranger;
  let page;

  before(async () => {
    browser = await openBrowser({ isLight: true });
    portal = await startPortal({ values: { scope } });
    stranger = await startStranger();
  });

  after(async () => {
    await browser?.close();
    await portal?.close();
    await stranger?.close();
  });

  beforeEach(async () => {
    portal.sandbox.forgetEverything();
    portal.sandbox.log.length = 0;
    page = await browser.newPage();
    await page.goto(`${portal.app.origin}/records.html`);
  });

  afterEach(() => page.close());

  const untilIn = (id, state) =>
    page.waitFor((of, wanted) => document.querySelector(`#${of}`).matches(`:state(${wanted})`), id, state);
  const wordsIn = (id) =>
    page.evaluate(
      (of) => document.querySelector(`#${of}`).shadowRoot.textContent.replace(/\s+/g, ' ').trim(),
      id,
    );

  it('one that is refused leaves the others as they are, and is not taken for none', async () => {
    await signIn(page, 'maria');
    await untilIn('patient', 'ready');
    await untilIn('denied', 'denied');
    await untilIn('empty', 'empty');
    assert.match(
      await wordsIn('patient'),
      /Patient · id maria · Status: active.*Silva|Silva.*Patient · id maria · Status: active/s,
    );
    const denied = await wordsIn('denied');
    assert.match(denied, /Observation\?patient=/, 'it says what was asked');
    assert.match(denied, /127\.0\.0\.1/, 'and whom');
    assert.doesNotMatch(denied, /\bnone\b|sent back nothing|no records/i);
  });

  it('an empty answer says what was asked of whom, and when, and never that there is none', async () => {
    await signIn(page, 'maria');
    await untilIn('empty', 'empty');
    const empty = await wordsIn('empty');
    assert.match(empty, /No condition records were returned by 127\.0\.0\.1:\d+ at/);
    assert.match(empty, /at \d{1,2}:\d\d/);
    assert.match(empty, /Asked for: Condition\?patient=/);
    assert.match(empty, /There may be records that it does not share with this app/);
    assert.doesNotMatch(empty, /\bnone\b|\bno (?:known|allergies|records)\b/i);
  });

  it('what one refers to is read when somebody asks for it, with the token', async () => {
    await signIn(page, 'maria');
    await untilIn('patient', 'ready');
    // Nothing moves any more.
    await untilIn('denied', 'denied');
    await untilIn('empty', 'empty');
    const before = portal.sandbox.log.filter(({ leg }) => leg === 'fhir').length;
    await page.click('#patient >>> button[aria-label^="Show Dr"]');
    await page.waitFor(() =>
      Boolean(document.querySelector('#patient').shadowRoot.querySelector('dd [part=resource]')),
    );
    const asked = portal.sandbox.log
      .filter(({ leg }) => leg === 'fhir')
      .slice(before)
      .filter(({ method }) => method === 'GET');
    assert.deepEqual(
      asked.map(({ status }) => status),
      [200],
    );
  });

  it('nothing that a record names is loaded from another server, and nothing in it runs', async () => {
    await signIn(page, 'maria');
    for (const record of hostileRecords(stranger.origin)) {
      await page.evaluate((resource) => {
        window.alert = () => (window.hasRun = true);
        document.querySelector('#given').resource = resource;
      }, record);
      await untilIn('given', 'ready');
      // Everything that can be opened without leaving the page is.
      for (let round = 0; round < 3; round++) {
        await page.evaluate(() => {
          const root = document.querySelector('#given').shadowRoot;
          for (const button of root.querySelectorAll('button:not([aria-expanded=true])')) {
            button.click();
          }
        });
        await new Promise((resolve) => setTimeout(resolve, 150));
      }
    }
    assert.deepEqual(stranger.visits, []);
    assert.equal(await page.evaluate(() => window.hasRun ?? false), false);
    assert.deepEqual(page.errors, []);
  });
});
