import type { Db } from '../../platform/database.ts';
import { addDays, at, type Day, dayOf, daysBetween, type Instant, wallTime } from '../../platform/datetime.ts';
import type { BookingWindow, Slot } from './model.ts';
import { cutSlots } from './rules.ts';
import { readDiary } from './store-diary.ts';

/** Days on which nobody works: the legal holidays of Baden-Württemberg. */
export type IsHoliday = (day: Day) => boolean;

export interface OfferRules {
  readonly window: BookingWindow;
  readonly isHoliday: IsHoliday;
}

/** The free slots of these managers, read and cut anew: what is offered is what can be booked. */
export async function freeSlots(
  db: Db,
  managerIds: readonly string[],
  now: Instant,
  rules: OfferRules,
): Promise<readonly Slot[]> {
  return cutSlots({ ...(await readDiary(db, managerIds, now)), ...rules, now });
}

const MIDNIGHT = wallTime('00:00');

/**
 * The same for one day and the two beside it (a buffer may reach over midnight): a fortieth of the diary is read, and of
 * the slots are cut. Empty for a day that is past or beyond the horizon.
 */
export async function freeSlotsAround(
  db: Db,
  managerId: string,
  day: Day,
  now: Instant,
  rules: OfferRules,
): Promise<readonly Slot[]> {
  const ahead = daysBetween(dayOf(now), day);
  if (ahead < 0 || ahead > rules.window.horizonDays) return [];
  const first = addDays(day, -1);
  const last = addDays(day, 1);
  const from = Math.max(now, at(first, MIDNIGHT)) as Instant;
  return cutSlots({
    ...(await readDiary(db, [managerId], from, at(addDays(day, 2), MIDNIGHT))),
    isHoliday: (one) => one < first || one > last || rules.isHoliday(one),
    window: rules.window,
    now,
  });
}
