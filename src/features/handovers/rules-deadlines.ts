import {
  addDays,
  addMinutes,
  at,
  type Day,
  dayOf,
  type Instant,
  instant,
  wallTime,
  wallTimeOf,
  weekdayOf,
} from '../../platform/datetime.ts';
import type { Urgency } from './model.ts';

/** Working days until the team is reminded, and until the coordinators hear of it. */
export const REMIND_DAYS = 2;
export const ESCALATE_DAYS = 4;
/** "Today": whoever is on duty is called so often, so far apart; then the coordinators know as well. */
export const CALL_EVERY_MINUTES = 30;
export const MOST_CALLS = 3;
/** From then on it repeats so far apart, until somebody answers. */
export const CALL_AGAIN_MINUTES = 120;

/** Nobody is reminded of work outside these hours; the quiet ones are the same as those of reminders. */
const BEGINS = wallTime('08:00');
const ENDS = wallTime('21:00');

export type IsHoliday = (day: Day) => boolean;

const isWorkingDay = (day: Day, isHoliday: IsHoliday): boolean => weekdayOf(day) <= 5 && !isHoliday(day);

/** The day itself if people work on it, or the next one on which they do. */
const workingDayFrom = (day: Day, isHoliday: IsHoliday): Day => {
  let found = day;
  while (!isWorkingDay(found, isHoliday)) found = addDays(found, 1);
  return found;
};

/** The moment itself if people may be reminded then; otherwise the next morning on which they work. */
export const workingTimeFrom = (moment: Instant, isHoliday: IsHoliday): Instant => {
  const day = dayOf(moment);
  const time = wallTimeOf(moment);
  if (isWorkingDay(day, isHoliday) && time >= BEGINS && time < ENDS) return moment;
  const first = isWorkingDay(day, isHoliday) && time < BEGINS ? day : workingDayFrom(addDays(day, 1), isHoliday);
  return at(first, BEGINS);
};

/** The same time so many working days later; weekends and the county's holidays do not count. */
export const workingDaysAfter = (moment: Instant, days: number, isHoliday: IsHoliday): Instant => {
  const from = workingTimeFrom(moment, isHoliday);
  let day = dayOf(from);
  for (let left = days; left > 0; left--) day = workingDayFrom(addDays(day, 1), isHoliday);
  return at(day, wallTimeOf(from));
};

/** When the coordinators will hear of a case that has waited since then. */
export const escalatesAt = (since: Instant, isHoliday: IsHoliday): Instant =>
  workingDaysAfter(since, ESCALATE_DAYS, isHoliday);

/** A case that nobody has accepted, as its deadlines see it. */
export interface Waiting {
  readonly since: Instant;
  readonly urgency: Urgency | undefined;
  readonly remindedAt: Instant | undefined;
  readonly escalatedAt: Instant | undefined;
  readonly calls: number;
  readonly calledAt: Instant | undefined;
  /** Somebody of the team has asked something: that is an answer, though not yet an acceptance. */
  readonly isAnswered: boolean;
}

export type Step = 'call' | 'remind' | 'escalate';

/**
 * What is due now for a case that waits. Nothing at night, at weekends and on holidays; once the coordinators know,
 * nothing but the calls of "today", which repeat until somebody answers. What was missed while the program stood still
 * is not made up for: only the latest step is taken.
 */
export function stepDue(one: Waiting, now: Instant, isHoliday: IsHoliday): Step | undefined {
  if (workingTimeFrom(now, isHoliday) !== now) return undefined;
  if (one.escalatedAt !== undefined) {
    if (one.urgency !== 'today' || one.isAnswered) return undefined;
    const last = instant(Math.max(one.calledAt ?? one.since, one.escalatedAt));
    return now >= addMinutes(workingTimeFrom(last, isHoliday), CALL_AGAIN_MINUTES) ? 'call' : undefined;
  }
  if (now >= escalatesAt(one.since, isHoliday)) return 'escalate';
  if (one.urgency === 'today' && !one.isAnswered) {
    const before = workingTimeFrom(one.calledAt ?? one.since, isHoliday);
    if (now >= addMinutes(before, CALL_EVERY_MINUTES)) return one.calls < MOST_CALLS ? 'call' : 'escalate';
  }
  const remindsAt = workingDaysAfter(one.since, REMIND_DAYS, isHoliday);
  return one.remindedAt === undefined && now >= remindsAt ? 'remind' : undefined;
}
