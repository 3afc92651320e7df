import { expect } from '@open-wc/testing';

import { formatDate } from '../../src/view/dates.js';
import { files, folders, recordsIn } from './records.js';
import { leavesOf, readWritten } from './written.js';

const written = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(Z|[+-]\d\d:\d\d)?)?)?)?$/;
const languages = ['en-GB', 'en-US', 'de', 'ar', 'ja', 'th', 'fa'];

/** What the words of a date have to hold, and nothing of which they may hold more. */
function numbersOf(date: string): readonly string[] {
  const [, year = '', , day, time, zone] = written.exec(date) ?? [];
  return [
    year,
    ...(day ? [String(Number(day))] : []),
    ...(time ? [time] : []),
    ...(zone && zone !== 'Z' ? [zone] : []),
  ];
}

describe('The dates of real records in words', () => {
  for (const folder of folders) {
    if (!files[folder]?.length) {
      it.skip(`${folder}: its records are not on this machine`);
      continue;
    }
    it(`${folder}: have their own year, day, time and zone in each language, and no day that was not written`, async () => {
      const dates = new Set<string>();
      for (const { text } of await recordsIn(folder)) {
        for (const { value } of leavesOf(readWritten(text), '')) {
          if (typeof value === 'string' && written.test(value)) {
            dates.add(value);
          }
        }
      }
      const untrue = [...dates].flatMap((date) =>
        languages
          .map((language) => formatDate(date, language))
          .filter((words) => {
            const [year = '', day, ...rest] = numbersOf(date);
            const others: readonly string[] = words.replace(year, '').match(/\d+/g) ?? [];
            const hasDay = day === undefined || others.includes(day) || others.includes(day.padStart(2, '0'));
            // Japanese writes a month as a number; nothing writes more.
            const isPartial = date.length < 10 && others.length > (date.length === 7 ? 1 : 0);
            return (
              !words.includes(year) || !hasDay || isPartial || !rest.every((part) => words.includes(part))
            );
          })
          .map((words) => `${date}: ${words}`),
      );
      expect(untrue).to.deep.equal([]);
      expect(dates.size).to.be.greaterThan(5);
    });
  }
});
