import { expect } from '@open-wc/testing';

import { SmartError } from '../../src/core/smart-error.js';
import { readAnswer } from '../../src/fhir/read-answer.js';

import { leavesLastShown } from '../../src/ui/outcome-state.js';

const target = { url: 'https://ehr.example/fhir/Patient/1', type: 'Patient', id: '1', about: 'Patient' };
const outcome = '{"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"forbidden"}]}';

/** The error of an answer, where the part of the kit that has the words for it does not come. */
async function wordless(status: number, text: string): Promise<SmartError> {
  const answer = { status, text, headers: new Headers() };
  const thrown: unknown = await readAnswer(answer, target, {}, () =>
    Promise.reject(new TypeError('away')),
  ).catch((error: unknown) => error);
  expect(SmartError.is(thrown)).to.equal(true);
  return thrown as SmartError;
}

describe('An answer without a record, whose words cannot be loaded', () => {
  for (const [status, text, code, mayStay] of [
    [401, '', 'fhir/unauthorized', true],
    [403, outcome, 'fhir/forbidden', false],
    [404, outcome, 'fhir/not-found', false],
    [410, '', 'fhir/gone', false],
    [429, '', 'fhir/too-many-requests', true],
    [422, outcome, 'fhir/rejected', false],
    [502, '<html>', 'fhir/server-error', true],
    [200, '<html>', 'fhir/not-json', true],
    [200, '{"id":"1"}', 'fhir/not-json', true],
    [200, outcome, 'fhir/rejected', false],
  ] as const) {
    it(`${status} ${text.slice(0, 20)} is ${code} all the same, and what was shown ${mayStay ? 'stays' : 'goes'}`, async () => {
      const error = await wordless(status, text);
      expect([error.code, error.status]).to.deep.equal([code, status]);
      expect(error.message).to.contain('did not work');
      expect(leavesLastShown(error)).to.equal(mayStay);
    });
  }
});
