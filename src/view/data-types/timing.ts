import { timeUnit } from './quantities.js';
import { join, type Say, type Wording } from './wording.js';

/** HL7 v3 GTSAbbreviation. */
const abbreviations = new Map([
  ['BID', 'twice a day'],
  ['TID', '3 times a day'],
  ['QID', '4 times a day'],
  ['AM', 'every morning'],
  ['PM', 'every afternoon'],
  ['QD', 'every day'],
  ['QOD', 'every other day'],
  ['BED', 'at bedtime'],
  ['WK', 'every week'],
  ['MO', 'every month'],
]);

const days = new Map(
  ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'].map((day) => [
    day.slice(0, 3).toLowerCase(),
    day,
  ]),
);

/** FHIR, value set `event-timing`, but for the meals; some also as `MORN.early`. */
const events = new Map([
  ['MORN', 'in the morning'],
  ['NOON', 'at noon'],
  ['AFT', 'in the afternoon'],
  ['EVE', 'in the evening'],
  ['NIGHT', 'at night'],
  ['HS', 'before sleep'],
  ['PHS', 'after sleep'],
  ['WAKE', 'after waking up'],
  ['IMD', 'at once'],
]);

const meals = new Map([
  ['', 'a meal'],
  ['M', 'breakfast'],
  ['D', 'lunch'],
  ['V', 'dinner'],
]);

export const repeatKeys: ReadonlySet<string> = new Set(
  (
    'boundsDuration boundsRange boundsPeriod count countMax duration durationMax durationUnit frequency frequencyMax ' +
    'period periodMax periodUnit dayOfWeek timeOfDay when offset'
  ).split(' '),
);

/**
 * When something is to be done, completely or not at all.
 *
 * A code such as BID is a complete statement: only the bounds apply beside it (FHIR, Timing.code).
 */
export const sayTiming: Say = (value) => {
  const code = value.part('code');
  const [repeat, another] = value.inner('repeat');
  const words = join(
    ', ',
    code && meaningOf(code),
    ...(repeat && !code ? sayRepeat(repeat) : []),
    repeat && sayBounds(repeat),
    value.part('event', '; '),
  );
  return repeat?.missed || another || hasUnknown(repeat) ? undefined : words;
};

function hasUnknown(repeat: Wording | undefined): boolean {
  return Object.entries(repeat?.node ?? {}).some(([key, value]) =>
    /^(?:count|duration|frequency|period)(?:Max)?$|^offset$/.test(key)
      ? typeof value !== 'number'
      : !repeatKeys.has(key) && !/^(?:_.*|id|extension)$/.test(key),
  );
}

function meaningOf(code: string): string {
  const [, hours] = /^Q(\d+)H$/i.exec(code) ?? [];
  const meaning = hours ? `every ${hours} hours` : abbreviations.get(code.toUpperCase());
  return meaning ? `${meaning} (${code})` : code;
}

function sayRepeat(repeat: Wording): readonly (string | undefined)[] {
  const times = repeat.part('timeOfDay');
  const on = repeat.reworded('dayOfWeek', (code) => days.get(code));
  const lasting = rangeOf(repeat, 'duration');
  const inTotal = rangeOf(repeat, 'count');
  return [
    sayFrequency(repeat),
    sayEvents(repeat),
    on && `on ${on}`,
    times && `at ${times}`,
    lasting && `each lasting ${lasting} ${unitOf(repeat, 'duration')}`,
    inTotal && `${timesOf(inTotal)} in total`,
  ];
}

function sayBounds(repeat: Wording): string | undefined {
  const lengths = ['boundsDuration', 'boundsRange'].flatMap((key) => repeat.part(key) ?? []);
  return join(', ', ...lengths.map((length) => `for ${length}`), repeat.part('boundsPeriod'));
}

/** `1–4 times a day`, `every 4–6 hours`. Without a frequency, it is once in the period (FHIR, Timing.repeat.frequency). */
function sayFrequency(repeat: Wording): string | undefined {
  if (!Object.keys(repeat.node).some((key) => /^(?:frequency|period)/.test(key))) {
    return undefined;
  }
  repeat.missed ||= !repeat.has('period');
  const isOnce = !repeat.has('frequencyMax') && isOne(repeat, 'frequency');
  const isEach = !repeat.has('periodMax') && isOne(repeat, 'period');
  const often = isOnce ? '' : `${timesOf(rangeOf(repeat, 'frequency'))} `;
  const period = isEach ? '' : `${rangeOf(repeat, 'period')} `;
  const unit = unitOf(repeat, 'period');
  return isEach
    ? `${often || 'once '}${unit === 'hour' ? 'an' : 'a'} ${unit}`
    : `${often}every ${period}${unit}`;
}

/** Whether it is 1, or left out, which is the same. What is written as 1 is said then; 1.0 is to be found in the details. */
function isOne(repeat: Wording, key: string): boolean {
  if (repeat.number(key) === '1') {
    repeat.part(key);
  }
  return Number(repeat.number(key) ?? 1) === 1;
}

function rangeOf(repeat: Wording, key: string): string | undefined {
  const low = repeat.part(key);
  const high = repeat.part(`${key}Max`);
  return low && high ? `${low}–${high}` : (low ?? (high && `up to ${high}`));
}

function timesOf(count: string | undefined): string {
  return count === '1' ? '1 time' : `${count} times`;
}

function unitOf(repeat: Wording, key: string): string | undefined {
  const number = repeat.number(`${key}Max`) ?? repeat.number(key);
  repeat.missed ||= !repeat.has(`${key}Unit`);
  return repeat.reworded(`${key}Unit`, (code) => timeUnit(code, number));
}

function sayEvents(repeat: Wording): string | undefined {
  const minutes = repeat.part('offset');
  repeat.missed ||= Boolean(minutes) && !repeat.has('when');
  return repeat.reworded(
    'when',
    (code) => {
      const words = eventOf(code) ?? mealOf(code);
      // Unless the event says whether before or after it, it is after it (FHIR, Timing.repeat.offset).
      const from = /^(?:before|after)/.test(words ?? '') ? words : words?.replace(/^\S+/, 'after');
      return words && minutes ? `${minutes} ${timeUnit('min', minutes)} ${from}` : words;
    },
    ' and ',
  );
}

/** `MORN.early` → `early in the morning`. */
function eventOf(code: string): string | undefined {
  const [, event = '', part] = /^([A-Z]+)(?:\.(early|late))?$/.exec(code) ?? [];
  const words = events.get(event);
  return words && join(' ', part, words);
}

/** `ACM` → `before breakfast`: before or after or with, and which meal. */
function mealOf(code: string): string | undefined {
  const [, side, meal = ''] = /^([AP]?)C([MDV]?)$/.exec(code) ?? [];
  const where = side === 'A' ? 'before' : side === 'P' ? 'after' : 'with';
  return side === undefined ? undefined : `${where} ${meals.get(meal)}`;
}
