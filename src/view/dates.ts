import { onceForEach } from './once.js';

/** FHIR, Data Types: a time needs an offset, which is missing in practice; 24:00 is none, and a leap second is one. */
const written =
  /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T((?:[01]\d|2[0-3]):[0-5]\d)(:(?:[0-5]\d|60)(?:\.\d+)?)?(Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)?)?)?)?$/;

/**
 * What FHIR calls its elements with a date, dateTime or instant, in all releases; a test compares the definitions of R4.
 * Not among them: `value` (ImmunizationRecommendation.recommendation.dateCriterion), which is a number or a name elsewhere.
 */
const dateKey =
  /(?:Date|Time|Instant)$|^(?:date(?:[A-Z].*)?|time|(?:authored|ordered|recorded|requested)(?:On)?|creat(?:ed|ion)|detected|end|event|expiry|ifModifiedSince|indexed|issued|last(?:Modified|Occur+ence|Performed|Updated)|modified|nextScheduled|onset|received|sent|started|start|timestamp|useBy|validTo|when.*)$/;

const monthInWords: Intl.DateTimeFormatOptions = {
  year: 'numeric',
  month: 'long',
  timeZone: 'UTC',
  calendar: 'gregory',
  numberingSystem: 'latn',
};
const dayInWords: Intl.DateTimeFormatOptions = { ...monthInWords, day: 'numeric' };
const wallClock: Intl.DateTimeFormatOptions = {
  ...dayInWords,
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
};
const clock: Intl.DateTimeFormatOptions = { timeStyle: 'medium' };
const formats = new WeakMap<Intl.DateTimeFormatOptions, Map<string | undefined, Intl.DateTimeFormat>>();

/** In place of the name of a zone: the one that the browser is in, which it can tell without asking for a name. */
export const ownZone = 'own';

/** Whether an element of this name holds dates: a lot number `2021-03` must stay one. */
export const holdsDate: (key: string) => boolean = onceForEach((key) => dateKey.test(key));

/**
 * A FHIR date, dateTime or instant in words, exactly as far as it was written: a year stays a year, and the time keeps
 * the zone that it was recorded in (FHIR, safety checklist: month names, four-digit years).
 *
 * What is no such date comes back as it is.
 *
 * @param language - of the words (BCP 47); the browser's where there is none of that name.
 * @param timeZone - of the reader (IANA, or {@link ownZone}). Where its time is another than the recorded one, it stands
 *   beside that, to the minute; nothing stands there without a zone, or for a time without an offset: nobody knows which
 *   moment that is.
 */
export function formatDate(text: string, language?: string, timeZone?: string): string {
  const [, year, month, day, time, seconds = '', offset] = written.exec(text) ?? [];
  if (!year || !month || year < '1000') {
    return text;
  }
  // Only the calendar's parts go through a Date, in UTC there and back: no zone can move them.
  const parts = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day ?? 1)));
  if (parts.getUTCMonth() + 1 !== Number(month)) {
    return text;
  }
  const date = formatOf(language, day ? dayInWords : monthInWords).format(parts);
  if (!time) {
    return date;
  }
  const recorded = `${date}, ${time}${seconds}`;
  if (!offset) {
    return recorded;
  }
  const own = timeZone && timeIn(timeZone, Date.parse(`${text.slice(0, 16)}${offset}`));
  const [ownDay, ownTime] = own ? own.split('T') : [];
  const ownDate = ownDay === text.slice(0, 10) ? '' : `${formatDate(ownDay ?? '', language)}, `;
  const beside = !own || own === text.slice(0, 16) ? '' : ` (${ownDate}${ownTime} your time)`;
  return `${recorded} UTC${offset === 'Z' ? '' : offset}${beside}`;
}

/** The reader's own time of day of a moment in ms since the epoch. */
export function formatTime(ms: number, language?: string): string {
  return formatOf(language, clock).format(ms);
}

/** What clock and calendar say in a zone, as `YYYY-MM-DDThh:mm`; undefined where there is no such zone. */
function timeIn(timeZone: string, ms: number): string | undefined {
  try {
    if (timeZone === ownZone) {
      const [minutes, minuteMs] = [new Date(ms).getTimezoneOffset(), 60_000];
      return new Date(ms - minutes * minuteMs).toISOString().slice(0, 16);
    }
    const format = clockIn(timeZone);
    const {
      year = '',
      month,
      day,
      hour,
      minute,
    } = Object.fromEntries(format.formatToParts(ms).map(({ type, value }) => [type, value]));
    return `${year.padStart(4, '0')}-${month}-${day}T${hour}:${minute}`;
  } catch {
    return undefined;
  }
}

const clockIn = onceForEach((timeZone) => new Intl.DateTimeFormat('en', { ...wallClock, timeZone }));

function formatOf(language: string | undefined, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const known = formats.get(options) ?? new Map<string | undefined, Intl.DateTimeFormat>();
  formats.set(options, known);
  const found = known.get(language) ?? newFormat(language, options);
  known.set(language, found);
  return found;
}

function newFormat(language: string | undefined, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat(language, options);
  } catch {
    // A lang attribute may hold anything.
    return new Intl.DateTimeFormat(undefined, options);
  }
}
