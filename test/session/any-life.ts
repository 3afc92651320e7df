/**
 * Whatever people, servers, clocks and tabs do: some things hold at every step of a session's life.
 *
 * A server that takes a refresh token for stolen when it sees it again, up to four tabs, and a random sequence of what
 * can happen to them, mostly without waiting for one thing to end before the next begins.
 */
import { expect } from '@open-wc/testing';
import fc from 'fast-check';

import { OAuthSession } from '../../src/session/oauth-session.js';
import type { ClientOptions, Persistence } from '../../src/smart/client-settings.js';
import { settled, turn } from '../support/settled.js';
import { callbackUrl, clientOptions, pageUrl } from '../support/signed-in.js';
import { SimulatedBrowser, type SimulatedTab } from '../support/simulated-host.js';
import { fhirBase, json, SimulatedServer, tokenAnswer } from '../support/simulated-server.js';

/** For each way to keep a session, so that there are a thousand; the other engines see whether they differ. */
const sequences = navigator.userAgent.includes('Chrome') ? 334 : 34;
const steps = 50;

type Mood = 'well' | 'away' | 'in trouble' | 'slow' | 'refusing';

/** A server with grants, each for one patient; it rotates refresh tokens, and ends a grant whose old one comes again. */
class StrictServer extends SimulatedServer {
  mood: Mood = 'well';
  /** Who signs in next. */
  patient = 'maria';
  /** The grant of each token that was ever issued. */
  readonly grantOf = new Map<string, string>();
  /** Access tokens and the patient they are for. */
  readonly patientOf = new Map<string, string>();
  readonly #spent = new Set<string>();
  readonly #dead = new Set<string>();
  /** By grant: refresh tokens whose answer is still to come. */
  readonly #underWay = new Map<string, string>();
  /** Refresh tokens that a page has had an answer to. */
  readonly #answered = new Set<string>();
  readonly #held: (() => void)[] = [];
  /** What must never happen, and has. */
  readonly faults: string[] = [];
  #count = 0;

  constructor() {
    super();
    this.plan.token = (form) => this.#answer(form);
    this.plan.revoke = (form) => {
      this.#dead.add(this.grantOf.get(form.get('token') ?? '') ?? '');
      return new Response(null);
    };
    this.plan.fhir = (request) => {
      const token = (request.headers.get('authorization') ?? '').replace('Bearer ', '');
      if (this.mood === 'away') {
        throw new TypeError('Failed to fetch');
      }
      return this.#dead.has(this.grantOf.get(token) ?? '')
        ? json({}, 401)
        : json({ resourceType: 'Patient', id: this.patientOf.get(token) });
    };
  }

  /** Answers what was held back. */
  release(): void {
    for (const go of this.#held.splice(0)) {
      go();
    }
  }

  async #answer(form: URLSearchParams): Promise<Response> {
    const refreshToken = form.get('refresh_token');
    if (refreshToken === null) {
      return this.#issue(`grant-${String(++this.#count)}`, this.patient);
    }
    const grant = this.grantOf.get(refreshToken) ?? 'none';
    if (this.#underWay.has(grant)) {
      this.faults.push(`two renewals of ${grant} at once`);
    }
    if (this.#answered.has(refreshToken)) {
      this.faults.push(`${refreshToken} was sent after it had been answered`);
    }
    this.#underWay.set(grant, refreshToken);
    try {
      const { mood } = this;
      if (mood === 'slow') {
        await new Promise<void>((resolve) => this.#held.push(resolve));
      }
      if (mood === 'away') {
        throw new TypeError('Failed to fetch');
      }
      if (mood === 'in trouble') {
        return new Response('<p>Sorry', { status: 503 });
      }
      this.#answered.add(refreshToken);
      if (mood === 'refusing' || this.#dead.has(grant) || this.#spent.has(refreshToken)) {
        this.#dead.add(grant);
        return json({ error: 'invalid_grant' }, 400);
      }
      this.#spent.add(refreshToken);
      return this.#issue(grant, this.#patientOfGrant(grant));
    } finally {
      this.#underWay.delete(grant);
    }
  }

  #patientOfGrant(grant: string): string {
    const [token = ''] = [...this.grantOf].find(([, of]) => of === grant) ?? [];
    return this.patientOf.get(token) ?? '';
  }

  #issue(grant: string, patient: string): Response {
    const answer = tokenAnswer(++this.#count, { patient }) as Record<string, string>;
    for (const token of [answer['access_token'], answer['refresh_token']]) {
      this.grantOf.set(token ?? '', grant);
      this.patientOf.set(token ?? '', patient);
    }
    return json(answer);
  }
}

interface Page {
  readonly tab: SimulatedTab;
  session: OAuthSession;
}

function statusOf({ session }: Page): string {
  return session.snapshot.status;
}

