import { addDays, type Day, type Instant } from '../../platform/datetime.ts';
import {
  type Answer,
  type CourseRecord,
  type ImportStatus,
  type Kind,
  type Loosening,
  type Offering,
  type Point,
  type Purpose,
  type Reached,
  WISHES,
  type Wish,
  type WishPart,
} from './model.ts';
import type { LevelAnswers } from './model-finder.ts';

/** Without an end a course is shown for a year after its start: 1,000 lessons at 20 a week are 50 weeks. */
const OPEN_ENDED_DAYS = 365;
export const FOR_EVER = '9999-12-31' as Day;

const READING = /alphabeti|zweitschrift|lesen und schreiben|schriftkenntnis|schreiben (?:und lesen )?lernen/i;
const WORKING = /beruf|\barbeit|\bjob|bewerb|anerkenn/i;
const OF_READING: readonly Kind[] = ['IK_ALPHA', 'IK_ZWEITSCHRIFT'];
const OF_WORK: readonly Kind[] = [
  ...(['BSK_A2', 'BSK_B1', 'BSK_B2', 'BSK_C1', 'BSK_C2', 'BSK_FACH', 'BSK_ANERK', 'JOB_BSK'] as const),
];
const BEYOND_B1: readonly Kind[] = ['OK', 'BSK_B2', 'BSK_C1', 'BSK_C2', 'BSK_FACH', 'BSK_ANERK'];

/** What a course is for, by its kind, its levels, and words that offices use in titles. Never empty. */
export function purposesOf(
  record: Pick<CourseRecord, 'kind' | 'title' | 'audience' | 'levelFrom' | 'levelTo' | 'group'>,
) {
  const { kind, title, audience = '', levelFrom, levelTo } = record;
  const isWork = OF_WORK.includes(kind) || record.group === 'MQ' || WORKING.test(title);
  const isMore =
    BEYOND_B1.includes(kind) ||
    (levelFrom !== undefined && levelFrom >= 'B1') ||
    (levelTo !== undefined && levelTo >= 'B2');
  const purposes: Purpose[] = [
    ...(OF_READING.includes(kind) || READING.test(title) || READING.test(audience) ? (['read'] as const) : []),
    ...(!OF_WORK.includes(kind) && kind !== 'OK' ? (['everyday'] as const) : []),
    ...(isWork ? (['work'] as const) : []),
    ...(isMore ? (['more'] as const) : []),
  ];
  return purposes;
}

/** The last day on which a run is shown: a past one is hidden, one that has begun may still take people. */
export function visibleUntil({ startKind, startsOn, endsOn, shownUntil }: CourseRecord): Day {
  const open = startKind === 'date' && startsOn !== undefined ? addDays(startsOn, OPEN_ENDED_DAYS) : FOR_EVER;
  const ends = endsOn ?? open;
  return shownUntil !== undefined && shownUntil < ends ? shownUntil : ends;
}

/** How a run begins, seen from today. One that has begun, or of which nothing is known, is asked about. */
export type Start =
  | { readonly kind: 'on' | 'running'; readonly day: Day }
  | { readonly kind: 'rolling' }
  | { readonly kind: 'ask' };

export function startOf({ startKind, startsOn }: Pick<CourseRecord, 'startKind' | 'startsOn'>, today: Day): Start {
  if (startKind === 'rolling') return { kind: 'rolling' };
  if (startKind === 'ask' || startsOn === undefined) return { kind: 'ask' };
  return startsOn >= today ? { kind: 'on', day: startsOn } : { kind: 'running', day: startsOn };
}

/** Kilometres of a degree of latitude. */
export const KM_PER_DEGREE = 111.195;
/** How much shorter a degree of longitude is there. */
export const shrinkAt = (from: Point): number => Math.cos((from.lat * Math.PI) / 180);

/**
 * Kilometres as the crow flies, on a map that is flat around `from`: off by less than 1 % within 100 km. The search
 * computes the same in its statement, without a sine per row.
 */
export const distanceKm = (from: Point, to: Point): number =>
  KM_PER_DEGREE * Math.hypot(to.lat - from.lat, (to.lon - from.lon) * shrinkAt(from));

