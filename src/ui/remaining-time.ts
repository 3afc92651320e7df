/**
 * A time to go, in words of the page's language and no more precise than is useful: minutes while there are several,
 * seconds at the end.
 *
 * @param ms milliseconds; less than none counts as none.
 */
export function remainingTime(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  if (seconds >= 2 * 3600) {
    return format(Math.floor(seconds / 3600), 'hour');
  }
  return seconds >= 120 ? format(Math.floor(seconds / 60), 'minute') : format(seconds, 'second');
}

function format(value: number, unit: 'hour' | 'minute' | 'second'): string {
  return new Intl.NumberFormat('en', { style: 'unit', unit, unitDisplay: 'long' }).format(value);
}
