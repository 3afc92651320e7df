import { expect } from '@open-wc/testing';

import { neededScope } from '../../src/smart/index.js';

describe('The scope that reading takes', () => {
  const cases: [
    granted: string,
    action: 'read' | 'search',
    level: 'patient' | 'user',
    scope: string,
    boolean,
  ][] = [
    ['', 'read', 'patient', 'patient/Observation.r', false],
    ['', 'search', 'user', 'user/Observation.s', false],
    ['patient/Patient.rs', 'search', 'patient', 'patient/Observation.s', false],
    ['patient/Observation.rs', 'search', 'patient', 'patient/Observation.s', true],
    ['patient/Observation.r', 'search', 'patient', 'patient/Observation.s', false],
    ['patient/Observation.r', 'read', 'patient', 'patient/Observation.r', true],
    ['user/*.cruds', 'read', 'patient', 'patient/Observation.r', true],
    ['patient/Observation.read', 'search', 'patient', 'patient/Observation.read', true],
    ['patient/Patient.read openid', 'read', 'patient', 'patient/Observation.read', false],
    ['patient/Patient.read patient/Condition.rs', 'read', 'patient', 'patient/Observation.r', false],
    ['patient/Observation.rs?category=laboratory', 'read', 'patient', 'patient/Observation.r', false],
    ['launch/patient openid', 'read', 'user', 'user/Observation.r', false],
  ];
  for (const [granted, action, level, scope, isGranted] of cases) {
    it(`SMART-63: is ${scope} for ${level} and ${action}; ${granted || 'nothing'} ${isGranted ? 'has' : 'lacks'} it`, () => {
      const needed = neededScope({ type: 'Observation', action, level }, granted.split(' '));
      expect(needed).to.deep.equal({ scope, isGranted });
    });
  }
});
