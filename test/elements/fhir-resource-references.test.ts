import { expect } from '@open-wc/testing';

import type { FhirResourceElement } from '../../src/elements/fhir-resource/fhir-resource-element.js';
import { answer } from '../fhir/answers.js';
import { settled } from '../support/settled.js';
import { openAll } from '../view/words-of.js';
import { Page, respond, snapshots, wordsOf } from './fhir-resource-page.js';

const base = 'https://ehr.example/fhir';
const report = {
  resourceType: 'DiagnosticReport',
  id: 'c',
  status: 'final',
  code: { text: 'Asthma' },
  subject: { reference: 'Patient/1', display: 'Ann' },
  performer: [{ reference: 'Practitioner/2', display: 'Dr Bell' }],
};
const bell = { resourceType: 'Practitioner', id: '2', name: [{ text: 'Doctor Barbara Bell' }] };

function buttonsOf(element: Element, name: string): HTMLButtonElement[] {
  return [...(element.shadowRoot?.querySelectorAll('button') ?? [])].filter(
    (button) => button.getAttribute('aria-label') === name,
  );
}

async function press(element: FhirResourceElement, name: string): Promise<void> {
  const [button] = buttonsOf(element, name);
  expect(button, name).to.be.instanceOf(HTMLButtonElement);
  button?.click();
  await settled();
}

