import { expect } from '@open-wc/testing';

import type { FhirResourceElement } from '../../src/elements/fhir-resource/fhir-resource-element.js';
import { answer } from '../fhir/answers.js';
import { settled } from '../support/settled.js';
import { openAll } from '../view/words-of.js';
import { Page, respond, snapshots, statesOf, wordsOf } from './fhir-resource-page.js';

const base = 'https://ehr.example/fhir';
const first = `${base}/Observation?patient=1`;
const second = `${base}?page=2`;

interface PageOptions {
  readonly next?: string;
  readonly self?: string;
  readonly total?: number;
}

function observation(id: string, more: object = {}): object {
  return { resourceType: 'Observation', id, status: 'final', code: { text: `Test ${id}` }, ...more };
}

/** A page of a search. */
function searchset({ next, self, total }: PageOptions, ...entry: object[]): object {
  const link = Object.entries({ self, next }).flatMap(([relation, url]) => (url ? [{ relation, url }] : []));
  return { resourceType: 'Bundle', type: 'searchset', ...(total !== undefined && { total }), link, entry };
}

function match(id: string, more: object = {}): object {
  return { fullUrl: `${base}/Observation/${id}`, resource: observation(id, more), search: { mode: 'match' } };
}

describe('A search in <fhir-resource>', () => {
  let page: Page;
  let element: FhirResourceElement;
  beforeEach(() => {
    page = new Page();
    page.signIn();
  });
  afterEach(() => page.remove());

  async function show(bundle: object, src = 'Observation?patient={patient}'): Promise<void> {
    element = page.add(src);
    await respond(page, () => answer(bundle));
  }
  const button = (): HTMLButtonElement | null | undefined =>
    element.shadowRoot?.querySelector<HTMLButtonElement>('[part~=more]');
  const label = (): string | undefined => button()?.textContent.trim();
  const headings = (): readonly (string | undefined)[] =>
    [...(element.shadowRoot?.querySelectorAll('dd [part=heading]') ?? [])].map((one) =>
      one.textContent?.trim(),
    );
  /** What is said without being gone to. */
  const announced = (): string | undefined =>
    element.shadowRoot?.querySelector('[role=status]')?.textContent?.replace(/\s+/g, ' ').trim();
  async function more(make: () => Response): Promise<void> {
    button()?.click();
    await respond(page, make);
  }

  it('says how much of it is shown, and loads the next page in its place', async () => {
    await show(searchset({ next: second, total: 3 }, match('a'), match('b')));
    expect(statesOf(element)).to.deep.equal(['partial']);
    expect(announced()).to.equal(
      'Showing the first 2 of 3 for Observation?patient={patient}, from ehr.example.',
    );
    expect(page.server.urls, 'one request for all').to.deep.equal([first]);
    await expect(element).to.be.accessible();
    const shown = element.shadowRoot?.querySelector('dd [part=resource]');
    await more(() => answer(searchset({}, match('c'))));
    expect(page.server.urls).to.deep.equal([first, second]);
    expect(headings()).to.deep.equal(['Test a', 'Test b', 'Test c']);
    expect(element.shadowRoot?.querySelector('dd [part=resource]'), 'what was there stays').to.equal(shown);
    expect(statesOf(element)).to.deep.equal(['ready']);
    expect(wordsOf(element)).to.contain('All are shown: 3.');
    await expect(element).to.be.accessible();
  });

  for (const total of [undefined, 0, 2]) {
    it(`is the first of more where the server says ${total ?? 'nothing'} of how many there are`, async () => {
      await show(searchset({ next: second, ...(total !== undefined && { total }) }, match('a'), match('b')));
      expect(announced()).to.contain('Showing the first 2 of more for');
      expect(wordsOf(element)).to.contain('Shown so far: 2.');
    });
  }

  it('leaves whoever pressed the button on it, and in the end at the end', async () => {
    await show(searchset({ next: second }, match('a')));
    button()?.focus();
    const pressed = button();
    pressed?.click();
    await settled();
    expect(label()).to.equal('Loading more…');
    expect(pressed?.getAttribute('aria-disabled')).to.equal('true');
    pressed?.click();
    await settled();
    expect(page.server.urls, 'once is enough').to.have.length(2);
    await respond(page, () => answer(searchset({ next: `${base}?page=3` }, match('b'))));
    expect(element.shadowRoot?.activeElement).to.equal(pressed);
    expect(label()).to.equal('Load more');
    await more(() => answer(searchset({}, match('c'))));
    expect(element.shadowRoot?.activeElement?.textContent).to.contain('All are shown: 3.');
  });

  it('takes nobody’s focus who is somewhere else', async () => {
    await show(searchset({ next: second }, match('a')));
    await more(() => answer(searchset({}, match('b'))));
    expect(element.shadowRoot?.activeElement).to.equal(null);
  });

  it('keeps what is there where the next page cannot be had, and says so; it can be tried again', async () => {
    const codes: string[] = [];
    const loads: string[] = [];
    page.root.addEventListener('fhir-error', ({ error }) => codes.push(error.code));
    page.root.addEventListener('fhir-load', ({ resource }) => loads.push(JSON.stringify(resource['entry'])));
    await show(searchset({ next: second, total: 2 }, match('a')));
    await more(() => answer('', 500));
    expect(statesOf(element)).to.deep.equal(['partial']);
    expect(headings()).to.deep.equal(['Test a']);
    expect(wordsOf(element)).to.contain('The server had a problem of its own');
    expect(label()).to.equal('Try again to load more');
    expect(announced(), 'said where it happened').not.to.contain('problem');
    await expect(element).to.be.accessible();
    button()?.click();
    await settled();
    page.server.failAll(new TypeError('offline'));
    await settled();
    await more(() => answer(searchset({}, match('b'))));
    expect(headings()).to.deep.equal(['Test a', 'Test b']);
    expect(wordsOf(element)).not.to.contain('problem');
    expect(codes).to.deep.equal(['fhir/server-error', 'fhir/unreachable']);
    expect(loads).to.have.length(2);
  });

  it('shows what comes twice once, in its later form, and counts it once', async () => {
    const medication = { fullUrl: `${base}/Medication/m`, resource: { resourceType: 'Medication', id: 'm' } };
    const along = { ...medication, search: { mode: 'include' } };
    await show(searchset({ next: second, total: 4 }, match('a'), match('b'), along));
    await more(() =>
      answer(
        searchset(
          { next: `${base}?page=3` },
          match('b', { code: { text: 'Test b, amended' } }),
          along,
          { resource: observation('a'), search: { mode: 'include' }, fullUrl: `${base}/Observation/a` },
          match('c'),
        ),
      ),
    );
    expect(headings()).to.deep.equal(['Test a', 'Test b, amended', 'Medication', 'Test c']);
    expect(announced()).to.contain('Showing the first 3 of 4');
  });

  it('shows each version in a history, and none twice', async () => {
    const version = (versionId: string): object =>
      match('a', { meta: { versionId }, note: [{ text: versionId }] });
    const history = (bundle: object): object => ({ ...bundle, type: 'history' });
    await show(history(searchset({ next: second }, version('3'), version('2'))), 'Observation/a/_history');
    await more(() => answer(history(searchset({}, version('2'), version('1')))));
    expect(headings()).to.have.length(3);
  });

  it('leaves open what was opened', async () => {
    const performer = [{ reference: 'Practitioner/2', display: 'Dr Bell' }];
    await show(searchset({ next: second }, match('a', { performer })), 'Observation?patient={patient}');
    openAll(element.shadowRoot!);
    await settled();
    element.shadowRoot?.querySelector<HTMLButtonElement>('[aria-label="Show Dr Bell"]')?.click();
    await respond(page, () =>
      answer({ resourceType: 'Practitioner', id: '2', name: [{ text: 'Barbara Bell' }] }),
    );
    expect(wordsOf(element)).to.contain('Barbara Bell');
    await more(() => answer(searchset({}, match('b'))));
    expect(wordsOf(element)).to.contain('Barbara Bell').and.to.contain('Test b');
  });

  it('keeps the decimals of every page as they were written', async () => {
    const text = (id: string, value: string): string =>
      JSON.stringify(
        searchset(id === 'a' ? { next: second } : {}, match(id, { valueQuantity: { value: 1 } })),
      ).replace('"value":1}', `"value":${value}}`);
    element = page.add('Observation?patient={patient}');
    await respond(page, () => answer(text('a', '1.10')));
    await more(() => answer(text('b', '2.00')));
    expect(wordsOf(element)).to.contain('1.10').and.to.contain('2.00');
  });

  for (const [next, words] of [
    ['https://evil.example/fhir?page=2', 'the server’s next link points to evil.example.'],
    ['javascript:alert(1)', 'the server’s next link points to no usable address.'],
    [first, 'the server’s next link points back to what is shown already.'],
  ] as const) {
    it(`goes to no other place: ${next}`, async () => {
      await show(searchset({ next, total: 40 }, match('a')));
      expect(statesOf(element)).to.deep.equal(['partial']);
      expect(announced())
        .to.contain(`Showing the first 1 of 40`)
        .and.to.contain(`More results exist, but ${words}`);
      expect(button()).to.equal(null);
      expect(page.server.urls).to.deep.equal([first]);
    });

    it(`goes to no other place, also later: ${next}`, async () => {
      await show(searchset({ next: second }, match('a')));
      button()?.focus();
      await more(() => answer(searchset({ next }, match('b'))));
      expect(statesOf(element)).to.deep.equal(['partial']);
      expect(button()).to.equal(null);
      expect(element.shadowRoot?.activeElement?.textContent?.replace(/\s+/g, ' ')).to.contain(words);
    });
  }

  it('ends with the session, and is another one with another src', async () => {
    await show(searchset({ next: second }, match('a')));
    button()?.click();
    await settled();
    element.src = 'Observation?patient={patient}&code=x';
    await settled();
    expect(page.server.inits[1]?.signal?.aborted).to.equal(true);
    await respond(page, () => answer(searchset({ next: second }, match('x'))));
    expect(headings()).to.deep.equal(['Test x']);
    page.session(snapshots.expired());
    await settled();
    expect(statesOf(element)).to.deep.equal(['stale']);
    expect(button(), 'nobody could ask').to.equal(null);
    page.session(snapshots.signedOut('t'));
    await settled();
    expect(headings()).to.deep.equal([]);
  });

  it('begins again with a reload', async () => {
    await show(searchset({ next: second }, match('a')));
    await more(() => answer(searchset({}, match('b'))));
    const reloaded = element.reload();
    await respond(page, () => answer(searchset({ next: second }, match('z'), match('a'))));
    await reloaded;
    expect(headings()).to.deep.equal(['Test z', 'Test a']);
    expect(label()).to.equal('Load more');
  });

  describe('is not taken for what it is not', () => {
    for (const [src, self, words] of [
      [
        'Observation?patient=1&code=a',
        'Observation?patient=1',
        '⚠ The server did not heed “code”: there may be more here than was asked for.',
      ],
      ['Observation?patient=1&_sort=date', 'Observation?patient=1', '⚠ The server did not heed “_sort”.'],
      [
        'CareTeam?patient=1',
        'CareTeam?patient=1&status=active,inactive',
        '⚠ The server searched by status, which was not asked for: records without one may not be here.',
      ],
    ] as const) {
      it(`${src}, where the server says that it searched ${self}`, async () => {
        await show(searchset({ self: `${base}/${self}` }, match('a')), src);
        expect(wordsOf(element)).to.contain(words);
        await expect(element).to.be.accessible();
      });
    }

    it('nor warned of where the server has done all that was asked', async () => {
      await show(searchset({ self: first }, match('a')));
      expect(wordsOf(element)).not.to.contain('⚠');
    });

    it('where the server has something to say, it is said', async () => {
      const issue = [{ severity: 'warning', code: 'x', details: { text: 'Some sources did not answer.' } }];
      const outcome = { resource: { resourceType: 'OperationOutcome', issue }, search: { mode: 'outcome' } };
      await show(searchset({ self: first }, match('a'), outcome));
      expect(element.shadowRoot?.querySelector('[part~=notice]')?.textContent).to.contain(
        'Some sources did not answer.',
      );
    });

    it('entries of another patient on a later page are left out, and counted', async () => {
      await show(searchset({ next: second }, match('a')));
      await more(() => answer(searchset({}, match('b', { subject: { reference: 'Patient/2' } }))));
      expect(headings()).to.deep.equal(['Test a']);
      expect(wordsOf(element)).to.contain('Entries that are of another patient were left out: 1.');
    });

    it('on the first page, the whole is refused', async () => {
      await show(searchset({ next: second }, match('a', { subject: { reference: 'Patient/2' } })));
      expect(statesOf(element)).to.deep.equal(['refused']);
      expect(button()).to.equal(null);
    });
  });
});

