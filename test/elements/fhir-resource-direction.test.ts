import { expect, fixture, html } from '@open-wc/testing';

import type { FhirResourceElement } from '../../src/elements/fhir-resource/fhir-resource-element.js';
import '../../src/elements/fhir-resource/fhir-resource.js';

const resource = {
  resourceType: 'Patient',
  id: 'lior',
  name: [{ text: 'ליאור כהן' }],
  address: [{ text: 'שדרות רוטשילד 5 (3)' }],
  telecom: [{ system: 'phone', value: '05 (2) 33' }],
};

async function drawn(direction: 'ltr' | 'rtl'): Promise<ReadonlyMap<string, CSSStyleDeclaration>> {
  const page = await fixture(
    html`<div dir=${direction}><fhir-resource .resource=${resource}></fhir-resource></div>`,
  );
  const element = page.querySelector<FhirResourceElement>('fhir-resource');
  await element?.updateComplete;
  const values = [...(element?.shadowRoot?.querySelectorAll('dd bdi') ?? [])];
  return new Map(values.map((value) => [value.textContent ?? '', getComputedStyle(value)]));
}

describe('The direction of a value', () => {
  const hebrew = 'שדרות רוטשילד 5 (3)';
  const plain = 'phone: 05 (2) 33';

  it('is its own in a page that reads from the right: nothing around it turns it', async () => {
    const values = await drawn('rtl');
    expect(values.get(plain)).to.include({ direction: 'ltr', unicodeBidi: 'isolate' });
    expect(values.get(hebrew)).to.include({ direction: 'rtl', unicodeBidi: 'isolate' });
  });

  it('is kept apart in a page that reads from the left where it is another one', async () => {
    const values = await drawn('ltr');
    expect(values.get(plain)).to.include({ direction: 'ltr' });
    expect(values.get(hebrew)).to.include({ direction: 'rtl', unicodeBidi: 'isolate' });
  });
});