/** The world of one sequence, and what is known of it. */
class World {
  readonly browser = new SimulatedBrowser();
  readonly server = new StrictServer();
  readonly pages: Page[] = [];
  /** Sessions that are over, by a sign-out or because another one took their place. */
  readonly over = new Set<string>();
  readonly options: ClientOptions;

  constructor(persist: Persistence, idleTimeout: number | undefined) {
    this.options = { ...clientOptions, persist, idleTimeout, issuers: fhirBase };
    this.open();
  }

  open(like?: Page): void {
    const tab = this.browser.openTab(pageUrl, this.server.fetch, like?.tab);
    this.pages.push({ tab, session: this.#start(tab) });
  }

  #start(tab: SimulatedTab): OAuthSession {
    const session = new OAuthSession(this.options, tab);
    session.start().catch(() => undefined);
    return session;
  }

  load(page: Page, url?: string): void {
    page.session.stop();
    page.tab.load(url);
    page.tab.isVisible = true;
    page.session = this.#start(page.tab);
  }

  close(page: Page): void {
    if (this.pages.length > 1) {
      page.session.stop();
      this.browser.tabs.delete(page.tab);
      this.pages.splice(this.pages.indexOf(page), 1);
    }
  }

  /** To the server and back, as somebody. */
  async signIn(page: Page, patient: string): Promise<void> {
    const { snapshot } = page.session;
    if (snapshot.status === 'signed-out' || snapshot.status === 'expired') {
      const { length } = page.tab.visited;
      snapshot.signIn().catch(() => undefined);
      await this.#comeBack(page, length, patient, snapshot.status === 'expired' ? snapshot.id : undefined);
    }
  }

  async launch(page: Page, patient: string): Promise<void> {
    const { snapshot } = page.session;
    const had = snapshot.status === 'signed-in' || snapshot.status === 'expired' ? snapshot.id : undefined;
    const { length } = page.tab.visited;
    this.load(page, `${pageUrl.split('?')[0] ?? ''}?iss=${encodeURIComponent(fhirBase)}&launch=xyz`);
    await this.#comeBack(page, length, patient, had);
  }

  /** @param before how many places the tab had been to before it was sent to the server. */
  async #comeBack(page: Page, before: number, patient: string, had: string | undefined): Promise<void> {
    let left: string | undefined;
    do {
      // An address of an earlier sign-in would be answered as one that nobody has asked for.
      await settled();
      left = page.tab.visited[before];
    } while (left === undefined && statusOf(page) === 'authorizing');
    if (statusOf(page) !== 'authorizing' || left === undefined) {
      return;
    }
    this.server.patient = patient;
    this.load(page, callbackUrl(new URL(left)));
    await settled();
    const { snapshot } = page.session;
    if (had !== undefined && snapshot.status === 'signed-in') {
      expect(snapshot.id, `the sign-in came to nothing (${String(snapshot.error?.code)})`).not.to.equal(had);
      this.over.add(had);
    }
  }

  signOut({ session }: Page): void {
    const { snapshot } = session;
    if (snapshot.status === 'signed-in' || snapshot.status === 'expired') {
      this.over.add(snapshot.id);
      snapshot.signOut().catch(() => undefined);
    }
  }

  /** Reads the patient of the session, and sees whose record comes. */
  read({ session }: Page): void {
    const { snapshot } = session;
    if (snapshot.status === 'signed-in') {
      snapshot.fetch(`Patient/${snapshot.context.patient ?? ''}`).then(
        async (response) => {
          const { id } = (await response.json()) as { id?: string };
          if (response.ok && id !== snapshot.context.patient) {
            this.server.faults.push(`${String(id)} was read as ${String(snapshot.context.patient)}`);
          }
        },
        () => undefined,
      );
    }
  }

  /** What holds at every step. */
  check(): void {
    expect(this.server.faults.join()).to.equal('');
    for (const { session } of this.pages) {
      const { snapshot } = session;
      expect(JSON.stringify(snapshot)).not.to.match(/(?:access|refresh)-\d/);
      if (snapshot.status === 'signed-in') {
        expect(snapshot.context.patient, 'somebody is signed in as somebody').to.be.oneOf([
          'maria',
          'walter',
        ]);
      }
      if (snapshot.status === 'signed-in' || snapshot.status === 'expired') {
        expect([...this.over], `${snapshot.status} in a session that is over`).not.to.include(snapshot.id);
      }
    }
  }

  /** What holds once nothing is under way. */
  checkAtRest(): void {
    this.check();
    const keys = [...this.browser.stored.keys()];
    for (const id of this.over) {
      expect(
        keys.filter((key) => key.includes(id)),
        'what is left of a session that is over',
      ).to.deep.equal([]);
    }
    for (const { tab } of this.pages) {
      for (const id of this.over) {
        expect([...tab.storage.values()].join(), 'what is left of it in a tab').not.to.include(id);
      }
    }
  }
}

