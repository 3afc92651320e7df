const written = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(Z|[+-]\d\d:\d\d)?)?)?)?$/;
const dateKey =
  /(?:date|time|instant|^start|^started|^end|^issued|^recorded|authored|authoredOn|^sent|^received|created|prepared|handedOver|lastUpdated|expiry|^when|^event|^collected|^statusChanged)$/i;

const monthInWords: Intl.DateTimeFormatOptions = {
  year: 'numeric',
  month: 'long',
  timeZone: 'UTC',
  calendar: 'gregory',
  numberingSystem: 'latn',
};
const dayInWords: Intl.DateTimeFormatOptions = { ...monthInWords, day: 'numeric' };
const formats = new Map<string, Intl.DateTimeFormat>();

/** Whether an element of this name holds dates: a lot number `2021-03` must stay one. */
export function holdsDate(key: string): boolean {
  return dateKey.test(key);
}

/**
 * A FHIR date, dateTime or instant in words, exactly as far as it was written: a year stays a year, and the time keeps
 * the zone that it was recorded in (FHIR, safety checklist: month names, four-digit years).
 *
 * What is no such date comes back as it is.
 */
export function formatDate(text: string, language?: string): string {
  const [, year, month, day, time, zone] = written.exec(text) ?? [];
  if (!year || !month || year < '1000') {
    return text;
  }
  // Only the calendar's parts go through a Date, in UTC there and back: no zone can move them.
  const parts = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day ?? 1)));
  if (parts.getUTCMonth() + 1 !== Number(month)) {
    return text;
  }
  const date = formatOf(language, day ? dayInWords : monthInWords).format(parts);
  const offset = zone === 'Z' ? ' UTC' : zone ? ` UTC${zone}` : '';
  return time ? `${date}, ${time}${offset}` : date;
}

/** The reader's own time of day of a moment in ms since the epoch. */
export function formatTime(ms: number, language?: string): string {
  return formatOf(language, { timeStyle: 'medium' }).format(ms);
}

function formatOf(language: string | undefined, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = [language, ...Object.keys(options)].join();
  let found = formats.get(key);
  if (!found) {
    try {
      found = new Intl.DateTimeFormat(language, options);
    } catch {
      // A lang attribute may hold anything.
      found = new Intl.DateTimeFormat(undefined, options);
    }
    formats.set(key, found);
  }
  return found;
}
