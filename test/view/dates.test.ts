import { expect } from '@open-wc/testing';

import { formatDate } from '../../src/view/dates.js';

describe('A date', () => {
  const dates: [written: string, shown: string][] = [
    ['1974', '1974'],
    ['1974-12', 'December 1974'],
    ['1974-12-25', '25 December 1974'],
    ['2021-03-14T23:30:00-08:00', '14 March 2021, 23:30:00 UTC-08:00'],
    ['2021-01-01T00:30:00+14:00', '1 January 2021, 00:30:00 UTC+14:00'],
    ['2016-12-31T23:59:60Z', '31 December 2016, 23:59:60 UTC'],
    ['2021-03-15T07:30:00.123456Z', '15 March 2021, 07:30:00.123456 UTC'],
    ['2021-03-15T07:30', '15 March 2021, 07:30'],
    ['2021-02-31', '2021-02-31'],
    ['2021-13', '2021-13'],
    ['0099-01-02', '0099-01-02'],
    ['13:05:00', '13:05:00'],
    ['around 1974-12-25', 'around 1974-12-25'],
  ];
  for (const [written, shown] of dates) {
    it(`written ${written} is shown as ${shown}, wherever the reader is`, () => {
      expect(formatDate(written, 'en-GB')).to.equal(shown);
    });
  }

  it('has its month in the language of the page', () => {
    expect(formatDate('1974-12-25', 'de')).to.equal('25. Dezember 1974');
  });

  it('keeps the Gregorian year where another calendar is the custom', () => {
    expect(formatDate('1974-12-25', 'th-TH')).to.contain('1974');
  });

  it('is shown where the language of the page is none', () => {
    expect(formatDate('1974-12', 'not a language')).to.contain('1974');
  });
});
