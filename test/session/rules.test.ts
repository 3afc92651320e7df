import { expect } from '@open-wc/testing';

import { callbackUrl, clientOptions, leave, pageUrl, signIn, startSession } from '../support/signed-in.js';
import { settled } from '../support/settled.js';
import { SimulatedBrowser } from '../support/simulated-host.js';
import {
  fhirBase,
  json,
  origin,
  SimulatedServer,
  signIdToken,
  smartConfiguration,
  tokenAnswer,
} from '../support/simulated-server.js';
import { signedIn } from './sessions.js';

describe('rules of a SMART App Launch client', () => {
  let browser: SimulatedBrowser;
  let server: SimulatedServer;

  beforeEach(() => {
    browser = new SimulatedBrowser();
    server = new SimulatedServer();
  });

  it('SMART-21: two sessions for one server, and one for another, live side by side', async () => {
    const tab = browser.openTab(pageUrl, server.fetch);
    const ids = new Set<string>();
    for (const options of [{ name: 'one' }, { name: 'two' }, { name: 'one', clientId: 'other' }]) {
      const before = await startSession(tab, options);
      const authorization = await leave(before, tab);
      before.stop();
      tab.load(callbackUrl(authorization));
      const session = await startSession(tab, options);
      ids.add(signedIn(session).id);
      session.stop();
    }
    tab.load(pageUrl);
    const restored = [];
    for (const options of [{ name: 'one' }, { name: 'two' }, { name: 'one', clientId: 'other' }]) {
      restored.push(signedIn(await startSession(tab, options)).id);
    }
    expect(new Set(restored)).to.deep.equal(ids);
    expect(ids.size).to.equal(3);
  });

  it('SMART-94: a scope for renewal that is not listed is not missing where a refresh token came', async () => {
    for (const [refreshToken, missing] of [
      ['refresh-1', []],
      [undefined, ['online_access']],
    ] as const) {
      server.plan.token = () =>
        json(tokenAnswer(1, { scope: 'launch/patient patient/Patient.rs', refresh_token: refreshToken }));
      const tab = browser.openTab(pageUrl, server.fetch);
      const authorization = await leave(await startSession(tab), tab);
      tab.load(callbackUrl(authorization));
      expect(signedIn(await startSession(tab)).missingScopes).to.deep.equal(missing);
    }
  });

  it('SMART-28 [R16]: verifier, nonce and state are gone when the code has been exchanged', async () => {
    const tab = browser.openTab(pageUrl, server.fetch);
    const authorization = await leave(await startSession(tab), tab);
    expect([...browser.stored.keys()].filter((key) => key.startsWith('login/'))).to.have.length(1);
    tab.load(callbackUrl(authorization));
    signedIn(await startSession(tab));
    const left = JSON.stringify([...browser.stored.keys(), ...tab.storage]);
    expect(left).not.to.contain(authorization.searchParams.get('state'));
    expect([...browser.stored.keys()].filter((key) => key.startsWith('login/'))).to.deep.equal([]);
  });

  it('SMART-32: a nonce goes along with openid, each time another', async () => {
    const tab = browser.openTab(pageUrl, server.fetch);
    const nonces = new Set<string | null>();
    for (const scope of ['openid fhirUser', 'openid']) {
      nonces.add((await leave(await startSession(tab, { scope }), tab)).searchParams.get('nonce'));
    }
    expect(nonces.size).to.equal(2);
    const without = await leave(await startSession(tab, { scope: 'launch/patient' }), tab);
    expect(without.searchParams.has('nonce')).to.equal(false);
  });

  it('SMART-38: nothing that comes back in the address chooses where the person goes', async () => {
    const tab = browser.openTab(pageUrl, server.fetch);
    const authorization = await leave(await startSession(tab), tab);
    const url = new URL(callbackUrl(authorization));
    for (const name of ['returnTo', 'redirect_uri', 'next', 'url']) {
      url.searchParams.set(name, 'https://evil.example/');
    }
    tab.load(url.href);
    const left = tab.visited.length;
    signedIn(await startSession(tab));
    expect(tab.visited).to.have.length(left);
    expect(new URL(tab.pageUrl()).origin).to.equal('https://portal.example');
  });

  it('SMART-43 [R12]: the code is exchanged by a form, whole, with the redirect URI and the verifier', async () => {
    const tab = browser.openTab(pageUrl, server.fetch);
    const authorization = await leave(await startSession(tab), tab);
    const code = 'a+b&x=1 %2B/ü';
    tab.load(callbackUrl(authorization, { code }));
    signedIn(await startSession(tab));
    const request = server.seen.find(({ leg }) => leg === 'token');
    expect(Object.fromEntries(request?.form ?? [])).to.include({
      grant_type: 'authorization_code',
      code,
      redirect_uri: authorization.searchParams.get('redirect_uri'),
      client_id: clientOptions.clientId,
    });
    expect(request?.form.get('code_verifier')).to.match(/^[\w-]{43}$/);
    expect(request?.init).to.include({ credentials: 'omit', redirect: 'error', cache: 'no-store' });
    expect(new Headers(request?.init.headers).has('authorization')).to.equal(false);
  });

  for (const [answer, status] of [
    [{ access_token: 'a' }, 'signed-in'],
    [{ token_type: 'Bearer', expires_in: 600 }, 'signed-out'],
    [{ access_token: '' }, 'signed-out'],
  ] as const) {
    it(`SMART-44: ${JSON.stringify(answer)} leaves the person ${status}`, async () => {
      const tab = browser.openTab(pageUrl, server.fetch);
      const authorization = await leave(await startSession(tab), tab);
      server.plan.token = () => json(answer);
      tab.load(callbackUrl(authorization));
      expect((await startSession(tab)).snapshot.status).to.equal(status);
    });
  }

  it('SMART-53 [R25]: an access token is nobody’s to read, whatever it looks like', async () => {
    for (const access_token of [
      'opaque',
      'a.b.c',
      'eyJhbGciOiJub25lIn0.eyJleHAiOjF9.',
      '..',
      'a.'.repeat(9),
    ]) {
      const tab = browser.openTab(pageUrl, server.fetch);
      const authorization = await leave(await startSession(tab), tab);
      server.plan.token = () => json(tokenAnswer(1, { access_token, expires_in: undefined }));
      tab.load(callbackUrl(authorization));
      const { fetch, expiresAt } = signedIn(await startSession(tab));
      expect(expiresAt).to.equal(undefined);
      await fetch('Patient/maria');
      const sent = new Headers(server.seen.at(-1)?.init.headers).get('authorization');
      expect(sent).to.equal(`Bearer ${access_token}`);
    }
  });

  it('SMART-81: context that was asked for and did not come spoils nothing', async () => {
    const tab = browser.openTab(pageUrl, server.fetch);
    const scope = 'launch/encounter user/Encounter.rs';
    const authorization = await leave(await startSession(tab, { scope }), tab);
    server.plan.token = () => json(tokenAnswer(1, { scope, patient: undefined }));
    tab.load(callbackUrl(authorization));
    const { context, warnings } = signedIn(await startSession(tab, { scope }));
    expect(context).not.to.have.any.keys('patient', 'encounter');
    expect(warnings).to.deep.equal([]);
  });

  for (const [alg, isBelieved] of [
    ['RS256', true],
    ['none', false],
    ['HS256', false],
  ] as const) {
    it(`SMART-85: an id_token signed with ${alg} is ${isBelieved ? '' : 'not '}believed`, async () => {
      const tab = browser.openTab(pageUrl, server.fetch);
      const scope = 'openid';
      const authorization = await leave(await startSession(tab, { scope }), tab);
      const now = Math.floor(browser.now / 1000);
      const nonce = authorization.searchParams.get('nonce') ?? '';
      const claims = { iss: origin, aud: 'portal', sub: 'maria', iat: now, exp: now + 600, nonce };
      const id_token = await signIdToken(claims, { alg, kid: 'one' });
      server.plan.token = () => json(tokenAnswer(1, { scope, id_token }));
      tab.load(callbackUrl(authorization));
      const { user } = signedIn(await startSession(tab, { scope }));
      expect(user?.subject).to.equal(isBelieved ? 'maria' : undefined);
    });
  }

  it('SMART-88: an id_token that comes with a renewal and is no good leaves who signed in as it was', async () => {
    const tab = browser.openTab(pageUrl, server.fetch);
    const scope = 'openid';
    const authorization = await leave(await startSession(tab, { scope }), tab);
    const now = Math.floor(browser.now / 1000);
    const nonce = authorization.searchParams.get('nonce') ?? '';
    const id_token = await signIdToken({
      iss: origin,
      aud: 'portal',
      sub: 'maria',
      iat: now,
      exp: now + 600,
      nonce,
    });
    server.plan.token = () => json(tokenAnswer(1, { scope, id_token }));
    tab.load(callbackUrl(authorization));
    const session = await startSession(tab, { scope });
    for (const [count, renewed] of ['nonsense', 'a.b.c', '', await signIdToken({ sub: 'maria' })].entries()) {
      server.plan.token = () => json(tokenAnswer(count + 2, { scope, id_token: renewed }));
      await signedIn(session).refresh();
      const { user, warnings } = signedIn(session);
      expect(user?.subject).to.equal('maria');
      expect(
        warnings.map(({ code }) => code),
        'said once',
      ).to.deep.equal(['id-token/malformed']);
    }
    for (const repeated of [undefined, nonce]) {
      const idToken = await signIdToken({
        ...{ iss: origin, aud: 'portal', sub: 'maria', iat: now, exp: now + 600 },
        ...(repeated !== undefined && { nonce: repeated }),
      });
      const count = repeated === undefined ? 6 : 7;
      server.plan.token = () => json(tokenAnswer(count, { scope, id_token: idToken }));
      await signedIn(session).refresh();
      expect(signedIn(session).warnings, 'with or without its nonce').to.have.length(1);
    }
    server.plan.token = async () =>
      json(tokenAnswer(9, { scope, id_token: await signIdToken({ sub: 'sam' }) }));
    await signedIn(session)
      .refresh()
      .catch(() => undefined);
    expect(session.snapshot.status, 'somebody else').to.equal('signed-out');
  });

  it('SMART-102: says where a person manages what apps may see, where the server says so', async () => {
    const management_endpoint = `${origin}/manage`;
    server.plan.wellKnown = () => json({ ...smartConfiguration, management_endpoint });
    expect(signedIn((await signIn(browser, server)).session).server.managementEndpoint).to.equal(
      management_endpoint,
    );
    const { session } = await signIn(browser, new SimulatedServer());
    expect(signedIn(session).server).not.to.have.property('managementEndpoint');
  });

  it('SMART-105: a client secret is refused before anything is asked', async () => {
    const session = await startSession(browser.openTab(pageUrl, server.fetch), { hasClientSecret: true });
    expect(session.snapshot.error?.code).to.equal('config/secret-in-browser');
    expect(server.seen).to.deep.equal([]);
  });

  it('SMART-110: the redirect URI is sent exactly as it was registered, at both places', async () => {
    const redirectUri = 'https://portal.example/cb/?from=%7eehr';
    const tab = browser.openTab(pageUrl, server.fetch);
    const authorization = await leave(await startSession(tab, { redirectUri }), tab);
    expect(authorization.searchParams.get('redirect_uri')).to.equal(redirectUri);
    const back = new URL(redirectUri);
    back.searchParams.set('code', 'c');
    back.searchParams.set('state', authorization.searchParams.get('state') ?? '');
    tab.load(back.href);
    await startSession(tab, { redirectUri });
    expect(server.seen.find(({ leg }) => leg === 'token')?.form.get('redirect_uri')).to.equal(redirectUri);
  });

  it('SMART-120 SMART-122: of many who ask at once, one renews, and no refresh token is sent twice', async () => {
    const { tab, session } = await signIn(browser, server);
    const other = await startSession(browser.openTab(pageUrl, server.fetch, tab));
    await browser.pass(700_000);
    await Promise.all(
      [session, other, session, other].map((one) =>
        signedIn(one)
          .fetch('Patient/maria')
          .catch(() => undefined),
      ),
    );
    await settled();
    const sent = server.seen
      .filter(({ leg, form }) => leg === 'token' && form.get('grant_type') === 'refresh_token')
      .map(({ form }) => form.get('refresh_token'));
    expect(sent.length).to.be.greaterThan(0);
    expect(new Set(sent).size).to.equal(sent.length);
  });

  it('SMART-126: the address is changed in place, and only by what is ours', async () => {
    const route = `${pageUrl.split('#')[0] ?? ''}&code=SAVE10#/a?b=c`;
    const tab = browser.openTab(route, server.fetch);
    await startSession(tab);
    expect(tab.pageUrl()).to.equal(route);
    expect(fhirBase).not.to.contain('portal');
  });
});
