import { addDays, addMonths, at, type Day, dayOf, type Instant, instant, wallTime } from '../../platform/datetime.ts';
import { ASK_DAYS, FREE_PLACE_DAYS, REMIND_DAYS, WISH_MONTHS } from './model-finder.ts';

/** In the middle of a morning, when offices answer the telephone. */
const REMIND_AT = wallTime('10:00');

/**
 * On which day she is reminded of the end of registration: three days before, or the day before for whoever asks later.
 * Undefined where no such day lies ahead of the one on which she asked.
 */
export const remindOn = (registerUntil: Day, asked: Day): Day | undefined =>
  REMIND_DAYS.map((days) => addDays(registerUntil, -days)).find((day) => day > asked);

export const remindAt = (day: Day): Instant => at(day, REMIND_AT);

/** When a wish that is saved (or kept) now ends by itself. */
export const wishEnd = (now: Instant): Instant => at(addMonths(dayOf(now), WISH_MONTHS), REMIND_AT);

/** From then on she is asked whether it shall go on. */
export const askFrom = (endsAt: Instant): Instant => at(addDays(dayOf(endsAt), -ASK_DAYS), REMIND_AT);

/** Since when a free place is known, as long as that is news. */
export const freePlaceOn = (reportedAt: Instant | undefined, now: Instant): Day | undefined =>
  reportedAt === undefined || reportedAt < instant(now - FREE_PLACE_DAYS * 86_400_000) ? undefined : dayOf(reportedAt);