const minuteMs = 60_000;
const moods: readonly Mood[] = ['well', 'well', 'well', 'away', 'in trouble', 'slow', 'refusing'];

const step = fc.record({
  which: fc.nat(3),
  patient: fc.constantFrom('maria', 'walter'),
  mood: fc.constantFrom(...moods),
  ms: fc.constantFrom(1_000, 30_000, 3 * minuteMs, 9 * minuteMs, 11 * minuteMs, 40 * minuteMs),
  jumpMs: fc.constantFrom(-24 * 60 * minuteMs, -2 * minuteMs, 2 * minuteMs, 60 * minuteMs),
  waits: fc.constantFrom('until all is quiet', 'a turn', 'not at all'),
  what: fc.constantFrom(
    // First, so that what a failure does not need is shrunk to it.
    'nothing',
    'sign in',
    'sign in',
    'launch',
    'sign out',
    'read',
    'read',
    'read',
    'renew',
    'extend',
    'act',
    'reload',
    'close',
    'open',
    'duplicate',
    'put away',
    'come back',
    'hide',
    'look',
    'go online',
    'mood',
    'mood',
    'release',
    'wait',
    'wait',
    'set the clock',
  ),
});
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;
/** What a sequence is made of. */
type Life = [idleTimeout: number | undefined, life: Step[]];

async function take(world: World, { which, what, patient, mood, ms, jumpMs, waits }: Step): Promise<void> {
  const page = world.pages[which % world.pages.length];
  if (!page) {
    throw new Error('There always is a page.');
  }
  const { tab, session } = page;
  const { snapshot } = session;
  switch (what) {
    case 'nothing':
      return;
    case 'sign in':
      await world.signIn(page, patient);
      break;
    case 'launch':
      await world.launch(page, patient);
      break;
    case 'sign out':
      world.signOut(page);
      break;
    case 'read':
      world.read(page);
      break;
    case 'renew':
    case 'extend':
      if (snapshot.status === 'signed-in') {
        (what === 'renew' ? snapshot.refresh() : snapshot.extend()).catch(() => undefined);
      }
      break;
    case 'act':
      tab.act();
      break;
    case 'reload':
      world.load(page);
      break;
    case 'close':
      world.close(page);
      break;
    case 'open':
    case 'duplicate':
      if (world.pages.length < 4) {
        world.open(what === 'duplicate' ? page : undefined);
      }
      break;
    case 'put away':
      tab.emit('left');
      break;
    case 'come back':
      tab.emit('restored');
      break;
    case 'hide':
    case 'look':
      tab.isVisible = what === 'look';
      tab.emit(what === 'look' ? 'visible' : 'hidden');
      break;
    case 'go online':
      tab.emit('online');
      break;
    case 'mood':
      world.server.mood = mood;
      break;
    case 'release':
      world.server.release();
      break;
    case 'wait':
      await world.browser.pass(ms);
      break;
    case 'set the clock':
      world.browser.now += jumpMs;
      break;
  }
  if (waits === 'a turn') {
    await turn();
  } else if (waits === 'until all is quiet') {
    await settled();
  }
  world.check();
}

/** What went wrong, and the shortest way to it that was found. */
function tell({ failed, seed, counterexample, errorInstance }: fc.RunDetails<Life>): void {
  if (failed) {
    const [idleTimeout, life] = counterexample ?? [];
    const way = life
      ?.filter(({ what }) => what !== 'nothing')
      .map(({ which, what, patient, mood, ms, jumpMs, waits }) => {
        const how = { 'sign in': patient, launch: patient, mood, wait: ms, 'set the clock': jumpMs };
        return `${String(which)}: ${what} ${String(how[what as keyof typeof how] ?? '')}, waits ${waits}`;
      });
    throw new Error(
      `${String(errorInstance)}\nseed ${String(seed)}, idle ${String(idleTimeout)}\n${String(way?.join('\n'))}`,
    );
  }
}

/** @param persist where the sessions are kept. */
export function describeAnyLife(persist: Persistence): void {
  describe(`any life of a session kept in the ${persist}`, () => {
    it(`${String(sequences)} sequences of ${String(steps)} steps: one renewal at a time, no token twice or on show, nothing of before`, async function anyLife() {
      // Not a wait for anything: it takes as long as it takes.
      this.timeout(0);
      await fc.assert(
        fc.asyncProperty(
          fc.constantFrom<number | undefined>(undefined, 900),
          fc.array(step, { minLength: steps, maxLength: steps }),
          async (idleTimeout, life) => {
            const world = new World(persist, idleTimeout);
            await settled();
            for (const each of life) {
              await take(world, each);
            }
            world.server.mood = 'well';
            world.server.release();
            await settled();
            world.checkAtRest();
            for (const { session } of world.pages) {
              session.stop();
            }
          },
        ),
        { numRuns: sequences, reporter: tell },
      );
    });
  });
}
