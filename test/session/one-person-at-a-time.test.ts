import { expect } from '@open-wc/testing';

import { OAuthSession } from '../../src/session/oauth-session.js';
import { callbackUrl, clientOptions, leave, pageUrl, signIn, startSession } from '../support/signed-in.js';
import { settled } from '../support/settled.js';
import { SimulatedBrowser, type SimulatedTab } from '../support/simulated-host.js';
import {
  fhirBase,
  json,
  origin,
  revoked,
  SimulatedServer,
  smartConfiguration,
  tokenAnswer,
} from '../support/simulated-server.js';
import { codeOf, signedIn } from './sessions.js';

describe('one person at a time', () => {
  let browser: SimulatedBrowser;
  let server: SimulatedServer;

  beforeEach(() => {
    browser = new SimulatedBrowser();
    server = new SimulatedServer();
  });

  /** An answer that is given when the test says so. */
  function later(): { readonly answer: Promise<Response>; readonly give: (response: Response) => void } {
    let give: (response: Response) => void = () => undefined;
    const answer = new Promise<Response>((resolve) => {
      give = resolve;
    });
    return { answer, give };
  }

  it('SMART-124: nothing in a snapshot can be changed to lead a token elsewhere', async () => {
    const { tab, session } = await signIn(browser, server);
    session.stop();
    tab.load(pageUrl);
    for (const one of [signedIn(session), signedIn(await startSession(tab))]) {
      for (const part of [one, one.server, one.context, one.context.extra, one.scopes]) {
        expect(Object.isFrozen(part)).to.equal(true);
      }
      expect(() => {
        (one.server as { tokenEndpoint: string }).tokenEndpoint = 'https://evil.example/t';
      }).to.throw(TypeError);
    }
  });

  it('SMART-124: what a server repeats of its tokens is in no launch context', async () => {
    server.plan.token = () =>
      json(
        tokenAnswer(1, {
          token: 'access-1',
          device_secret: 'hidden',
          hint: { of: 'refresh-1' },
          tenant: 't',
        }),
      );
    const { context } = signedIn((await signIn(browser, server)).session);
    expect(context.extra).to.deep.equal({});
    expect(context.tenant).to.equal('t');
  });

  for (const [name, status] of [
    ['an answer that comes late reaches nobody', 200],
    ['a refusal that comes late ends no other session', 401],
  ] as const) {
    it(`SMART-18: ${name}`, async () => {
      server.plan.token = () => json(tokenAnswer(1, { refresh_token: undefined }));
      const { tab, session: before } = await signIn(browser, server);
      before.stop();
      tab.load(pageUrl);
      const session = await startSession(tab, { display: 'popup' });
      const { id, fetch } = signedIn(session);
      const { answer, give } = later();
      server.plan.fhir = () => answer;
      const read = codeOf(fetch('Patient/maria'));
      await browser.pass(11 * 60_000);
      expect(session.snapshot.status).to.equal('expired');
      server.plan.token = () => json(tokenAnswer(2, { refresh_token: undefined, patient: 'otto' }));
      const signedInAgain = session.signIn();
      await settled();
      const window = tab.opened.at(-1);
      const authorization = new URL(window?.visited.at(-1) ?? '');
      const query = new URL(callbackUrl(authorization)).search.slice(1);
      tab.tell({ answer: { state: authorization.searchParams.get('state') ?? '', query } });
      await signedInAgain;
      expect(signedIn(session).context.patient).to.equal('otto');
      give(json({ resourceType: 'Patient', id: 'maria' }, status));
      expect(await read).to.equal('session/superseded');
      await settled();
      expect(signedIn(session).id).not.to.equal(id);
    });
  }

  it('a session whose settings a script completes goes on where the one before was', async () => {
    const tab = browser.openTab(pageUrl, server.fetch);
    const authorization = await leave(await startSession(tab), tab);
    tab.load(callbackUrl(authorization));
    const { answer, give } = later();
    server.plan.token = () => answer;
    const first = new OAuthSession(clientOptions, tab);
    const started = first.start();
    await settled();
    first.stop();
    const second = new OAuthSession(clientOptions, tab);
    const restarted = second.start();
    await settled();
    give(json(tokenAnswer(1)));
    await Promise.all([started, restarted]);
    expect(signedIn(second).context.patient).to.equal('maria');
    expect(server.count('token')).to.equal(1);
  });

  it('SMART-19: a launch that nobody has left with yet is the next session’s', async () => {
    const launchUrl = `https://portal.example/chart?iss=${encodeURIComponent(fhirBase)}&launch=xyz`;
    const tab = browser.openTab(launchUrl, server.fetch);
    const { answer, give } = later();
    server.plan.wellKnown = () => answer.then((response) => response.clone());
    const options = { ...clientOptions, issuers: fhirBase };
    const first = new OAuthSession(options, tab);
    void first.start();
    await settled();
    first.stop();
    const second = new OAuthSession(options, tab);
    const started = second.start();
    give(json(smartConfiguration));
    await started;
    await settled();
    expect(tab.visited).to.have.length(1);
    const state = new URL(tab.visited[0] ?? '').searchParams.get('state') ?? '';
    expect([...browser.stored.keys()]).to.include(`login/v1|${state}`);
  });

  it('leaves nothing behind, and nowhere, once it was stopped while it prepared', async () => {
    const tab = browser.openTab(pageUrl, server.fetch);
    const { answer, give } = later();
    server.plan.wellKnown = () => answer;
    const session = new OAuthSession(clientOptions, tab);
    await session.start();
    void session.signIn();
    session.stop();
    give(json(smartConfiguration));
    await browser.pass(60 * 60_000);
    expect(tab.visited).to.deep.equal([]);
    expect([...browser.stored.keys()]).to.deep.equal([]);
  });

  it('SMART-104: two elements of a page that have the same session lose it together', async () => {
    const { tab, session } = await signIn(browser, server);
    const other = await startSession(tab);
    expect(signedIn(other).id).to.equal(signedIn(session).id);
    await session.signOut();
    await settled();
    expect(other.snapshot).to.include({ status: 'signed-out', reason: 'signed-out-elsewhere' });
  });

  it('SMART-21 SMART-125: of two elements without a name, the answer is for the one whose server it is', async () => {
    const tab = browser.openTab(pageUrl, server.fetch);
    const options = { clientId: 'portal-of-b' };
    const authorization = await leave(await startSession(tab, options), tab);
    tab.load(callbackUrl(authorization));
    const [first, second] = [
      new OAuthSession(clientOptions, tab),
      new OAuthSession({ ...clientOptions, ...options }, tab),
    ];
    await Promise.all([first.start(), second.start()]);
    await browser.pass(5_000);
    expect(first.snapshot.status).to.equal('signed-out');
    expect(first.snapshot.error).to.equal(undefined);
    expect(signedIn(second).context.patient).to.equal('maria');
  });

  it('a sign-out while the browser writes leaves nothing, here and at the server', async () => {
    const tab = browser.openTab(pageUrl, server.fetch);
    const authorization = await leave(await startSession(tab), tab);
    tab.load(callbackUrl(authorization));
    let stored: () => void = () => undefined;
    const { set } = tab.records;
    Object.assign(tab.records, {
      set: async (values: readonly (readonly [string, unknown])[]) => {
        await set(values);
        await new Promise<void>((resolve) => {
          stored = resolve;
        });
      },
    });
    const session = new OAuthSession(clientOptions, tab);
    const started = session.start();
    await settled();
    expect(session.snapshot.status).to.equal('exchanging');
    const out = session.signOut();
    stored();
    await Promise.all([started, out]);
    expect([...browser.stored.keys()].filter((key) => key.startsWith('session/'))).to.deep.equal([]);
    expect(revoked(server)).to.deep.equal(['refresh-1', 'access-1']);
    session.stop();
    tab.load(pageUrl);
    expect((await startSession(tab)).snapshot.status).to.equal('signed-out');
  });

  it('SMART-101: tokens that came for somebody else are revoked, and not used', async () => {
    const { session } = await signIn(browser, server);
    server.plan.token = () => json(tokenAnswer(2, { patient: 'otto' }));
    expect(await codeOf(session.refresh())).to.equal('context/patient-changed');
    await settled();
    expect(session.snapshot.status).to.equal('signed-out');
    expect(revoked(server)).to.deep.equal(['refresh-2', 'access-2']);
  });

  it('SMART-127: an ended session can be taken off the page, and Back does not bring another one’s', async () => {
    server.plan.token = () => json(tokenAnswer(1, { refresh_token: undefined }));
    const { tab, session } = await signIn(browser, server);
    await browser.pass(11 * 60_000);
    const { snapshot } = session;
    if (snapshot.status !== 'expired') {
      throw new Error(snapshot.status);
    }
    expect(snapshot.context.patient).to.equal('maria');
    // The tab goes on to another person, while this page sleeps.
    const { tab: next } = await signIn(browser, server);
    for (const [key, value] of next.storage) {
      tab.storage.set(key, value);
    }
    tab.emit('restored');
    await settled();
    expect(session.snapshot).to.include({ status: 'signed-out', reason: 'signed-out-elsewhere' });
  });

  it('an ended session is forgotten by signing out', async () => {
    server.plan.token = () => json(tokenAnswer(1, { refresh_token: undefined }));
    const { session } = await signIn(browser, server);
    await browser.pass(11 * 60_000);
    const { snapshot } = session;
    await (snapshot.status === 'expired' ? snapshot.signOut() : Promise.reject(new Error(snapshot.status)));
    expect(session.snapshot).to.include({ status: 'signed-out', reason: 'signed-out' });
    expect([...browser.stored.keys()].filter((key) => key.startsWith('session/'))).to.deep.equal([]);
  });

  it('what was wanting is said after a reload too', async () => {
    server.plan.token = () => json(tokenAnswer(1, { patient: undefined }));
    const { tab, session } = await signIn(browser, server);
    session.stop();
    tab.load(pageUrl);
    const restored = signedIn(await startSession(tab));
    expect(restored.warnings.map(({ code }) => code)).to.deep.equal(['context/missing-patient']);
    expect(restored.warnings[0]?.message).to.contain('whose record');
  });

  it('SMART-11 SMART-56 SMART-58: what the server itself names may have the token, and nothing else', async () => {
    const imaging = 'https://imaging.example/dicom';
    const pharmacy = 'https://pharmacy.example/fhir';
    for (const [wellKnown, token, places] of [
      [{}, {}, []],
      [{ associated_endpoints: [{ url: imaging }] }, {}, [imaging]],
      [{}, { authorization_details: [{ type: 'smart_on_fhir', locations: [pharmacy] }] }, [pharmacy]],
      [{ associated_endpoints: [{ url: 'http://plain.example/' }] }, {}, []],
    ] as const) {
      const plan = new SimulatedServer({
        wellKnown: () => json({ ...smartConfiguration, ...wellKnown }),
        token: () => json(tokenAnswer(1, token)),
      });
      const { session } = await signIn(browser, plan);
      for (const place of [imaging, pharmacy, 'http://plain.example']) {
        const expected = (places as readonly string[]).includes(place) ? 'no error' : 'fhir/foreign-url';
        expect(await codeOf(session.fetch(`${place}/Study/1`)), place).to.equal(expected);
      }
      session.stop();
    }
  });

  it('SMART-17: where to sign in at one server is not where to sign in at another', async () => {
    const other = 'https://other.example/fhir';
    const asked: string[] = [];
    const fetch: typeof globalThis.fetch = (input, init) => {
      asked.push(new Request(input).url);
      return server.fetch(input, init);
    };
    const tab: SimulatedTab = browser.openTab(
      `https://portal.example/chart?iss=${encodeURIComponent(other)}&launch=xyz`,
      fetch,
    );
    await startSession(tab, {
      issuers: other,
      configUrl: `${origin}/a.json`,
      configuration: smartConfiguration,
    });
    expect(tab.visited).to.deep.equal([]);
    expect(asked)
      .to.include(`${other}/.well-known/smart-configuration`)
      .and.not.to.include(`${origin}/a.json`);
  });

  it('SMART-14: a link that names the same server signs nobody out', async () => {
    const { tab, session } = await signIn(browser, server, { issuers: fhirBase });
    const { id } = signedIn(session);
    session.stop();
    tab.load(`https://portal.example/chart?iss=${encodeURIComponent(fhirBase)}`);
    expect(signedIn(await startSession(tab, { issuers: fhirBase })).id).to.equal(id);
  });

  it('SMART-40 SMART-126: a page keeps a code and a state of its own over a sign-in', async () => {
    const address = 'https://portal.example/chart?code=SAVE10&state=CA&tab=labs#x';
    const tab = browser.openTab(address, server.fetch);
    const authorization = await leave(await startSession(tab), tab);
    tab.load(callbackUrl(authorization));
    signedIn(await startSession(tab));
    expect(tab.pageUrl()).to.equal(address);
  });

  it('SMART-37: who did not allow access on another page comes back to the first one with the next sign-in', async () => {
    const options = { redirectUri: 'https://portal.example/callback' };
    const tab = browser.openTab(pageUrl, server.fetch);
    const authorization = await leave(await startSession(tab, options), tab);
    tab.load(callbackUrl(authorization, { error: 'access_denied' }));
    const again = await leave(await startSession(tab, options), tab);
    tab.load(callbackUrl(again));
    await startSession(tab, options);
    expect(tab.visited.at(-1)).to.equal(pageUrl);
  });

  it('SMART-20: a window that has nowhere to go is closed', async () => {
    const tab = browser.openTab(pageUrl, server.fetch);
    const { answer, give } = later();
    server.plan.wellKnown = () => answer;
    const session = await startSession(tab, { display: 'popup' });
    const signing = session.signIn();
    give(json({}, 401));
    await signing;
    expect(tab.opened.map(({ isClosed }) => isClosed)).to.deep.equal([true]);
  });

  it('SMART-30: a launch that is too long for an address goes as a form too', async () => {
    server.plan.wellKnown = () => json({ ...smartConfiguration, capabilities: ['authorize-post'] });
    const launchUrl = `https://portal.example/chart?iss=${encodeURIComponent(fhirBase)}&launch=${'x'.repeat(3_000)}`;
    const tab = browser.openTab(launchUrl, server.fetch);
    await startSession(tab, { issuers: fhirBase });
    expect(tab.posted).to.deep.equal([`${origin}/authorize`]);
  });

  it('signing in works where the tab’s storage is full, and where the database cannot be read', async () => {
    const { tab, session } = await signIn(browser, server);
    Object.assign(tab.records, { get: () => Promise.reject(new DOMException('x', 'UnknownError')) });
    await session.refresh();
    expect(server.count('token')).to.equal(2);
    const full = browser.openTab(pageUrl, server.fetch);
    const before = await startSession(full);
    full.storage.set = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
    expect((await leave(before, full)).origin).to.equal(origin);
  });
});
