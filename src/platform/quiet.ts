import { addDays, at, dayOf, type Instant, type WallTime, wallTimeOf } from './datetime.ts';

/** From (inclusive) until (exclusive); over midnight if `from` is the later. Equal ends: never quiet. */
interface Hours {
  readonly from: WallTime;
  readonly to: WallTime;
}

export const isQuiet = (now: Instant, { from, to }: Hours): boolean => {
  const time = wallTimeOf(now);
  return from > to ? time >= from || time < to : time >= from && time < to;
};

/** The next moment that is not in the quiet hours: now, or when they end. */
export const afterQuiet = (now: Instant, quiet: Hours): Instant => {
  if (!isQuiet(now, quiet)) return now;
  const today = dayOf(now);
  return at(wallTimeOf(now) < quiet.to ? today : addDays(today, 1), quiet.to);
};
