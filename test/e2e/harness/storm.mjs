/**
 * Many tabs of one session that all ask for records, while tabs are closed, reloaded and taken off the network, most of
 * all those whose renewal is under way.
 *
 * Nothing is taken from the kit's own word: who asked for a renewal stands in the server's log (see `pages/tabs.js`), and
 * what the test did to whom, and when, is written down here.
 */
import { consent, giveName, signIn, snapshotOf, untilStatus } from './portal.mjs';
import { pause } from './waiting.mjs';

/** What is done to a tab. */
const deeds = ['reload', 'replace', 'offline'];
/** What is done to the next tab that renews, and at which step of its renewal; over and over in this order. */
const ambushes = [
  ['after', 'reload'],
  ['before', 'replace'],
  ['during', 'offline'],
  ['after', 'replace'],
  ['before', 'offline'],
  ['during', 'reload'],
  ['after', 'offline'],
  ['before', 'reload'],
  ['during', 'replace'],
];
/** How long the other tabs have to take up what one of them began, before one of them signs in, too. */
const patienceMs = 3_000;
/** How many times as long as planned a storm may take on a machine that has much else to do. */
const longest = 4;
const hasEnded = (status) => status === 'expired' || status === 'signed-out';

/**
 * @typedef {object} StormPlan
 * @property {number} seed of what is done to whom
 * @property {number} tabs how many there are at any time
 * @property {number} seconds from the first sign-in to the last deed; longer only until each tab has asked `requests`
 *   times, two were struck while they renewed, and a refresh token came again
 * @property {number} requests
 * @property {number} pauseMs how long a tab waits between two requests, on average
 * @property {number} deedEveryMs how often something is done to any of the tabs, on average
 * @property {number} ambushEveryMs how often something is done to a tab whose renewal is under way
 */

/** @param {StormPlan} plan @returns what has happened, as {@link Storm.account} tells it */
export async function storm(browser, portal, plan) {
  const running = new Storm(browser, portal, plan);
  try {
    await running.rage();
    await running.calm();
    return await running.account();
  } finally {
    await running.close();
  }
}

class Storm {
  #browser;
  #portal;
  #plan;
  #random;
  #listener;
  /** What the tabs have told, oldest first. */
  #diary = [];
  /** `{ doc, deed, from, until }`: what was done to which document, and when. */
  #deeds = [];
  /** `{ number, page, doc, onlineAt }` */
  #tabs = [];
  /** Renewals that the server holds until something has been done to who asks. */
  #held = [];
  #signIns = 0;
  #signedInAt = 0;

  constructor(browser, portal, plan) {
    this.#browser = browser;
    this.#portal = portal;
    this.#plan = plan;
    this.#random = randomFrom(plan.seed);
  }

