import { expect } from '@open-wc/testing';

import { SmartError } from '../../src/core/smart-error.js';
import { createTokenGuard } from '../../src/smart/token-guard.js';

const base = 'https://ehr.example/fhir/R4/riverside';
const guard = createTokenGuard(base);

function codeOf(task: () => unknown): string {
  try {
    return `allowed: ${String(task())}`;
  } catch (thrown) {
    return SmartError.is(thrown) ? thrown.code : String(thrown);
  }
}

describe('what the guard of the token gives back', () => {
  it('SMART-58: is a URL of its own: a caller’s object is neither changed nor kept', () => {
    const mine = new URL(`${base}/Patient/1#name`);
    const checked = guard(mine);
    mine.host = 'evil.example';
    expect(checked.href).to.equal(`${base}/Patient/1`);
    expect(mine.hash).to.equal('#name');
  });

  it('SMART-58: is nothing where something else than a URL is handed in, whatever it says of itself', () => {
    const fickle = { toString: () => 'Patient/1' };
    for (const target of [fickle, new Request('https://evil.example/'), null, 1]) {
      expect(() => guard(target as unknown as URL)).to.throw('another place');
    }
  });

  it('has no fragment, and keeps the query as it is written', () => {
    const { href } = guard('Observation?code=a%2Cb&date=ge2026-01-01&x=%7e#access_token=1');
    expect(href).to.equal(`${base}/Observation?code=a%2Cb&date=ge2026-01-01&x=%7e`);
  });

  for (const [target, sent] of [
    ['#fragment', `${base}/`],
    [' \t\n', `${base}/`],
    ['Pat\nient/1', `${base}/Patient/1`],
    ['ht\ttps://ehr.example/fhir/R4/riverside/Patient/1', `${base}/Patient/1`],
    [' https://ehr.example/fhir/R4/riverside/Patient/1\r\n', `${base}/Patient/1`],
  ] as const) {
    it(`is the parsed ${JSON.stringify(target)}: nothing of it is left for a second parser`, () => {
      expect(guard(target).href).to.equal(sent);
    });
  }

  for (const target of [
    'Patient\0/1',
    'Patient/\x7f',
    'ht\ttp://ehr.example/fhir/R4/riverside/Patient/1',
    'http\n://ehr.example/fhir/R4/riverside/Patient/1',
    '/\t/evil.example/fhir/R4/riverside/Patient/1',
    '\thttps://evil.example/fhir/R4/riverside/Patient/1',
    '\0https://evil.example/',
    '.\n./hillcrest/Patient/1',
    '%2\ne%2e/hillcrest/Patient/1',
    'https://ehr.example\\@evil.example/fhir/R4/riverside/Patient/1',
    'https://ehr.example\\.evil.example/fhir/R4/riverside/Patient/1',
    'https://ehr.example/fhir/R4/riverside\\..\\hillcrest/1',
    'https://ehr.example/fhir/R4/riverside%2f..%2fhillcrest/1',
    'https://ehr.example/fhir/R4/riverside%00/Patient/1',
    'https://ehr.example/fhir/R4/riverside;x=1/Patient/1',
    'https://ehr.example/fhir/R4/%72iverside/Patient/1',
    'https://ehr.example/fhir/R4//riverside/Patient/1',
    'Patient/..%255c..%255chillcrest/1',
    'Patient/%25%32%65%25%32%65/hillcrest/1',
    'Patient;%2e%2e/1',
    'blob:https://ehr.example/fhir/R4/riverside',
    'filesystem:https://ehr.example/fhir/R4/riverside/Patient/1x/../../..',
    'view-source:https://ehr.example/fhir/R4/riverside/Patient/1',
    'jar:https://ehr.example/fhir/R4/riverside!/Patient/1',
    'https://0x7f.1/fhir/R4/riverside/Patient/1',
    'https://ehr。example.evil.example/fhir/R4/riverside/Patient/1',
    'https://ehr.example%00.evil.example/fhir/R4/riverside',
    'https://ehr.example:0/fhir/R4/riverside/Patient/1',
  ]) {
    it(`SMART-58: refuses ${JSON.stringify(target)}`, () => {
      expect(codeOf(() => guard(target))).to.equal('fhir/foreign-url');
    });
  }

  it('reads full-width dots as the host that they are', () => {
    expect(guard('https://ehr。example/fhir/R4/riverside/Patient/1').href).to.equal(`${base}/Patient/1`);
  });
});

describe('the places of a guard', () => {
  const both = createTokenGuard(`${base}///`, [
    'https://images.example:8443/dicom-web/?studies#all',
    'https://someone:secret@letters.example/',
    'data:text/plain,x',
    '/relative',
    '',
  ]);

  it('are the same with slashes at the end of a base', () => {
    expect(both('Patient/1').href).to.equal(`${base}/Patient/1`);
  });

  it('are no wider for an associated endpoint with a query', () => {
    const url = 'https://images.example:8443/dicom-web';
    expect(both(url).href).to.equal(url);
    expect(both(`${url}/studies?limit=1`).href).to.equal(`${url}/studies?limit=1`);
  });

  for (const target of [
    'https://images.example/dicom-web/studies',
    'https://images.example:8443/',
    'https://images.example:8443/dicom-web/..%2fadmin',
    'https://someone:secret@letters.example/1',
    'data:text/plain,x',
    '/relative/1',
    'relative:/1',
  ]) {
    it(`SMART-58: do not hold ${target}`, () => {
      expect(codeOf(() => both(target))).to.equal('fhir/foreign-url');
    });
  }

  it('are one session’s own', () => {
    const other = createTokenGuard('https://ehr.example/fhir/R4/hillcrest');
    expect(codeOf(() => other(`${base}/Patient/1`))).to.equal('fhir/foreign-url');
    expect(codeOf(() => guard('https://ehr.example/fhir/R4/hillcrest/Patient/1'))).to.equal(
      'fhir/foreign-url',
    );
  });

  it('name the host that was refused and no more, or none where there is none', () => {
    const fixOf = (target: string): string => {
      try {
        guard(target);
        return 'allowed';
      } catch (thrown) {
        return (thrown as SmartError).fix;
      }
    };
    expect(fixOf('https://maria:secret@evil.example/silva?mrn=1')).to.match(/ evil\.example\.$/);
    expect(fixOf('javascript:alert(1)')).to.match(/ this address\.$/);
    expect(fixOf('https://[')).to.match(/ this address\.$/);
  });
});