describe('A server that is busy', () => {
  let page: Page;
  beforeEach(() => {
    page = new Page();
    page.signIn();
  });
  afterEach(() => page.remove());

  const busy = (): Response => answer('', 429, { 'Retry-After': '50' });
  const timer = (element: Element): string | undefined =>
    element.shadowRoot?.querySelector('[role=timer]')?.textContent?.trim();

  it('is said to be, with how long it takes, and no more than once', async () => {
    const element = page.add('Patient/1');
    const other = page.add('Patient/{patient}?x');
    await respond(page, busy);
    expect(statesOf(element)).to.deep.equal(['loading']);
    expect(element.shadowRoot?.querySelector('[role=status]')?.textContent).to.contain('The server is busy.');
    expect(timer(element)).to.equal('Trying again in 50 s.');
    expect(timer(other), 'all wait').to.equal('Trying again in 50 s.');
    expect(element.shadowRoot?.querySelector('[role=status] [role=timer]'), 'not announced').to.equal(null);
    await expect(element).to.be.accessible();
  });

  it('is said beside what is there while more is loaded', async () => {
    const element = page.add('Observation?patient=1');
    await respond(page, () => answer(searchset({ next: second }, match('a'))));
    element.shadowRoot?.querySelector<HTMLButtonElement>('[part~=more]')?.click();
    await respond(page, busy);
    expect(timer(element)).to.equal('Trying again in 50 s.');
    expect(wordsOf(element)).to.contain('The server is busy.').and.to.contain('Test a');
    await expect(element).to.be.accessible();
  });
});
