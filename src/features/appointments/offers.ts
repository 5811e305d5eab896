import type { Db } from '../../platform/database.ts';
import { addDays, at, type Day, dayOf, daysBetween, type Instant, wallTime } from '../../platform/datetime.ts';
import type { BookingWindow, Range, Slot } from './model.ts';
import { cutSlots, type Hold } from './rules.ts';
import { type Diary, readDiary } from './store-diary.ts';

/** Days on which nobody works: the legal holidays of Baden-Württemberg. */
export type IsHoliday = (day: Day) => boolean;

export interface OfferRules {
  readonly window: BookingWindow;
  readonly isHoliday: IsHoliday;
}

/** A deputy who is away has a deputy; after so many hands nobody is looked for any more. */
const MAX_HANDS = 8;

const overlap = (a: Range, b: Range): Range => ({
  from: Math.max(a.from, b.from) as Instant,
  to: Math.min(a.to, b.to) as Instant,
});

/** What is free with a manager, and which of it is kept for people who were asked: `openTo` says for whom. */
export interface FreeTimes {
  readonly slots: readonly Slot[];
  readonly holds: readonly Hold[];
}

/**
 * The free slots of these managers, read and cut anew: what is offered is what can be booked. While one is absent, the
 * times of whoever stands in for her are among hers, under the deputy's id: nobody waits for somebody who is not there.
 */
export async function freeTimes(
  db: Db,
  managerIds: readonly string[],
  now: Instant,
  rules: OfferRules,
): Promise<ReadonlyMap<string, FreeTimes>> {
  return offered(managerIds, (ids) => readDiary(db, ids, now), { ...rules, now });
}

/** The same as the manager herself sees it: her diary is hers, also where a time is kept for somebody. */
export async function freeSlots(
  db: Db,
  managerIds: readonly string[],
  now: Instant,
  rules: OfferRules,
): Promise<ReadonlyMap<string, readonly Slot[]>> {
  const times = await freeTimes(db, managerIds, now, rules);
  return new Map([...times].map(([id, { slots }]) => [id, slots]));
}

const NOTHING: FreeTimes = { slots: [], holds: [] };
const MIDNIGHT = wallTime('00:00');

/**
 * What is free with one manager on one day and the two beside it (a buffer may reach over midnight): a fortieth of the diary is
 * read, and of the slots are cut. Empty for a day that is past or beyond the horizon.
 */
export async function freeTimesAround(
  db: Db,
  managerId: string,
  day: Day,
  now: Instant,
  rules: OfferRules,
): Promise<FreeTimes> {
  const ahead = daysBetween(dayOf(now), day);
  if (ahead < 0 || ahead > rules.window.horizonDays) return NOTHING;
  const first = addDays(day, -1);
  const last = addDays(day, 1);
  const from = Math.max(now, at(first, MIDNIGHT)) as Instant;
  const until = at(addDays(day, 2), MIDNIGHT);
  const within = (one: Slot) => one.startsAt >= from && one.startsAt < until;
  const isHoliday = (one: Day) => one < first || one > last || rules.isHoliday(one);
  const read = (ids: readonly string[]) => readDiary(db, ids, from, until, now);
  const { slots, holds } = (await offered([managerId], read, { ...rules, isHoliday, now })).get(managerId) ?? NOTHING;
  return { slots: slots.filter(within), holds };
}

async function offered(
  managerIds: readonly string[],
  read: (managerIds: readonly string[]) => Promise<Diary>,
  rules: OfferRules & { readonly now: Instant },
): Promise<ReadonlyMap<string, FreeTimes>> {
  const cut = (diary: Diary) => Map.groupBy(cutSlots({ ...diary, ...rules }), ({ managerId }) => managerId);
  const diary = await read(managerIds);
  const own = cut(diary);
  if (!diary.absences.some(({ deputyId }) => deputyId !== undefined)) {
    return new Map([...own].map(([id, slots]) => [id, { slots, holds: diary.holds }]));
  }
  const holds = [...diary.holds];

  const absences = new Map(managerIds.map((id) => [id, diary.absences.filter(({ managerId }) => managerId === id)]));
  const slots = new Map(own);
  let unread = deputiesOf(absences);
  for (let hand = 0; unread.length > 0 && hand < MAX_HANDS; hand++) {
    const more = await read(unread);
    holds.push(...more.holds);
    for (const [id, found] of cut(more)) slots.set(id, found);
    for (const id of unread)
      absences.set(
        id,
        more.absences.filter(({ managerId }) => managerId === id),
      );
    unread = deputiesOf(absences);
  }

  /** What stands in for a manager within a range: her deputy's free times, and while that one is away, the next one's. */
  const standingIn = (managerId: string, within: Range, hand: number): readonly Slot[] =>
    hand > MAX_HANDS
      ? []
      : (absences.get(managerId) ?? []).flatMap(({ deputyId, ...absence }) => {
          const range = overlap(absence, within);
          if (deputyId === undefined || range.from >= range.to) return [];
          const hers = (slots.get(deputyId) ?? []).filter(
            ({ startsAt, endsAt }) => startsAt >= range.from && endsAt <= range.to,
          );
          return [...hers, ...standingIn(deputyId, range, hand + 1)];
        });
  const always: Range = { from: Number.NEGATIVE_INFINITY as Instant, to: Number.POSITIVE_INFINITY as Instant };
  return new Map(
    managerIds.map((id) => [
      id,
      { slots: [...(own.get(id) ?? []), ...standingIn(id, always, 0)].sort((a, b) => a.startsAt - b.startsAt), holds },
    ]),
  );
}

/** Deputies whose own diary has not been read yet. */
const deputiesOf = (absences: ReadonlyMap<string, Diary['absences']>): string[] => {
  const named = [...absences.values()].flat().map(({ deputyId }) => deputyId);
  return [...new Set(named.filter((id) => id !== undefined && !absences.has(id)))].filter((id) => id !== undefined);
};
