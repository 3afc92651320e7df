import { expect } from '@open-wc/testing';

import { missingScopes, splitScope } from '../../src/smart/scope.js';

const missing = (asked: string, granted: string): readonly string[] =>
  missingScopes(splitScope(asked), splitScope(granted));

describe('scopes', () => {
  const covered: readonly (readonly [string, string])[] = [
    ['patient/Observation.read', 'patient/Observation.rs'],
    ['patient/Observation.rs', 'patient/Observation.read'],
    ['patient/Observation.rs', 'patient/Observation.r patient/Observation.s'],
    ['patient/Observation.rs', 'patient/*.cruds'],
    ['patient/*.read', 'patient/*.*'],
    ['patient/Observation.sr', 'patient/Observation.rs'],
    ['patient/Observation.rs?category=laboratory', 'patient/Observation.rs'],
    ['openid fhirUser launch/patient', 'launch/patient fhirUser openid extra'],
    ['user/Patient.write', 'user/Patient.cud'],
    ['patient/Observation.rs?a=1&b=2', 'patient/Observation.rs?b=2&a=1'],
    ['patient/Observation.rs?a=1&b=2', 'patient/Observation.rs?a=1'],
    ['patient/Observation.rs', 'http://smarthealthit.org/fhir/scopes/patient/Observation.rs'],
    ['fhirUser', 'http://smarthealthit.org/fhir/scopes/fhirUser'],
    ['launch/Patient', 'launch/patient'],
    ['https://ehr.example/custom __x', '__x https://ehr.example/custom'],
  ];
  for (const [asked, granted] of covered) {
    it(`SMART-66: ${granted} grants ${asked}`, () => {
      expect(missing(asked, granted)).to.deep.equal([]);
    });
  }

  const short: readonly (readonly [string, string])[] = [
    ['patient/Observation.rs', 'patient/Observation.r'],
    ['patient/Observation.rs', 'user/Observation.rs'],
    ['patient/*.rs', 'patient/Observation.rs'],
    ['patient/Observation.rs', 'patient/Observation.rs?category=laboratory'],
    ['offline_access', 'online_access'],
    ['patient/Observation.rs?a=1', 'patient/Observation.rs?a=2'],
    ['patient/Observation.rs?a=1', 'patient/Observation.rs?a=1&b=2'],
    ['system/Patient.rs', 'user/Patient.rs'],
    ['__x', '__y'],
    ['patient/Observation.rs', ''],
  ];
  for (const [asked, granted] of short) {
    it(`SMART-49: ${granted || 'nothing'} does not grant ${asked}`, () => {
      expect(missing(asked, granted)).to.deep.equal([asked]);
    });
  }

  it('splits at any white space, and names each once', () => {
    expect(splitScope('  openid\n openid\tfhirUser ')).to.deep.equal(['openid', 'fhirUser']);
  });
});