  /** From the first sign-in on, for as long as planned. One thing at a time: WebDriver looks at one tab only. */
  async rage() {
    const { seconds, tabs, deedEveryMs, ambushEveryMs } = this.#plan;
    this.#listener = await this.#browser.newPage();
    await this.#listener.goto(`${this.#portal.app.origin}/diary.html`);
    await this.#openTab(0);
    await signIn(this.#tabs[0].page, 'maria');
    const start = Date.now();
    const isUnderWay = (end) => Date.now() < end;
    let deedAt = Date.now();
    let ambushAt = Date.now();
    let ambush = 0;
    while (
      isUnderWay(start + seconds * 1000) ||
      (isUnderWay(start + longest * seconds * 1000) && !this.#hasRaged)
    ) {
      await this.#listen();
      await this.#strikeHeld();
      await this.#bringBack();
      if (this.#tabs.length < tabs) {
        await this.#openTab(this.#tabs.length);
      } else if (await this.#signInWhereEnded()) {
        // Something else may happen afterwards.
      } else if (Date.now() >= ambushAt && this.#held.length === 0) {
        ambushAt = Date.now() + ambushEveryMs;
        this.#layAmbush(...ambushes[ambush++ % ambushes.length]);
      } else if (Date.now() >= deedAt) {
        deedAt = Date.now() + 2 * deedEveryMs * this.#random();
        await this.#strike(this.#pick(this.#onlineTabs), this.#pick(deeds));
      }
      await pause(20);
    }
  }

  /**
   * Nothing is done any more, and everybody comes to rest in one session. What was lost last comes to light with the next
   * renewal: so there has to be one, or another sign-in, that nothing was done to.
   */
  async calm() {
    const { sandbox } = this.#portal;
    // What waits for a renewal that has not come is called off.
    sandbox.reset();
    // What was under way has reached the server by then.
    const calmFrom = Date.now() + 1_000;
    const isSound = () =>
      this.#signedInAt >= calmFrom ||
      sandbox.log.some(({ refreshToken, status, at }) => refreshToken && status === 200 && at >= calmFrom);
    for (const end = Date.now() + 30_000; Date.now() < end;) {
      await this.#listen();
      await this.#strikeHeld();
      await this.#bringBack(Infinity);
      const isBusy = await this.#signInWhereEnded();
      if (!isBusy && this.#held.length === 0 && isSound()) {
        break;
      }
      await pause(20);
    }
    for (const { page } of this.#tabs) {
      await untilStatus(page, 'signed-in');
    }
    await this.#listen();
  }

  /** @returns who is signed in in each tab now, and what the server answers to it. */
  async #atRest() {
    const found = [];
    for (const { page } of this.#tabs) {
      const status = await page.evaluate(async () => {
        const { session } = document.querySelector('smart-auth');
        const response = await session.fetch(`Patient/${session.context.patient}`);
        return response.status;
      });
      const { id, error } = await snapshotOf(page);
      found.push({ id, error, status });
    }
    return found;
  }

  async account() {
    const atRest = await this.#atRest();
    await this.#listen();
    const { log } = this.#portal.sandbox;
    const renewals = log
      .filter(({ leg, refreshToken }) => leg === 'token' && refreshToken)
      .sort((one, other) => one.at - other.at);
    const reuses = renewals.filter(({ reuse }) => reuse);
    const failures = this.#diary.filter(({ kind, status }) => kind === 'answer' && status !== 200);
    const endings = this.#diary.filter(
      ({ kind, before, status }) => kind === 'status' && before.status === 'signed-in' && hasEnded(status),
    );
    const perTab = this.#perTab;
    return {
      counts: {
        /** Records that the tab with the fewest has got, and the one in the middle. */
        fewest: perTab[0],
        median: perTab[Math.floor(perTab.length / 2)],
        renewals: renewals.length,
        renewed: renewals.filter(({ status }) => status === 200).length,
        reuses: reuses.length,
        refusedReuses: reuses.filter(({ withinGrace }) => !withinGrace).length,
        deeds: countBy(this.#deeds, ({ deed }) => deed),
        struckInFlight: this.#struckInFlight.length,
        /** How many sessions have ended, in however many tabs. */
        signOuts: new Set(endings.map(({ before }) => before.id)).size,
        signIns: this.#signIns,
        failures: countBy(failures, ({ status, fault }) => fault ?? status),
      },
      atRest,
      endings,
      /** Refresh tokens that came again, and nothing was done to who had sent them before. */
      unexplainedRepeats: this.#unexplained(renewals),
      /** Requests that brought no record to a page that nothing was done to. */
      unexplainedFailures: failures.filter(({ doc }) => !this.#deeds.some((deed) => deed.doc === doc)),
      patients: [...new Set(this.#diary.flatMap(({ patient }) => patient ?? []))],
      pageFaults: this.#diary.filter(({ kind }) => kind === 'fault').map(({ message }) => message),
      serverFaults: log.filter(({ fault }) => fault),
    };
  }

  async close() {
    for (const { page } of [...this.#tabs, { page: this.#listener }]) {
      await page?.close();
    }
  }

  /** How many records each tab, with those that were opened in its place, has got: fewest first. */
  get #perTab() {
    const records = this.#diary.filter(({ kind, status }) => kind === 'answer' && status === 200);
    return Array.from(
      { length: this.#plan.tabs },
      (_, number) => records.filter(({ tab }) => tab === String(number)).length,
    ).sort((one, other) => one - other);
  }

  /** `{ doc, renewal, since, until }`: the renewals that tabs have begun, until they were done with them. */
  get #renewals() {
    const ends = this.#diary.filter(({ kind }) => kind === 'settled');
    return this.#diary
      .filter(({ kind }) => kind === 'renewing')
      .map(({ doc, renewal, since }) => {
        const end = ends.find((settled) => settled.doc === doc && settled.renewal >= renewal);
        return { doc, renewal, since, until: end?.at ?? Infinity };
      });
  }

  get #struckInFlight() {
    const renewals = this.#renewals;
    return this.#deeds.filter((deed) => renewals.some((renewal) => isStruck(renewal, deed)));
  }

  /** Whether it has come to what a storm is about. */
  get #hasRaged() {
    return (
      this.#perTab[0] >= this.#plan.requests &&
      this.#struckInFlight.length > 1 &&
      this.#portal.sandbox.log.some(({ reuse }) => reuse)
    );
  }

  #unexplained(requests) {
    const begun = this.#renewals;
    return requests.filter((request, index) => {
      const before = requests
        .slice(0, index)
        .findLast(({ refreshToken }) => refreshToken === request.refreshToken);
      if (!before) {
        return false;
      }
      const renewal = begun.find(
        ({ doc, renewal: number }) => doc === before.query.doc && number === Number(before.query.renewal),
      );
      return !renewal || !this.#deeds.some((deed) => isStruck(renewal, deed));
    });
  }

  get #onlineTabs() {
    return this.#tabs.filter(({ onlineAt }) => onlineAt === undefined);
  }

