import type { Day, Instant, WallTime } from './datetime.ts';
import { day, daysBetween, minuteOfDay, wallTime, wallTimeOf } from './datetime.ts';
import { normaliseDigits } from './digits.ts';
import type { Locale } from './locale.ts';

// Dates and times as people type and read them. Digits are 0-9 in every language, dates are the numbers that stand in
// the county's letters, and no direction characters are added: whoever puts a value into a sentence isolates it.

/** What keyboards put around typed text and nobody sees: direction marks, isolates, joiners. */
const clean = (typed: string): string =>
  typed.length > 40
    ? ''
    : normaliseDigits(typed.replace(/[\u200b-\u200f\u202a-\u202e\u2066-\u2069\u061c]/g, '')).trim();

const two = (n: number): string => String(n).padStart(2, '0');

const DAY_FIRST = /^(\d{1,2})\s*[./\-٫،]\s*(\d{1,2})\s*[./\-٫،]\s*(\d{4}|\d{2})$/;
const YEAR_FIRST = /^(\d{4})\s*[./-]\s*(\d{1,2})\s*[./-]\s*(\d{1,2})$/;

/**
 * A date as people type it, in any digits: `03.12.2026`, `3.12.26`, `3/12/2026`, `2026-12-03`. The day comes before
 * the month; two figures are a year of this century. Only 1900 to 2199, so that a Persian or Ge'ez year is not
 * taken for one of ours.
 */
export const parseDay = (typed: string): Day | undefined => {
  const text = clean(typed);
  const dayFirst = DAY_FIRST.exec(text);
  const yearFirst = YEAR_FIRST.exec(text);
  const [year, month, date] = dayFirst
    ? [Number(dayFirst[3]) + (dayFirst[3]?.length === 2 ? 2000 : 0), Number(dayFirst[2]), Number(dayFirst[1])]
    : [Number(yearFirst?.[1]), Number(yearFirst?.[2]), Number(yearFirst?.[3])];
  return dayIn(year, month, date);
};

function dayIn(year: number, month: number, date: number): Day | undefined {
  if (!(year >= 1900 && year < 2200)) return undefined;
  try {
    return day(`${year}-${two(month)}-${two(date)}`);
  } catch {
    return undefined;
  }
}

const WITHOUT_YEAR = /^(\d{1,2})\s*[./\-٫،]\s*(\d{1,2})\s*\.?$/;
const HALF_A_YEAR = 183;

/** The same for a day that lies ahead: `3.12.` is meant for the year of `from`, or for the next when that was long ago. */
export const parseDayAhead = (typed: string, from: Day): Day | undefined => {
  const short = WITHOUT_YEAR.exec(clean(typed));
  if (!short) return parseDay(typed);
  const inYear = (year: number) => dayIn(year, Number(short[2]), Number(short[1]));
  const year = Number(from.slice(0, 4));
  const sameYear = inYear(year);
  return sameYear !== undefined && daysBetween(sameYear, from) < HALF_A_YEAR ? sameYear : inYear(year + 1);
};

const TIME = /^(\d{1,2})(?:\s*[:.٫፡]\s*(\d{2}))?\s*(?:uhr)?$/i;

/** A time of the 24-hour clock as people type it, in any digits: `9`, `9:30`, `9.30`, `09:30 Uhr`, `۱۲:۳۰`. */
export const parseTime = (typed: string): WallTime | undefined => {
  const parts = TIME.exec(clean(typed));
  if (!parts) return undefined;
  const hour = Number(parts[1]);
  const minute = Number(parts[2] ?? 0);
  return hour < 24 && minute < 60 ? wallTime(`${two(hour)}:${two(minute)}`) : undefined;
};

/** Formatters cost about 50 microseconds to make and half of one to use, so each is made once. */
const formatters = new Map<string, Intl.DateTimeFormat>();

