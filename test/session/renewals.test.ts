import { expect } from '@open-wc/testing';

import { pageUrl, signIn, startSession } from '../support/signed-in.js';
import { settled } from '../support/settled.js';
import { SimulatedBrowser } from '../support/simulated-host.js';
import { json, SimulatedServer, tokenAnswer } from '../support/simulated-server.js';
import { authorizationOf, codeOf, refreshTokensSent, signedIn } from './sessions.js';

/** Longer than the tokens live. */
const longMs = 600_000;

describe('renewing', () => {
  let browser: SimulatedBrowser;
  let server: SimulatedServer;

  beforeEach(() => {
    browser = new SimulatedBrowser();
    server = new SimulatedServer();
  });

  /** Lets renewals wait until they are let go. */
  function slowly(): () => void {
    const { token } = server.plan;
    let release = (): void => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    server.plan.token = async (form) => {
      await gate;
      return token(form);
    };
    return release;
  }

  it('SMART-96 [R8b]: one who gives up ends neither the renewal nor what others wait for', async () => {
    const { session } = await signIn(browser, server);
    const release = slowly();
    await browser.pass(longMs);
    const impatient = new AbortController();
    const gaveUp = codeOf(session.fetch('Patient/maria', { signal: impatient.signal }));
    const patient = session.fetch('Patient/maria');
    await settled();
    impatient.abort();
    release();
    expect(await gaveUp).to.equal('AbortError');
    expect((await patient).status).to.equal(200);
    expect(signedIn(session).error).to.equal(undefined);
    expect(refreshTokensSent(server)).to.deep.equal(['refresh-1']);
  });

  it('SMART-96 [R8b]: nor where the only one who waits gives up', async () => {
    const { session } = await signIn(browser, server);
    const release = slowly();
    await browser.pass(longMs);
    const impatient = new AbortController();
    const gaveUp = codeOf(session.fetch('Patient/maria', { signal: impatient.signal }));
    await settled();
    impatient.abort();
    release();
    expect(await gaveUp).to.equal('AbortError');
    expect((await session.fetch('Patient/maria')).status).to.equal(200);
    expect(refreshTokensSent(server)).to.deep.equal(['refresh-1']);
    expect(authorizationOf(server.seen.at(-1))).to.equal('Bearer access-2');
  });

  const broken = (): Response =>
    new Response(new ReadableStream({ start: (stream) => stream.error(new TypeError('Broken')) }));
  const faults: Readonly<Record<string, readonly [string, () => Response | Promise<Response>]>> = {
    'a connection that drops': ['token/unreachable', () => Promise.reject(new TypeError('Failed to fetch'))],
    'an answer that breaks off': ['token/unreachable', broken],
    'no answer in time': ['token/timed-out', () => Promise.reject(new DOMException('Slow.', 'TimeoutError'))],
    'a 500 in words': ['token/unavailable', () => new Response('<p>Sorry', { status: 500 })],
    'a 503 with JSON': ['token/unavailable', () => json({ message: 'Maintenance' }, 503)],
    'a 502 that speaks of a server error': ['token/unavailable', () => json({ error: 'server_error' }, 502)],
    'a 503 that says invalid_grant': ['token/unavailable', () => json({ error: 'invalid_grant' }, 503)],
    'a 429': ['', () => json({ error: 'slow_down' }, 429)],
  };
  for (const [name, [code, fault]] of Object.entries(faults)) {
    it(`SMART-96: ${name} ends nothing: the same refresh token serves when the server is well again`, async () => {
      const { session } = await signIn(browser, server);
      const { token } = server.plan;
      server.plan.token = fault;
      await browser.pass(longMs);
      expect(await codeOf(session.fetch('Patient/maria'))).to.contain(code || 'token/');
      expect(signedIn(session).refreshable).to.equal(true);
      server.plan.token = token;
      await browser.pass(1_000);
      expect((await session.fetch('Patient/maria')).status).to.equal(200);
      expect(signedIn(session).error).to.equal(undefined);
      expect(new Set(refreshTokensSent(server))).to.deep.equal(new Set(['refresh-1']));
    });
  }

  it('SMART-96: a refusal does end it', async () => {
    const { session } = await signIn(browser, server);
    server.plan.token = () => json({ error: 'invalid_grant' }, 400);
    await browser.pass(longMs);
    expect(await codeOf(session.fetch('Patient/maria'))).to.equal('token/invalid-grant');
    expect(session.snapshot.status).to.equal('expired');
    expect(session.snapshot.error?.code).to.equal('session/expired');
    expect(session.snapshot.error?.oauth?.error).to.equal('invalid_grant');
  });

  it('SMART-94 [R9]: a refresh token is enough, whatever the grant says about access for later', async () => {
    const scope = 'launch/patient patient/Patient.rs';
    server.plan.token = () => json(tokenAnswer(server.count('token'), { scope }));
    const { session } = await signIn(browser, server);
    expect(signedIn(session)).to.include({ refreshable: true });
    await session.refresh();
    await browser.pass(longMs);
    expect((await session.fetch('Patient/maria')).status).to.equal(200);
    expect(authorizationOf(server.seen.at(-1))).to.equal('Bearer access-3');
    expect(refreshTokensSent(server)).to.deep.equal(['refresh-1', 'refresh-2']);
  });

  it('SMART-91: the scope goes along only where the page says that the server wants it', async () => {
    for (const renewsWithScope of [true, false]) {
      const { session } = await signIn(browser, server, { renewsWithScope });
      await session.refresh();
      const renewal = server.seen.filter(({ leg }) => leg === 'token').at(-1);
      expect(renewal?.form.get('scope')).to.equal(
        renewsWithScope ? signedIn(session).scopes.join(' ') : null,
      );
    }
  });

  it('SMART-94: without one there is no renewal, also where the grant speaks of access for later', async () => {
    server.plan.token = () => json(tokenAnswer(1, { refresh_token: undefined }));
    const { session } = await signIn(browser, server);
    expect(signedIn(session)).to.include({ refreshable: false });
    expect(await codeOf(session.refresh())).to.equal('session/not-renewable');
    expect(refreshTokensSent(server)).to.deep.equal([]);
  });

  for (const [isStrict, kind] of [
    [true, 'refuses a renewal without the client id'],
    [false, 'asks for no client id'],
  ] as const) {
    it(`SMART-92 [R11]: renews at a server that ${kind}`, async () => {
      const { token } = server.plan;
      server.plan.token = (form) =>
        isStrict && form.get('client_id') !== 'portal' ? json({ error: 'invalid_client' }, 401) : token(form);
      const { session } = await signIn(browser, server);
      await session.refresh();
      await session.fetch('Patient/maria');
      expect(authorizationOf(server.seen.at(-1))).to.equal('Bearer access-2');
      const renewal = server.seen.filter(({ leg }) => leg === 'token').at(-1);
      expect(Object.fromEntries(renewal?.form ?? [])).to.deep.equal({
        grant_type: 'refresh_token',
        refresh_token: 'refresh-1',
        client_id: 'portal',
      });
    });
  }

  for (const [rotates, sent] of [
    [true, ['refresh-1', 'refresh-2', 'refresh-3']],
    [false, ['refresh-1', 'refresh-1', 'refresh-1']],
  ] as const) {
    it(`SMART-95 [R29]: sends the refresh token that came last: ${sent.join(', ')}`, async () => {
      server.plan.token = () => {
        const count = server.count('token');
        return json(tokenAnswer(count, count > 1 && !rotates ? { refresh_token: undefined } : {}));
      };
      const { tab, session } = await signIn(browser, server);
      await session.refresh();
      await session.refresh();
      session.stop();
      tab.load();
      await signedIn(await startSession(tab)).refresh();
      expect(refreshTokensSent(server)).to.deep.equal(sent);
    });
  }

  /** A server that takes a refresh token for stolen when it sees it again. */
  function refusingReuse(): void {
    const spent = new Set<string | null>();
    const { token } = server.plan;
    server.plan.token = (form) => {
      const refreshToken = form.get('refresh_token');
      if (refreshToken !== null && spent.has(refreshToken)) {
        return json({ error: 'invalid_grant' }, 400);
      }
      spent.add(refreshToken);
      return token(form);
    };
  }

  it('SMART-95 [R19]: of two sessions in one page that renew at once, one asks, and none is signed out', async () => {
    refusingReuse();
    const { tab, session: one } = await signIn(browser, server);
    const two = await startSession(tab);
    expect(signedIn(two).id).to.equal(signedIn(one).id);
    await browser.pass(longMs);
    await Promise.all([one, two, one, two].map((session) => session.fetch('Patient/maria')));
    expect(refreshTokensSent(server)).to.deep.equal(['refresh-1']);
    await Promise.all([one.refresh(), two.refresh()]);
    for (const session of [one, two]) {
      expect(signedIn(session).error).to.equal(undefined);
      await session.fetch('Patient/maria');
    }
    const sent = refreshTokensSent(server);
    expect(new Set(sent).size, 'none twice').to.equal(sent.length);
  });

  it('SMART-95: the same in two tabs that share a session; a server that allows reuse sees no difference', async () => {
    for (const isStrict of [true, false]) {
      server = new SimulatedServer();
      browser = new SimulatedBrowser();
      if (isStrict) {
        refusingReuse();
      }
      const { tab, session: one } = await signIn(browser, server);
      const two = await startSession(browser.openTab(pageUrl, server.fetch, tab));
      await browser.pass(longMs);
      await Promise.all([one, two].map((session) => session.fetch('Patient/maria')));
      expect(refreshTokensSent(server)).to.deep.equal(['refresh-1']);
      expect([one, two].map((session) => signedIn(session).status)).to.deep.equal(['signed-in', 'signed-in']);
    }
  });
});