  #pick(list) {
    return list[Math.floor(this.#random() * list.length)];
  }

  async #openTab(number) {
    const tab = this.#tabs[number] ?? { number };
    tab.page = await this.#browser.newPage();
    this.#tabs[number] = tab;
    const params = new URLSearchParams({ tab: number, pause: this.#plan.pauseMs });
    await tab.page.goto(`${this.#portal.app.origin}/tabs.html?${params}`);
  }

  async #listen() {
    const told = await this.#listener.evaluate(() => window.diary.splice(0));
    this.#diary.push(...told);
    for (const { kind, tab, doc, status } of told) {
      const known = this.#tabs[tab];
      if (kind === 'loaded') {
        Object.assign(known, { doc, status: undefined });
      } else if (kind === 'status' && doc === known.doc) {
        known.status = status;
      }
    }
  }

  #layAmbush(step, deed) {
    const strike = () => new Promise((resolve) => this.#held.push({ deed, resolve }));
    this.#portal.sandbox.breakNextRenewal(step, strike);
  }

  /** Does to a tab whose renewal is held by the server what it is held for. */
  async #strikeHeld() {
    if (this.#held.length === 0) {
      return;
    }
    const { doc } = this.#renewals.findLast(({ until }) => until === Infinity) ?? {};
    const tab = this.#onlineTabs.find((online) => online.doc === doc);
    if (tab) {
      const { deed, resolve } = this.#held.shift();
      await this.#strike(tab, deed);
      resolve();
    }
  }

  async #strike(tab, deed) {
    const { page, doc, number } = tab;
    const done = { doc, deed, from: Date.now(), until: Infinity };
    this.#deeds.push(done);
    if (deed === 'reload') {
      await page.reload();
    } else if (deed === 'replace') {
      await page.close();
      done.until = Date.now();
      await this.#openTab(number);
    } else {
      await setOffline(page, true);
      tab.onlineAt = Date.now() + 500 + 2_000 * this.#random();
    }
    done.until = Math.min(done.until, Date.now());
  }

  async #bringBack(now = Date.now()) {
    for (const tab of this.#tabs) {
      if (tab.onlineAt <= now) {
        await setOffline(tab.page, false);
        tab.onlineAt = undefined;
      }
    }
  }

  /**
   * Where a session has ended, one of its tabs signs in again; the others take up what it began.
   *
   * @returns whether there is, or was, such a tab
   */
  async #signInWhereEnded() {
    const ended = this.#onlineTabs.filter(({ status }) => hasEnded(status));
    if (ended.length === 0) {
      return false;
    }
    if (Date.now() - this.#signedInAt < patienceMs) {
      return true;
    }
    const { page } = this.#pick(ended);
    if (!(await page.evaluate(pressSignIn))) {
      return true;
    }
    await page.waitFor(() => Boolean(document.querySelector('#username, [name=decision]')));
    if (await page.evaluate(() => Boolean(document.querySelector('#username')))) {
      await giveName(page, 'maria');
    }
    await consent(page);
    await untilStatus(page, 'signed-in');
    this.#signIns++;
    this.#signedInAt = Date.now();
    return true;
  }
}

/* This runs in the page. */

/** @returns whether there was something to press: another tab may have been faster. */
function pressSignIn() {
  const { status } = document.querySelector('smart-auth').session;
  const isOffered = status === 'expired' || status === 'signed-out';
  if (isOffered) {
    document.querySelector('smart-login-button').shadowRoot.querySelector('button').click();
  }
  return isOffered;
}

/** Whether something was done to a tab while it renewed. */
function isStruck({ doc, since, until }, deed) {
  return deed.doc === doc && deed.from <= until && since <= deed.until;
}

async function setOffline(page, isOffline) {
  if (page.setOffline) {
    await page.setOffline(isOffline);
  } else {
    // This engine's driver has no such means: the page's own requests fail, and those under way are cut.
    await page.evaluate((is) => window.setOffline(is), isOffline);
  }
}

function countBy(list, nameOf) {
  const counts = {};
  for (const one of list) {
    const name = nameOf(one);
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

/** Mulberry32: the same numbers from the same seed. */
function randomFrom(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
