import { expect } from '@open-wc/testing';

import { said, viewOf } from './words-of.js';

type Name = readonly [text: string, use?: string, period?: object];

const named = (...names: readonly Name[]): object => ({
  resourceType: 'Patient',
  id: 'p',
  name: names.map(([text, use, period]) => ({ text, use, period })),
});

const rows: readonly (readonly [what: string, names: readonly Name[], called: string])[] = [
  [
    'the usual name',
    [
      ['Ann Official', 'official'],
      ['Ann Usual', 'usual'],
    ],
    'Ann Usual',
  ],
  ['the official name', [['Ann'], ['Ann Official', 'official']], 'Ann Official'],
  ['a name without a use', [['Annie', 'nickname'], ['Ann']], 'Ann'],
  [
    'a nickname rather than a former name',
    [
      ['Ann Maiden', 'maiden'],
      ['Annie', 'nickname'],
    ],
    'Annie (nickname)',
  ],
  ['no temporary name', [['Unknown 7', 'temp'], ['Ann']], 'Ann'],
  [
    'a use that nobody knows is as good as none',
    [
      ['Ann Alias', 'alias'],
      ['Ann', 'usual'],
    ],
    'Ann',
  ],
  ['an old name where there is no other', [['Ann Maiden', 'old']], 'Ann Maiden (old)'],
  [
    'no name that has ended',
    [
      ['Ann Former', 'usual', { end: '2020' }],
      ['Ann', 'nickname'],
    ],
    'Ann (nickname)',
  ],
  [
    'no name that is yet to come',
    [
      ['Ann Next', 'usual', { start: '2024-07' }],
      ['Ann', 'official'],
    ],
    'Ann',
  ],
  [
    'a name that begins or ends this year',
    [
      ['Annie', 'nickname'],
      ['Ann', 'usual', { start: '2024-06', end: '2024' }],
    ],
    'Ann (June 2024 – 2024)',
  ],
];

describe('A person is called by', () => {
  for (const [what, names, called] of rows) {
    it(what, () => {
      const { title } = viewOf(named(...names));
      expect(title).to.equal(called);
    });

    it(`${what}, also where a record contains the person`, () => {
      const record = { resourceType: 'Basic', contained: [named(...names)], subject: { reference: '#p' } };
      expect(said(record, 'Subject')?.[0]).to.equal(called);
    });
  }
});
