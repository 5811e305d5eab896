import type { Db } from '../../platform/database.ts';
import type { Day, Instant } from '../../platform/datetime.ts';
import type { BookingWindow, Slot } from './model.ts';
import { cutSlots } from './rules.ts';
import { readDiary } from './store.ts';

/** Days on which nobody works: the legal holidays of Baden-Württemberg. */
export type IsHoliday = (day: Day) => boolean;

/** The free slots of these managers, read and cut anew: what is offered is what can be booked. */
export async function freeSlots(
  db: Db,
  managerIds: readonly string[],
  now: Instant,
  rules: { readonly window: BookingWindow; readonly isHoliday: IsHoliday },
): Promise<readonly Slot[]> {
  return cutSlots({ ...(await readDiary(db, managerIds, now)), ...rules, now });
}
