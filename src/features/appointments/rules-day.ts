import { addDays, addMinutes, at, dayOf, type Instant, type WallTime, wallTime } from '../../platform/datetime.ts';
import type { Appointment } from './model.ts';

/** When a manager is asked, once, about what she has not recorded of the day. */
export const EVENING: WallTime = wallTime('18:30');

/** A list of the day that comes later than this is no help any more; the diary has it. */
export const MORNING_GRACE_MINUTES = 5 * 60;
/** Later than 21:00 nobody is asked about her day. */
export const EVENING_GRACE_MINUTES = 150;
const ASK_GRACE_MINUTES = 180;

/** Whoever pressed the wrong button has this long until the refugee is written to. */
const MISSED_AFTER_MINUTES = 15;
/** "We missed each other" is not said days later. */
export const MISSED_GRACE_MINUTES = 48 * 60;

type Standing = Pick<Appointment, 'status' | 'startsAt' | 'endsAt'>;

/**
 * Whether what came of it can (still) be recorded, or corrected: from its beginning until the end of the next day. Later it
 * stays as it is, unknown if nobody has recorded it.
 */
export const canRecord = ({ status, startsAt }: Standing, now: Instant): boolean =>
  status === 'booked' && now >= startsAt && dayOf(now) <= addDays(dayOf(startsAt), 1);

/** Whether it is over and nobody has recorded what came of it, though it could be. */
export const isUnrecorded = (appointment: Standing & Pick<Appointment, 'outcome'>, now: Instant): boolean =>
  appointment.outcome === undefined && now >= appointment.endsAt && canRecord(appointment, now);

/**
 * Whether to ask about one appointment now: not long after it, and not when the question about the whole day has come or is
 * about to.
 */
export const isTimeToAsk = (appointment: Standing & Pick<Appointment, 'outcome'>, now: Instant): boolean => {
  const evening = at(dayOf(appointment.endsAt), EVENING);
  const isForTheEvening = appointment.endsAt <= evening && now >= evening;
  const isLate = now > addMinutes(appointment.endsAt, ASK_GRACE_MINUTES);
  return isUnrecorded(appointment, now) && !isForTheEvening && !isLate;
};

/** When "we missed each other" is due, her quiet hours aside. */
export const missedDueAt = (now: Instant): Instant => addMinutes(now, MISSED_AFTER_MINUTES);

/** Whether all of these times lie within her absences: then her day is not hers. */
export const isAwayFor = (
  times: readonly Pick<Appointment, 'startsAt' | 'endsAt'>[],
  absences: readonly { readonly from: Instant; readonly to: Instant }[],
): boolean => times.every(({ startsAt, endsAt }) => absences.some(({ from, to }) => from <= startsAt && endsAt <= to));
