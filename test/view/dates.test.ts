import { expect } from '@open-wc/testing';
import fc from 'fast-check';

import { formatDate, ownZone } from '../../src/view/dates.js';
import { runs } from '../support/property-runs.js';
import { viewOf } from './words-of.js';

/** Two of them are a day apart across the date line. */
const zones = [
  'UTC',
  'America/Los_Angeles',
  'Europe/Berlin',
  'Asia/Tokyo',
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
];

const locales: [language: string, month: string, day: string][] = [
  ['en-GB', 'December 1974', '25 December 1974'],
  ['en-US', 'December 1974', 'December 25, 1974'],
  ['de', 'Dezember 1974', '25. Dezember 1974'],
  ['ar', 'ديسمبر 1974', '25 ديسمبر 1974'],
  ['ja', '1974年12月', '1974年12月25日'],
];

describe('A date', () => {
  const dates: [written: string, shown: string][] = [
    ['1974', '1974'],
    ['1974-12', 'December 1974'],
    ['1974-12-25', '25 December 1974'],
    ['2000-02-29', '29 February 2000'],
    ['1500-03-01', '1 March 1500'],
    ['2021-03-14T23:30:00-08:00', '14 March 2021, 23:30:00 UTC-08:00'],
    ['2021-03-14T00:00:00Z', '14 March 2021, 00:00:00 UTC'],
    ['2021-01-01T00:30:00+14:00', '1 January 2021, 00:30:00 UTC+14:00'],
    ['2016-12-31T23:59:60Z', '31 December 2016, 23:59:60 UTC'],
    ['2021-03-15T07:30:00.123456Z', '15 March 2021, 07:30:00.123456 UTC'],
    ['2021-03-15T07:30', '15 March 2021, 07:30'],
  ];
  for (const [written, shown] of dates) {
    it(`written ${written} is shown as ${shown}`, () => {
      expect(formatDate(written, 'en-GB')).to.equal(shown);
    });
  }

  for (const written of [
    '',
    '0099-01-02',
    '2021-02-29',
    '2021-02-31',
    '2021-00',
    '2021-13',
    '2021-01-00',
    '2021-01-01T24:00:00Z',
    '2021-01-01T12:60:00Z',
    '2021-01-01T12:00:61Z',
    '2021-01-01T12:00:00+99:00',
    '2021-01-01 12:00',
    '2021-1-1',
    '03/04/2021',
    '08:30:00',
    'around 1974-12-25',
    '2021-03-14\n',
  ]) {
    it(`written ${JSON.stringify(written)} is none, and stays as it is`, () => {
      expect(formatDate(written, 'en-GB', 'Asia/Tokyo')).to.equal(written);
    });
  }

  it('is shown where the language of the page is none', () => {
    expect(formatDate('1974-12', 'not a language')).to.contain('1974');
  });

  it('keeps the Gregorian year where another calendar is the custom', () => {
    expect(formatDate('1974-12-25', 'th-TH')).to.contain('1974');
    expect(formatDate('1974-12-25', 'fa-IR')).to.contain('1974');
  });
});

describe('A date without a time is the same day for everybody', () => {
  for (const timeZone of zones) {
    for (const [language, month, day] of locales) {
      it(`in ${timeZone}, in ${language}`, () => {
        expect(formatDate('1974', language, timeZone)).to.equal('1974');
        expect(formatDate('1974-12', language, timeZone)).to.equal(month);
        expect(formatDate('1974-12-25', language, timeZone)).to.equal(day);
        // Without an offset, nobody knows which moment it was.
        expect(formatDate('1974-12-25T23:30:00', language, timeZone)).to.equal(`${day}, 23:30:00`);
      });
    }
  }
});

