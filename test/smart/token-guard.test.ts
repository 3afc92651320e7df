import { expect } from '@open-wc/testing';

import { SmartError } from '../../src/core/smart-error.js';
import { createTokenGuard } from '../../src/smart/token-guard.js';

const base = 'https://ehr.example/fhir/R4/riverside';

/** What may have the token, and the URL that it is sent to. */
const allowed: Readonly<Record<string, string>> = {
  'Patient/1': `${base}/Patient/1`,
  'Observation?patient=1&_count=50': `${base}/Observation?patient=1&_count=50`,
  '': `${base}/`,
  '?_getpages=abc': `${base}/?_getpages=abc`,
  [base]: base,
  [`${base}?_getpages=abc`]: `${base}?_getpages=abc`,
  [`${base}/`]: `${base}/`,
  [`${base}/Patient/1/_history/2`]: `${base}/Patient/1/_history/2`,
  [`${base}/Patient/1/$everything`]: `${base}/Patient/1/$everything`,
  [`${base}/Observation?code=http://loinc.org%7C4548-4&_page=..%2F..`]: `${base}/Observation?code=http://loinc.org%7C4548-4&_page=..%2F..`,
  [`${base}/Patient/1#name`]: `${base}/Patient/1`,
  'HTTPS://EHR.EXAMPLE/fhir/R4/riverside/Patient/1': `${base}/Patient/1`,
  'https://ehr.example:443/fhir/R4/riverside/Patient/1': `${base}/Patient/1`,
  './Patient/1': `${base}/Patient/1`,
  'Patient/../Observation/1': `${base}/Observation/1`,
  '  Patient/1  ': `${base}/Patient/1`,
  // To a browser this is a path, not a host.
  'https:evil.example/Patient/1': `${base}/evil.example/Patient/1`,
};

const hostile: readonly string[] = [
  // another host
  'https://evil.example/fhir/R4/riverside/Patient/1',
  '//evil.example/fhir/R4/riverside/Patient/1',
  '\\\\evil.example\\fhir\\R4\\riverside\\Patient\\1',
  '/\\evil.example/fhir/R4/riverside/Patient/1',
  'https:///evil.example/fhir/R4/riverside/Patient/1',
  'HTTPS://evil.example/',
  'https://ehr.example.evil.example/fhir/R4/riverside/Patient/1',
  'https://evil-ehr.example/fhir/R4/riverside/Patient/1',
  'https://ehr.example./fhir/R4/riverside/Patient/1',
  'https://sub.ehr.example/fhir/R4/riverside/Patient/1',
  'https://еhr.example/fhir/R4/riverside/Patient/1',
  'https://xn--hr-slc.example/fhir/R4/riverside/Patient/1',
  'https://ehr%2eexample.evil.example/fhir/R4/riverside/Patient/1',
  'https://127.0.0.1/fhir/R4/riverside/Patient/1',
  // user names
  'https://ehr.example@evil.example/fhir/R4/riverside/Patient/1',
  'https://ehr.example:443@evil.example/fhir/R4/riverside/Patient/1',
  'https://someone@ehr.example/fhir/R4/riverside/Patient/1',
  'https://someone:secret@ehr.example/fhir/R4/riverside/Patient/1',
  'https://:secret@ehr.example/fhir/R4/riverside/Patient/1',
  // another port or scheme
  'https://ehr.example:8443/fhir/R4/riverside/Patient/1',
  'http://ehr.example/fhir/R4/riverside/Patient/1',
  'HTTP://ehr.example/fhir/R4/riverside/Patient/1',
  'http://ehr.example:443/fhir/R4/riverside/Patient/1',
  'ws://ehr.example/fhir/R4/riverside/Patient/1',
  'wss://ehr.example/fhir/R4/riverside/Patient/1',
  'ftp://ehr.example/fhir/R4/riverside/Patient/1',
  'file:///fhir/R4/riverside/Patient/1',
  'javascript:alert(1)',
  'java\nscript:alert(1)',
  'data:application/json,{}',
  'blob:https://ehr.example/fhir/R4/riverside/Patient/1',
  'about:blank',
  'urn:uuid:53fefa32-fcbb-4ff8-8a92-55ee120877b7',
  'urn:oid:1.2.3',
  // another path of the same host
  'https://ehr.example/',
  'https://ehr.example/fhir/R4',
  'https://ehr.example/fhir/R4/',
  'https://ehr.example/fhir/R4/hillcrest/Patient/1',
  'https://ehr.example/fhir/R4/riverside-evil/Patient/1',
  'https://ehr.example/fhir/R4/riversid',
  'https://ehr.example/fhir/R4/RIVERSIDE/Patient/1',
  'https://ehr.example//fhir/R4/riverside/Patient/1',
  '/Patient/1',
  '/fhir/R4/hillcrest/Patient/1',
  // climbing out of it
  '../hillcrest/Patient/1',
  '..',
  'Patient/../../hillcrest/Patient/1',
  '%2e%2e/hillcrest/Patient/1',
  '%2E%2E/hillcrest/Patient/1',
  '.%2e/hillcrest/Patient/1',
  '..\\hillcrest\\Patient\\1',
  '..%2fhillcrest/Patient/1',
  '..%2Fhillcrest/Patient/1',
  '..%5chillcrest/Patient/1',
  '%2e%2e%2fhillcrest/Patient/1',
  '%252e%252e/hillcrest/Patient/1',
  '%252e%252e%252fhillcrest/Patient/1',
  '..;/hillcrest/Patient/1',
  'Patient/..;a=b/..;/hillcrest/1',
  '..%3b/hillcrest/Patient/1',
  '..%00/hillcrest/Patient/1',
  '..\t/..\t/hillcrest/Patient/1',
  'Patient//1',
  '%0a%0dPatient/1',
  'Patient/1%7f',
  // not a URL at all
  'https://',
  'https://[::1',
  'http://ehr.example:99999/',
];

