import { expect, fixture, waitUntil } from '@open-wc/testing';

import type { FhirResourceElement } from '../../src/elements/fhir-resource/fhir-resource-element.js';
import type { SmartAuthElement } from '../../src/elements/smart-auth/smart-auth-element.js';
import type { SmartSessionStatusElement } from '../../src/elements/smart-session-status/smart-session-status-element.js';
import { loginPrefix } from '../../src/session/pending-logins.js';
import { openRecordStore } from '../../src/session/record-store.js';
import { prepareAuthorization } from '../../src/smart/oauth/index.js';
import { readServerConfiguration } from '../../src/smart/server-configuration.js';
import { settled } from '../support/settled.js';
import { fhirBase, json, origin, SimulatedServer, smartConfiguration } from '../support/simulated-server.js';
import { statesOf, wordsOf } from './fhir-resource-page.js';

const scope = 'launch/patient patient/Patient.rs online_access';
const clientId = 'portal';
const otherBase = `${origin}/fhir/R4/hillcrest`;

describe('<smart-auth> that is taken off the page', () => {
  let server: SimulatedServer;
  const { fetch } = globalThis;
  let page: HTMLElement;
  let element: SmartAuthElement;
  let record: FhirResourceElement;
  let says: SmartSessionStatusElement;
  let told: string[];

  before(async () => {
    // Before the kit is loaded: it takes fetch() once.
    globalThis.fetch = (input, init) =>
      new Request(input).url.startsWith(`${origin}/`) ? server.fetch(input, init) : fetch(input, init);
    await import('../../src/elements/smart-auth/smart-auth.js');
    await import('../../src/elements/smart-session-status/smart-session-status.js');
  });

  after(() => {
    globalThis.fetch = fetch;
  });

  /** A page with a provider, and elements elsewhere that name it; somebody is signed in. */
  beforeEach(async () => {
    server = new SimulatedServer({
      fhir: ({ url }) =>
        url === `${otherBase}/.well-known/smart-configuration`
          ? json(smartConfiguration)
          : json({ resourceType: 'Patient', id: 'maria', name: [{ text: 'Maria Silva' }] }),
    });
    page = await fixture<HTMLElement>(
      `<main>
        <smart-auth id="removed" name="removed" fhir-base="${fhirBase}" client-id="${clientId}" scope="${scope}">
        </smart-auth>
        <section>
          <fhir-resource for="removed" src="Patient/{patient}"></fhir-resource>
          <smart-session-status for="removed"></smart-session-status>
        </section>
      </main>`,
    );
    [element, record, says] = [find('smart-auth'), find('fhir-resource'), find('smart-session-status')];
    told = [];
    element.addEventListener('smart-status-change', ({ session }) => void told.push(session.status));
    await waitUntil(() => element.status !== 'starting');
    await signIn();
    await waitUntil(() => record.matches(':state(ready)'), 'The record is shown.');
    expect(wordsOf(record)).to.contain('Maria Silva');
  });

  afterEach(async () => {
    element.remove();
    await settled();
    // Without its key in the tab no session is found again.
    Object.keys(sessionStorage)
      .filter((key) => key.startsWith('smart-elements/'))
      .forEach((key) => {
        sessionStorage.removeItem(key);
      });
  });

  function find<Name extends keyof HTMLElementTagNameMap>(name: Name): HTMLElementTagNameMap[Name] {
    const found = page.querySelector(name);
    if (!found) {
      throw new Error(`There is no ${name}.`);
    }
    return found;
  }

  async function signIn(): Promise<void> {
    const { configuration } = readServerConfiguration(smartConfiguration, fhirBase, 'smart-configuration');
    const redirectUri = location.origin + location.pathname;
    const login = await prepareAuthorization({ fhirBase, clientId, redirectUri, scope, configuration });
    const pending = { ...login, name: 'removed', createdAt: Date.now() };
    await openRecordStore().set([[loginPrefix + login.state, pending]]);
    await element.completeSignIn(`code=the-code&state=${login.state}`);
    await waitUntil(() => element.status === 'signed-in', 'Somebody is signed in.');
  }

  it('takes what it had from the elements elsewhere that name it, at once', async () => {
    element.remove();
    await settled();
    expect(statesOf(record)).to.deep.equal(['error']);
    expect(wordsOf(record)).to.contain('config/unknown-provider').and.not.to.contain('Maria');
    expect(wordsOf(says)).to.contain('config/unknown-provider').and.not.to.contain('Signed in');
  });

  it('has no session itself, nor anything to do with it', async () => {
    const { session } = element;
    element.remove();
    await settled();
    expect(element.session).to.deep.include({ status: 'starting', id: '' });
    expect(element.getAttribute('status')).to.equal('starting');
    expect(told.at(-1)).to.equal('starting');
    const before = server.seen.length;
    const refused = session.status === 'signed-in' ? session.fetch('Patient/maria') : Promise.resolve();
    let code: unknown;
    await refused.catch((thrown: unknown) => (code = (thrown as { code?: unknown }).code));
    expect(code).to.equal('session/superseded');
    expect(server.seen).to.have.length(before);
  });

  it('gives it back when it is put back, without anybody signing in again', async () => {
    element.remove();
    await settled();
    page.append(element);
    await waitUntil(() => record.matches(':state(ready)'), 'The record is shown again.');
    expect(wordsOf(record)).to.contain('Maria Silva');
    expect(wordsOf(says)).to.contain('Signed in');
    expect(server.count('token')).to.equal(1);
  });

  it('keeps everything while it is moved: nothing is told, asked or drawn anew', async () => {
    const { id } = element.session;
    const before = [told.length, server.seen.length];
    find('section').append(element);
    await settled();
    expect(element.session.id).to.equal(id);
    expect([told.length, server.seen.length]).to.deep.equal(before);
    expect(wordsOf(record)).to.contain('Maria Silva');
  });

  for (const [what, change] of [
    ['the server', () => (element.fhirBase = otherBase)],
    ['the client', () => (element.clientId = 'another')],
    ['the scopes', () => (element.scope = 'patient/*.rs')],
    ['the name', () => element.setAttribute('name', 'another')],
  ] as const) {
    it(`starts nothing where ${what} is changed meanwhile`, async () => {
      element.remove();
      await settled();
      // What it had for the server of before is given up there, which is another matter.
      const sofar = (): number[] => [told.length, server.seen.filter(({ leg }) => leg !== 'revoke').length];
      const before = sofar();
      change();
      await element.updateComplete;
      await settled();
      expect(element.session).to.deep.include({ status: 'starting', id: '' });
      expect(sofar()).to.deep.equal(before);
    });
  }

  it('has forgotten who was signed in once it was for another server, also when it is put back for the first', async () => {
    element.remove();
    await settled();
    element.fhirBase = otherBase;
    await element.updateComplete;
    await settled();
    element.fhirBase = fhirBase;
    page.append(element);
    await waitUntil(() => element.status !== 'starting');
    expect(element.status).to.equal('signed-out');
    expect(wordsOf(record)).not.to.contain('Maria');
  });

  it('starts nothing where the server is changed in the same moment', async () => {
    const before = server.seen.length;
    element.fhirBase = otherBase;
    element.remove();
    await settled();
    expect(element.session).to.deep.include({ status: 'starting', id: '' });
    const later = server.seen.slice(before).filter(({ leg }) => leg !== 'revoke');
    expect(later).to.deep.equal([]);
  });

  it('starts with what the page says by then, when it is put back', async () => {
    element.remove();
    await settled();
    element.fhirBase = otherBase;
    await element.updateComplete;
    const before = server.seen.length;
    page.append(element);
    await waitUntil(() => element.status !== 'starting');
    expect(element.status).to.equal('signed-out');
    expect(element.session.fhirBase).to.equal(otherBase);
    await settled();
    const asked = server.seen.slice(before).map(({ url }) => url);
    expect(asked).to.include(`${otherBase}/.well-known/smart-configuration`);
    expect(asked.filter((url) => url.startsWith(fhirBase))).to.deep.equal([]);
    expect(wordsOf(record)).not.to.contain('Maria');
  });
});
