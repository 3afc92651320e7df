import { expect } from '@open-wc/testing';
import { render } from 'lit';

import { renderView } from '../../src/view/render-view.js';
import { viewOf } from './words-of.js';

function line(resource: object): string {
  const page = document.createElement('div');
  render(renderView(viewOf(resource), { level: 3, extent: 'line' }), page);
  return (page.querySelector('[part=line]')?.textContent ?? '').replace(/\s+/g, ' ').trim();
}

const found = (...resources: object[]): object => ({
  resourceType: 'Bundle',
  type: 'searchset',
  entry: resources.map((resource) => ({ resource })),
});

describe('A line about a record', () => {
  it('names the records within it', () => {
    const latex = { resourceType: 'AllergyIntolerance', code: { text: 'Latex' } };
    expect(line(found(latex, { resourceType: 'Basic', id: 'b' }))).to.equal('Entry: Latex; Basic');
  });

  it('takes nothing away that changes their meaning', () => {
    const order = {
      resourceType: 'MedicationRequest',
      doNotPerform: true,
      medicationCodeableConcept: { text: 'Ibuprofen' },
    };
    const unread = {
      resourceType: 'Observation',
      code: { text: 'Malignancy' },
      implicitRules: 'http://x.example',
    };
    expect(line(found(order, unread)))
      .to.match(/Ibuprofen ⚠ Do not perform: .*; Malignancy ⚠ This record carries a condition/)
      .and.not.to.contain('implicitRules');
  });

  it('names the sections of a document', () => {
    const section = [{ title: 'Allergies', emptyReason: { text: 'Nobody asked' } }, { title: 'Visits' }];
    expect(line({ resourceType: 'Composition', title: 'Summary', section })).to.contain(
      'Section: Allergies; Visits',
    );
  });
});