/** Whether unknown or yes: what is not known is asked, never excluded. */
const mayBe = (answer: Answer): boolean => answer !== 'no';

/** Which wishes a run fulfils. The statement of the search says the same; a test holds them together. */
export function fulfils(
  offering: Pick<Offering, 'purposes' | 'dayParts' | 'levelFrom' | 'levelTo' | 'childCare' | 'form' | 'place'>,
  wish: Wish,
  from: Point | undefined,
): Readonly<Record<WishPart, boolean>> {
  const { purpose, reached, when, childCare, km } = wish;
  const { levelFrom, levelTo, form, place } = offering;
  const { lat, lon } = place;
  const isNear =
    lat !== undefined && lon !== undefined && from !== undefined && distanceKm(from, { lat, lon }) <= (km ?? Infinity);
  return {
    purpose: purpose === undefined || offering.purposes.includes(purpose),
    reached:
      reached === undefined ||
      ((levelFrom === undefined || levelFrom <= reached) && (levelTo === undefined || levelTo > reached)),
    when: when === undefined || offering.dayParts.length === 0 || offering.dayParts.includes(when),
    childCare: !childCare || mayBe(offering.childCare),
    // Virtual courses are everywhere. Without a place of hers there is no distance to keep.
    km: km === undefined || from === undefined || form === 'virtual' || isNear,
  };
}

/** Shown today: listed, and not over. */
export const isShown = (offering: CourseRecord & Pick<Offering, 'goneAt'>, today: Day): boolean =>
  offering.goneAt === undefined && visibleUntil(offering) >= today;

/** The wishes that are set, in the order in which they are asked. */
export const wishesOf = (wish: Wish): WishPart[] =>
  WISHES.filter((part) => wish[part] !== undefined && wish[part] !== false);

/** The wish without one part of it. */
export const without = (wish: Wish, part: WishPart): Wish => ({
  ...wish,
  [part]: part === 'childCare' ? false : undefined,
});

/** Which wish to drop, the one that gives most courses first. One that gives nothing more than now is not offered. */
export const loosenings = (wish: Wish, counts: Readonly<Record<WishPart, number>>, now: number): Loosening[] =>
  wishesOf(wish)
    .map((part) => ({ part, count: counts[part] }))
    .filter(({ count }) => count > now)
    .sort((a, b) => b.count - a.count);

/**
 * What her answers suggest to look for. A certificate says more than an own estimate. Who does not read Latin letters yet
 * is shown courses for reading and writing first. It is a filter that she can change, not a test.
 */
export function suggestion({ reads, speaks, certificate }: LevelAnswers): Pick<Wish, 'purpose' | 'reached'> {
  const estimated: Record<LevelAnswers['speaks'], Reached> = { hardly: 'A0', little: 'A1', well: 'A2' };
  const reached: Reached = certificate === 'none' ? estimated[speaks] : certificate;
  if (certificate === 'none' && reads !== 'latin') return { purpose: 'read', reached: undefined };
  return { purpose: reached >= 'B1' ? 'more' : 'everyday', reached };
}

export const isStale = (checkedAt: Instant | undefined, staleAfterDays: number, now: Instant): boolean =>
  checkedAt === undefined || now - checkedAt > staleAfterDays * 86_400_000;

/** A list so short may change as a whole without anything being wrong. */
const SHORT_LIST = 10;

/**
 * Whether a delivery is believed. One in which more lines are broken than whole, or without which more than half of what
 * is shown today would be gone, is more likely a mistake than the truth.
 */
export function verdict(delivery: {
  readonly read: number;
  readonly withdrawn: number;
  readonly refused: number;
  readonly shown: number;
  readonly vanishing: number;
  /** An update may have nothing to say. */
  readonly isUpdate: boolean;
  /** Somebody has looked at it and wants it so. */
  readonly isConfirmed: boolean;
}): Exclude<ImportStatus, 'unreadable'> {
  const { read, withdrawn, refused, shown, vanishing, isUpdate, isConfirmed } = delivery;
  if (refused > read + withdrawn) return 'mostly-broken';
  if (read + withdrawn === 0 && !isUpdate) return 'empty';
  if (!isConfirmed && shown >= SHORT_LIST && vanishing * 2 > shown) return 'mostly-gone';
  return 'accepted';
}
