import { expect, fixture, waitUntil } from '@open-wc/testing';

import '../../src/elements/smart-auth/smart-auth.js';
import type { SmartAuthElement } from '../../src/elements/smart-auth/smart-auth-element.js';
import type { SmartErrorEvent } from '../../src/ui/session-events.js';

function words(element: SmartAuthElement): string {
  return (element.shadowRoot?.textContent ?? '').replace(/\s+/g, ' ').trim();
}

/** Waits until an element has seen what the page says of it: the words for a mistake are loaded when there is one. */
async function started(element: SmartAuthElement): Promise<SmartAuthElement> {
  await waitUntil(() => element.status !== 'starting');
  await element.updateComplete;
  return element;
}

async function show(attributes: string): Promise<SmartAuthElement> {
  return started(await fixture(`<smart-auth ${attributes}><p>The page</p></smart-auth>`));
}

describe('<smart-auth>', () => {
  for (const [attributes, code, fix] of [
    ['', 'config/missing-fhir-base', 'fhir-base'],
    ['fhir-base="nonsense" client-id="a" scope="b"', 'config/invalid-fhir-base', 'nonsense'],
    [
      'fhir-base="https://u:secret@ehr.example/" client-id="a" scope="b"',
      'config/invalid-fhir-base',
      'ehr.example',
    ],
    ['fhir-base="http://ehr.example/fhir" client-id="a" scope="b"', 'config/insecure-url', 'https'],
    ['fhir-base="https://ehr.example/{tenant}" client-id="a" scope="b"', 'config/missing-tenant', 'tenant'],
    [
      'fhir-base="https://ehr.example/{tenant}" tenant=".." client-id="a" scope="b"',
      'config/invalid-fhir-base',
      '',
    ],
    ['fhir-base="https://ehr.example/fhir" scope="b"', 'config/missing-client-id', 'client-id'],
    ['fhir-base="https://ehr.example/fhir" client-id="a"', 'config/missing-scope', 'scope'],
    [
      'fhir-base="https://ehr.example/fhir" client-id="a" scope="b" redirect-uri="https://other.example/"',
      'config/invalid-redirect-uri',
      'redirect-uri',
    ],
    [
      'fhir-base="https://ehr.example/fhir" client-id="a" scope="b" name="a b"',
      'config/invalid-name',
      'name',
    ],
    [
      'fhir-base="https://ehr.example/fhir" client-id="a" scope="b" client-secret="s"',
      'config/secret-in-browser',
      'public client',
    ],
  ] as const) {
    it(`says ${code} on the page, with what to change and who can, for ${attributes || 'no attributes'}`, async () => {
      const element = await show(attributes);
      expect(element.session.status).to.equal('unavailable');
      expect(element.session.error?.code).to.equal(code);
      expect(element.getAttribute('status')).to.equal('unavailable');
      expect(element.matches(':state(unavailable)')).to.equal(true);
      expect(words(element)).to.contain(code).and.to.contain(fix).and.to.contain('whoever made this page');
      expect(words(element)).not.to.contain('secret@');
      await expect(element).to.be.accessible();
    });
  }

  it('keeps what is inside it, and lets a page say errors in its own way', async () => {
    const element = await fixture<SmartAuthElement>(
      '<smart-auth><p slot="error">Ask the desk.</p><p id="in">In</p></smart-auth>',
    );
    await started(element);
    const slot = element.shadowRoot?.querySelector<HTMLSlotElement>('slot[name=error]');
    expect(slot?.assignedElements()[0]?.textContent).to.equal('Ask the desk.');
    expect(element.querySelector('#in')?.isConnected).to.equal(true);
  });

  it('tells of an error by an event, once', async () => {
    const told: string[] = [];
    const listen = ({ error }: SmartErrorEvent): void => void told.push(error.code);
    document.addEventListener('smart-error', listen);
    await show('');
    document.removeEventListener('smart-error', listen);
    expect(told).to.deep.equal(['config/missing-fhir-base']);
  });

  it('starts anew when the page says something else', async () => {
    const element = await show('');
    const { id } = element.session;
    element.fhirBase = 'http://ehr.example/fhir';
    await element.updateComplete;
    await started(element);
    expect(element.session.error?.code).to.equal('config/insecure-url');
    expect(element.session.id).not.to.equal(id);
  });

  it('offers its session to scripts, frozen', async () => {
    const element = await show('');
    expect(Object.isFrozen(element.session)).to.equal(true);
  });

  it('can be moved, and taken out and put back', async () => {
    const element = await show('');
    const { id } = element.session;
    const elsewhere = await fixture('<section></section>');
    elsewhere.append(element);
    await Promise.resolve();
    expect(element.session.id).to.equal(id);
    element.remove();
    await Promise.resolve();
    elsewhere.append(element);
    await started(element);
    expect(element.session.status).to.equal('unavailable');
  });
});
