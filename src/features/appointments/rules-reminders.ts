import {
  addDays,
  addMinutes,
  at,
  dayOf,
  type Instant,
  minutesBetween,
  type WallTime,
  wallTime,
  wallTimeOf,
} from '../../platform/datetime.ts';

/** From (inclusive) until (exclusive); over midnight if `from` is the later. Equal ends: never quiet. */
export interface QuietHours {
  readonly from: WallTime;
  readonly to: WallTime;
}
export const QUIET_HOURS: QuietHours = { from: wallTime('21:00'), to: wallTime('08:00') };

export interface Reminder {
  readonly kind: 'day-before' | 'soon';
  readonly dueAt: Instant;
}

const SOON_MINUTES = 120;
/** A reminder that the quiet hours displace comes this long before they begin: at 20:00, not as they fall. */
const BEFORE_QUIET_MINUTES = 60;
/** Two reminders nearer than this, or exactly as near, are one too many. */
const APART_MINUTES = 180;
/** Who booked less than this ago knows. */
const JUST_BOOKED_MINUTES = 30;

/** Never later than it was due: a reminder after the fact is none. */
const outsideQuietHours = (dueAt: Instant, quiet: QuietHours): Instant => {
  const time = wallTimeOf(dueAt);
  const isOvernight = quiet.from > quiet.to;
  const isQuiet = isOvernight ? time >= quiet.from || time < quiet.to : time >= quiet.from && time < quiet.to;
  if (!isQuiet) return dueAt;
  const began = time >= quiet.from ? dayOf(dueAt) : addDays(dayOf(dueAt), -1);
  return addMinutes(at(began, quiet.from), -BEFORE_QUIET_MINUTES);
};

/**
 * When to remind of an appointment, in order of time.
 * - `day-before`: the day before, when the clock shows the same. `soon`: two hours before.
 * - What is due in the quiet hours comes an hour before they began. For 08:30, `soon` (06:30) comes at 20:00 the
 *   evening before; it is dropped if `day-before` comes within three hours of that.
 * - What is then due less than 30 minutes after booking is dropped.
 */
export const reminderTimes = (appointment: {
  readonly startsAt: Instant;
  readonly bookedAt: Instant;
  readonly quiet: QuietHours;
}): Reminder[] => {
  const { startsAt, bookedAt, quiet } = appointment;
  const isNews = (dueAt: Instant): boolean => dueAt >= addMinutes(bookedAt, JUST_BOOKED_MINUTES);
  const reminders: Reminder[] = [];

  const dayBefore = outsideQuietHours(at(addDays(dayOf(startsAt), -1), wallTimeOf(startsAt)), quiet);
  if (isNews(dayBefore)) reminders.push({ kind: 'day-before', dueAt: dayBefore });

  const twoHoursBefore = addMinutes(startsAt, -SOON_MINUTES);
  const soon = outsideQuietHours(twoHoursBefore, quiet);
  const isDisplaced = soon !== twoHoursBefore;
  const isDoubled =
    isDisplaced && reminders.some(({ dueAt }) => Math.abs(minutesBetween(dueAt, soon)) <= APART_MINUTES);
  if (isNews(soon) && !isDoubled) reminders.push({ kind: 'soon', dueAt: soon });
  return reminders.sort((a, b) => a.dueAt - b.dueAt);
};
