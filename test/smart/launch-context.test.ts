import { expect } from '@open-wc/testing';

import type { JsonObject } from '../../src/smart/json-object.js';
import { readLaunchContext } from '../../src/smart/launch-context.js';

describe('a launch context', () => {
  it('is what the token response says beside OAuth', () => {
    expect(
      readLaunchContext({
        token_type: 'bearer',
        patient: 'maria',
        encounter: 'visit',
        need_patient_banner: false,
        intent: 'reconcile',
        tenant: 'riverside',
      }),
    ).to.deep.equal({
      patient: 'maria',
      encounter: 'visit',
      needPatientBanner: false,
      intent: 'reconcile',
      tenant: 'riverside',
      extra: {},
    });
  });

  it('of nothing is nothing, and asks for the banner', () => {
    expect(readLaunchContext({})).to.deep.equal({ needPatientBanner: true, extra: {} });
  });

  for (const name of ['patient', 'encounter', 'intent', 'tenant'] as const) {
    for (const value of ['', 7, null, true, [], ['maria'], { id: 'maria' }]) {
      it(`has no ${name} where the server sends ${JSON.stringify(value)}`, () => {
        const context = readLaunchContext({ [name]: value });
        expect(context).not.to.have.property(name);
        expect(context.extra).to.deep.equal({});
      });
    }
  }

  for (const [value, needed] of [
    [undefined, true],
    [true, true],
    ['true', true],
    [null, true],
    ['', true],
    [0, true],
    ['no', true],
    [false, false],
    ['false', false],
  ] as const) {
    it(`SMART-76: need_patient_banner ${JSON.stringify(value) ?? 'left out'} means ${needed ? 'show' : 'leave'} it`, () => {
      const response: JsonObject = value === undefined ? {} : { need_patient_banner: value };
      expect(readLaunchContext(response).needPatientBanner).to.equal(needed);
    });
  }

  it('keeps further members as they came', () => {
    const more = {
      smart_style_url: 'https://ehr.example/style.json',
      fhirContext: [{ reference: 'ImagingStudy/1' }],
      'https://ehr.example/extension': { a: [1, null] },
    };
    expect(readLaunchContext({ patient: 'maria', ...more }).extra).to.deep.equal(more);
  });

  it('SMART-131: holds nothing of OAuth', () => {
    const { extra } = readLaunchContext({
      access_token: 'a-token',
      refresh_token: 'a-token',
      id_token: 'a-token',
      token_type: 'bearer',
      expires_in: 600,
      scope: 'openid',
    });
    expect(extra).to.deep.equal({});
  });

  it('cannot be changed by whoever holds it', () => {
    const context = readLaunchContext({ patient: 'maria', other: 'x' });
    expect(Object.isFrozen(context)).to.equal(true);
    expect(Object.isFrozen(context.extra)).to.equal(true);
  });

  it('is not changed by a response with names of the language', () => {
    const response = JSON.parse('{"__proto__":{"patient":"eve"},"constructor":"x"}') as JsonObject;
    const context = readLaunchContext(response);
    expect(context.patient).to.equal(undefined);
    expect(Object.getPrototypeOf(context.extra)).to.equal(Object.prototype);
    expect(Object.keys(context.extra)).to.deep.equal(['__proto__', 'constructor']);
  });
});