describe('What a record refers to', () => {
  let page: Page;
  let element: FhirResourceElement;
  beforeEach(async () => {
    page = new Page();
    page.signIn();
    element = page.add('DiagnosticReport/c');
    await respond(page, () => answer(report));
  });
  afterEach(() => page.remove());

  it('is read when somebody asks for it, and not before, and stands in its place', async () => {
    expect(page.server.urls).to.deep.equal([`${base}/DiagnosticReport/c`]);
    await press(element, 'Show Dr Bell');
    expect(page.server.urls.at(-1)).to.equal(`${base}/Practitioner/2`);
    expect(wordsOf(element)).to.contain('Reading…');
    await respond(page, () => answer(bell));
    expect(wordsOf(element)).to.contain('Doctor Barbara Bell');
    const inner = element.shadowRoot?.querySelector('dd [part=resource] [part=heading]');
    expect(inner?.getAttribute('aria-level')).to.equal('4');
    await expect(element).to.be.accessible();
    await press(element, 'Hide Dr Bell');
    expect(wordsOf(element)).not.to.contain('Barbara');
  });

  it('is told as not to be had where it is not, beside a record that stays', async () => {
    await press(element, 'Show Dr Bell');
    await respond(page, () => answer({}, 403));
    expect(wordsOf(element)).to.contain('Asthma');
    expect(element.shadowRoot?.querySelector('dd [part=error]')).to.be.instanceOf(HTMLElement);
    expect(element.matches(':state(ready)')).to.equal(true);
  });

  it('of another patient is not shown', async () => {
    await press(element, 'Show Ann');
    await respond(page, () => answer({ resourceType: 'Patient', id: '9', name: [{ text: 'Walter' }] }));
    expect(wordsOf(element)).not.to.contain('Walter');
  });

  it('goes with the session that read it, also from a record that the page gave', async () => {
    element.resource = report;
    await settled();
    await press(element, 'Show Dr Bell');
    await respond(page, () => answer(bell));
    expect(wordsOf(element)).to.contain('Barbara');
    page.session(snapshots.signedOut('t'));
    await settled();
    expect(wordsOf(element)).to.contain('Asthma').and.not.to.contain('Barbara');
    expect(buttonsOf(element, 'Show Dr Bell'), 'nobody could read it').to.deep.equal([]);
    page.signIn('u');
    await settled();
    expect(wordsOf(element)).not.to.contain('Barbara');
    expect(buttonsOf(element, 'Show Dr Bell')).to.have.length(1);
  });

  it('closes with the record that it was opened in', async () => {
    await press(element, 'Show Dr Bell');
    element.resource = { ...report, code: { text: 'Gout' } };
    await respond(page, () => answer(bell));
    expect(wordsOf(element)).to.contain('Gout').and.not.to.contain('Barbara');
  });

  it('may lead round in a circle: each opening is one of its own', async () => {
    const patient = (id: string, other: string): object => ({
      fullUrl: `${base}/Patient/${id}`,
      resource: {
        resourceType: 'Patient',
        id: '1',
        link: [{ other: { reference: `Patient/${other}`, display: `Record ${other}` }, type: 'seealso' }],
      },
    });
    element.resource = {
      resourceType: 'Bundle',
      type: 'collection',
      entry: [patient('a', 'b'), patient('b', 'a')],
    };
    await settled();
    openAll(element.shadowRoot!);
    await settled();
    const count = (): number => element.shadowRoot?.querySelectorAll('[part=resource]').length ?? 0;
    const before = count();
    for (const [opened, id] of ['b', 'a', 'b', 'a'].entries()) {
      await press(element, `Show Record ${id}`);
      openAll(element.shadowRoot!);
      await settled();
      expect(count() - before).to.equal(opened + 1);
    }
  });

  it('on another server is named, and never asked for', async () => {
    const places = [
      ['https://elsewhere.example/fhir/Practitioner/2', 'elsewhere.example'],
      ['HTTPS://EHR.example.evil.example/fhir/Practitioner/2', 'ehr.example.evil.example'],
      ['https://ehr.example:8443/fhir/Practitioner/2', 'ehr.example:8443'],
      ['https://ehr.example/fhir-other/Practitioner/2', 'ehr.example'],
      ['https://ehr.example/fhir/../admin/2', 'ehr.example'],
    ] as const;
    for (const [reference, host] of places) {
      element.resource = { ...report, performer: [{ reference, display: 'Dr Away' }] };
      await settled();
      const link = element.shadowRoot?.querySelector<HTMLAnchorElement>('a[part=link]');
      expect(wordsOf(element), reference).to.contain(`Held by ${host}.`);
      expect(link?.textContent, reference).to.equal(`Open at ${host}`);
      expect(link?.rel, reference).to.contain('noopener').and.to.contain('noreferrer');
      expect(buttonsOf(element, 'Show Dr Away'), reference).to.deep.equal([]);
    }
    expect(page.server.urls).to.deep.equal([`${base}/DiagnosticReport/c`]);
  });

  it('is read over TLS where its server thinks that it is at http', async () => {
    element.resource = {
      ...report,
      performer: [{ reference: 'http://ehr.example/fhir/Practitioner/2', display: 'Dr Bell' }],
    };
    await settled();
    await press(element, 'Show Dr Bell');
    expect(page.server.urls.at(-1)).to.equal(`${base}/Practitioner/2`);
  });

  it('at a place that the server has named is read there, with the files that are there', async () => {
    const place = 'https://imaging.example/fhir';
    page.session(snapshots.signedIn(page.server, 'n', [], [place]));
    element.resource = {
      ...report,
      imagingStudy: [{ reference: `${place}/ImagingStudy/7`, display: 'X-ray' }],
      presentedForm: [{ contentType: 'text/plain', title: 'Letter', url: `${place}/Binary/8` }],
    };
    await settled();
    await press(element, 'Show X-ray');
    expect(page.server.urls.at(-1)).to.equal(`${place}/ImagingStudy/7`);
    await respond(page, () => answer({ resourceType: 'ImagingStudy', id: '7', description: 'Left hand' }));
    expect(wordsOf(element)).to.contain('Left hand').and.not.to.contain('Held by');
    await import('../../src/ui/attachment-view.js');
    await settled();
    const show = [...(element.shadowRoot?.querySelectorAll('button') ?? [])].find((button) =>
      /Show\s+Letter/.test(button.textContent),
    );
    show?.click();
    await settled();
    expect(page.server.urls.at(-1)).to.equal(`${place}/Binary/8`);
  });

  it('by an address that is none for a record becomes no link at all', async () => {
    for (const reference of [
      'javascript:alert(1)',
      'urn:uuid:1',
      '#in',
      '//evil.example/x',
      // It looks as if it were of this server.
      'https://ehr.example@evil.example/fhir/Practitioner/2',
      'https://evil.example/fhir/Practitioner/\t2',
      'data:text/html,1',
      '../x',
    ]) {
      element.resource = { ...report, performer: [{ reference, display: 'Dr Odd' }] };
      await settled();
      expect(element.shadowRoot?.querySelector('a'), reference).to.equal(null);
      expect(buttonsOf(element, 'Show Dr Odd'), reference).to.deep.equal([]);
    }
  });
});