function codeOf(task: () => unknown): string {
  try {
    return `allowed: ${String(task())}`;
  } catch (thrown) {
    return SmartError.is(thrown) ? thrown.code : String(thrown);
  }
}

describe('the guard of the token', () => {
  const guard = createTokenGuard(base);

  for (const [target, sent] of Object.entries(allowed)) {
    it(`SMART-58: lets ${JSON.stringify(target)} have it, at ${sent}`, () => {
      expect(guard(target).href).to.equal(sent);
    });
  }

  for (const target of hostile) {
    it(`SMART-58: refuses ${JSON.stringify(target)}`, () => {
      expect(codeOf(() => guard(target))).to.equal('fhir/foreign-url');
    });
  }

  it('refuses the same as a URL object', () => {
    expect(codeOf(() => guard(new URL('https://evil.example/')))).to.equal('fhir/foreign-url');
    expect(guard(new URL(`${base}/Patient/1`)).href).to.equal(`${base}/Patient/1`);
  });

  it('treats a base with a slash at its end the same', () => {
    const other = createTokenGuard(`${base}/`);
    expect(other('Patient/1').href).to.equal(`${base}/Patient/1`);
    expect(codeOf(() => other('../hillcrest/Patient/1'))).to.equal('fhir/foreign-url');
  });

  it('guards a base at the root of a host', () => {
    const other = createTokenGuard('https://ehr.example');
    expect(other('Patient/1').href).to.equal('https://ehr.example/Patient/1');
    expect(codeOf(() => other('https://ehr.example:8443/Patient/1'))).to.equal('fhir/foreign-url');
  });

  it('lets the endpoints have it that the server declares beside its base', () => {
    const other = createTokenGuard(base, ['https://images.example/dicom', 'not a url']);
    expect(other('https://images.example/dicom/studies').href).to.equal(
      'https://images.example/dicom/studies',
    );
    expect(codeOf(() => other('https://images.example/dicom-evil'))).to.equal('fhir/foreign-url');
  });

  it('says where it was not sent, without query and path', () => {
    try {
      guard('https://evil.example/steal?name=Maria');
    } catch (thrown) {
      expect((thrown as SmartError).fix)
        .to.contain('evil.example')
        .and.not.to.contain('Maria');
    }
  });
});
