import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';

import { startSandbox } from '../../demo/sandbox/sandbox.mjs';
import { engine, openBrowser } from './harness/browser.mjs';
import { requestsOf } from './harness/journey.mjs';
import { consent, signIn, snapshotOf, startPortal, untilShown, untilStatus } from './harness/portal.mjs';
import { eventually } from './harness/waiting.mjs';

const steps = {
  before: 'before it has looked at what it was asked',
  after: 'after it has rotated the token, and before it answers',
  during: 'in the middle of its answer',
};
const note = 'Half a sentence about how I have sl';
const accessTokenLifetime = 2;

/** What the engines differ in is how they read an answer that breaks off; the rest is of the kit and the server. */
const stepsHere = Object.entries(steps).filter(([step]) => engine === 'chromium' || step === 'during');

describe(
  `a server that is killed during a renewal and started again, in ${engine}`,
  { concurrency: 1 },
  () => {
    let browser;

    before(async () => {
      browser = await openBrowser({ isLight: true });
    });

    after(async () => {
      await browser?.close();
    });

    for (const rotationGrace of [10, 0]) {
      describe(rotationGrace ? 'and forgives that its answer was lost' : 'and is strict', () => {
        const switches = { accessTokenLifetime, rotationGrace };
        let portal;
        let server;
        let page;
        let place;

        beforeEach(async () => {
          portal = await startPortal(switches);
          server = portal.sandbox;
          place = `${portal.app.origin}/note.html?tab=notes#latest`;
          page = await browser.newPage();
          await page.goto(place);
          await signIn(page, 'maria');
          await untilShown(page);
          await page.type('#note', note);
        });

        afterEach(async () => {
          assert.deepEqual(await page.evaluate(() => window.faults), []);
          assert.deepEqual(page.errors, []);
          await page.close();
          await server.close();
          await portal.close();
        });

        const typed = () => page.evaluate(() => document.querySelector('#note').value);
        const renewals = () => requestsOf(server, 'token').filter(({ refreshToken }) => refreshToken);

        /** Kills the server at a step of the next renewal, and sees what the page makes of its absence. */
        async function killAt(step) {
          const killed = server.breakNextRenewal(step, () => server.close());
          // A hidden page does not renew by the clock; a person who looks at a record anew does.
          const { expiresAt } = await snapshotOf(page);
          await page.waitFor((end) => Date.now() >= end, expiresAt);
          await page.evaluate(() => void document.querySelector('fhir-resource').reload());
          await killed;
          await eventually(() => renewals().some(({ brokenOff }) => brokenOff === step));
          const error = await page.waitFor(() => document.querySelector('smart-auth').session.error?.code);
          await untilShown(page, 'stale');
          const { status } = await snapshotOf(page);
          assert.equal(status, 'signed-in', 'nobody is signed out because a server is away');
          assert.match(await page.text(), /Silva/);
          return error;
        }

        async function startAgain() {
          server = await startSandbox({ ...switches, port: server.port, state: server.state() });
        }

        /** The session goes on as if nothing had been. */
        async function seeSurvival(before, isReuse) {
          await page.waitFor(reloadRecord);
          const { id, status, error } = await snapshotOf(page);
          assert.deepEqual({ id, status, error }, { id: before.id, status: 'signed-in', error: undefined });
          assert.match(await page.text(), /Silva/);
          assert.equal(await typed(), note);
          assert.equal(await page.url(), place);
          const [first] = renewals();
          const { status: answered, reuse = false, withinGrace = false } = first;
          assert.deepEqual(
            { answered, reuse, withinGrace },
            { answered: 200, reuse: isReuse, withinGrace: isReuse },
          );
        }

        for (const [step, words] of stepsHere) {
          const isLost = step !== 'before';
          const survives = rotationGrace > 0 || !isLost;
          it(`${words}: ${survives ? 'the session goes on' : 'the person signs in again, and nothing is lost'}`, async (context) => {
            const signedIn = await snapshotOf(page);
            context.diagnostic(`While it is away, the page says ${await killAt(step)}.`);
            await startAgain();
            if (survives) {
              await seeSurvival(signedIn, isLost);
              return;
            }
            await page.waitFor(async () => {
              await document.querySelector('fhir-resource').reload();
              return document.querySelector('smart-auth').session.status === 'expired';
            });
            await untilShown(page, 'stale');
            const [{ status, reuse, withinGrace }] = renewals();
            assert.deepEqual(
              { status, reuse, withinGrace },
              { status: 400, reuse: true, withinGrace: false },
            );
            assert.equal(renewals().length, 1, 'what was refused is not sent again');
            assert.match(await page.text(), /Your sign-in has ended/);
            assert.match(await page.text(), /Silva/);
            assert.equal(await typed(), note);
            assert.equal(await page.url(), place);

            await page.click('smart-session-status >>> button');
            await page.waitFor(() => Boolean(document.querySelector('[name=decision]')));
            await consent(page);
            await untilStatus(page, 'signed-in');
            await untilShown(page);
            const { id, error } = await snapshotOf(page);
            assert.equal(error, undefined);
            assert.notEqual(id, signedIn.id);
            assert.equal(await page.url(), place);
          });
        }
      });
    }
  },
);

/* This runs in the page. */

/** As a person does who looks again and again: a server that has failed is left in peace for a second. */
async function reloadRecord() {
  const record = document.querySelector('fhir-resource');
  await record.reload();
  return record.matches(':state(ready)');
}
