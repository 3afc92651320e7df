import { expect } from '@open-wc/testing';

import { drawn, viewOf } from './words-of.js';

const negated = { url: 'http://x.example/negated', valueBoolean: true };

function observation(members: object): object {
  return {
    resourceType: 'Observation',
    id: 'c2',
    status: 'final',
    code: { text: 'Malignancy' },
    valueString: 'hidden words',
    ...members,
  };
}

describe('A modifier that is not written as it should be', () => {
  const odd: [what: string, members: object, named: string][] = [
    ['an object in place of a list', { modifierExtension: negated }, negated.url],
    ['such an object deep within', { component: [{ code: {}, modifierExtension: negated }] }, negated.url],
    ['such an object in an element', { method: { text: 'x', modifierExtension: negated } }, negated.url],
    ['an object without its address', { modifierExtension: { valueBoolean: true } }, 'modifierExtension'],
    ['a list of an address', { modifierExtension: [negated.url] }, 'modifierExtension'],
    ['an address alone', { modifierExtension: negated.url }, 'modifierExtension'],
    ['an address that is a number', { modifierExtension: [{ url: 7 }] }, 'modifierExtension'],
    ['rules with an extension alone', { _implicitRules: { extension: [negated] } }, 'implicitRules'],
    ['rules that are an object', { implicitRules: { url: negated.url } }, 'implicitRules'],
  ];
  for (const [what, members, named] of odd) {
    it(`as ${what} modifies all the same: the record is refused`, () => {
      const view = viewOf(observation(members));
      expect(view.refused).to.include({ code: 'view/modifier-not-understood' });
      expect(view.refused?.fix).to.contain(named);
      expect([view.facts, view.details]).to.deep.equal([[], []]);
      expect(drawn(observation(members)).textContent)
        .to.contain('Malignancy')
        .and.not.to.contain('hidden');
    });
  }

  for (const [what, members] of [
    ['an empty list', { modifierExtension: [] }],
    ['null', { modifierExtension: null }],
    ['an extension that modifies nothing', { extension: [negated] }],
  ] as const) {
    it(`as ${what} is none: the record is shown`, () => {
      const view = viewOf(observation(members));
      expect(view.refused).to.equal(undefined);
      expect(drawn(observation(members)).textContent).to.contain('hidden words');
    });
  }
});
