import { expect, waitUntil } from '@open-wc/testing';

import type { SmartAuthElement } from '../../src/elements/smart-auth/smart-auth-element.js';
import { loginPrefix } from '../../src/session/pending-logins.js';
import { openRecordStore } from '../../src/session/record-store.js';
import { prepareAuthorization } from '../../src/smart/oauth/index.js';
import { readServerConfiguration } from '../../src/smart/server-configuration.js';
import { pagesAndPlaces, strings } from './what-is-seen.js';
import { authorizationOf } from '../session/sessions.js';
import {
  fhirBase,
  json,
  origin,
  SimulatedServer,
  signIdToken,
  smartConfiguration,
  tokenAnswer,
} from '../support/simulated-server.js';

const scope = 'launch/patient openid fhirUser patient/Patient.rs online_access';
const eventNames = [
  'smart-status-change',
  'smart-signed-in',
  'smart-signed-out',
  'smart-session-expired',
  'smart-session-replaced',
  'smart-error',
];
const code = 'the-code-of-this-callback';
const routerState = { router: { key: 'k7', scroll: [0, 120] } };

/** The page as it was before the kit was there: in it the browser comes back from the authorization server. */
describe('<smart-auth> in a page that the authorization server has sent the browser back to', () => {
  const server = new SimulatedServer();
  const { fetch } = globalThis;
  const addressBefore = location.href;
  const cookiesBefore = document.cookie;
  const storedBefore = JSON.stringify(Object.entries(localStorage));
  const events: Event[] = [];
  const secrets = [code];
  let element: SmartAuthElement;
  let lengthBefore = 0;
  let atLoading: { readonly address: string; readonly length: number; readonly state: unknown };

  const note = (event: Event): void => void events.push(event);

  before(async () => {
    // Before the kit is loaded: it takes fetch() once, so that no script that comes later sees its tokens.
    globalThis.fetch = (input, init) =>
      new Request(input).url.startsWith(`${origin}/`) ? server.fetch(input, init) : fetch(input, init);
    const { configuration } = readServerConfiguration(smartConfiguration, fhirBase, 'smart-configuration');
    const clientId = 'portal';
    const redirectUri = location.origin + location.pathname;
    const login = await prepareAuthorization({ fhirBase, clientId, redirectUri, scope, configuration });
    const pending = { ...login, name: 'seen', createdAt: Date.now() };
    await openRecordStore().set([[loginPrefix + login.state, pending]]);
    secrets.push(login.codeVerifier, login.state);
    const now = Math.floor(Date.now() / 1000);
    const { nonce } = login;
    const claims = { iss: origin, aud: clientId, sub: 'maria', iat: now, exp: now + 600, nonce };
    const id_token = await signIdToken(claims);
    server.plan.token = () => json(tokenAnswer(server.count('token'), { scope, id_token }));
    secrets.push('access-1', 'refresh-1', 'access-2', 'refresh-2', id_token);

    const back = new URL(addressBefore);
    back.searchParams.set('code', code);
    back.searchParams.set('state', login.state);
    history.replaceState(routerState, '', back);
    lengthBefore = history.length;
    eventNames.forEach((name) => {
      document.addEventListener(name, note);
    });
    await import('../../src/elements/smart-auth/smart-auth.js');
    atLoading = { address: location.href, length: history.length, state: history.state as unknown };

    element = document.createElement('smart-auth');
    element.setAttribute('name', 'seen');
    element.setAttribute('fhir-base', fhirBase);
    element.setAttribute('client-id', clientId);
    element.setAttribute('scope', scope);
    document.body.append(element);
    await waitUntil(() => element.status === 'signed-in', 'Somebody is signed in.');
    await element.updateComplete;
  });

  after(async () => {
    if (element.session.status === 'signed-in') {
      await element.session.signOut();
    }
    element.remove();
    eventNames.forEach((name) => {
      document.removeEventListener(name, note);
    });
    globalThis.fetch = fetch;
    history.replaceState(null, '', addressBefore);
  });

  it('SMART-126: the callback is out of the address before anything else runs, in the same entry of the history', () => {
    expect(atLoading.address).to.equal(addressBefore);
    expect(atLoading.length).to.equal(lengthBefore);
    expect(atLoading.state).to.deep.equal(routerState);
  });

  it('SMART-126: signing in adds no entry to the history, and leaves what a router keeps there', () => {
    expect(location.href).to.equal(addressBefore);
    expect(history.length).to.equal(lengthBefore);
    expect(history.state).to.deep.equal(routerState);
  });

  it('reads with its tokens, before and after a renewal', async () => {
    const { session } = element;
    if (session.status !== 'signed-in') {
      throw new Error(session.status);
    }
    await session.fetch('Patient/maria');
    expect(authorizationOf(server.seen.at(-1))).to.equal('Bearer access-1');
    await session.refresh();
    await session.fetch('Patient/maria');
    expect(authorizationOf(server.seen.at(-1))).to.equal('Bearer access-2');
    expect(events.map(({ type }) => type))
      .to.include('smart-status-change')
      .and.to.include('smart-signed-in');
  });

  for (const [place, look] of Object.entries(pagesAndPlaces)) {
    it(`SMART-124: no token, code, verifier or state is in ${place}`, () => {
      const seen = look(element, events).join('\n');
      expect(seen, 'something is looked at').not.to.equal('');
      for (const secret of secrets) {
        expect(seen).not.to.contain(secret);
      }
    });
  }

  it('SMART-124: whoever looks would find one that is there', () => {
    const careless = Object.assign(document.createElement('div'), {
      a: { b: new Map([['c', ['access-1']]]) },
    });
    careless.dataset['token'] = 'access-2';
    expect(strings(careless).join()).to.contain('access-1');
    expect(pagesAndPlaces['the attributes of the element'](careless, []).join()).to.contain('access-2');
    expect(strings(new CustomEvent('x', { detail: 'refresh-1' })).join()).to.contain('refresh-1');
  });

  it('SMART-55: no cookie is set, and nothing is in the storage that outlives the tab', () => {
    expect(document.cookie).to.equal(cookiesBefore);
    expect(JSON.stringify(Object.entries(localStorage))).to.equal(storedBefore);
  });

  it('SMART-55: what the browser keeps cannot be read without the key in the tab', async () => {
    const entries = await openRecordStore().entries();
    const records = entries.filter(([key]) => key.startsWith('session/'));
    expect(records).not.to.deep.equal([]);
    const kept = strings([entries, Object.entries(sessionStorage)]).join('\n');
    for (const secret of secrets) {
      expect(kept).not.to.contain(secret);
    }
  });
});
