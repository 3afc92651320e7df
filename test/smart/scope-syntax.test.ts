import { expect } from '@open-wc/testing';
import fc from 'fast-check';

import { missingScopes, parseResourceScope, splitScope } from '../../src/smart/scope.js';
import { adviseScope, formatScope, fromScopeUri, toScopeUri } from '../../src/smart/scope-syntax.js';
import { runs } from '../support/property-runs.js';

const both = ['permission-v1', 'permission-v2'];

describe('the syntax of scopes', () => {
  for (const [capabilities, asked, sent] of [
    [['permission-v2'], 'openid patient/Observation.read', 'openid patient/Observation.rs'],
    [['permission-v2'], 'patient/*.* user/Patient.write', 'patient/*.cruds user/Patient.cud'],
    [['permission-v2'], 'patient/Observation.sr', 'patient/Observation.rs'],
    [
      ['permission-v1'],
      'patient/Observation.rs patient/Patient.cruds',
      'patient/Observation.read patient/Patient.*',
    ],
    [['permission-v1'], 'patient/Observation.r', 'patient/Observation.r'],
    [['permission-v1'], 'patient/Observation.rs?category=x', 'patient/Observation.rs?category=x'],
    [both, 'patient/Observation.read patient/Patient.rs', 'patient/Observation.read patient/Patient.rs'],
    [[], 'patient/Observation.read patient/Patient.rs', 'patient/Observation.read patient/Patient.rs'],
  ] as const) {
    it(`SMART-64: ${asked} goes to a server with ${capabilities.join(' and ') || 'neither'} as ${sent}`, () => {
      expect(adviseScope(asked, capabilities).scope).to.equal(sent);
    });
  }

  it('SMART-63: the letters are sent in their order where the syntax is chosen for the author', () => {
    expect(adviseScope('patient/Observation.sdurc', ['permission-v2']).scope).to.equal(
      'patient/Observation.cruds',
    );
  });

  it('SMART-65: what narrows a scope down goes along, whatever it is', () => {
    const scope = 'patient/Observation.rs?_filter=code%20eq%20x&category:in=http://a|b';
    expect(adviseScope(scope, ['permission-v2']).scope.split('?')[1]?.split('&')).to.have.members(
      scope.split('?')[1]?.split('&') ?? [],
    );
  });

  it('SMART-69: launch/… is sent in lower case, its role as written', () => {
    expect(adviseScope('launch/ImagingStudy?role=https://A/B', []).scope).to.equal(
      'launch/imagingstudy?role=https://A/B',
    );
  });

  it('SMART-72: scopes of others go out as they are', () => {
    const scope = 'https://ehr.example/Custom __x Foo/bar.baz';
    expect(adviseScope(scope, ['permission-v2']).scope).to.equal(scope);
    expect(adviseScope(scope, ['permission-v2']).warnings).to.deep.equal([]);
  });

  it('SMART-73: scopes have a form as URIs, and come back from it', () => {
    expect(toScopeUri('patient/Observation.rs')).to.equal(
      'http://smarthealthit.org/fhir/scopes/patient/Observation.rs',
    );
    expect(toScopeUri('openid')).to.equal('http://openid.net/specs/openid-connect-core-1_0#openid');
    for (const scope of ['patient/*.rs?a=b', 'launch', 'launch/patient', 'fhirUser', 'openid', '__x']) {
      expect(fromScopeUri(toScopeUri(scope))).to.equal(scope);
    }
  });

  for (const [code, scope] of [
    ['SMART-29 scope/too-wide', 'patient/*.rs'],
    ['SMART-67 scope/too-wide', 'user/*.*'],
    ['SMART-29 scope/too-wide', 'patient/Observation.cruds'],
    ['SMART-68 scope/for-no-person', 'system/Patient.rs'],
    ['SMART-63 scope/letters-out-of-order', 'patient/Observation.sr'],
    ['SMART-63 scope/unknown-type', 'patient/observation.rs'],
    ['SMART-70 scope/without-openid', 'fhirUser'],
  ] as const) {
    it(`${code}: ${scope} is worth a warning, and sent all the same`, () => {
      const advised = adviseScope(scope, both);
      expect(advised.warnings.map((fault) => fault.code)).to.deep.equal([code.split(' ')[1]]);
      expect(advised.scope).to.equal(scope);
    });
  }

  it('SMART-71: what a server does not say that it can is worth a warning, unless it says nothing at all', () => {
    const codes = (capabilities: readonly string[]): string[] =>
      adviseScope('offline_access launch/patient', capabilities, 'browser').warnings.map(({ code }) => code);
    expect(codes(['launch-ehr'])).to.deep.equal(['scope/not-advertised', 'scope/not-advertised']);
    expect(codes(['permission-offline', 'context-standalone-patient'])).to.deep.equal([]);
    expect(codes([])).to.deep.equal([]);
  });

  it('access that lasts longer or shorter than it is kept is worth a warning', () => {
    const codes = (scope: string, persist: 'memory' | 'tab' | 'browser'): string[] =>
      adviseScope(scope, [], persist).warnings.map(({ code }) => code);
    expect(codes('offline_access', 'tab')).to.deep.equal(['scope/outlives-storage']);
    expect(codes('offline_access', 'memory')).to.deep.equal(['scope/outlives-storage']);
    expect(codes('offline_access', 'browser')).to.deep.equal([]);
    expect(codes('online_access', 'browser')).to.deep.equal(['scope/outlived-by-storage']);
    expect(codes('online_access', 'tab')).to.deep.equal([]);
  });

  it('what is modest and right has no warning', () => {
    const scope = 'launch/patient openid fhirUser patient/Observation.rs patient/Patient.r';
    expect(adviseScope(scope, [...both, 'context-standalone-patient'])).to.deep.equal({
      scope,
      warnings: [],
    });
  });

  const resource = fc
    .record({
      level: fc.constantFrom('patient', 'user', 'system'),
      type: fc.constantFrom('*', 'Patient', 'Observation'),
      letters: fc.subarray(['c', 'r', 'u', 'd', 's'], { minLength: 1 }),
      filters: fc.array(fc.constantFrom('a=1', 'b=2', 'c:in=x|y'), { maxLength: 2 }),
    })
    .map(({ level, type, letters, filters }) => {
      const query = filters.length > 0 ? `?${filters.join('&')}` : '';
      return `${level}/${type}.${letters.join('')}${query}`;
    });

  it('holds for all: a scope that was parsed and written means the same', () => {
    fc.assert(
      fc.property(resource, (scope) => {
        const parsed = parseResourceScope(scope);
        const written = parsed && formatScope(parsed);
        expect(written && missingScopes([scope], [written])).to.deep.equal([]);
        expect(written && missingScopes([written], [scope])).to.deep.equal([]);
      }),
      { numRuns: runs },
    );
  });

  it('holds for all: what was granted as asked for lacks nothing, in whatever order', () => {
    const any = fc.oneof(
      resource,
      fc.string(),
      fc.constantFrom('__proto__', 'constructor', 'launch/patient'),
    );
    fc.assert(
      fc.property(fc.array(any), (texts) => {
        const scopes = splitScope(texts.join(' '));
        expect(missingScopes(scopes, [...scopes].reverse())).to.deep.equal([]);
      }),
      { numRuns: runs },
    );
  });

  it('holds for all: no text is too strange to advise on, and none takes long', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.array(fc.string()), (text, capabilities) => {
        adviseScope(text, capabilities);
      }),
      { numRuns: runs },
    );
    const before = performance.now();
    for (const text of [
      'patient/'.repeat(5_000),
      `patient/${'a'.repeat(50_000)}.`,
      `${'cruds'.repeat(10_000)}?`,
    ]) {
      adviseScope(text, both);
    }
    expect(performance.now() - before).to.be.lessThan(1_000);
    expect(({} as Record<string, unknown>)['polluted']).to.equal(undefined);
  });
});
