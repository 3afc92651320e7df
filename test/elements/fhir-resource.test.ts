import { expect } from '@open-wc/testing';

import { FhirErrorEvent, FhirLoadEvent } from '../../src/ui/fhir-events.js';
import { parseFhirJson } from '../../src/fhir/index.js';
import { answer } from '../fhir/answers.js';
import { settled } from '../support/settled.js';
import { Page, respond, snapshots, statesOf, wordsOf } from './fhir-resource-page.js';

const ann = { resourceType: 'Patient', id: '1', name: [{ text: 'Ann Current' }] };
const bob = { resourceType: 'Patient', id: '1', name: [{ text: 'Bob Other' }] };

describe('<fhir-resource>', () => {
  let page: Page;
  beforeEach(() => {
    page = new Page();
  });
  afterEach(() => page.remove());

  it('asks in the very update in which somebody is signed in, and says when the answer is on the page', async () => {
    const element = page.add('Patient/{patient}');
    const loaded: string[] = [];
    page.root.addEventListener('fhir-load', (event) => {
      expect(event).to.be.instanceOf(FhirLoadEvent);
      loaded.push(`${event.resource.resourceType}: ${wordsOf(element)}`);
    });
    await element.updateComplete;
    expect(page.server.urls).to.deep.equal([]);
    page.signIn();
    const update = element.updateComplete;
    expect(page.server.urls).to.deep.equal([]);
    await update;
    expect(page.server.urls).to.deep.equal(['https://ehr.example/fhir/Patient/1']);
    expect(statesOf(element)).to.deep.equal(['loading']);
    expect(wordsOf(element)).to.equal('Reading the record from ehr.example…');
    expect(element.shadowRoot?.querySelector('[aria-busy=true]')).to.be.instanceOf(HTMLElement);
    await respond(page, () => answer(ann));
    expect(statesOf(element)).to.deep.equal(['ready']);
    expect(element.shadowRoot?.querySelector('[aria-busy=true]')).to.equal(null);
    expect(loaded).to.have.length(1);
    expect(loaded[0]).to.contain('Patient: ').and.to.contain('Ann Current');
  });

  it('shows the decimals that the server wrote', async () => {
    page.signIn();
    const element = page.add('Observation/1');
    await respond(page, () =>
      answer('{"resourceType":"Observation","id":"1","valueQuantity":{"value":1.10,"unit":"g"}}'),
    );
    expect(wordsOf(element)).to.contain('1.10 g');
  });

  it('two hundred elements that ask for twenty things make twenty requests', async () => {
    page.signIn();
    const elements = Array.from({ length: 200 }, (_, index) => page.add(`Basic/${index % 20}`));
    for (let round = 0; round < 6; round++) {
      await respond(page, (url) => answer({ resourceType: 'Basic', id: url.split('/').at(-1) }));
    }
    expect(page.server.urls).to.have.length(20);
    expect(elements.every((element) => element.matches(':state(ready)'))).to.equal(true);
  });

  it('what is seen is read before what nobody sees, wherever it stands', async () => {
    page.signIn();
    const spacer = document.createElement('div');
    spacer.style.height = '9000px';
    page.root.append(spacer);
    Array.from({ length: 9 }, (_, index) => page.add(`Basic/${index}`));
    const seen = page.add('Basic/seen');
    seen.style.cssText = 'position: fixed; inset: 0 auto auto 0';
    await settled();
    expect(page.server.urls, 'six at a time').to.have.length(6);
    // The browser tells who is seen with the next frame.
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    await respond(page, (url) => answer({ resourceType: 'Basic', id: url.split('/').at(-1) }));
    expect(page.server.urls[6]).to.contain('Basic/seen');
    expect(page.server.urls).to.have.length(10);
    spacer.remove();
  });

  it('keeps from flashing: what it says while signing in changes once', async () => {
    page.session(snapshots.signedOut());
    const element = page.add('Patient/1');
    const seen: string[] = [];
    for (const next of [
      snapshots.signedOut(),
      snapshots.authorizing(),
      snapshots.exchanging(),
      snapshots.signedIn(page.server),
    ]) {
      page.session(next);
      await settled();
      seen.push(...statesOf(element));
    }
    expect(seen).to.deep.equal(['signed-out', 'signed-out', 'loading', 'loading']);
  });

  it('does not ask again when it is moved, neither before nor after the answer', async () => {
    page.signIn();
    const element = page.add('Patient/1');
    const elsewhere = page.root.appendChild(document.createElement('div'));
    await settled();
    elsewhere.append(element);
    await settled();
    expect(page.server.inits[0]?.signal?.aborted).to.equal(false);
    await respond(page, () => answer(ann));
    page.root.append(element);
    await settled();
    expect(page.server.urls).to.have.length(1);
    expect(statesOf(element)).to.deep.equal(['ready']);
  });

  it('gives up when it is taken away, forgets what it showed, and asks again when it is back', async () => {
    page.signIn();
    const element = page.add('Patient/1');
    await settled();
    element.remove();
    await settled();
    expect(page.server.inits[0]?.signal?.aborted).to.equal(true);
    page.root.append(element);
    await respond(page, () => answer(ann));
    expect(wordsOf(element)).to.contain('Ann Current');
    element.remove();
    await settled();
    expect(wordsOf(element)).not.to.contain('Ann');
    page.root.append(element);
    await respond(page, () => answer(bob));
    expect(wordsOf(element)).to.contain('Bob Other').and.not.to.contain('Ann');
  });

  for (const [what, next] of [
    ['signing out', snapshots.signedOut('s')],
    ['a new session', snapshots.starting('t')],
    ['a session that is expired and another one', snapshots.expired('t')],
  ] as const) {
    it(`${what} takes away all that was shown, before anything else can happen`, async () => {
      page.signIn();
      const element = page.add('Patient/1');
      await respond(page, () => answer(ann));
      expect(wordsOf(element)).to.contain('Ann Current');
      page.session(next);
      await element.updateComplete;
      expect(wordsOf(element)).not.to.contain('Ann');
    });
  }

  it('an answer to the session before is never shown in the next one', async () => {
    page.signIn('s');
    const element = page.add('Patient/1');
    await settled();
    const events: string[] = [];
    element.addEventListener('fhir-load', ({ resource }) => events.push(JSON.stringify(resource)));
    page.signIn('t');
    page.server.answerAll(() => answer(bob));
    await respond(page, () => answer(ann));
    expect(page.server.urls).to.have.length(2);
    expect(events).to.deep.equal([JSON.stringify(ann)]);
    expect(wordsOf(element)).to.contain('Ann Current');
  });

  it('keeps what it showed, as not up to date, when the session ends', async () => {
    page.signIn();
    const element = page.add('Patient/1');
    await respond(page, () => answer(ann));
    page.session(snapshots.expired());
    await settled();
    expect(statesOf(element)).to.deep.equal(['stale']);
    expect(wordsOf(element))
      .to.contain('Ann Current')
      .and.to.contain('Not up to date')
      .and.to.contain('Sign in again');
    page.signIn('t');
    await settled();
    expect(wordsOf(element)).not.to.contain('Ann');
  });

  it('keeps what it showed when a reload cannot reach the server, and not when the server now forbids it', async () => {
    page.signIn();
    const element = page.add('Patient/1');
    const errors: string[] = [];
    element.addEventListener('fhir-error', (event) => {
      expect(event).to.be.instanceOf(FhirErrorEvent);
      errors.push(event.error.code);
    });
    await respond(page, () => answer(ann));
    const first = element.reload();
    await settled();
    expect(statesOf(element)).to.deep.equal(['ready']);
    page.server.failAll(new TypeError('offline'));
    await first;
    expect(statesOf(element)).to.deep.equal(['stale']);
    expect(wordsOf(element)).to.contain('Ann Current');
    element.shadowRoot?.querySelector('button')?.click();
    await respond(page, () => answer('', 403));
    expect(statesOf(element)).to.deep.equal(['denied']);
    expect(wordsOf(element)).not.to.contain('Ann');
    element.shadowRoot?.querySelector('button')?.click();
    await settled();
    page.server.failAll(new TypeError('offline'));
    await settled();
    expect(statesOf(element)).to.deep.equal(['error']);
    expect(wordsOf(element)).not.to.contain('Ann');
    expect(errors).to.deep.equal(['fhir/unreachable', 'fhir/forbidden', 'fhir/unreachable']);
  });

  it('a new src is a new question, and the answer to the old one is not shown', async () => {
    page.signIn();
    const element = page.add('Patient/1');
    await respond(page, () => answer(ann));
    element.src = 'Basic/2';
    await element.updateComplete;
    expect(wordsOf(element)).not.to.contain('Ann');
    expect(page.server.urls.at(-1)).to.contain('/Basic/2');
  });

  it('shows a resource that a script gives it, without any request or session', async () => {
    const element = page.add('');
    element.resource = null;
    await settled();
    expect(statesOf(element)).to.deep.equal(['loading']);
    element.resource = ann;
    await settled();
    expect(statesOf(element)).to.deep.equal(['ready']);
    expect(wordsOf(element)).to.contain('Ann Current');
    element.resource = parseFhirJson('{"resourceType":"Observation","valueQuantity":{"value":2.00}}');
    await settled();
    expect(wordsOf(element)).to.contain('2.00');
    element.resource = undefined;
    element.resourceText = '{"resourceType":"Observation","valueQuantity":{"value":3.00}}';
    await settled();
    expect(wordsOf(element)).to.contain('3.00');
    element.resourceText = '<Patient/>';
    await settled();
    expect(statesOf(element)).to.deep.equal(['error']);
    expect(wordsOf(element)).to.contain('not a health record');
    const loop: Record<string, unknown> = { resourceType: 'Basic' };
    loop['self'] = loop;
    element.resource = loop;
    await settled();
    expect(statesOf(element)).to.deep.equal(['error']);
    expect(page.server.urls).to.deep.equal([]);
  });

  it('refuses a record with an unknown modifier, and says of which', async () => {
    page.signIn();
    const element = page.add('Observation/c2');
    const negated = {
      resourceType: 'Observation',
      id: 'c2',
      code: { text: 'Malignancy' },
      valueString: 'secret',
      implicitRules: 'urn:x',
    };
    let code = '';
    element.addEventListener('fhir-error', ({ error }) => (code = error.code));
    await respond(page, () => answer(negated));
    expect(statesOf(element)).to.deep.equal(['refused']);
    expect(wordsOf(element)).to.contain('Malignancy').and.to.contain('c2').and.not.to.contain('secret');
    expect(code).to.equal('view/modifier-not-understood');
  });

  it('has its heading at the level that the page wants', async () => {
    const element = page.add('');
    element.resource = ann;
    element.setAttribute('heading-level', '2');
    await settled();
    expect(element.shadowRoot?.querySelector('[role=heading]')?.getAttribute('aria-level')).to.equal('2');
  });

  it('outside any session says what is missing', async () => {
    const element = document.createElement('fhir-resource');
    element.src = 'Patient/1';
    document.body.append(element);
    await settled();
    expect(statesOf(element)).to.deep.equal(['error']);
    expect(wordsOf(element)).to.contain('config/no-provider');
    element.remove();
  });
});
