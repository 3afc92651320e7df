/**
 * The kit meets every deviation of the sandbox, one after the other: a person goes through a whole journey, and the test
 * compares all that came of it. One engine is enough: what differs is the server.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { deviations, switchesOf } from '../../demo/sandbox/deviations/index.mjs';
import { openBrowser } from '../e2e/harness/browser.mjs';
import { goThrough, openJourneyPage } from '../e2e/harness/journey.mjs';
import { startPortal } from '../e2e/harness/portal.mjs';
import { authorizationExpectations } from './expectations/authorization.mjs';
import { discoveryExpectations } from './expectations/discovery.mjs';
import { contextExpectations, scopeExpectations } from './expectations/granted.mjs';
import { identityExpectations } from './expectations/identity.mjs';
import { recordExpectations } from './expectations/records.mjs';
import { renewalExpectations, tokenExpectations } from './expectations/tokens.mjs';

const themes = [
  {
    'where to sign in': discoveryExpectations,
    'the way there and back': authorizationExpectations,
  },
  {
    tokens: tokenExpectations,
    renewals: renewalExpectations,
    'what was granted': scopeExpectations,
    'what a sign-in is about': contextExpectations,
    'who signed in': identityExpectations,
    'records, and the end of a session': recordExpectations,
  },
];

describe('each thing that servers get wrong', () => {
  it('is met by the kit in a test, and each test is about one of them', () => {
    const expected = themes.flatMap((half) => Object.values(half).flatMap((table) => Object.keys(table)));
    assert.deepEqual(expected.sort(), Object.keys(deviations).sort());
  });

  for (const half of themes) {
    describe(Object.keys(half).join(', '), { concurrency: 1 }, () => {
      let browser;
      let portal;
      let defaults;
      let freePage;

      before(async () => {
        browser = await openBrowser({ isLight: true });
        portal = await startPortal();
        defaults = { ...portal.app.values, issuers: portal.sandbox.fhirBase(), display: '', configUrl: '' };
      });

      after(async () => {
        await browser?.close();
        await portal?.close();
      });

      for (const [name, expectation] of Object.values(half).flatMap(Object.entries)) {
        for (const { rule, when, and = [], way, makes } of [expectation].flat()) {
          const combined = [name, ...and].join(' and ');
          it(`${rule ? `${rule} ` : ''}${combined}${when ? `, and ${when}` : ''}: ${sumUp(makes)}`, async () => {
            arrange([name, ...and], way);
            const page = await takePage();
            const outcome = await goThrough({ browser, portal, page }, way);
            assert.deepEqual(said(outcome), said(makes));
            assert.deepEqual(page.errors, []);
            assert.deepEqual(
              portal.sandbox.log.filter(({ fault }) => fault),
              [],
            );
            freePage = page;
          });
        }
      }

      /** The page of the journey before, where that has ended well; what is left of another one is not inherited. */
      async function takePage() {
        const page = freePage ?? (await openJourneyPage(browser));
        freePage = undefined;
        // The address of the portal alone would not load it again.
        await page.goto('about:blank');
        page.requests.length = 0;
        return page;
      }

      function arrange(names, { values = {} } = {}) {
        const { sandbox, app } = portal;
        sandbox.reset();
        sandbox.set(switchesOf(names.join('+')));
        sandbox.log.length = 0;
        const filled = Object.entries(values).map(([key, value]) => [
          key,
          value.replace('{sandbox}', sandbox.origin),
        ]);
        Object.assign(app.values, defaults, Object.fromEntries(filled));
      }
    });
  }
});

/** Without what is undefined: it cannot be told from what is not there. */
function said(outcome) {
  return JSON.parse(JSON.stringify(outcome));
}

/** The end of a test's name. */
function sumUp({ status, error, warnings, advice, record, renewal }) {
  const remarks = [error, ...advice, ...warnings, renewal?.error].filter(Boolean);
  const shown = status === 'signed-in' && record !== 'ready' ? [`the record is ${record}`] : [];
  return [status, ...new Set(remarks), ...shown].join(', ');
}
