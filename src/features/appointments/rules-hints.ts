import type { Day } from '../../platform/datetime.ts';
import { type FeastKey, feastsOn } from '../../platform/feasts.ts';
import type { SchoolHoliday } from '../county/model.ts';

/** What staff should know of a day on which they open office hours. It closes nothing, and knows of nobody. */
export type Hint =
  | { readonly kind: 'school'; readonly day: Day; readonly name: SchoolHoliday['name']; readonly isConfirmed: boolean }
  | { readonly kind: 'feast'; readonly day: Day; readonly name: FeastKey; readonly isApproximate: boolean };

/** As many as are read beside a form. */
const MOST_HINTS = 6;

/** What is true of that day, each with what tells it from the same holidays of another year. */
const hintsOn = (day: Day, schoolHolidays: readonly SchoolHoliday[]): readonly (readonly [string, Hint])[] => [
  ...schoolHolidays
    .filter(({ from, to }) => from <= day && day <= to)
    .map(({ name, from, isConfirmed }) => [`${name} ${from}`, { kind: 'school', day, name, isConfirmed }] as const),
  ...feastsOn(day).map(
    ({ key, since, isApproximate }) => [`${key} ${since}`, { kind: 'feast', day, name: key, isApproximate }] as const,
  ),
];

/**
 * School holidays and feasts that meet these days: each once, with the first of the days that it meets, in the order of
 * those, at most `limit`. Those of another year count anew.
 */
export function hintsFor(
  days: readonly Day[],
  schoolHolidays: readonly SchoolHoliday[],
  limit = MOST_HINTS,
): readonly Hint[] {
  const found = new Map<string, Hint>();
  for (const day of [...days].sort()) {
    if (found.size >= limit) break;
    for (const [id, hint] of hintsOn(day, schoolHolidays)) if (!found.has(id)) found.set(id, hint);
  }
  return [...found.values()].slice(0, limit);
}
