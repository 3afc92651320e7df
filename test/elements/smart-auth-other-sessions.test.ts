import { expect, waitUntil } from '@open-wc/testing';

import '../../src/elements/fhir-resource/fhir-resource.js';
import '../../src/elements/smart-auth/smart-auth.js';
import '../../src/elements/smart-login-button/smart-login-button.js';
import '../../src/elements/smart-session-status/smart-session-status.js';
import type { SmartAuthElement } from '../../src/elements/smart-auth/smart-auth-element.js';
import type { SessionAdapter } from '../../src/session/session-adapter.js';
import { strings } from './what-is-seen.js';

const fhirBase = `${location.origin}/of-a-test/fhir`;
const patient = { resourceType: 'Patient', id: 'maria', name: [{ family: 'Silva', given: ['Maria'] }] };

describe('<smart-auth> with a session that is not its own', () => {
  let auth: SmartAuthElement;

  function show(set: (element: SmartAuthElement) => void): void {
    auth = document.createElement('smart-auth');
    set(auth);
    const resource = document.createElement('fhir-resource');
    resource.setAttribute('src', 'Patient/{patient}');
    auth.append(
      document.createElement('smart-login-button'),
      document.createElement('smart-session-status'),
      resource,
    );
    document.body.append(auth);
  }

  const text = (tag: string): string =>
    (auth.querySelector(tag)?.shadowRoot?.textContent ?? '').replace(/\s+/g, ' ');

  afterEach(() => {
    auth.remove();
  });

  it('a function of the page that reads records: all elements work the same', async () => {
    const asked: string[] = [];
    let isOut = false;
    const adapter: SessionAdapter = {
      fetch: async (url) => {
        asked.push(url);
        return new Response(JSON.stringify(patient), {
          headers: { 'content-type': 'application/fhir+json' },
        });
      },
      describe: () => (isOut ? undefined : { context: { patient: 'maria' }, scope: 'patient/Patient.rs' }),
      signOut: () => {
        isOut = true;
      },
    };
    show((element) => {
      element.fhirBase = fhirBase;
      element.adapter = adapter;
    });
    await waitUntil(() => text('fhir-resource').includes('Silva'));
    expect(asked).to.deep.equal([`${fhirBase}/Patient/maria`]);
    expect(auth.status).to.equal('signed-in');
    expect(text('smart-login-button')).to.contain('Sign out');
    auth.querySelector('smart-login-button')?.shadowRoot?.querySelector('button')?.click();
    await waitUntil(() => auth.status === 'signed-out');
    expect(text('fhir-resource')).not.to.contain('Silva');
    expect(isOut).to.equal(true);
  });

  it('a token of the page is sent where it belongs, and is nowhere to be seen', async () => {
    show((element) => {
      element.fhirBase = fhirBase;
      element.adapter = {
        getToken: () => 'the-token-of-the-page',
        describe: () => ({ context: { patient: 'maria' } }),
      };
    });
    await waitUntil(() => auth.status === 'signed-in');
    expect(strings(auth.session).join()).not.to.contain('the-token-of-the-page');
    const { session } = auth;
    if (session.status !== 'signed-in') {
      throw new Error(session.status);
    }
    const refusal: unknown = await session
      .fetch('https://elsewhere.example/Patient/maria')
      .catch((thrown: unknown) => thrown);
    expect(refusal).to.include({ code: 'fhir/foreign-url' });
  });

  it('a backend that is not there is said, and nobody is signed in', async () => {
    show((element) => {
      element.backend = '/of-a-test/no-backend';
    });
    await waitUntil(() => auth.status === 'unavailable');
    expect(auth.session.error?.code).to.match(/^backend\//);
    expect(text('smart-login-button')).to.contain('Try again');
  });

  it('what is changed while it loads counts', async () => {
    show((element) => {
      element.backend = '/of-a-test/no-backend';
    });
    await auth.updateComplete;
    auth.backend = '';
    auth.fhirBase = fhirBase;
    auth.adapter = { fetch: () => Promise.resolve(new Response('{}')), describe: () => undefined };
    await waitUntil(() => auth.status === 'signed-out');
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(auth.status).to.equal('signed-out');
  });
});
