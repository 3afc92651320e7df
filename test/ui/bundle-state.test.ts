import { expect } from '@open-wc/testing';

import { parseFhirJson } from '../../src/fhir/index.js';
import { isResource } from '../../src/fhir/resource.js';
import { stateOfBundle } from '../../src/ui/bundle-state.js';

/** The state of what a server has answered to a search. */
function stateOf(members: object): string {
  const bundle = parseFhirJson(JSON.stringify({ resourceType: 'Bundle', type: 'searchset', ...members }));
  return isResource(bundle) ? stateOfBundle(bundle) : 'no resource';
}

const match = { resource: { resourceType: 'Basic', id: '1' }, search: { mode: 'match' } };

function outcome(severity: string, search: object = { search: { mode: 'outcome' } }): object {
  return { resource: { resourceType: 'OperationOutcome', issue: [{ severity, code: 'x' }] }, ...search };
}

describe('The answer to a search', () => {
  const answers: [what: string, members: object, state: string][] = [
    ['with matches', { total: 1, entry: [match] }, 'ready'],
    ['with matches, and more to come', { entry: [match], link: [{ relation: 'next', url: 'x' }] }, 'partial'],
    ['without entries', {}, 'empty'],
    ['without entries, which counts none', { total: 0, entry: [] }, 'empty'],

    ['that is an error alone', { total: 0, entry: [outcome('error')] }, 'partial'],
    ['that is a fatal error alone', { entry: [outcome('fatal')] }, 'partial'],
    ['that is an error alone, and does not call it an outcome', { entry: [outcome('error', {})] }, 'partial'],
    ['with matches and an error', { total: 1, entry: [match, outcome('error')] }, 'partial'],
    ['with an error before its matches', { total: 1, entry: [outcome('fatal'), match] }, 'partial'],
    [
      'with an error that is not the first issue',
      {
        entry: [
          match,
          {
            resource: {
              resourceType: 'OperationOutcome',
              issue: [{ severity: 'information' }, { severity: 'error' }],
            },
          },
        ],
      },
      'partial',
    ],

    ['that is a warning alone', { entry: [outcome('warning')] }, 'empty'],
    ['with matches and a warning', { entry: [match, outcome('warning')] }, 'ready'],
    ['with matches and an information', { entry: [outcome('information', {}), match] }, 'ready'],

    ['that counts five and has no entries', { total: 5 }, 'partial'],
    ['that counts five and has an empty list', { total: 5, entry: [] }, 'partial'],
    ['that counts five and has a warning alone', { total: 5, entry: [outcome('warning')] }, 'partial'],
    ['whose count is no number', { total: '5' }, 'empty'],
  ];
  for (const [what, members, state] of answers) {
    it(`${what} is ${state}`, () => {
      expect(stateOf(members)).to.equal(state);
    });
  }
});