describe('A time is shown as recorded, and the reader’s own beside it', () => {
  const times: [written: string, timeZone: string, shown: string][] = [
    [
      '2021-03-14T23:30-08:00',
      'Europe/Berlin',
      '14 March 2021, 23:30 UTC-08:00 (15 March 2021, 08:30 your time)',
    ],
    ['2021-03-14T12:00:05Z', 'Europe/Berlin', '14 March 2021, 12:00:05 UTC (13:00 your time)'],
    ['2021-07-14T12:00:00Z', 'Europe/Berlin', '14 July 2021, 12:00:00 UTC (14:00 your time)'],
    ['2021-03-14T12:00:00+01:00', 'Europe/Berlin', '14 March 2021, 12:00:00 UTC+01:00'],
    ['2021-03-14T12:00:00+00:00', 'UTC', '14 March 2021, 12:00:00 UTC+00:00'],
    [
      '2016-12-31T23:59:60Z',
      'Asia/Tokyo',
      '31 December 2016, 23:59:60 UTC (1 January 2017, 08:59 your time)',
    ],
    ['2021-01-01T00:00:00Z', 'Asia/Kolkata', '1 January 2021, 00:00:00 UTC (05:30 your time)'],
    [
      '2021-01-01T00:30:00+14:00',
      'Pacific/Pago_Pago',
      '1 January 2021, 00:30:00 UTC+14:00 (30 December 2020, 23:30 your time)',
    ],
    [
      '2021-01-01T00:30:00-11:00',
      'Pacific/Kiritimati',
      '1 January 2021, 00:30:00 UTC-11:00 (2 January 2021, 01:30 your time)',
    ],
    ['2021-01-01T00:30:00-11:00', 'Mars/Olympus', '1 January 2021, 00:30:00 UTC-11:00'],
  ];
  for (const [written, timeZone, shown] of times) {
    it(`${written} in ${timeZone} is “${shown}”`, () => {
      expect(formatDate(written, 'en-GB', timeZone)).to.equal(shown);
    });
  }

  it('in the zone that the browser is in, without asking for its name', () => {
    const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
    for (const written of [
      '2021-03-14T23:30:00-08:00',
      '2021-07-14T12:00:00Z',
      '1874-12-25T00:30:00+14:00',
    ]) {
      expect(formatDate(written, 'en-GB', ownZone)).to.equal(formatDate(written, 'en-GB', timeZone));
    }
    const { getTimezoneOffset } = Date.prototype;
    try {
      // Wherever this runs: half past five later than UTC.
      Date.prototype.getTimezoneOffset = () => -330;
      expect(formatDate('2021-01-01T20:00:00Z', 'en-GB', ownZone)).to.equal(
        '1 January 2021, 20:00:00 UTC (2 January 2021, 01:30 your time)',
      );
    } finally {
      Date.prototype.getTimezoneOffset = getTimezoneOffset;
    }
  });

  it('in the language of the page', () => {
    expect(formatDate('2021-03-14T23:30:00-08:00', 'de', 'Asia/Tokyo')).to.equal(
      '14. März 2021, 23:30:00 UTC-08:00 (15. März 2021, 16:30 your time)',
    );
  });

  it('the day that was recorded is always in the words', () => {
    const two = (most: number, least = 0): fc.Arbitrary<string> =>
      fc.integer({ min: least, max: most }).map((number) => String(number).padStart(2, '0'));
    const time = fc.tuple(two(23), two(59), two(60)).map((parts) => parts.join(':'));
    const offset = fc.oneof(
      fc.constant('Z'),
      fc
        .tuple(fc.constantFrom('+', '-'), two(14), fc.constantFrom('00', '30', '45'))
        .map(([sign, hours, minutes]) => `${sign}${hours}:${minutes}`),
    );
    const day = fc.tuple(fc.integer({ min: 1000, max: 9999 }), two(12, 1), two(28, 1));
    fc.assert(
      fc.property(
        day,
        fc.option(fc.tuple(time, offset)),
        fc.constantFrom(...zones),
        fc.constantFrom(...locales.map(([language]) => language)),
        ([year, month, date], moment, timeZone, language) => {
          const recorded = `${year}-${month}-${date}`;
          const words = formatDate(moment ? `${recorded}T${moment.join('')}` : recorded, language, timeZone);
          const numbers = words.match(/\d+/g)?.map(Number);
          expect(numbers).to.include.members([year, Number(date)]);
          expect(words.startsWith(formatDate(recorded, language))).to.equal(true);
          expect(words).to.contain(moment?.[0] ?? '');
        },
      ),
      { numRuns: runs },
    );
  });
});

describe('What is a date and what is none', () => {
  const records: [resource: object, shown: string][] = [
    [{ resourceType: 'Immunization', lotNumber: '2021-03' }, '2021-03'],
    [{ resourceType: 'Device', version: '2021-03' }, '2021-03'],
    [{ resourceType: 'Basic', identifier: { value: '2021-03' } }, '2021-03'],
    [{ resourceType: 'Observation', valueString: '2021-03' }, '2021-03'],
    [{ resourceType: 'Observation', valueDateTime: '2021-03' }, 'March 2021'],
    [{ resourceType: 'Basic', extension: [{ url: 'x', valueDate: '2021-03' }] }, 'March 2021'],
    [{ resourceType: 'Basic', extension: [{ url: 'x', valueInstant: '2021-03-01' }] }, '1 March 2021'],
    [{ resourceType: 'AllergyIntolerance', lastOccurrence: '2021-03' }, 'March 2021'],
    [{ resourceType: 'AllergyIntolerance', onsetDateTime: '2021-03' }, 'March 2021'],
    [{ resourceType: 'MedicationStatement', dateAsserted: '2021-03' }, 'March 2021'],
    [{ resourceType: 'Encounter', actualPeriod: { start: '2021-03' } }, 'from March 2021'],
  ];
  for (const [resource, shown] of records) {
    it(`${JSON.stringify(resource).slice(16)} says “${shown}”`, () => {
      const view = viewOf(resource);
      const values = [...view.facts, ...view.details].flatMap((fact) => fact.values.map(({ text }) => text));
      expect([view.title, ...values]).to.include(shown);
    });
  }
});
