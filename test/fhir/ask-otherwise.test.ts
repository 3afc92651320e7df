import { expect } from '@open-wc/testing';

import { FhirClient } from '../../src/fhir/index.js';
import { settled } from '../support/settled.js';
import { answer, codeOf } from './answers.js';

const base = 'https://ehr.example/fhir';
const found = { resourceType: 'Bundle', type: 'searchset' };

/** An OperationOutcome in these words. */
function outcome(issue: object): object {
  return { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'invalid', ...issue }] };
}

/** Searches at a server that refuses each search once, and says why. */
async function searchAt(
  source: string,
  refusal: object,
  second = answer(found),
): Promise<{ queries: string[]; code: unknown }> {
  const urls: string[] = [];
  const client = new FhirClient({
    base,
    fetch: async (url) => {
      urls.push(url);
      await settled();
      return urls.length === 1 ? answer(refusal, 400) : second;
    },
  });
  const code = await codeOf(client.read(source));
  return { queries: urls.map((url) => url.slice(base.length + 1)), code };
}

const needsStatus = outcome({ diagnostics: 'The search must have a status.' });

describe('A search that a server refuses without a status (US Core, CONF-0065)', () => {
  const every = 'status=registered,preliminary,final,amended,corrected,cancelled,entered-in-error,unknown';
  for (const [source, again] of [
    ['Observation?patient=1', `Observation?patient=1&${every}`],
    ['Observation', `Observation?${every}`],
    ['Observation?_sort=-date&code=a%7Cb', `Observation?_sort=-date&code=a%7Cb&${every}`],
    [
      'Goal?patient=1',
      'Goal?patient=1&lifecycle-status=proposed,planned,accepted,active,on-hold,completed,cancelled,entered-in-error,rejected',
    ],
  ] as const) {
    it(`is asked once more for every status: ${source}`, async () => {
      const { queries, code } = await searchAt(source, needsStatus);
      expect(queries).to.deep.equal([source, again]);
      expect(code).to.equal('no error');
    });
  }

  for (const [what, issue] of Object.entries({
    'details for people': { details: { text: 'Status is required' } },
    'a path': { diagnostics: 'Missing parameter', expression: ['Observation.status'] },
    'the name of a parameter': { location: ['http.status'] },
  })) {
    it(`is known by ${what}`, async () => {
      expect((await searchAt('Observation?patient=1', outcome(issue))).queries).to.have.length(2);
    });
  }

  for (const [what, source, refusal] of [
    ['speaks of something else', 'Observation?patient=1', outcome({ diagnostics: 'Unknown code.' })],
    ['says nothing', 'Observation?patient=1', {}],
    ['was given one', 'Observation?patient=1&status=final', needsStatus],
    ['was told what to leave out', 'Observation?patient=1&status:not=final', needsStatus],
    ['has a type without', 'Patient?name=a', needsStatus],
    ['has a type whose records need not have one', 'Condition?patient=1', needsStatus],
    ['is an operation', 'Patient/1/$everything?start=2020', needsStatus],
    ['searches every type', '?_type=Observation', needsStatus],
  ] as const) {
    it(`is refused for good where it ${what}`, async () => {
      const { queries, code } = await searchAt(source, refusal);
      expect(queries).to.deep.equal([source]);
      expect(code).to.equal('fhir/rejected');
    });
  }

  it('is a read never', async () => {
    const { queries } = await searchAt('Observation/1', needsStatus);
    expect(queries).to.deep.equal(['Observation/1']);
  });

  it('is refused in the first words where the second search is refused, too', async () => {
    const client = new FhirClient({
      base,
      fetch: async (url) =>
        answer(url.includes('status') ? outcome({ diagnostics: 'Unknown status.' }) : needsStatus, 400),
    });
    const error: unknown = await client.read('Observation?patient=1').catch((thrown: unknown) => thrown);
    expect(error).to.have.nested.property('outcome[0].text', 'The search must have a status.');
  });

  it('is what it is where the second search may not be', async () => {
    const { code } = await searchAt('Observation?patient=1', needsStatus, answer('', 403));
    expect(code).to.equal('fhir/forbidden');
  });
});

describe('A search that a server refuses for its _include', () => {
  const noInclude = outcome({ diagnostics: '_include is not supported' });

  it('is asked once more without: what is referred to can be read for itself', async () => {
    const source =
      'MedicationRequest?patient=1&_include=MedicationRequest:medication&_revinclude:iterate=a&x=%20b';
    const { queries, code } = await searchAt(source, noInclude);
    expect(queries).to.deep.equal([source, 'MedicationRequest?patient=1&x=%20b']);
    expect(code).to.equal('no error');
  });

  it('is refused for good where it has none', async () => {
    const { code } = await searchAt('MedicationRequest?patient=1', noInclude);
    expect(code).to.equal('fhir/rejected');
  });
});
