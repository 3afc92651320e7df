/** One whole journey of a person through the portal, at a server that behaves in some way, and what came of it. */
import { giveName, untilStatus } from './portal.mjs';

/**
 * How a person goes.
 *
 * @typedef {object} Way
 * @property {'allow' | 'deny'} [decision]
 * @property {boolean} [launch] whether an EHR opens the app
 * @property {boolean} [window] whether the sign-in is in a window of its own
 * @property {Record<string, string>} [values] what stands in the page
 * @property {(page: import('./page.mjs').Page, portal: object) => Promise<object | void>} [then] what is done while signed
 *   in; what it gives back is a part of the outcome
 */

/**
 * What the kit has made of a server.
 *
 * @typedef {object} Outcome
 * @property {string} status of the session when everything has come to rest
 * @property {string} [reason] of being signed out
 * @property {string} [error] its code
 * @property {object} [said] the server's own words
 * @property {string[]} advice the codes of what was said to developers before the person left
 * @property {string[]} warnings the same once they were back
 * @property {string} [pkce] the method that went out with the person
 * @property {string[]} [missing] scopes that were asked for and not granted
 * @property {string} [patient] an id
 * @property {boolean} [banner] whether the page has to say whose record it is
 * @property {string[]} [extra] the names of what else the sign-in is about
 * @property {{ name?: string, fhirUser?: string, signature: string }} [user]
 * @property {string} [source] which document said where to sign in
 * @property {'known' | 'unknown'} [end] whether the end of the token is known
 * @property {string} record the state of what the page shows
 * @property {Partial<Outcome>} [renewal] what is otherwise after a renewal; undefined where none is possible
 * @property {number[]} revoked the statuses of what was asked so that tokens are forgotten
 * @property {string[]} strangers where the browser asked besides portal and server
 * @property {string[]} tokensTo where a token went besides the FHIR base
 */

/** A page for journeys, one after the other. */
export async function openJourneyPage(browser) {
  const page = await browser.newPage();
  await page.inEachDocument(collectSnapshots);
  return page;
}

/** Goes from the first page to signing out. @returns {Promise<Outcome>} */
export async function goThrough({ browser, portal, page }, way = {}) {
  const { sandbox, app } = portal;
  let advice = [];
  if (way.launch) {
    await page.goto(sandbox.launchUrl(portal.url, { patient: 'maria' }));
  } else {
    await page.goto(portal.url);
    ({ advice } = await page.waitToDo(pressWhenPrepared));
  }
  if (way.window) {
    await passScreens(await browser.openedWindow(), way);
    await untilStatus(page, 'signed-in');
  } else {
    await passScreens(page, way);
  }
  const outcome = { ...(await observe(page, portal)), advice };
  if (outcome.status === 'signed-in') {
    Object.assign(outcome, await way.then?.(page, portal));
    Object.assign(outcome, await renew(page, portal, outcome));
    await leave(page);
  }
  const isOwn = ({ url }) => [app.origin, sandbox.origin].includes(new URL(url).origin);
  const isForToken = ({ url }) => url.startsWith(sandbox.fhirBase());
  const asked = page.requests.filter(({ url }) => /^https?:/.test(url));
  // A question whether it may be asked is one request more.
  const addressesOf = (requests) => [...new Set(requests.map(({ url }) => url))];
  return {
    ...outcome,
    pkce: requestsOf(sandbox, 'authorize')[0]?.query.code_challenge_method,
    revoked: requestsOf(sandbox, 'revoke').map(({ status }) => status),
    strangers: addressesOf(asked.filter((request) => !isOwn(request))),
    tokensTo: addressesOf(asked.filter((request) => request.hasToken && !isForToken(request))),
  };
}

/** What a part of the server was asked, without questions whether it may be asked. */
export function requestsOf({ log }, leg) {
  return log.filter((entry) => entry.leg === leg && entry.method !== 'OPTIONS');
}

/** Signs in and decides, at whatever screens the server shows, until the person is back or stuck. */
async function passScreens(page, { decision = 'allow' }) {
  for (;;) {
    const place = await page.waitToDo(newPlace).catch(async (fault) => {
      // A window of its own is gone when it has done its work.
      return (await page.isClosed()) ? 'portal' : Promise.reject(fault);
    });
    if (place === 'sign-in') {
      await giveName(page);
    } else if (place === 'consent') {
      await page.click(`button[value=${decision}]`);
    } else {
      return;
    }
  }
}

async function observe(page, { sandbox }) {
  await page.waitFor(() => !document.querySelector('fhir-resource').matches(':state(loading)'));
  return page.evaluate(readOutcome, sandbox.fhirBase());
}

/** Renews where that is possible, and tells what is otherwise afterwards. */
async function renew(page, portal, before) {
  const isRenewable = await page.evaluate(async () => {
    const { session } = document.querySelector('smart-auth');
    await session.refresh().catch(() => undefined);
    return session.refreshable;
  });
  if (!isRenewable) {
    return {};
  }
  const after = Object.entries(await observe(page, portal));
  const isOther = ([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name]);
  return { renewal: Object.fromEntries(after.filter(isOther)) };
}

/** Signs out, also of a session that has ended: nothing of it is to be there for the next journey. */
async function leave(page) {
  await page.evaluate(() => document.querySelector('smart-auth').session.signOut?.());
  await untilStatus(page, 'signed-out');
}

/* These run in the page. */

function collectSnapshots() {
  window.snapshots = [];
  document.addEventListener('smart-status-change', ({ session }) => window.snapshots.push(session), true);
}

/** Presses the button once the sign-in is prepared: the kit says so by a second snapshot of being signed out. */
function pressWhenPrepared() {
  const last = window.snapshots.at(-1);
  const isPrepared = window.snapshots.filter(({ status }) => status === 'signed-out').length > 1;
  if (last?.status === 'signed-out' && isPrepared) {
    document.querySelector('smart-login-button').shadowRoot.querySelector('button').click();
  }
  return (isPrepared || last?.status.startsWith('un')) && { advice: last.warnings.map(({ code }) => code) };
}

/** Where a person is, once that is another place than before. */
function newPlace() {
  const portal = document.querySelector('smart-auth');
  if (portal) {
    const moving = ['starting', 'authorizing', 'exchanging'];
    return portal.session && !moving.includes(portal.session.status) && 'portal';
  }
  if (document.readyState === 'loading' || window.wasSeen) {
    return undefined;
  }
  window.wasSeen = true;
  const places = { 'sign-in': '#username', consent: '[name=decision]' };
  return Object.keys(places).find((name) => document.querySelector(places[name])) ?? 'failure';
}

function readOutcome(base) {
  const { session } = document.querySelector('smart-auth');
  const { status, reason, error, warnings, context, user, server, missingScopes } = session;
  const resource = document.querySelector('fhir-resource');
  const states = 'signed-out loading ready empty partial stale denied not-found gone error refused';
  return {
    status,
    reason,
    error: error?.code,
    said: error?.oauth && { ...error.oauth, uri: error.oauth.uri?.replace(/^\w+:\/\/[^/]+/, '') },
    warnings: warnings.map(({ code }) => code),
    missing: missingScopes,
    patient: context?.patient,
    banner: context?.needPatientBanner,
    extra: context && Object.keys(context.extra),
    user: user && {
      name: user.name,
      fhirUser: user.fhirUser?.replace(`${base}/`, ''),
      signature: user.signature,
    },
    source: server?.source,
    end: status === 'signed-in' ? (session.expiresAt === undefined ? 'unknown' : 'known') : undefined,
    record: states.split(' ').find((state) => resource.matches(`:state(${state})`)),
  };
}
