import { expect } from '@open-wc/testing';

import { SmartError } from '../../src/core/smart-error.js';
import type { SignedInSnapshot, Snapshot } from '../../src/session/session.js';
import { callbackUrl, leave, pageUrl, signIn, startSession } from '../support/signed-in.js';
import { settled } from '../support/settled.js';
import { SimulatedBrowser } from '../support/simulated-host.js';
import {
  revoked,
  fhirBase,
  json,
  SimulatedServer,
  signIdToken,
  smartConfiguration,
  tokenAnswer,
} from '../support/simulated-server.js';

function signedIn(snapshot: Snapshot): SignedInSnapshot {
  if (snapshot.status !== 'signed-in') {
    throw new Error(`The session is ${snapshot.status}: ${snapshot.error?.code ?? 'no error'}`);
  }
  return snapshot;
}

async function codeOf(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'no error',
    (thrown: unknown) => (SmartError.is(thrown) ? thrown.code : String(thrown)),
  );
}

describe('a session by SMART App Launch', () => {
  let browser: SimulatedBrowser;
  let server: SimulatedServer;

  beforeEach(() => {
    browser = new SimulatedBrowser();
    server = new SimulatedServer();
  });

  describe('leaving', () => {
    it('prepares everything ahead: a click sends no request', async () => {
      const tab = browser.openTab(pageUrl, server.fetch);
      const session = await startSession(tab);
      const before = server.seen.length;
      await leave(session, tab);
      expect(server.seen.length).to.equal(before);
      expect(server.count('wellKnown')).to.equal(1);
    });

    it('SMART-24 SMART-26 SMART-27: asks for a code with PKCE, and names the FHIR base verbatim', async () => {
      const tab = browser.openTab(pageUrl, server.fetch);
      const { searchParams } = await leave(await startSession(tab), tab);
      expect(searchParams.get('response_type')).to.equal('code');
      expect(searchParams.get('client_id')).to.equal('portal');
      expect(searchParams.get('aud')).to.equal(fhirBase);
      expect(searchParams.get('code_challenge_method')).to.equal('S256');
      expect(searchParams.get('code_challenge')).to.match(/^[\w-]{43}$/);
      expect(searchParams.get('state')).to.match(/^se\.[\w-]{43}$/);
      expect(searchParams.get('redirect_uri')).to.equal('https://portal.example/chart');
      expect(searchParams.has('nonce'), 'a nonce is for openid only').to.equal(false);
    });

    it('a click before all is prepared leaves as soon as it is', async () => {
      let release = (): void => undefined;
      const gate = new Promise<void>((resolve) => (release = resolve));
      server.plan.wellKnown = async () => {
        await gate;
        return json(smartConfiguration);
      };
      const tab = browser.openTab(pageUrl, server.fetch);
      const session = await startSession(tab);
      const leaving = session.signIn();
      expect(session.snapshot.status).to.equal('authorizing');
      expect(tab.visited).to.deep.equal([]);
      release();
      await leaving;
      expect(tab.visited).to.have.length(1);
    });

    it('a second click while leaving does nothing', async () => {
      const tab = browser.openTab(pageUrl, server.fetch);
      const session = await startSession(tab);
      await Promise.all([session.signIn(), session.signIn()]);
      expect(tab.visited).to.have.length(1);
    });

    it('makes a prepared login afresh before it grows old', async () => {
      const tab = browser.openTab(pageUrl, server.fetch);
      const session = await startSession(tab);
      const before = [...browser.stored.keys()];
      await browser.pass(6 * 60_000);
      const after = [...browser.stored.keys()];
      expect(before).to.have.length(1);
      expect(after).to.have.length(1);
      expect(after).not.to.deep.equal(before);
      const authorization = await leave(session, tab);
      expect(after[0]).to.contain(authorization.searchParams.get('state'));
      expect(server.count('wellKnown'), 'what was discovered is still known').to.equal(1);
    });

    it('SMART-127: a page that the Back button restores is signed out, and can sign in again', async () => {
      const tab = browser.openTab(pageUrl, server.fetch);
      const session = await startSession(tab);
      const first = await leave(session, tab);
      tab.emit('restored');
      expect(session.snapshot.status).to.equal('signed-out');
      await settled();
      const second = await leave(session, tab);
      expect(second.searchParams.get('state')).not.to.equal(first.searchParams.get('state'));
    });

    it('a browser that does not leave gives the button back', async () => {
      const tab = browser.openTab(pageUrl, server.fetch);
      const session = await startSession(tab);
      await leave(session, tab);
      await browser.pass(11_000);
      expect(session.snapshot.status).to.equal('signed-out');
    });
  });

  describe('coming back', () => {
    it('signs in, and is at the same place as before', async () => {
      const { tab, session } = await signIn(browser, server);
      const snapshot = signedIn(session.snapshot);
      expect(snapshot.context.patient).to.equal('maria');
      expect(snapshot.refreshable).to.equal(true);
      expect(snapshot.expiresAt).to.equal(browser.now + 600_000);
      expect(tab.pageUrl()).to.equal(pageUrl);
      const [exchange] = server.seen.filter(({ leg }) => leg === 'token');
      expect(exchange?.form.get('code')).to.equal('the-code');
      expect(exchange?.form.get('client_id')).to.equal('portal');
      expect(exchange?.form.get('redirect_uri')).to.equal('https://portal.example/chart');
      expect(exchange?.form.get('code_verifier')).to.match(/^[\w-]{43}$/);
      expect(exchange?.init.redirect).to.equal('error');
      expect(exchange?.init.credentials).to.equal('omit');
    });

    it('SMART-12: does not discover again on the way back', async () => {
      await signIn(browser, server);
      expect(server.count('wellKnown')).to.equal(1);
    });

    it('SMART-38: returns to the page that was left where the redirect URI is another page', async () => {
      const options = { redirectUri: '/callback' };
      const { tab, session } = await signIn(browser, server, options);
      expect(tab.visited.at(-1)).to.equal(pageUrl);
      expect(session.snapshot.status).to.equal('exchanging');
      session.stop();
      tab.load(pageUrl);
      signedIn((await startSession(tab, options)).snapshot);
    });

    it('SMART-40: the code is out of the address bar before anything is waited for', async () => {
      const tab = browser.openTab(pageUrl, server.fetch);
      const authorization = await leave(await startSession(tab), tab);
      tab.load(callbackUrl(authorization));
      void startSession(tab);
      expect(tab.pageUrl()).to.equal(pageUrl);
      await settled();
    });

    it('SMART-36: an unknown state changes nothing, and is said beside whatever session there is', async () => {
      const { tab, session } = await signIn(browser, server);
      session.stop();
      tab.load(`https://portal.example/chart?code=forged&state=se.${'A'.repeat(43)}`);
      const again = await startSession(tab);
      expect(signedIn(again.snapshot).error?.code).to.equal('callback/unknown-state');
      expect(tab.pageUrl()).to.equal('https://portal.example/chart');
      expect(server.count('token')).to.equal(1);
    });

    it('SMART-39: a callback that is opened twice is exchanged once', async () => {
      const tab = browser.openTab(pageUrl, server.fetch);
      const authorization = await leave(await startSession(tab), tab);
      const url = callbackUrl(authorization);
      tab.load(url);
      const first = await startSession(tab);
      const other = browser.openTab(url, server.fetch);
      const second = await startSession(other);
      signedIn(first.snapshot);
      expect(second.snapshot.status).to.equal('signed-out');
      expect(second.snapshot.error?.code).to.equal('callback/unknown-state');
      expect(server.count('token')).to.equal(1);
    });

    it('leaves somebody else’s code and state alone', async () => {
      const url = 'https://portal.example/chart?code=coupon&state=theirs&x=%7e';
      const tab = browser.openTab(url, server.fetch);
      const session = await startSession(tab);
      expect(tab.pageUrl()).to.equal(url);
      expect(session.snapshot.status).to.equal('signed-out');
      expect(session.snapshot.error).to.equal(undefined);
    });

    it('SMART-37 [R5]: a denial is not an accident', async () => {
      const tab = browser.openTab(pageUrl, server.fetch);
      const authorization = await leave(await startSession(tab), tab);
      tab.load(callbackUrl(authorization, { error: 'access_denied', error_description: 'No.' }));
      const { snapshot } = await startSession(tab);
      expect(snapshot).to.include({ status: 'signed-out', reason: 'denied' });
      expect(snapshot.error?.code).to.equal('authorize/denied');
      expect(snapshot.error?.oauth?.description).to.equal('No.');
      expect(server.count('token')).to.equal(0);
      expect(server.count('jwks')).to.equal(0);
    });

    it('an error without state is one sentence of ours, and changes nothing', async () => {
      const url = 'https://portal.example/chart?error=access_denied&error_description=Call+this+number';
      const tab = browser.openTab(url, server.fetch);
      const { snapshot } = await startSession(tab);
      expect(snapshot.error?.code).to.equal('callback/error-without-state');
      expect(snapshot.error?.oauth).to.deep.equal({ error: 'access_denied' });
      expect(tab.pageUrl()).to.equal(url);
    });

    for (const [name, answer] of Object.entries({
      'neither code nor error': {},
      'code and error': { code: 'a', error: 'access_denied' },
    })) {
      it(`SMART-42: ${name} is malformed`, async () => {
        const tab = browser.openTab(pageUrl, server.fetch);
        const authorization = await leave(await startSession(tab), tab);
        tab.load(callbackUrl(authorization, answer));
        const { snapshot } = await startSession(tab);
        expect(snapshot.error?.code).to.equal('callback/malformed');
        expect(server.count('token')).to.equal(0);
      });
    }

    it('SMART-41: an answer of another issuer is not used', async () => {
      const tab = browser.openTab(pageUrl, server.fetch);
      const authorization = await leave(await startSession(tab), tab);
      tab.load(callbackUrl(authorization, { code: 'the-code', iss: 'https://evil.example' }));
      const { snapshot } = await startSession(tab);
      expect(snapshot.error?.code).to.equal('callback/issuer-mismatch');
      expect(server.count('token')).to.equal(0);
    });

    it('a sign-in that took more than ten minutes says so', async () => {
      const tab = browser.openTab(pageUrl, server.fetch);
      const session = await startSession(tab);
      const authorization = await leave(session, tab);
      session.stop();
      await browser.pass(11 * 60_000);
      tab.load(callbackUrl(authorization));
      const { snapshot } = await startSession(tab);
      expect(snapshot.error?.code).to.equal('callback/expired');
      expect(server.count('token')).to.equal(0);
    });

    it('a page that changed its client id meanwhile does not use the code', async () => {
      const tab = browser.openTab(pageUrl, server.fetch);
      const authorization = await leave(await startSession(tab), tab);
      tab.load(callbackUrl(authorization));
      const session = await startSession(tab, { clientId: 'other' });
      expect(session.snapshot.error, 'another element may still take it').to.equal(undefined);
      await browser.pass(2_000);
      expect(session.snapshot.error?.code).to.equal('callback/other-configuration');
      expect(server.count('token')).to.equal(0);
    });

    it('SMART-125: a callback of another element of the page is left to it', async () => {
      const tab = browser.openTab(pageUrl, server.fetch);
      const authorization = await leave(await startSession(tab, { name: 'second' }), tab);
      tab.load(callbackUrl(authorization));
      const first = await startSession(tab, { name: 'first' });
      const second = await startSession(tab, { name: 'second' });
      expect(first.snapshot).to.include({ status: 'signed-out' });
      expect(first.snapshot.error).to.equal(undefined);
      signedIn(second.snapshot);
    });

    it('SMART-52: a token endpoint that is out of reach is said, and sign-in is offered again', async () => {
      server.plan.token = () => Promise.reject(new TypeError('Failed to fetch'));
      const { session } = await signIn(browser, server);
      expect(session.snapshot.status).to.equal('signed-out');
      expect(session.snapshot.error?.code).to.equal('token/unreachable');
    });
  });

  describe('identity', () => {
    const scope = 'launch/patient openid fhirUser patient/Patient.rs';
    const claims = {
      iss: smartConfiguration.issuer,
      aud: 'portal',
      sub: 'someone',
      name: 'Maria Silva',
      fhirUser: `${fhirBase}/Patient/maria`,
    };

    async function signInWith(change: (nonce: string) => object): Promise<Snapshot> {
      const tab = browser.openTab(pageUrl, server.fetch);
      const authorization = await leave(await startSession(tab, { scope }), tab);
      const nonce = authorization.searchParams.get('nonce') ?? '';
      const at = Math.floor(browser.now / 1000);
      const idToken = await signIdToken({ ...claims, iat: at, exp: at + 600, nonce, ...change(nonce) });
      server.plan.token = () => json(tokenAnswer(1, { scope, id_token: idToken }));
      tab.load(callbackUrl(authorization));
      return (await startSession(tab, { scope })).snapshot;
    }

    it('SMART-83: a proper id_token says who signed in', async () => {
      const { user, warnings } = signedIn(await signInWith(() => ({})));
      expect(user).to.deep.equal({
        subject: 'someone',
        name: 'Maria Silva',
        fhirUser: `${fhirBase}/Patient/maria`,
        signature: 'verified',
      });
      expect(warnings).to.deep.equal([]);
    });

    it('the keys are asked for beside the code exchange, not after it', async () => {
      await signInWith(() => ({}));
      const legs = server.seen.map(({ leg }) => leg);
      expect(legs.indexOf('jwks')).to.be.lessThan(legs.indexOf('token'));
    });

    for (const [code, change] of Object.entries({
      'id-token/issuer-mismatch': { iss: 'https://evil.example' },
      'id-token/audience-mismatch': { aud: 'other-app' },
      'id-token/expired': { exp: 1_600_000_000 },
      'id-token/malformed': { sub: undefined },
    })) {
      it(`SMART-83 [R14b]: a flawed id_token does not burn the code, and nobody is named: ${code}`, async () => {
        const { user, warnings } = signedIn(await signInWith(() => change));
        expect(user).to.equal(undefined);
        expect(warnings.map((warning) => warning.code)).to.deep.equal([code]);
      });
    }

    it('SMART-87: a nonce of another sign-in ends this one, and its token is revoked', async () => {
      const snapshot = await signInWith(() => ({ nonce: 'another' }));
      expect(snapshot.status).to.equal('signed-out');
      expect(snapshot.error?.code).to.equal('id-token/nonce-mismatch');
      expect(revoked(server)).to.deep.equal(['refresh-1', 'access-1']);
    });

    it('SMART-87: a nonce that is not repeated is a warning', async () => {
      const { user, warnings } = signedIn(await signInWith(() => ({ nonce: undefined })));
      expect(user?.subject).to.equal('someone');
      expect(warnings.map(({ code }) => code)).to.deep.equal(['id-token/nonce-missing']);
    });

    it('SMART-84: a slash at the end of the issuer makes no difference', async () => {
      const { user } = signedIn(await signInWith(() => ({ iss: `${claims.iss}/` })));
      expect(user?.signature).to.equal('verified');
    });

    it('SMART-86: without keys the claims count, and the signature is said to be unverified', async () => {
      server.plan.jwks = () => Promise.reject(new TypeError('Failed to fetch'));
      const { user, warnings } = signedIn(await signInWith(() => ({})));
      expect(user?.signature).to.equal('unverified');
      expect(warnings.map(({ code }) => code)).to.deep.equal(['id-token/keys-unavailable']);
    });

    it('SMART-85 [R14b]: a signature that does not fit the keys names nobody', async () => {
      server.plan.jwks = () =>
        json({ keys: [{ kty: 'RSA', kid: 'one', alg: 'RS256', use: 'sig', e: 'AQAB', n: otherModulus }] });
      const { user, warnings } = signedIn(await signInWith(() => ({})));
      expect(user).to.equal(undefined);
      expect(warnings.map(({ code }) => code)).to.deep.equal(['id-token/bad-signature']);
    });
  });

  describe('without the token in view', () => {
    it('SMART-124: no snapshot, and nothing in the address bar or the tab’s storage, holds a token or code', async () => {
      const { tab, session } = await signIn(browser, server);
      const all = JSON.stringify([session.snapshot, tab.pageUrl(), [...tab.storage]]);
      for (const secret of ['access-1', 'refresh-1', 'the-code']) {
        expect(all).not.to.contain(secret);
      }
      expect(Object.isFrozen(session.snapshot)).to.equal(true);
    });

    it('SMART-55: what is stored cannot be read without the key in the tab', async () => {
      await signIn(browser, server);
      const records = [...browser.stored.values()].map((value) =>
        Object.values(value as object).map((part: unknown) =>
          part instanceof ArrayBuffer ? new TextDecoder().decode(part) : JSON.stringify(part),
        ),
      );
      expect(JSON.stringify(records)).not.to.contain('access-1').and.not.to.contain('refresh-1');
    });
  });

  describe('staying', () => {
    it('a reload restores the session without any request', async () => {
      const { tab, session } = await signIn(browser, server);
      session.stop();
      tab.load();
      const before = server.seen.length;
      const restored = await startSession(tab);
      expect(signedIn(restored.snapshot).id).to.equal(session.snapshot.id);
      expect(server.seen.length).to.equal(before);
    });

    it('SMART-58 [R7]: sends the token to the FHIR base, and not to another place', async () => {
      const { session } = await signIn(browser, server);
      await session.fetch('Patient/maria');
      const asked = server.seen.at(-1);
      expect(asked?.url).to.equal(`${fhirBase}/Patient/maria`);
      expect(new Headers(asked?.init.headers).get('authorization')).to.equal('Bearer access-1');
      expect(asked?.init.redirect).to.equal('error');
      expect(asked?.init.cache).to.equal('no-store');
      const before = server.seen.length;
      expect(await codeOf(session.fetch('https://evil.example/Patient/maria'))).to.equal('fhir/foreign-url');
      expect(server.seen.length).to.equal(before);
    });

    it('SMART-120: renews an ended token before it is used, once for all who ask', async () => {
      const { session } = await signIn(browser, server);
      await browser.pass(600_000);
      expect(session.snapshot.status, 'nobody needed it').to.equal('signed-in');
      await Promise.all([session.fetch('Patient/maria'), session.fetch('Patient/maria')]);
      expect(server.count('token')).to.equal(2);
      const renewal = server.seen.filter(({ leg }) => leg === 'token')[1];
      expect(renewal?.form.get('grant_type')).to.equal('refresh_token');
      expect(renewal?.form.get('refresh_token')).to.equal('refresh-1');
      expect(renewal?.form.get('client_id')).to.equal('portal');
      expect(new Headers(server.seen.at(-1)?.init.headers).get('authorization')).to.equal('Bearer access-2');
    });

    it('SMART-59 [R13]: a 401 renews once, and asks once more with the new token', async () => {
      const { session } = await signIn(browser, server);
      server.plan.fhir = ({ headers }) =>
        headers.get('authorization') === 'Bearer access-2'
          ? json({ resourceType: 'Patient' })
          : json({}, 401);
      expect((await session.fetch('Patient/maria')).status).to.equal(200);
      server.plan.fhir = () => json({}, 401);
      const before = server.count('fhir');
      expect((await session.fetch('Patient/maria')).status).to.equal(401);
      expect(server.count('fhir') - before, 'no loop').to.equal(2);
      expect(session.snapshot.status, 'one refused request does not end a session').to.equal('signed-in');
    });

    it('SMART-96 [R8]: a network fault while renewing ends nothing', async () => {
      const { session } = await signIn(browser, server);
      const { token } = server.plan;
      server.plan.token = () => Promise.reject(new TypeError('Failed to fetch'));
      await browser.pass(600_000);
      expect(await codeOf(session.fetch('Patient/maria'))).to.equal('token/unreachable');
      expect(signedIn(session.snapshot).error?.code).to.equal('token/unreachable');
      server.plan.token = token;
      await browser.pass(1_000);
      await session.fetch('Patient/maria');
      expect(session.snapshot.error).to.equal(undefined);
    });

    for (const status of [500, 503]) {
      it(`SMART-96: a ${String(status)} while renewing ends nothing`, async () => {
        const { session } = await signIn(browser, server);
        server.plan.token = () => new Response('<p>Maintenance</p>', { status });
        await browser.pass(600_000);
        expect(await codeOf(session.fetch('Patient/maria'))).to.equal('token/unavailable');
        expect(session.snapshot.status).to.equal('signed-in');
      });
    }

    it('a token that is about to end is used when it cannot be renewed just now', async () => {
      const { session } = await signIn(browser, server);
      server.plan.token = () => Promise.reject(new TypeError('Failed to fetch'));
      await browser.pass(570_000);
      expect((await session.fetch('Patient/maria')).status).to.equal(200);
    });

    it('SMART-95: an answer without a new refresh token keeps the old one', async () => {
      const { session } = await signIn(browser, server);
      server.plan.token = () => json({ access_token: 'later', token_type: 'bearer', expires_in: 600 });
      await session.refresh();
      expect(signedIn(session.snapshot).refreshable).to.equal(true);
      expect(signedIn(session.snapshot).scopes).to.include('patient/Patient.rs');
      await session.refresh();
      expect(
        server.seen
          .filter(({ leg }) => leg === 'token')
          .at(-1)
          ?.form.get('refresh_token'),
      ).to.equal('refresh-1');
    });

    it('SMART-97: a renewal that speaks of another patient signs out', async () => {
      const { session } = await signIn(browser, server);
      server.plan.token = () => json(tokenAnswer(2, { patient: 'someone-else' }));
      expect(await codeOf(session.refresh())).to.equal('context/patient-changed');
      expect(session.snapshot.status).to.equal('signed-out');
      expect(session.snapshot.error?.code).to.equal('context/patient-changed');
      expect(JSON.stringify([...browser.stored.keys()])).not.to.contain('session/');
    });

    it('a refused refresh token asks to sign in again, and keeps what the session was about', async () => {
      const { tab, session } = await signIn(browser, server);
      server.plan.token = () => json({ error: 'invalid_grant', error_description: 'ended' }, 400);
      await browser.pass(600_000);
      expect(await codeOf(session.fetch('Patient/maria'))).to.equal('token/invalid-grant');
      const { snapshot } = session;
      expect(snapshot).to.include({ status: 'expired', recovery: 'sign-in' });
      expect(snapshot.status === 'expired' && snapshot.context.patient).to.equal('maria');
      await settled();
      expect(await leave(session, tab)).to.be.instanceOf(URL);
    });

    it('SMART-120: a refused refresh token is never sent again, also after a reload', async () => {
      const { tab, session } = await signIn(browser, server);
      server.plan.token = () => json({ error: 'invalid_grant' }, 400);
      await browser.pass(600_000);
      await codeOf(session.fetch('Patient/maria'));
      await settled();
      const before = server.count('token');
      session.stop();
      tab.load();
      const { snapshot } = await startSession(tab);
      expect(snapshot.status).to.equal('expired');
      expect(snapshot.status === 'expired' && snapshot.context.patient).to.equal('maria');
      expect(server.count('token')).to.equal(before);
    });

    it('a token that cannot be renewed ends when its time has come', async () => {
      server.plan.token = () => json(tokenAnswer(1, { refresh_token: undefined }));
      const { session } = await signIn(browser, server);
      expect(signedIn(session.snapshot).refreshable).to.equal(false);
      await browser.pass(599_000);
      expect(session.snapshot.status).to.equal('signed-in');
      await browser.pass(2_000);
      expect(session.snapshot.status).to.equal('expired');
      expect(await codeOf(session.fetch('Patient/maria'))).to.equal('session/expired');
    });

    it('SMART-46: without expires_in the token serves until a 401', async () => {
      server.plan.token = () => json(tokenAnswer(1, { refresh_token: undefined, expires_in: undefined }));
      const { session } = await signIn(browser, server);
      await browser.pass(11 * 3_600_000);
      await session.fetch('Patient/maria');
      expect(signedIn(session.snapshot).expiresAt).to.equal(undefined);
      server.plan.fhir = () => json({}, 401);
      await session.fetch('Patient/maria');
      expect(session.snapshot.status).to.equal('expired');
    });

    it('looking at the page again renews a token that is due', async () => {
      const { tab, session } = await signIn(browser, server);
      await browser.pass(580_000);
      tab.emit('visible');
      await settled();
      expect(server.count('token')).to.equal(2);
      expect(signedIn(session.snapshot).expiresAt).to.equal(browser.now + 600_000);
    });

    it('a duplicated tab waits for the first one’s renewal, and takes its token', async () => {
      const { tab, session } = await signIn(browser, server);
      const twin = browser.openTab(pageUrl, server.fetch, tab);
      const other = await startSession(twin);
      await browser.pass(600_000);
      await Promise.all([session.fetch('Patient/maria'), other.fetch('Patient/maria')]);
      expect(server.count('token')).to.equal(2);
    });

    it('a browser that refuses to write leaves the session to this page, and says so', async () => {
      const tab = browser.openTab(pageUrl, server.fetch);
      const authorization = await leave(await startSession(tab), tab);
      browser.refusesToWrite = true;
      tab.load(callbackUrl(authorization));
      const session = await startSession(tab);
      expect(signedIn(session.snapshot).warnings.map(({ code }) => code)).to.include('storage/write-failed');
      await session.refresh();
      signedIn(session.snapshot);
    });
  });

  describe('ending', () => {
    it('signing out forgets everything before the server is asked to', async () => {
      const { tab, session } = await signIn(browser, server);
      const snapshot = signedIn(session.snapshot);
      const order: string[] = [];
      session.subscribe(({ status }) => order.push(status));
      server.plan.revoke = (form) => {
        order.push(`revoke ${form.get('token') ?? ''}`);
        return new Response(null);
      };
      await snapshot.signOut();
      expect(order.slice(0, 2)).to.deep.equal(['signed-out', 'revoke refresh-1']);
      expect(session.snapshot).to.include({ reason: 'signed-out' });
      expect([...browser.stored.keys()].filter((key) => key.startsWith('session/'))).to.deep.equal([]);
      expect([...tab.storage.keys()]).to.deep.equal([]);
      tab.load();
      expect((await startSession(tab)).snapshot.status).to.equal('signed-out');
    });

    it('functions of an ended session are refused, and its requests are given up', async () => {
      const { session } = await signIn(browser, server);
      const snapshot = signedIn(session.snapshot);
      server.plan.fhir = () => new Promise<Response>(() => undefined);
      const { fetch } = server;
      const pending = new Promise<string>((resolve) => {
        const asked = snapshot.fetch('Patient/maria');
        void codeOf(asked).then(resolve);
      });
      expect(fetch).to.be.a('function');
      await settled();
      const signalled = server.seen.at(-1)?.init.signal;
      await snapshot.signOut();
      expect(signalled?.aborted).to.equal(true);
      expect(await codeOf(snapshot.fetch('Patient/maria'))).to.equal('session/superseded');
      expect(await codeOf(snapshot.refresh())).to.equal('session/superseded');
      void pending;
    });

    it('a renewal that was under way when another tab signed out writes nothing back', async () => {
      const { tab, session } = await signIn(browser, server);
      const twin = browser.openTab(pageUrl, server.fetch, tab);
      const other = await startSession(twin);
      let release = (): void => undefined;
      const gate = new Promise<void>((resolve) => (release = resolve));
      server.plan.token = async () => {
        await gate;
        return json(tokenAnswer(2));
      };
      const renewing = codeOf(session.refresh());
      await settled();
      await other.signOut();
      release();
      expect(await renewing).to.equal('session/superseded');
      expect(session.snapshot).to.include({ status: 'signed-out', reason: 'signed-out-elsewhere' });
      expect([...browser.stored.keys()].filter((key) => key.startsWith('session/'))).to.deep.equal([]);
    });

    it('a page that the Back button restores after a sign-out elsewhere is signed out', async () => {
      const { tab, session } = await signIn(browser, server);
      const twin = browser.openTab(pageUrl, server.fetch, tab);
      await (await startSession(twin)).signOut();
      tab.emit('restored');
      await settled();
      expect(session.snapshot).to.include({ status: 'signed-out', reason: 'signed-out-elsewhere' });
    });
  });

  describe('what cannot work', () => {
    for (const [code, options] of Object.entries({
      'config/missing-fhir-base': { fhirBase: '' },
      'config/invalid-fhir-base': { fhirBase: 'not a url' },
      'config/insecure-url': { fhirBase: 'http://ehr.example/fhir' },
      'config/missing-tenant': { fhirBase: 'https://ehr.example/{tenant}' },
      'config/missing-client-id': { clientId: ' ' },
      'config/missing-scope': { scope: '' },
      'config/invalid-scope': { scope: 'patient/*.rs "quoted"' },
      'config/invalid-redirect-uri': { redirectUri: 'https://elsewhere.example/' },
      'config/invalid-name': { name: 'a|b' },
      'config/secret-in-browser': { hasClientSecret: true },
    })) {
      it(`${code} is said, and nothing is asked of anyone`, async () => {
        const tab = browser.openTab(pageUrl, server.fetch);
        const { snapshot } = await startSession(tab, options);
        expect(snapshot.status).to.equal('unavailable');
        expect(snapshot.error?.code).to.equal(code);
        expect(server.seen).to.deep.equal([]);
      });
    }

    it('a page that may not store anything cannot leave to sign in', async () => {
      const tab = browser.openTab(pageUrl, server.fetch);
      tab.hasStorage = false;
      const { snapshot } = await startSession(tab, { display: 'redirect' });
      expect(snapshot.error?.code).to.equal('storage/unavailable');
    });

    it('a page without a secure context says so', async () => {
      const tab = browser.openTab(pageUrl, server.fetch);
      tab.isSecure = false;
      expect((await startSession(tab)).snapshot.error?.code).to.equal('config/insecure-context');
    });

    it('a server that is down can be tried again', async () => {
      const { wellKnown } = server.plan;
      server.plan.wellKnown = () => json({}, 503);
      const tab = browser.openTab(pageUrl, server.fetch);
      const session = await startSession(tab);
      await browser.pass(10_000);
      const { snapshot } = session;
      expect(snapshot.error?.code).to.equal('discovery/unavailable');
      server.plan.wellKnown = wellKnown;
      if (snapshot.status !== 'unavailable') {
        throw new Error(snapshot.status);
      }
      snapshot.retry();
      await settled();
      expect(session.snapshot.status).to.equal('signed-out');
      expect(session.snapshot.error).to.equal(undefined);
    });

    it('a session that is still good survives a server that cannot be discovered', async () => {
      const { tab, session } = await signIn(browser, server);
      session.stop();
      server.plan.wellKnown = () => json({}, 503);
      tab.load();
      signedIn((await startSession(tab)).snapshot);
    });
  });
});

const otherModulus =
  'sXchDaQebHnPiGvyDOAT4saGEUetSyo9MKLOoWFsueri23bOdgWp4Dy1WlUzewbgBHod5pcM9H95GQRV3JDXboIRROSBigeC5yjU1hGzHHyXss8UDprecbAYxknTcQkhslANGRUZmdTOQ5qTRsLAt6BTYuyvVRdhS8exSZEy_c4gs_7svlJJQ4H9_NxsiIoLwAEk7-Q3UXERGYw_75IDrGA84-lA_-Ct4eTlXHBIY2EaV7t7LjJaynVJCpkv4LKjTTAumiGUIuQhrNhZLuF_RJLqHpM2kgWFLU7-VTdL1VbC2tejvcI2BlMkEpk1BzBZI0KQB0GaDWFLN-aEAw3vRw';
