import { createRequire } from 'node:module';
import type Holidays from 'date-holidays';
import type { Day } from './datetime.ts';

/**
 * The twelve legal public holidays of Baden-Württemberg (Feiertagsgesetz § 1), by the library's rules. The library also
 * knows Easter Sunday, 24 December or Reformation Day: nobody's office is closed by law then, so only these count.
 */
const LEGAL = new Set([
  '01-01',
  '01-06',
  'easter -2',
  'easter 1',
  '05-01',
  'easter 39',
  'easter 50',
  'easter 60',
  '10-03',
  '11-01',
  '12-25',
  '12-26',
]);

/**
 * Loaded when first asked: the package carries every country's data and costs about 50 ms and 30 MB, which a program
 * that starts should not pay. Synchronously, because the rules that ask are pure functions and cannot wait.
 */
let calendar: Holidays | undefined;
const load = (): Holidays => {
  const Calendar = createRequire(import.meta.url)('date-holidays') as typeof Holidays;
  return new Calendar('DE', 'bw', { types: ['public'], languages: 'de' });
};

const years = new Map<string, ReadonlyMap<string, string>>();

const holidaysIn = (year: string): ReadonlyMap<string, string> => {
  const known = years.get(year);
  if (known) return known;
  calendar ??= load();
  const found = calendar
    .getHolidays(Number(year))
    .filter((holiday) => holiday.type === 'public' && LEGAL.has(holiday.rule))
    .map((holiday) => [holiday.date.slice(0, 10), holiday.name] as const);
  const names = new Map(found);
  years.set(year, names);
  return names;
};

/** The German name of Baden-Württemberg's public holiday on that day, or undefined. A year is computed once. */
export const holidayOn = (day: Day): string | undefined => holidaysIn(day.slice(0, 4)).get(day);
