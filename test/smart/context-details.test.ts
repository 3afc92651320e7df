import { expect } from '@open-wc/testing';
import fc from 'fast-check';

import { SmartError } from '../../src/core/smart-error.js';
import {
  readAppContext,
  readAuthorizationDetails,
  readFhirContext,
  readStyleUrl,
} from '../../src/smart/context-details.js';
import { resolveFhirUser } from '../../src/smart/fhir-user.js';
import { readLaunchContext } from '../../src/smart/launch-context.js';
import type { JsonObject } from '../../src/smart/json-object.js';
import { normalizeTokenAnswer, readLifetimes } from '../../src/smart/token-response.js';
import { runs } from '../support/property-runs.js';

const base = 'https://ehr.example/fhir/R4';
const context = (members: JsonObject): ReturnType<typeof readLaunchContext> => readLaunchContext(members);

describe('what a launch is about', () => {
  it('SMART-75: fhirContext of both versions of the guide', () => {
    expect(readFhirContext(context({ fhirContext: ['ImagingStudy/1'] }))).to.deep.equal([
      { reference: 'ImagingStudy/1', role: 'launch' },
    ]);
    const items = [
      { reference: 'ImagingStudy/1', type: 'ImagingStudy', role: 'https://ehr.example/role' },
      { canonical: 'https://ehr.example/Questionnaire/1' },
      { identifier: { system: 's', value: 'v' }, type: 'Task' },
    ];
    expect(readFhirContext(context({ fhirContext: items }))).to.deep.equal([
      items[0],
      { ...items[1], role: 'launch' },
      { ...items[2], role: 'launch' },
    ]);
  });

  it('SMART-75: items that cannot be understood are left out, the others stay', () => {
    const fhirContext = [{}, { type: 'Task' }, '', 7, null, { reference: 7 }, { reference: 'A/1', role: '' }];
    expect(readFhirContext(context({ fhirContext }))).to.deep.equal([{ reference: 'A/1', role: 'launch' }]);
    for (const broken of [undefined, null, 'x', {}, 7]) {
      expect(readFhirContext(context(broken === undefined ? {} : { fhirContext: broken }))).to.deep.equal([]);
    }
  });

  it('SMART-78: a style is at a secure address, or nowhere', () => {
    const style = (url: string): string | undefined => readStyleUrl(context({ smart_style_url: url }));
    expect(style('https://ehr.example/style.json')).to.equal('https://ehr.example/style.json');
    for (const url of ['http://ehr.example/style.json', 'javascript:alert(1)', '/style.json', '']) {
      expect(style(url), url).to.equal(undefined);
    }
  });

  it('SMART-56: authorization_details of SMART, with secure places only', () => {
    const details = [
      {
        type: 'smart_on_fhir',
        locations: [base, 'http://ehr.example/x', 7],
        fhirVersions: ['4.0.1'],
        scope: 'patient/Patient.rs patient/Patient.rs',
        patient: '1',
        fhirContext: [{ reference: 'A/1' }],
      },
      { type: 'payment', locations: ['https://bank.example'] },
      null,
    ];
    expect(readAuthorizationDetails(context({ authorization_details: details }))).to.deep.equal([
      {
        locations: [base],
        fhirVersions: ['4.0.1'],
        scopes: ['patient/Patient.rs'],
        patient: '1',
        fhirContext: [{ reference: 'A/1', role: 'launch' }],
      },
    ]);
    expect(readAuthorizationDetails(context({}))).to.deep.equal([]);
  });

  it('SMART-23: appContext is the app’s own text, read as JSON where it is JSON', () => {
    expect(readAppContext(context({ appContext: '{"a":1}' }))).to.deep.equal({ a: 1 });
    expect(readAppContext(context({ appContext: '{"a":' }))).to.equal(undefined);
    expect(readAppContext(context({}))).to.equal(undefined);
    expect(context({ appContext: 'mine' }).extra['appContext']).to.equal('mine');
  });

  it('SMART-77 SMART-79 SMART-80 SMART-82: intent, tenant, and what others add, stay as they came', () => {
    const given = {
      intent: 'reconcile',
      tenant: 't-1',
      __x: [1],
      'https://e/x': 'y',
      'hub.topic': 'z',
      location: 'l',
    };
    const read = context({ patient: '1', ...given });
    expect(read).to.include({ intent: 'reconcile', tenant: 't-1' });
    const { intent: _i, tenant: _t, ...others } = given;
    expect(read.extra).to.deep.equal(others);
    expect(context({})).not.to.have.any.keys('intent', 'tenant', 'patient');
  });

  it('SMART-74: ids are taken as they are, however long', () => {
    const patient = 'e'.repeat(300);
    expect(context({ patient }).patient).to.equal(patient);
  });
});

describe('the person who signed in, as a resource', () => {
  for (const [claim, type, id, isForeign] of [
    ['Practitioner/1', 'Practitioner', '1', false],
    [`${base}/Patient/a-b.c`, 'Patient', 'a-b.c', false],
    [`${base}/Patient/1/_history/3`, 'Patient', '1', false],
    ['https://other.example/fhir/Person/1', 'Person', '1', true],
    ['https://ehr.example/fhir/other/Patient/1', 'Patient', '1', true],
    ['Device/1', undefined, '1', false],
  ] as const) {
    it(`SMART-89: ${claim} is ${type ?? 'of no known type'}, ${isForeign ? 'elsewhere' : 'here'}`, () => {
      expect(resolveFhirUser(claim, base)).to.include({ type, id, isForeign });
    });
  }

  for (const claim of [
    '',
    'Patient',
    'javascript:alert(1)',
    'data:text/html,Patient/1',
    'Patient/a b',
    'https://[',
  ]) {
    it(`SMART-89: ${claim || 'nothing'} names nobody`, () => {
      expect(resolveFhirUser(claim, base)).to.equal(undefined);
    });
  }
});

describe('for all answers of a token endpoint', () => {
  const odd = fc.dictionary(
    fc.oneof(
      fc.constantFrom(
        'access_token',
        'token_type',
        'expires_in',
        'scope',
        'refresh_token',
        'id_token',
        'patient',
        'fhirContext',
        'authorization_details',
        'smart_style_url',
        'appContext',
        '__proto__',
        'constructor',
      ),
      fc.string(),
    ),
    fc.jsonValue(),
  );

  it('reading does not throw, and changes nothing of the language', () => {
    fc.assert(
      fc.property(odd, fc.integer({ min: 200, max: 599 }), (members, status) => {
        const body = JSON.parse(JSON.stringify(members)) as JsonObject;
        normalizeTokenAnswer(status, body);
        readLifetimes(body);
        const read = readLaunchContext(body);
        readFhirContext(read);
        readAuthorizationDetails(read);
        readAppContext(read);
        readStyleUrl(read);
        expect(({} as Record<string, unknown>)['patient']).to.equal(undefined);
      }),
      {
        numRuns: runs,
        examples: [
          [{ scope: [{ toString: false }] }, 200],
          [{ expires_in: { toString: false }, refresh_expires_in: { valueOf: 1, toString: 1 } }, 200],
        ],
      },
    );
  });

  it('a claim is resolved or is not, and never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webUrl(), fc.string({ unit: 'binary' })), (claim) => {
        try {
          resolveFhirUser(claim, base);
        } catch (thrown) {
          expect(SmartError.is(thrown)).to.equal(true);
        }
      }),
      { numRuns: runs },
    );
  });
});
