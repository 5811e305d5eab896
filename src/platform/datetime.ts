// Time without words. What people read and type is in date-formats.ts; Temporal and Intl stand in these two files only.

/** The county's clock. Everything that people read is in it. */
export const ZONE = 'Europe/Berlin';

declare const brand: unique symbol;

/** Epoch milliseconds, whole. */
export type Instant = number & { readonly [brand]: 'Instant' };
/** A calendar date in Europe/Berlin, `2026-12-03`. Two of them compare as strings do. */
export type Day = string & { readonly [brand]: 'Day' };
/** What a clock in Europe/Berlin shows, `09:30`. Two of them compare as strings do. */
export type WallTime = string & { readonly [brand]: 'WallTime' };

const MINUTE = 60_000;
const DAY_MINUTES = 1440;
const DAY = DAY_MINUTES * MINUTE;

// Below, nothing but the table's making touches Temporal: cutting slots asks these questions thousands of times per
// request. The offsets come from the table; the calendar is Date's UTC arithmetic, which has no zone to go wrong in.

/** The years whose clock changes are kept as a table. Outside them Temporal is asked each time: right, but slow. */
const FIRST_YEAR = 1970;
const LAST_YEAR = 2100;

/** Since when which offset from UTC holds, both in milliseconds, sorted; two entries a year. */
interface Offsets {
  readonly since: Float64Array;
  readonly offset: Float64Array;
  /** The table says nothing from here on. */
  readonly end: number;
}

const inZone = (ms: number): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(ZONE);

/** Takes about half a millisecond; done once, when first needed. */
const readOffsets = (): Offsets => {
  const since: number[] = [];
  const offset: number[] = [];
  const end = Date.UTC(LAST_YEAR + 1, 0, 1);
  let next: Temporal.ZonedDateTime | null = inZone(Date.UTC(FIRST_YEAR, 0, 1));
  while (next && next.epochMilliseconds < end) {
    since.push(next.epochMilliseconds);
    offset.push(next.offsetNanoseconds / 1e6);
    next = next.getTimeZoneTransition('next');
  }
  return { since: Float64Array.from(since), offset: Float64Array.from(offset), end };
};

let table: Offsets | undefined;
/** Where the last question was answered: the next one is nearly always in the same half of the year. */
let recent = 0;

/** How far the clock in Berlin is ahead of UTC at that epoch millisecond, in milliseconds. */
const offsetAt = (ms: number): number => {
  table ??= readOffsets();
  const { since, offset, end } = table;
  if (!(ms >= (since[0] ?? end) && ms < end)) return inZone(ms).offsetNanoseconds / 1e6;
  if (ms < (since[recent] ?? end) || ms >= (since[recent + 1] ?? end)) {
    let low = 0;
    let high = since.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (ms >= (since[middle] ?? end)) low = middle;
      else high = middle - 1;
    }
    recent = low;
  }
  return offset[recent] ?? 0;
};

/** Throws RangeError for what is not a whole number of milliseconds within the range of dates. */
export const instant = (ms: number): Instant => {
  if (!Number.isInteger(ms) || Math.abs(ms) > 8.64e15) throw new RangeError(`${ms} is not epoch milliseconds.`);
  return ms as Instant;
};
export const fromDate = (date: Date): Instant => instant(date.getTime());
export const toDate = (at: Instant): Date => new Date(at);

const two = (n: number): string => (n < 10 ? `0${n}` : String(n));

/** Midnight UTC of the date, in milliseconds: a number per date, one DAY apart, without clock changes. */
const utcOf = (date: string): number =>
  Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1, Number(date.slice(8, 10)));

const dayAtUtc = (utc: number): Day => {
  const date = new Date(utc);
  const year = date.getUTCFullYear();
  if (!(year >= 1000 && year <= 9999)) throw new RangeError(`There is no Day for ${utc} ms: years 1000 to 9999.`);
  return `${year}-${two(date.getUTCMonth() + 1)}-${two(date.getUTCDate())}` as Day;
};

/** Throws RangeError unless it is a date that exists, written `2026-12-03`; the years 1000 to 9999. */
export const day = (text: string): Day => {
  if (!/^[1-9]\d{3}-\d\d-\d\d$/.test(text) || dayAtUtc(utcOf(text)) !== text) {
    throw new RangeError(`"${text}" is not a date like 2026-12-03.`);
  }
  return text as Day;
};

/** Throws RangeError unless it is `00:00` to `23:59`. `24:00` is refused: it is the next day. */
export const wallTime = (text: string): WallTime => {
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(text)) throw new RangeError(`"${text}" is not a time like 09:30.`);
  return text as WallTime;
};

/** Minutes since midnight on the clock's face, 0 to 1439. */
export const minuteOfDay = (time: WallTime): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

export const dayOf = (at: Instant): Day => dayAtUtc(at + offsetAt(at));

