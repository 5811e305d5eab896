import {
  addDays,
  addMinutes,
  at,
  dayOf,
  daysBetween,
  type Instant,
  minutesBetween,
  wallTimeOf,
} from '../../platform/datetime.ts';
import { afterQuiet, isQuiet } from '../../platform/quiet.ts';
import {
  type QuietHours,
  REMINDER_LEADS,
  type ReminderLead,
  type ReminderWishes,
  USUAL_WISHES,
} from '../people/model-wishes.ts';

/** Of somebody who has not chosen others. */
export const QUIET_HOURS: QuietHours = USUAL_WISHES.quiet;

export interface Reminder {
  readonly kind: ReminderLead;
  readonly dueAt: Instant;
}

const SOON_MINUTES = 120;
/** A reminder that the quiet hours displace comes this long before they begin: at 20:00, not as they fall. */
const BEFORE_QUIET_MINUTES = 60;
/** Two reminders nearer than this, or exactly as near, are one too many. */
const APART_MINUTES = 180;
/** Who booked less than this ago knows. */
const JUST_BOOKED_MINUTES = 30;

/** What is due this many minutes late says nothing new. `soon` helps until the appointment begins. */
const GRACE_MINUTES: Record<ReminderLead, number> = {
  'week-before': 48 * 60,
  'days-before': 24 * 60,
  'day-before': 8 * 60,
  'evening-before': 8 * 60,
  soon: Number.POSITIVE_INFINITY,
};

/** Never later than it was due: a reminder after the fact is none. */
const outsideQuietHours = (dueAt: Instant, quiet: QuietHours): Instant => {
  if (!isQuiet(dueAt, quiet)) return dueAt;
  const began = wallTimeOf(dueAt) >= quiet.from ? dayOf(dueAt) : addDays(dayOf(dueAt), -1);
  return addMinutes(at(began, quiet.from), -BEFORE_QUIET_MINUTES);
};

const plannedAt = (lead: ReminderLead, startsAt: Instant, { eveningAt }: ReminderWishes): Instant => {
  const daysEarlier = (days: number, time = wallTimeOf(startsAt)) => at(addDays(dayOf(startsAt), -days), time);
  switch (lead) {
    case 'week-before':
      return daysEarlier(7);
    case 'days-before':
      return daysEarlier(3);
    case 'day-before':
      return daysEarlier(1);
    case 'evening-before':
      return daysEarlier(1, eveningAt);
    case 'soon':
      return addMinutes(startsAt, -SOON_MINUTES);
  }
};

/**
 * When to remind of an appointment, in order of time.
 * - A week, three days, a day before: when the clock shows the same. The evening before: at the hour of her choice.
 *   `soon`: two real hours before.
 * - What is due in the quiet hours comes an hour before they began. For 08:30, `soon` (06:30) comes at 20:00 the
 *   evening before.
 * - Of two within three hours the one that reaches further ahead comes; `soon`, where nothing displaced it, always.
 * - What is then due less than 30 minutes after booking is dropped.
 */
export const reminderTimes = (
  appointment: { readonly startsAt: Instant; readonly bookedAt: Instant },
  wishes: ReminderWishes,
): Reminder[] => {
  const { startsAt, bookedAt } = appointment;
  const reminders: Reminder[] = [];
  for (const kind of REMINDER_LEADS) {
    if (!wishes.leads.includes(kind)) continue;
    const planned = plannedAt(kind, startsAt, wishes);
    const dueAt = outsideQuietHours(planned, wishes.quiet);
    const isNews = dueAt >= addMinutes(bookedAt, JUST_BOOKED_MINUTES);
    const isDoubled =
      (kind !== 'soon' || dueAt !== planned) &&
      reminders.some((other) => Math.abs(minutesBetween(other.dueAt, dueAt)) <= APART_MINUTES);
    if (isNews && !isDoubled) reminders.push({ kind, dueAt });
  }
  return reminders.sort((a, b) => a.dueAt - b.dueAt);
};

/**
 * The same for an appointment that was booked before she changed her wishes: what would have been due by now is over;
 * what is due in the next minutes still comes.
 */
export const reminderTimesFromNow = (
  appointment: { readonly startsAt: Instant; readonly bookedAt: Instant },
  wishes: ReminderWishes,
  now: Instant,
): Reminder[] => {
  const knownSince = Math.max(appointment.bookedAt, addMinutes(now, -JUST_BOOKED_MINUTES)) as Instant;
  return reminderTimes({ startsAt: appointment.startsAt, bookedAt: knownSince }, wishes);
};

/**
 * What to do with a reminder that is about to leave: say it, hold it back until her quiet hours end, or be silent,
 * because she does not want it any more, the appointment has begun by then, or it comes too late to help.
 */
export const reminderNow = (
  reminder: Reminder,
  startsAt: Instant,
  wishes: ReminderWishes,
  now: Instant,
): 'say' | 'silence' | { readonly later: Instant } => {
  const { kind, dueAt } = reminder;
  const awake = afterQuiet(now, wishes.quiet);
  const isTooLate = awake >= startsAt || awake > addMinutes(dueAt, GRACE_MINUTES[kind]);
  if (!wishes.leads.includes(kind) || isTooLate) return 'silence';
  return awake === now ? 'say' : { later: awake };
};

/** Calendar days until the appointment, as people count them: 0 is today, 1 tomorrow. */
export const daysUntil = (startsAt: Instant, now: Instant): number => daysBetween(dayOf(now), dayOf(startsAt));