const formatter = (locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => {
  const key = `${locale} ${JSON.stringify(options)}`;
  let found = formatters.get(key);
  if (!found) {
    // A Day is formatted as midnight UTC in UTC: no clock change can shift it to its neighbour.
    found = new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' });
    formatters.set(key, found);
  }
  return found;
};

const utcDate = (date: Day): Date => new Date(`${date}T00:00:00Z`);

/** Calendar and digits always explicit: the bare locales would give Persian or Hijri dates in their own digits. */
const GREGORIAN: Record<Locale, string> = {
  ar: 'ar-u-ca-gregory-nu-latn',
  fa: 'fa-u-ca-gregory-nu-latn',
  ti: 'ti-u-ca-gregory-nu-latn',
  de: 'de-DE',
  en: 'en-GB',
};

/** Between the weekday and the date. */
const COMMA: Record<Locale, string> = { ar: '، ', fa: '، ', ti: '፣ ', de: ', ', en: ', ' };

const weekday = (locale: Locale, date: Day, width: 'long' | 'short'): string =>
  formatter(GREGORIAN[locale], { weekday: width }).format(utcDate(date));

const monthDay = (date: Day): string => `${date.slice(8, 10)}.${date.slice(5, 7)}.`;

/** Weekday in the reader's language and the date in German numbers: `الخميس، 03.12.2026`. */
export const formatDay = (locale: Locale, date: Day): string =>
  `${weekday(locale, date, 'long')}${COMMA[locale]}${monthDay(date)}${date.slice(0, 4)}`;

/**
 * For a button: `Do 03.12.`. Arabic, Farsi and Tigrinya keep the whole word: they have no short one people know. The last
 * dot is a German habit; in a right-to-left line it would jump before the number.
 */
export const formatShortDay = (locale: Locale, date: Day): string => {
  const isGerman = locale === 'de' || locale === 'en';
  const short = monthDay(date);
  return `${weekday(locale, date, isGerman ? 'short' : 'long')} ${isGerman ? short : short.slice(0, -1)}`;
};

/** `Dezember 2026`, of the month in which that day lies. Only as a heading: alone, Ge'ez months have the same names. */
export const formatMonth = (locale: Locale, date: Day): string =>
  formatter(GREGORIAN[locale], { month: 'long', year: 'numeric' }).format(utcDate(date));

/** `Do`, for the head of a column; a whole word where there is no short one that people know. */
export const formatWeekday = (locale: Locale, date: Day): string => weekday(locale, date, 'short');

/** `15:05`: 24 hours, Europe/Berlin. */
export const formatClock = (at: Instant): string => wallTimeOf(at);

type DayPart = 'night' | 'morning' | 'noon' | 'afternoon' | 'evening';

/**
 * Farsi says شب for evening and night: شام is dinner in Iran and evening in Afghanistan. The hour always stands beside.
 */
const DAY_PARTS: Partial<Record<Locale, Record<DayPart, string>>> = {
  ar: { night: 'ليلًا', morning: 'صباحًا', noon: 'ظهرًا', afternoon: 'بعد الظهر', evening: 'مساءً' },
  fa: { night: 'شب', morning: 'قبل از ظهر', noon: 'ظهر', afternoon: 'بعد از ظهر', evening: 'شب' },
  ti: { night: 'ለይቲ', morning: 'ቅድሚ ቀትሪ', noon: 'ቀትሪ', afternoon: 'ድሕሪ ቀትሪ', evening: 'ምሸት' },
};

/** Night until 5, morning until 12, noon for an hour, afternoon until 18, evening until 22. */
const dayPartOf = (time: WallTime): DayPart => {
  const hour = minuteOfDay(time) / 60;
  if (hour < 5 || hour >= 22) return 'night';
  if (hour < 12) return 'morning';
  if (hour < 13) return 'noon';
  return hour < 18 ? 'afternoon' : 'evening';
};

/**
 * `15:05`, with a word for the part of the day where people may count hours otherwise (Ethiopia counts from six in the
 * morning) or in twelves: `15:05 ድሕሪ ቀትሪ`. It stands in the formatter so that no text can forget it.
 */
export const formatTime = (locale: Locale, at: Instant): string => formatWallTime(locale, wallTimeOf(at));

/** The same for an hour of no certain day. */
export const formatWallTime = (locale: Locale, time: WallTime): string => {
  const words = DAY_PARTS[locale];
  return words ? `${time} ${words[dayPartOf(time)]}` : time;
};

const partsOf = (locale: string, date: Day): { day: string; month: string; year: string } => {
  const parts = formatter(locale, { day: 'numeric', month: 'long', year: 'numeric' }).formatToParts(utcDate(date));
  const part = (type: string): string => parts.find((p) => p.type === type)?.value ?? '';
  // Afghan سنبلهٔ comes with a hamza above that fonts draw badly and nobody types.
  return { day: part('day'), month: part('month').replace('\u0654', ''), year: part('year') };
};

/**
 * The same day in the calendar at home, a second line under the date. Farsi gives the Iranian and the Afghan name of
 * the month, `12 آذر (قوس) 1405`; Tigrinya the Ge'ez calendar, marked as such, because its months have the names of
 * ours. Undefined for the others: the moon's calendar can be a day off.
 */
export const formatHomeCalendar = (locale: Locale, date: Day): string | undefined => {
  if (locale === 'fa') {
    const iranian = partsOf('fa-IR-u-ca-persian-nu-latn', date);
    const afghan = partsOf('fa-AF-u-ca-persian-nu-latn', date);
    return `${iranian.day} ${iranian.month} (${afghan.month}) ${iranian.year}`;
  }
  if (locale === 'ti') {
    const geez = partsOf('ti-u-ca-ethiopic-nu-latn', date);
    return `ብግእዝ፦ ${geez.day} ${geez.month} ${geez.year}`;
  }
  return undefined;
};

/** Throws if this Node was built with English only: it would write English weekdays into Arabic sentences, silently. */
export const assertFullIcu = (): void => {
  const wanted = ['ar', 'fa', 'ti', 'de'];
  const there = Intl.DateTimeFormat.supportedLocalesOf(wanted);
  const missing = wanted.filter((locale) => !there.includes(locale));
  if (missing.length > 0) {
    throw new Error(
      `This Node.js knows no dates in ${missing.join(', ')} (built with "small-icu"). ` +
        'Run the bot with the Node.js that npm installed for this project, or one built with full ICU.',
    );
  }
};
