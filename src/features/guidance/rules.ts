import { addDays, addMonths, type Day, daysBetween } from '../../platform/datetime.ts';
import type { ContentState, Owned, Review } from './model.ts';
import type { Letter, Sender, Urgency } from './model-letter.ts';

/** A coordinator hears of it so long before. */
const SOON_DAYS = 30;

/** When it was checked, by whom, until when: the last check of these very words counts, else what the file says. */
export function lastCheck(
  one: Owned,
  reviews: readonly Review[],
): Pick<Owned, 'checkedOn' | 'checkedBy' | 'validUntil'> {
  const review = reviews.find(({ key, mark }) => key === one.key && mark === one.mark);
  return review !== undefined && review.checkedOn >= one.checkedOn ? review : one;
}

/** Whether people may rely on it today. */
export function stateOf(one: Owned, reviews: readonly Review[], today: Day): ContentState {
  const { checkedBy, validUntil } = lastCheck(one, reviews);
  if (validUntil < today) return 'overdue';
  if (checkedBy === null) return 'unchecked';
  return validUntil <= addDays(today, SOON_DAYS) ? 'soon' : 'fine';
}

/** Until when a check of today holds. */
export const validUntil = (one: Owned, today: Day): Day => addMonths(today, one.recheckMonths);

const STATES: readonly ContentState[] = ['overdue', 'unchecked', 'soon', 'fine'];

/** What a coordinator has to look at, the most pressing first, and what is fine, what is due next first. */
export function checkLists(owned: readonly Owned[], reviews: readonly Review[], today: Day) {
  const all = owned
    .map((one) => {
      const state = stateOf(one, reviews, today);
      const isDue = state !== 'fine' || one.missing.length > 0 || one.stale.length > 0;
      return { one, state, isDue, check: lastCheck(one, reviews) };
    })
    .sort(
      (a, b) =>
        STATES.indexOf(a.state) - STATES.indexOf(b.state) ||
        a.check.validUntil.localeCompare(b.check.validUntil) ||
        a.one.key.localeCompare(b.one.key),
    );
  return { due: all.filter(({ isDue }) => isDue), fine: all.filter(({ isDue }) => !isDue) };
}

/** Their answers can take a right away when a date is missed. */
const STRICT: readonly Sender[] = ['foreigners', 'asylum', 'court'];

/**
 * How soon somebody should look at a letter with her. Guidance, no legal advice: in doubt sooner. A yellow envelope is
 * a formal delivery, whose day starts a time that may be short.
 */
export function urgencyOf({ from, date, envelope }: Letter): Urgency {
  if (date === 'soon' || envelope === 'yellow') return 'now';
  if (STRICT.includes(from)) return date === 'unsure' ? 'now' : 'week';
  return date === 'none' ? 'calm' : 'week';
}

/** Whether independent advice should look at it as well. */
export const needsLegalAdvice = ({ from }: Pick<Letter, 'from'>): boolean => STRICT.includes(from);

/** So many calendar days may pass until somebody looks at it: "today or tomorrow" ends with tomorrow. */
export const DAYS_LEFT: Readonly<Record<Urgency, number>> = { now: 1, week: 7, calm: 56 };

/** Whether a time on that day is soon enough. */
export const isInTime = (urgency: Urgency, on: Day, today: Day): boolean =>
  daysBetween(today, on) <= DAYS_LEFT[urgency];

interface Point {
  readonly lat: number;
  readonly lon: number;
}
const EARTH_KM = 6371;
const radians = (degrees: number) => (degrees * Math.PI) / 180;

/** As the crow flies, in kilometres: towns are points here, so that nothing finer than a kilometre is said. */
export function distanceKm(a: Point, b: Point): number {
  const h =
    Math.sin(radians(b.lat - a.lat) / 2) ** 2 +
    Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * Math.sin(radians(b.lon - a.lon) / 2) ** 2;
  return 2 * EARTH_KM * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** Nearest first; whose place is unknown comes last, in the county's order. */
export function byDistance<T extends { readonly km: number | undefined }>(all: readonly T[]): readonly T[] {
  return all.toSorted((a, b) => (a.km ?? Number.POSITIVE_INFINITY) - (b.km ?? Number.POSITIVE_INFINITY) || 0);
}

/** A number that can be dialled from Germany: with 0 and an area or network code, or with 00 and a country. */
export const isDialable = (digits: string): boolean => /^(?:0[1-9]\d{5,13}|00[1-9]\d{6,12})$/.test(digits);

/** The next digits of a number that is keyed in; `back` takes the last one away. */
export function keyed(digits: string, key: string, most: number): string {
  if (key === 'back') return digits.slice(0, -1);
  return digits.length >= most ? digits : digits + key;
}
