import type { SignedInSnapshot } from '../../src/session/session.js';
import { settled } from '../support/settled.js';
import { signIn } from '../support/signed-in.js';
import { SimulatedBrowser } from '../support/simulated-host.js';
import { SimulatedServer } from '../support/simulated-server.js';
import { refreshTokensSent, signedIn } from './sessions.js';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

export interface Day {
  /** In real time. */
  readonly tookMs: number;
  readonly atItsEnd: SignedInSnapshot;
  readonly reads: number;
  readonly failedReads: number;
  readonly renewals: number;
  readonly failedRenewals: number;
}

/**
 * Tokens of ten minutes, two sleeps, three spells without a network, and more than five hundred requests.
 *
 * The time to the next attempt is drawn by lot: here it is always the longest, so that each day is the same.
 */
export async function liveADay(): Promise<Day> {
  const { random } = Math;
  Math.random = () => 1;
  try {
    return await liveADayAsDrawn();
  } finally {
    Math.random = random;
  }
}

async function liveADayAsDrawn(): Promise<Day> {
  const browser = new SimulatedBrowser();
  const server = new SimulatedServer();
  const { tab, session } = await signIn(browser, server);
  // What is loaded on demand is there: the day itself is measured.
  await session.refresh();
  let isOffline = false;
  let failedReads = 0;
  let renewals = 0;
  const { token, fhir } = server.plan;
  const expectNetwork = (): void => {
    if (isOffline) {
      throw new TypeError('Failed to fetch');
    }
  };
  server.plan.token = (form) => {
    expectNetwork();
    renewals++;
    return token(form);
  };
  server.plan.fhir = (request) => {
    expectNetwork();
    return fhir(request);
  };
  /** Somebody works: they do something every minute, and the page reads. */
  const work = async (minutes: number, readsAMinute: number): Promise<void> => {
    for (let minute = 0; minute < minutes; minute++) {
      tab.act();
      for (let read = 0; read < readsAMinute; read++) {
        await session.fetch('Observation').catch(() => failedReads++);
      }
      await browser.pass(minuteMs);
    }
  };
  /** The lid is closed: no timer runs. */
  const sleep = async (ms: number): Promise<void> => {
    browser.now += ms;
    tab.emit('visible');
    await settled();
  };
  const workOffline = async (minutes: number): Promise<void> => {
    isOffline = true;
    await work(minutes, 1);
    isOffline = false;
    tab.emit('online');
    await settled();
  };

  const start = performance.now();
  const before = refreshTokensSent(server).length;
  await work(60, 3);
  await workOffline(5);
  await sleep(hourMs);
  await work(60, 2);
  await workOffline(15);
  await work(60, 2);
  await sleep(2 * hourMs);
  await workOffline(1);
  await work(60, 2);
  const tookMs = performance.now() - start;
  session.stop();
  return {
    tookMs,
    atItsEnd: signedIn(session),
    reads: server.count('fhir'),
    failedReads,
    renewals,
    failedRenewals: refreshTokensSent(server).length - before - renewals,
  };
}