describe('How much of a record is shown', () => {
  const record = {
    resourceType: 'Condition',
    id: 'c',
    text: {
      status: 'generated',
      div: '<div xmlns="http://www.w3.org/1999/xhtml">In <b>their</b> words</div>',
    },
    verificationStatus: { coding: [{ code: 'refuted' }] },
    code: { text: 'Asthma' },
    onsetDateTime: '2019',
    note: [{ text: 'as a child' }],
    extension: [{ url: 'https://e.example/x', valueString: 'extra' }],
  };
  let page: Page;
  let element: FhirResourceElement;
  beforeEach(() => {
    page = new Page();
    element = page.add('');
  });
  afterEach(() => page.remove());

  async function show(resource: object, attributes: Record<string, string>): Promise<void> {
    for (const [name, value] of Object.entries(attributes)) {
      element.setAttribute(name, value);
    }
    element.resource = resource;
    await settled();
    // What is loaded with the first narrative.
    await import('../../src/view/narrative/index.js');
    await settled();
  }

  const narrative = (): string | undefined =>
    element.shadowRoot?.querySelector('[part=narrative]')?.shadowRoot?.textContent ?? undefined;

  for (const [view, { shown, folded }] of Object.entries({
    auto: { shown: ['Refuted', 'Asthma', '2019', 'as a child'], folded: ['extra'] },
    full: { shown: ['Refuted', 'Asthma', '2019', 'as a child', 'extra'], folded: [] },
    summary: { shown: ['Refuted', 'Asthma', '2019'], folded: ['as a child', 'extra'] },
    line: { shown: ['Refuted', 'Asthma', '2019'], folded: ['as a child', 'extra'] },
  })) {
    it(`“${view}” is the page’s choice, and takes nothing away that changes the meaning`, async () => {
      await show(record, { view });
      const atOnce = wordsOf(element);
      openAll(element.shadowRoot!);
      await settled();
      const all = wordsOf(element);
      for (const words of shown) {
        expect(atOnce).to.contain(words);
      }
      for (const words of folded) {
        expect(atOnce).not.to.contain(words);
        expect(all.includes(words), words).to.equal(view !== 'line');
      }
      await expect(element).to.be.accessible();
    });
  }

  it('the text of the source can be opened, or stands alone, or is left out', async () => {
    await show(record, {});
    expect(narrative()).to.equal(undefined);
    openAll(element.shadowRoot!);
    await settled();
    expect(narrative()).to.contain('In their words');
    await show({ ...record }, { narrative: 'only' });
    expect(narrative()).to.contain('In their words');
    expect(wordsOf(element)).to.contain('Refuted').and.not.to.contain('2019');
    await show({ ...record }, { narrative: 'off' });
    openAll(element.shadowRoot!);
    await settled();
    expect(narrative()).to.equal(undefined);
  });

  it('where something is not understood, the text of the source stands in the place of all else', async () => {
    await show(
      { ...record, modifierExtension: [{ url: 'https://e.example/opposite', valueBoolean: true }] },
      {},
    );
    expect(element.matches(':state(refused)')).to.equal(true);
    expect(narrative()).to.contain('In their words');
    expect(wordsOf(element)).not.to.contain('2019');
    await expect(element).to.be.accessible();
  });
});
