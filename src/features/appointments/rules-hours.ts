import { addDays, type Day, daysBetween, minuteOfDay, mondayOf } from '../../platform/datetime.ts';
import type { OfficeHours, OfficeHoursDraft } from './model.ts';

/** Whether the series takes place on that day, if the day has its weekday. */
export const isInSeries = (hours: OfficeHours, day: Day): boolean => {
  if (day < hours.validFrom || (hours.validTo !== undefined && day > hours.validTo)) return false;
  return hours.everyWeeks === 1 || (daysBetween(mondayOf(hours.validFrom), mondayOf(day)) / 7) % hours.everyWeeks === 0;
};

/** The series' first day on or after `day`, `validTo` left aside. */
const firstDayFrom = (hours: OfficeHoursDraft, day: Day): Day => {
  const first = addDays(mondayOf(hours.validFrom), hours.weekday - 1);
  const from = day > hours.validFrom ? day : hours.validFrom;
  const period = 7 * hours.everyWeeks;
  return addDays(first, Math.max(0, Math.ceil(daysBetween(first, from) / period)) * period);
};

/** Whether two series of one manager meet on any day, ever. Series of different managers never do. */
export const isOverlapping = (a: OfficeHours, b: OfficeHours): boolean => {
  if (a.managerId !== b.managerId || a.weekday !== b.weekday || a.from >= b.to || b.from >= a.to) return false;
  let day = firstDayFrom(a, b.validFrom);
  // After as many occurrences of a as b's period has weeks, the pattern repeats.
  for (let tried = 0; tried < b.everyWeeks; tried++) {
    if (isInSeries(a, day) && isInSeries(b, day)) return true;
    day = addDays(day, 7 * a.everyWeeks);
  }
  return false;
};

export const OFFICE_HOURS_PROBLEMS = [
  'ends-before-begins',
  'no-slot-fits',
  'no-way',
  'place-missing',
  'valid-to-before-from',
  'never-held',
  'number-out-of-range',
] as const;
export type Problem = (typeof OFFICE_HOURS_PROBLEMS)[number];

const isWhole = (n: number, min: number, max: number): boolean => Number.isInteger(n) && n >= min && n <= max;

/**
 * Everything that is wrong with it, in the order of `OFFICE_HOURS_PROBLEMS`; nothing means it can be saved. Numbers:
 * slots of 5 to 480 minutes, buffers up to 240, every 1 to 52 weeks. `never-held` is a validity without such a day.
 */
export const checkOfficeHours = (draft: OfficeHoursDraft): readonly Problem[] => {
  const { from, to, validFrom, validTo, slotMinutes, bufferBeforeMinutes, bufferAfterMinutes, everyWeeks } = draft;
  const areNumbersRight =
    isWhole(slotMinutes, 5, 480) &&
    isWhole(bufferBeforeMinutes, 0, 240) &&
    isWhole(bufferAfterMinutes, 0, 240) &&
    isWhole(everyWeeks, 1, 52);
  const isBackwards = validTo !== undefined && validTo < validFrom;
  const found: Record<Problem, boolean> = {
    'ends-before-begins': to <= from,
    'no-slot-fits': to > from && minuteOfDay(to) - minuteOfDay(from) < slotMinutes,
    'no-way': draft.ways.length === 0,
    'place-missing': draft.ways.includes('place') && draft.placeId === undefined,
    'valid-to-before-from': isBackwards,
    'never-held': validTo !== undefined && !isBackwards && areNumbersRight && firstDayFrom(draft, validFrom) > validTo,
    'number-out-of-range': !areNumbersRight,
  };
  return OFFICE_HOURS_PROBLEMS.filter((problem) => found[problem]);
};
