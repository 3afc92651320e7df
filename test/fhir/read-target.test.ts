import { expect } from '@open-wc/testing';

import { FhirClient } from '../../src/fhir/index.js';
import { answer, codeOf } from './answers.js';

/** Reads from a server that answers this. */
function read(
  base: string,
  source: string,
  body: object,
): { code: Promise<unknown>; urls: readonly string[] } {
  const urls: string[] = [];
  const fetch = (url: string): Promise<Response> => {
    urls.push(url);
    return Promise.resolve(answer(body));
  };
  return { code: codeOf(new FhirClient({ fetch, base }).read(source)), urls };
}

const normal = 'https://ehr.example/fhir';

describe('What is asked is what is answered', () => {
  for (const [how, base] of [
    ['in upper case', 'https://EHR.Example/fhir'],
    ['with the port that goes without saying', 'https://ehr.example:443/fhir'],
    ['in upper case, with port and slash', 'HTTPS://EHR.EXAMPLE:443/fhir/'],
    ['with a path that says a folder twice', 'https://ehr.example/x/../fhir'],
    ['with characters that are written otherwise', 'https://ehr.example/fhir/r 4'],
  ] as const) {
    describe(`where the base URL is ${how}`, () => {
      const at = new URL(base.endsWith('/') ? base : `${base}/`).href;

      for (const source of ['Patient/1', `${at}Patient/1`]) {
        it(`${source} may be this patient`, async () => {
          const { code, urls } = read(base, source, { resourceType: 'Patient', id: '1' });
          expect(await code).to.equal('no error');
          expect(urls).to.deep.equal([`${at}Patient/1`]);
        });

        it(`${source} may not be of another type`, async () => {
          const { code } = read(base, source, { resourceType: 'Observation', id: '1' });
          expect(await code).to.equal('fhir/wrong-type');
        });

        it(`${source} may not have another id`, async () => {
          const { code } = read(base, source, { resourceType: 'Patient', id: '2' });
          expect(await code).to.equal('fhir/wrong-type');
        });
      }

      it('a search may not be answered with one record', async () => {
        const { code } = read(base, 'Patient?name=x', { resourceType: 'Patient', id: '1' });
        expect(await code).to.equal('fhir/wrong-type');
      });
    });
  }

  it('an id that is percent-encoded is compared as what it means', async () => {
    expect(await read(normal, 'Patient/a%2Db', { resourceType: 'Patient', id: 'a-b' }).code).to.equal(
      'no error',
    );
    expect(await read(normal, 'Patient/a%2Db', { resourceType: 'Patient', id: 'a%2Db' }).code).to.equal(
      'fhir/wrong-type',
    );
  });

  for (const source of ['Patient/50%', 'Patient/%E0%A4%A', 'Patient/%ff', 'Patient/50%/_history/1']) {
    it(`${source}, which nobody can decode, is asked as it is: the type alone can be compared`, async () => {
      const right = read(normal, source, { resourceType: 'Patient', id: '50' });
      expect(await right.code).to.equal('no error');
      expect(right.urls).to.deep.equal([`${normal}/${source}`]);
      const wrong = read(normal, source, { resourceType: 'Observation', id: '50' });
      expect(await wrong.code).to.equal('fhir/wrong-type');
    });
  }
});
