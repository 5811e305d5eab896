import { dayOf, wallRange } from '../../platform/datetime.ts';
import type { OccurrenceChange, OfficeHours, Range } from './model.ts';
import type { Fit, Standing } from './model-caseload.ts';
import { occurrenceOn } from './rules-diary.ts';

/** One manager's diary, as far as it decides whether she can take over an appointment. */
export interface OwnDiary {
  readonly hours: readonly OfficeHours[];
  /** Single days of these series that are other than the rest. */
  readonly changes: readonly OccurrenceChange[];
  readonly absences: readonly Range[];
  readonly busy: readonly Range[];
}

const meets = (a: Range, b: Range): boolean => a.from < b.to && b.from < a.to;

/**
 * Whether another manager can keep an appointment at its time.
 * - `blocked`: she has an appointment then, buffers included, or is absent.
 * - `elsewhere`: she has office hours then at another place or in other ways; or she never meets people in that way or
 *   at that place. Who has no office hours at all yet can come to any.
 */
export const fitOf = (appointment: Standing, diary: OwnDiary): Fit => {
  const { startsAt, endsAt, way, placeId } = appointment;
  const meeting = { from: startsAt, to: endsAt };
  if (diary.busy.some((range) => meets(range, appointment.blocks))) return 'blocked';
  if (diary.absences.some((range) => meets(range, meeting))) return 'blocked';

  const day = dayOf(startsAt);
  const inForce = diary.hours.filter(({ validTo }) => validTo === undefined || validTo >= day);
  if (inForce.length === 0) return 'free';
  const offersIt = (hours: OfficeHours, place: string | undefined) =>
    hours.ways.includes(way) && (way !== 'place' || place === placeId);
  const then = inForce.flatMap((hours) => {
    const held = occurrenceOn(hours, diary.changes, day);
    const open = held === undefined ? undefined : wallRange(day, held.from, held.to);
    return held !== undefined && open !== undefined && meets(open, meeting) ? [held] : [];
  });
  const fits =
    then.length > 0
      ? then.some((held) => offersIt(held.hours, held.placeId))
      : inForce.some((hours) => offersIt(hours, hours.placeId));
  return fits ? 'free' : 'elsewhere';
};
