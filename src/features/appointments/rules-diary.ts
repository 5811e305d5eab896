import { type Day, dayOf, type WallTime, wallRange, weekdayOf } from '../../platform/datetime.ts';
import type { Appointment, OccurrenceChange, OfficeHours, Range } from './model.ts';
import type { OpenHoliday } from './rules.ts';
import { isInSeries } from './rules-hours.ts';

/** One manager's office hours with everything that is other than usual. */
export interface HoursBook {
  readonly hours: readonly OfficeHours[];
  readonly changes: readonly OccurrenceChange[];
  readonly openHolidays: readonly OpenHoliday[];
  readonly absences: readonly Range[];
  isHoliday(day: Day): boolean;
}

/** Office hours as they are held on one day. */
export interface Occurrence {
  readonly hours: OfficeHours;
  readonly day: Day;
  readonly from: WallTime;
  readonly to: WallTime;
  readonly placeId: string | undefined;
}

/** What of a series is held on that day, holidays and absences left aside. */
export const occurrenceOn = (
  hours: OfficeHours,
  changes: readonly OccurrenceChange[],
  day: Day,
): Occurrence | undefined => {
  if (weekdayOf(day) !== hours.weekday || !isInSeries(hours, day)) return undefined;
  const change = changes.find((one) => one.hoursId === hours.id && one.day === day);
  if (change === undefined) return { hours, day, from: hours.from, to: hours.to, placeId: hours.placeId };
  if (change.held === undefined) return undefined;
  return { hours, day, from: change.held.from, to: change.held.to, placeId: change.held.placeId ?? hours.placeId };
};

/** Everything that she holds on that day. */
export const occurrencesOn = (book: HoursBook, day: Day): Occurrence[] =>
  book.isHoliday(day) && !book.openHolidays.some((one) => one.day === day)
    ? []
    : book.hours.flatMap((hours) => occurrenceOn(hours, book.changes, day) ?? []);

type Placed = Pick<Appointment, 'startsAt' | 'endsAt' | 'way'> & { readonly placeId: string | undefined };

/**
 * Whether office hours stand around an appointment: at that time, in that way, at that place, while she is there. What
 * is booked and not covered needs a word: it is moved, cancelled, or kept on purpose.
 */
export const isCovered = (book: HoursBook, { startsAt, endsAt, way, placeId }: Placed): boolean => {
  if (book.absences.some(({ from, to }) => from < endsAt && to > startsAt)) return false;
  return occurrencesOn(book, dayOf(startsAt)).some((one) => {
    const held = wallRange(one.day, one.from, one.to);
    return (
      held !== undefined &&
      startsAt >= held.from &&
      endsAt <= held.to &&
      one.hours.ways.includes(way) &&
      (way !== 'place' || one.placeId === placeId)
    );
  });
};

/** Whether two occurrences of one day are held at the same minute. */
export const areClashing = (a: Occurrence, b: Occurrence): boolean => a.from < b.to && b.from < a.to;

export const ABSENCE_PROBLEMS = ['ends-before-begins', 'is-over', 'too-long'] as const;
export type AbsenceProblem = (typeof ABSENCE_PROBLEMS)[number];

/** An absence of more than a year is not an absence. */
const MAX_DAYS = 366;

export const checkAbsence = ({ from, to }: Range, now: number): AbsenceProblem | undefined => {
  if (to <= from) return 'ends-before-begins';
  if (to <= now) return 'is-over';
  return to - from > MAX_DAYS * 86_400_000 ? 'too-long' : undefined;
};
