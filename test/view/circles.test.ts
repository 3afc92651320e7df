import { expect } from '@open-wc/testing';

import { drawn, said, viewOf } from './words-of.js';

const itself = { reference: '#x' };

describe('A record that goes in circles', () => {
  const circles: [what: string, contained: readonly object[]][] = [
    ['a code that refers to itself', [{ resourceType: 'Basic', id: 'x', code: itself }]],
    ['a name that refers to itself', [{ resourceType: 'Patient', id: 'x', name: itself }]],
    ['a list of names that refer to it', [{ resourceType: 'Patient', id: 'x', name: [itself, itself] }]],
    ['a title that refers to itself', [{ resourceType: 'Basic', id: 'x', title: itself }]],
    [
      'a code that is a concept or a reference',
      [{ resourceType: 'Basic', id: 'x', code: { reference: itself } }],
    ],
    [
      'two that refer to each other',
      [
        { resourceType: 'Basic', id: 'x', code: { reference: '#y' } },
        { resourceType: 'Basic', id: 'y', code: itself },
      ],
    ],
  ];
  for (const [what, contained] of circles) {
    it(`by ${what} is drawn, and nothing of it is lost`, () => {
      const record = { resourceType: 'Basic', id: 'b', contained, subject: itself };
      const words = drawn(record).textContent ?? '';
      expect(words).to.contain('#x').and.to.contain('Basic · id b');
      for (const { id } of contained as readonly { id: string }[]) {
        expect(words).to.contain(`id ${id}`);
      }
    });
  }

  it('ends where the one that is meant has a name of its own beside the circle', () => {
    const contained = [{ resourceType: 'Patient', id: 'x', code: itself, name: [{ text: 'Ann Contained' }] }];
    // Its code comes first, and leads nowhere further: it is said as it is written.
    expect(said({ resourceType: 'Basic', contained, subject: itself }, 'Subject')).to.deep.equal(['#x']);
  });

  it('says the words of what is contained, one step deep', () => {
    const contained = [
      { resourceType: 'Medication', id: 'x', code: { reference: '#y' } },
      { resourceType: 'Medication', id: 'y', code: { text: 'Further' } },
    ];
    expect(said({ resourceType: 'Basic', contained, subject: { reference: '#y' } }, 'Subject')).to.deep.equal(
      ['Further'],
    );
    expect(said({ resourceType: 'Basic', contained, subject: itself }, 'Subject')).to.deep.equal(['#y']);
  });

  it('a display stands before whatever is contained', () => {
    const contained = [{ resourceType: 'Basic', id: 'x', code: itself }];
    const subject = { ...itself, display: 'Ann Displayed' };
    expect(said({ resourceType: 'Basic', contained, subject }, 'Subject')).to.deep.equal(['Ann Displayed']);
  });

  it('one that is contained without an id is meant by no reference', () => {
    const contained = [{ resourceType: 'Patient', name: [{ text: 'Nobody' }] }];
    const view = viewOf({ resourceType: 'Basic', contained, subject: { reference: '#' } });
    expect(view.facts.find(({ label }) => label === 'Subject')?.values.map(({ text }) => text)).to.deep.equal(
      ['#'],
    );
  });
});
