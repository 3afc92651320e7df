import { expect } from '@open-wc/testing';

import type { DataState } from '../../src/ui/data-state.js';
import { answer } from '../fhir/answers.js';
import { settled } from '../support/settled.js';
import { Page, respond, snapshots, statesOf, wordsOf } from './fhir-resource-page.js';

const search = { resourceType: 'Bundle', type: 'searchset' };
const entry = [{ resource: { resourceType: 'Basic', id: '1' } }];

describe('Each data state of <fhir-resource>', () => {
  let page: Page;
  beforeEach(() => {
    page = new Page();
  });
  afterEach(() => page.remove());

  const outcomes: [DataState, src: string, response: () => Response, words: string][] = [
    ['ready', 'Basic/1', () => answer({ resourceType: 'Basic', id: '1' }), 'Basic'],
    ['empty', 'Basic?a=1', () => answer(search), 'There may be records that it does not share'],
    ['empty', 'Basic?a=1', () => answer(search), 'No basic records were returned by ehr.example at '],
    ['empty', 'AllergyIntolerance', () => answer(search), 'No allergy records were returned by ehr.example'],
    ['empty', 'AllergyIntolerance?a=1', () => answer(search), 'Asked for: AllergyIntolerance?a=1.'],
    ['empty', 'Patient/1/$everything', () => answer(search), 'Nothing was returned by ehr.example'],
    ['partial', 'Basic?a=1', () => answer({ ...search, total: 5 }), 'only a part'],
    [
      'partial',
      'Basic?a=1',
      () => answer({ ...search, entry, link: [{ relation: 'next', url: 'x' }] }),
      'Showing the first 1 of more for Basic?a=1, from ehr.example.',
    ],
    ['denied', 'Basic/1', () => answer('', 401), 'fhir/unauthorized'],
    ['denied', 'Basic/1', () => answer('', 403), 'fhir/forbidden'],
    ['not-found', 'Basic/1', () => answer('', 404), 'not shared with this app'],
    ['gone', 'Basic/1', () => answer('', 410), 'deleted'],
    ['error', 'Basic/1', () => answer('', 429, { 'Retry-After': '90' }), 'Try again'],
    ['error', 'Basic/1', () => answer('', 500), 'Try again'],
    ['error', 'Basic/1', () => answer('<html>'), 'fhir/not-json'],
    ['error', 'Basic/1', () => answer({ resourceType: 'Patient', id: '1' }), 'fhir/wrong-type'],
    [
      'refused',
      'Basic/1',
      () => answer({ resourceType: 'Basic', id: '1', subject: { reference: 'Patient/2' } }),
      'another patient',
    ],
    ['error', '{location}', () => answer(''), 'which location'],
    ['error', '{patient', () => answer(''), 'fhir/invalid-source'],
  ];
  for (const [state, src, response, words] of outcomes) {
    it(`${state} for ${src}: “${words}”`, async () => {
      page.signIn();
      const element = page.add(src);
      await respond(page, response);
      expect(statesOf(element)).to.deep.equal([state]);
      expect(wordsOf(element)).to.contain(words);
      expect(state === 'empty' && /\bnone\b/i.test(wordsOf(element))).to.equal(false);
      await expect(element).to.be.accessible();
    });
  }

  it('denied names the scopes that were not granted', async () => {
    page.session(snapshots.signedIn(page.server, 's', ['patient/Basic.rs']));
    const element = page.add('Basic/1');
    await respond(page, () => answer('', 403));
    expect(wordsOf(element)).to.contain('Not granted: patient/Basic.rs');
  });

  it('SMART-49: a scope that is required and was not granted is said, and the server is not asked', async () => {
    page.session(snapshots.signedIn(page.server, 's', []));
    const element = page.add('Observation/1');
    element.requiredScope = 'patient/Observation.rs';
    await settled();
    expect(statesOf(element)).to.deep.equal(['denied']);
    expect(wordsOf(element)).to.contain('patient/Observation.rs was not granted');
    expect(page.server.urls).to.deep.equal([]);
  });

  it('the server’s own words stand beside ours, as text', async () => {
    page.signIn();
    const element = page.add('Basic/1');
    const issue = [{ severity: 'error', code: 'x', details: { text: '<img src=x onerror=1>' } }];
    await respond(page, () => answer({ resourceType: 'OperationOutcome', issue }, 403));
    expect(wordsOf(element)).to.contain('The server says: <img src=x onerror=1> (✖ error)');
    expect(element.shadowRoot?.querySelector('img')).to.equal(null);
  });

  it('the network and the server’s rules for other sites look the same to a script: a person can look', async () => {
    page.signIn();
    const element = page.add('Basic/1');
    await settled();
    page.server.failAll(new TypeError('offline'));
    await settled();
    const link = element.shadowRoot?.querySelector<HTMLAnchorElement>('a[part=link]');
    expect(link?.href).to.equal('https://ehr.example/fhir/metadata');
    expect(link?.textContent).to.contain('See whether ehr.example answers in a new tab');
    expect(wordsOf(element)).to.contain('CORS');
    await expect(element).to.be.accessible();
  });

  it('how long it waits for the server is the page’s choice', async () => {
    const { setTimeout } = window;
    const waits: unknown[] = [];
    Object.assign(window, {
      setTimeout: (call: () => void, ms?: number) => {
        waits.push(ms);
        return setTimeout(call, ms);
      },
    });
    try {
      page.signIn();
      page.add('Basic/1').setAttribute('timeout', '7');
      page.add('Basic/2');
      await settled();
    } finally {
      Object.assign(window, { setTimeout });
    }
    expect(waits.filter((ms) => Number(ms) > 5_000)).to.deep.equal([7_000, 20_000]);
  });

  it('signed-out and expired offer words', async () => {
    page.session(snapshots.signedOut());
    const element = page.add('Patient/1');
    await settled();
    expect(wordsOf(element)).to.equal('Sign in to see this record.');
    await expect(element).to.be.accessible();
    page.session(snapshots.expired());
    await settled();
    expect(wordsOf(element)).to.contain('Your sign-in has ended. Sign in again');
    await expect(element).to.be.accessible();
  });

  const all: DataState[] = [
    'signed-out',
    'loading',
    'ready',
    'empty',
    'partial',
    'stale',
    'denied',
    'not-found',
    'gone',
    'error',
    'refused',
  ];
  for (const state of all) {
    it(`${state} can be looked at without data, has a slot and a part, and is accessible`, async () => {
      page.signIn();
      const element = page.add('Patient/1');
      element.setAttribute('preview-state', state);
      await settled();
      expect(statesOf(element)).to.deep.equal([state]);
      expect(page.server.urls).to.deep.equal([]);
      expect(wordsOf(element)).to.have.length.above(10);
      expect(element.shadowRoot?.querySelector(`slot[name=${state}]`)).to.be.instanceOf(HTMLSlotElement);
      expect(element.shadowRoot?.querySelector(`[part~=${state}]`)).to.be.instanceOf(HTMLElement);
      await expect(element).to.be.accessible();
    });
  }

  it('looks different', async () => {
    const looks = new Set<string>();
    const signs = new Set<string>();
    for (const state of all) {
      const element = page.add('Patient/1');
      element.setAttribute('preview-state', state);
      await settled();
      const part = element.shadowRoot?.querySelector(`[part~=${state}]`);
      const sign = part && getComputedStyle(part, '::before').content;
      looks.add(`${sign} ${part?.textContent}`);
      signs.add(sign ?? '');
    }
    expect([...looks]).to.have.length(all.length);
    expect([...signs]).to.have.length(all.length);
  });
});
