import { expect } from '@open-wc/testing';

import { readCallback, readStrayError, withoutCallback } from '../../src/smart/callback.js';

const state = `se.${'Ab3_-'.repeat(8)}xyz`;
const page = 'https://portal.example/chart';

describe('an address', () => {
  it('is a callback of ours by the form of its state alone', () => {
    expect(readCallback(`${page}?code=1&state=${state}`)?.state).to.equal(state);
    expect(readCallback(`${page}?error=access_denied&state=${state}`)?.parameters.get('error')).to.equal(
      'access_denied',
    );
  });

  for (const query of [
    '',
    '?code=1',
    '?code=1&state=theirs',
    '?code=1&state=se.short',
    `?state=${state}x`,
    `?state=${state}&state=${state}`,
    `?STATE=${state}`,
    `#state=${state}`,
  ]) {
    it(`is not a callback of ours: ${query || 'no query'}`, () => {
      expect(readCallback(page + query)).to.equal(undefined);
    });
  }

  it('gives nothing but the parameters of the answer', () => {
    const { parameters } = readCallback(`${page}?a=1&code=c&state=${state}&iss=i&session_state=s`) ?? {};
    expect([...(parameters?.keys() ?? [])]).to.deep.equal(['code', 'state', 'iss']);
  });

  it('SMART-40: loses what is ours, and keeps the rest as it is written', () => {
    const address = `${page}?q=%7e+x&code=c&empty=&state=${state}&iss=https%3A%2F%2Fehr.example&session_state=s&flag#/route?x=1`;
    expect(withoutCallback(address)).to.equal(`${page}?q=%7e+x&empty=&flag#/route?x=1`);
    expect(withoutCallback(`${page}?code=c&state=${state}`)).to.equal(page);
  });

  it('with an error and no state is worth one code, and none of its words', () => {
    expect(readStrayError(`${page}?error=access_denied&error_description=Call%20me`)).to.equal(
      'access_denied',
    );
  });

  for (const query of [
    '?error=404',
    '?error=',
    '?error=access_denied&state=theirs',
    '?error=access_denied&code=x',
    '',
  ]) {
    it(`is somebody else’s error: ${query || 'none'}`, () => {
      expect(readStrayError(page + query)).to.equal(undefined);
    });
  }
});
