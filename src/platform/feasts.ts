import { addDays, calendarDate, type Day, day, FEAST_CALENDARS, type FeastCalendar, weekdayOf } from './datetime.ts';

// Days that many people keep and no law makes holidays here. They come from calendars alone: who keeps them is nobody's
// business, and nothing in this program may conclude it from a language or a passport.

/** Either days of one month of a calendar, or a first day to be computed for a year and how many follow. */
type Rule =
  | { readonly calendar: FeastCalendar; readonly month: string; readonly from: number; readonly to: number }
  | { readonly first: (year: number) => Day; readonly days: number };

const two = (n: number): string => String(n).padStart(2, '0');
const date = (year: number, month: number, dayOfMonth: number): Day => day(`${year}-${two(month)}-${two(dayOfMonth)}`);

/** A date of the Julian calendar, from March to December: 13 days later in ours until 2100. */
const julian = (year: number, month: number, dayOfMonth: number): Day => {
  const century = Math.floor(year / 100);
  return addDays(date(year, month, dayOfMonth), century - Math.floor(century / 4) - 2);
};

/** Easter of the Orthodox churches: the Julian computus in the form of Meeus. */
const fasika = (year: number): Day => {
  const fullMoon = (19 * (year % 19) + 15) % 30;
  const sunday = (2 * (year % 4) + 4 * (year % 7) - fullMoon + 34) % 7;
  const days = fullMoon + sunday + 114;
  return julian(year, Math.floor(days / 31), (days % 31) + 1);
};

/** The first Wednesday of the Julian April, which is the first on or after our 14 April. */
const redWednesday = (year: number): Day => {
  const april = julian(year, 4, 1);
  return addDays(april, (10 - weekdayOf(april)) % 7);
};

const on = (calendar: FeastCalendar, month: string, from: number, to = from): Rule => ({ calendar, month, from, to });
const since = (first: (year: number) => Day, days = 1): Rule => ({ first, days });

const RULES = {
  // A month or weeks long, because office hours once a week would seldom meet the first day.
  ramadan: on('islamic-umalqura', 'M09', 1, 30),
  'eid-al-fitr': on('islamic-umalqura', 'M10', 1, 3),
  'eid-al-adha': on('islamic-umalqura', 'M12', 10, 13),
  ashura: on('islamic-umalqura', 'M01', 10),
  mawlid: on('islamic-umalqura', 'M03', 12),
  nowruz: on('persian', 'M01', 1),
  /** The evening of the last day of autumn. */
  yalda: on('persian', 'M09', 30),
  'geez-new-year': on('ethiopic', 'M01', 1),
  meskel: on('ethiopic', 'M01', 17),
  timket: on('ethiopic', 'M05', 11),
  /** Julian 25 December: 29 Tahsas, and 28 in the year after a leap day, so that it stays on 7 January until 2100. */
  genna: since((year) => julian(year - 1, 12, 25)),
  /** 55 days as in Eritrea and Ethiopia; other Orthodox churches begin a week later. */
  'orthodox-lent': since((year) => addDays(fasika(year), -55), 55),
  'orthodox-good-friday': since((year) => addDays(fasika(year), -2)),
  'orthodox-easter': since(fasika),
  'rosh-hashanah': on('hebrew', 'M01', 1, 2),
  'yom-kippur': on('hebrew', 'M01', 10),
  pesach: on('hebrew', 'M07', 15),
  'red-wednesday': since(redWednesday),
  'christmas-eve': since((year) => date(year, 12, 24)),
  'new-years-eve': since((year) => date(year, 12, 31)),
} as const satisfies Readonly<Record<string, Rule>>;

export type FeastKey = keyof typeof RULES;
export const FEASTS = Object.keys(RULES) as readonly FeastKey[];

export interface Feast {
  readonly key: FeastKey;
  /** Its first day, which may lie before the day that was asked for. Tells this year's from the next. */
  readonly since: Day;
  /** The sight of the new moon decides, a day earlier or later than computed. */
  readonly isApproximate: boolean;
}

const rules = Object.entries(RULES) as readonly (readonly [FeastKey, Rule])[];

const years = new Map<string, ReadonlyMap<Day, readonly Feast[]>>();

/** About three milliseconds. No computed feast runs from one year into the next; Ramadan may, and is asked day by day. */
const feastsIn = (year: string): ReadonlyMap<Day, readonly Feast[]> => {
  const known = years.get(year);
  if (known) return known;
  const begins = new Map(rules.map(([key, rule]) => [key, 'first' in rule ? rule.first(Number(year)) : undefined]));
  const found = new Map<Day, readonly Feast[]>();
  for (let today = day(`${year}-01-01`); today.startsWith(year); today = addDays(today, 1)) {
    const dates = new Map(FEAST_CALENDARS.map((calendar) => [calendar, calendarDate(today, calendar)]));
    const feasts = rules.flatMap(([key, rule]): Feast[] => {
      if ('first' in rule) {
        const begin = begins.get(key);
        const isOn = begin !== undefined && begin <= today && today < addDays(begin, rule.days);
        return isOn ? [{ key, since: begin, isApproximate: false }] : [];
      }
      const there = dates.get(rule.calendar);
      if (there?.month !== rule.month || there.day < rule.from || there.day > rule.to) return [];
      const isApproximate = rule.calendar === 'islamic-umalqura';
      return [{ key, since: addDays(today, rule.from - there.day), isApproximate }];
    });
    if (feasts.length > 0) found.set(today, feasts);
  }
  years.set(year, found);
  return found;
};

/** What is kept on that day, in the order of the rules. A year is computed once. */
export const feastsOn = (date: Day): readonly Feast[] => feastsIn(date.slice(0, 4)).get(date) ?? [];