/** Seconds are cut off, as a clock with two hands does. */
export const wallTimeOf = (at: Instant): WallTime => {
  const local = at + offsetAt(at);
  const minute = Math.floor(local / MINUTE) - Math.floor(local / DAY) * DAY_MINUTES;
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}` as WallTime;
};

/** When the clock shows this: once; twice in the hour that is repeated; not at all in the hour that is left out. */
type Reading =
  | { readonly kind: 'shown'; readonly first: Instant; readonly last: Instant }
  | { readonly kind: 'left-out'; readonly change: Instant; readonly later: Instant };

/** The clock change in the two days after; only asked where there is one. */
const changeAfter = (ms: number): Instant => {
  const change = inZone(ms).getTimeZoneTransition('next');
  if (!change) throw new RangeError(`${ZONE} has no clock change after ${ms} ms.`);
  return change.epochMilliseconds as Instant;
};

const read = (date: Day, time: WallTime): Reading => {
  const local = utcOf(date) + minuteOfDay(time) * MINUTE;
  const before = offsetAt(local - DAY);
  const after = offsetAt(local + DAY);
  const first = (local - before) as Instant;
  if (before === after) return { kind: 'shown', first, last: first };
  const last = (local - after) as Instant;
  const isFirst = offsetAt(first) === before;
  const isLast = offsetAt(last) === after;
  if (isFirst || isLast) return { kind: 'shown', first: isFirst ? first : last, last: isLast ? last : first };
  return { kind: 'left-out', change: changeAfter(last), later: first };
};

/** A wall time that does not exist (clock forward) moves later; one that exists twice is the earlier of the two. */
export const at = (date: Day, time: WallTime): Instant => {
  const reading = read(date, time);
  return reading.kind === 'shown' ? reading.first : reading.later;
};

/**
 * The stretch of real time [from, to) of that day in which the clock shows `from` to `to` and nothing else, or
 * undefined where there is none. On most days it is `at` twice; on a clock-change day it is shorter or longer in real
 * minutes than on the clock; where `from` lies in the repeated hour and `to` after it, it begins in the second showing.
 */
export const wallRange = (date: Day, from: WallTime, to: WallTime): { from: Instant; to: Instant } | undefined => {
  if (from >= to) return undefined;
  const begin = read(date, from);
  const end = read(date, to);
  const until = end.kind === 'shown' ? end.first : end.change;
  const first = begin.kind === 'shown' ? begin.first : begin.change;
  const last = begin.kind === 'shown' ? begin.last : begin.change;
  // Both within the repeated hour: its first showing. Otherwise the last, or the clock would go back before `from`.
  const since = end.kind === 'shown' && end.first !== end.last ? first : last;
  return since < until ? { from: since, to: until } : undefined;
};

export const addDays = (date: Day, days: number): Day => dayAtUtc(utcOf(date) + days * DAY);

/** The same day of the month, or its last day where there is none. */
export const addMonths = (date: Day, months: number): Day => {
  const first = Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1 + months, 1);
  const last = new Date(Date.UTC(new Date(first).getUTCFullYear(), new Date(first).getUTCMonth() + 1, 0)).getUTCDate();
  return dayAtUtc(first + (Math.min(Number(date.slice(8, 10)), last) - 1) * DAY);
};

/** From a to b: positive if b is later. Calendar days, whatever the clock does in between. */
export const daysBetween = (a: Day, b: Day): number => (utcOf(b) - utcOf(a)) / DAY;

/** ISO: Monday is 1, Sunday is 7. */
export const weekdayOf = (date: Day): 1 | 2 | 3 | 4 | 5 | 6 | 7 =>
  (((new Date(utcOf(date)).getUTCDay() + 6) % 7) + 1) as 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** The Monday of that day's week; a Monday's is itself. */
export const mondayOf = (date: Day): Day => addDays(date, 1 - weekdayOf(date));

/** Real minutes, not the clock's. */
export const addMinutes = (at: Instant, minutes: number): Instant => (at + minutes * MINUTE) as Instant;

/** Whole real minutes from a to b, cut towards zero; positive if b is later. */
export const minutesBetween = (a: Instant, b: Instant): number => Math.trunc((b - a) / MINUTE);

/** Calendars by which feasts are reckoned. `islamic-umalqura` is Saudi Arabia's: elsewhere a month may begin a day later. */
export const FEAST_CALENDARS = ['islamic-umalqura', 'persian', 'ethiopic', 'hebrew'] as const;
export type FeastCalendar = (typeof FEAST_CALENDARS)[number];

/**
 * Where that day stands in another calendar. The month is a code, `M07`, so that Hebrew leap years, which have one more
 * (`M05L`), leave the others their names. Takes about a microsecond and a half.
 */
export const calendarDate = (date: Day, calendar: FeastCalendar): { month: string; day: number } => {
  const there = Temporal.PlainDate.from(date).withCalendar(calendar);
  return { month: there.monthCode, day: there.day };
};
