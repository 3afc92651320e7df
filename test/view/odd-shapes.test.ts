import { expect } from '@open-wc/testing';

import { drawn } from './words-of.js';

/** How often the members of something are listed while a record is drawn: for every data type that is looked for, once. */
function stepsToDraw(record: object): number {
  const { keys } = Object;
  let steps = 0;
  Object.keys = (value: object) => {
    steps++;
    return keys(value);
  };
  try {
    drawn(record);
  } finally {
    Object.keys = keys;
  }
  return steps;
}

function nested(key: string, levels: number): object {
  let value: object = {};
  for (let level = 0; level < levels; level++) {
    value = { [key]: value };
  }
  return { resourceType: 'Basic', id: '1', odd: value };
}

describe('A record of a shape that no data type has', () => {
  for (const key of ['text', 'reference', 'low', 'concept', 'type', 'value', 'numerator', 'code']) {
    it(`is drawn in time, however deep “${key}” is within itself`, () => {
      // Twice as deep may take four times as long, and not the square of it.
      expect(stepsToDraw(nested(key, 6))).to.be.below(5 * stepsToDraw(nested(key, 3)));
    });
  }
});
