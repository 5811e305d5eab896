import { addDays, addMinutes, type Day, dayOf, type Instant, wallRange, weekdayOf } from '../../platform/datetime.ts';
import type { BookingWindow, OccurrenceChange, OfficeHours, Range, Slot, Way, Weekday } from './model.ts';
import { isInSeries } from './rules-hours.ts';

/** A stretch of one manager's diary. */
export type ManagerRange = Range & { readonly managerId: string };

/** A holiday on which this manager receives people on purpose. */
export interface OpenHoliday {
  readonly managerId: string;
  readonly day: Day;
}

export interface SlotQuestion {
  readonly hours: readonly OfficeHours[];
  /** Single days of these series that are other than the rest. */
  readonly changes: readonly OccurrenceChange[];
  readonly openHolidays: readonly OpenHoliday[];
  readonly absences: readonly ManagerRange[];
  /** What booked appointments block, their buffers included. */
  readonly busy: readonly ManagerRange[];
  /** Asked once for each day within the horizon. */
  isHoliday(day: Day): boolean;
  readonly now: Instant;
  readonly window: BookingWindow;
}

const groupByManager = <T extends { readonly managerId: string }>(rows: Iterable<T>): Map<string, T[]> => {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(row.managerId);
    if (group) group.push(row);
    else groups.set(row.managerId, [row]);
  }
  return groups;
};

/** The ranges that are not empty and touch `within`, by manager, each by its beginning. */
const rangesByManager = (ranges: readonly ManagerRange[], within: Range): Map<string, ManagerRange[]> => {
  const near: ManagerRange[] = [];
  for (const range of ranges) {
    if (range.from < within.to && range.to > within.from && range.from < range.to) near.push(range);
  }
  const groups = groupByManager(near);
  for (const group of groups.values()) group.sort((a, b) => a.from - b.from);
  return groups;
};

/**
 * Answers whether a range is free of all `taken` (sorted by beginning; they may overlap each other). Ranges must be
 * asked for in rising order of both ends: that is what makes a whole diary one walk.
 */
const sweep = (taken: readonly Range[]): ((from: Instant, to: Instant) => boolean) => {
  let next = 0;
  let until = Number.NEGATIVE_INFINITY;
  return (from, to) => {
    for (let range = taken[next]; range && range.from < to; range = taken[++next]) {
      if (range.to > until) until = range.to;
    }
    return until <= from;
  };
};

/**
 * The same, for ranges in any order: what lies before `to` may not reach beyond `from`. A home visit's travel makes its
 * range reach further than the next slot's.
 */
const probe = (taken: readonly Range[]): ((from: Instant, to: Instant) => boolean) => {
  const reach: number[] = [];
  let until = Number.NEGATIVE_INFINITY;
  for (const { to } of taken) {
    until = Math.max(until, to);
    reach.push(until);
  }
  return (from, to) => {
    let low = 0;
    let high = taken.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((taken[middle]?.from ?? to) < to) low = middle + 1;
      else high = middle;
    }
    return low === 0 || (reach[low - 1] ?? 0) <= from;
  };
};

/** What an appointment in this slot blocks: a home visit also the way there and back. */
export const blockedBy = ({ blocks, travelMinutes }: Pick<Slot, 'blocks' | 'travelMinutes'>, way: Way): Range =>
  way === 'home' && travelMinutes > 0
    ? { from: addMinutes(blocks.from, -travelMinutes), to: addMinutes(blocks.to, travelMinutes) }
    : blocks;

/** The slots of one day of a series, as if nobody had booked. Each has `slotMinutes` real minutes. */
const slotsOfOccurrence = (hours: OfficeHours, day: Day, change: OccurrenceChange | undefined): Slot[] => {
  const { managerId, id: hoursId, ways, slotMinutes, bufferBeforeMinutes, bufferAfterMinutes } = hours;
  const slots: Slot[] = [];
  if (change !== undefined && change.held === undefined) return slots;
  const { from, to } = change?.held ?? hours;
  const placeId = change?.held?.placeId ?? hours.placeId;
  const { travelMinutes, interpreter } = hours;
  const open = wallRange(day, from, to);
  const step = slotMinutes + bufferBeforeMinutes + bufferAfterMinutes;
  if (!open || !(slotMinutes > 0 && step >= slotMinutes)) return slots;
  for (let startsAt = open.from; ; startsAt = addMinutes(startsAt, step)) {
    const endsAt = addMinutes(startsAt, slotMinutes);
    if (endsAt > open.to) return slots;
    const blocks = { from: addMinutes(startsAt, -bufferBeforeMinutes), to: addMinutes(endsAt, bufferAfterMinutes) };
    slots.push({ managerId, hoursId, placeId, ways, startsAt, endsAt, blocks, travelMinutes, interpreter });
  }
};

interface DiaryDay {
  readonly day: Day;
  readonly weekday: Weekday;
  readonly isHoliday: boolean;
}

/** Today and the days up to the horizon. */
const daysOf = ({ now, window, isHoliday }: SlotQuestion): DiaryDay[] => {
  const today = dayOf(now);
  const days: DiaryDay[] = [];
  for (let ahead = 0; ahead <= window.horizonDays; ahead++) {
    const day = addDays(today, ahead);
    days.push({ day, weekday: weekdayOf(day), isHoliday: isHoliday(day) });
  }
  return days;
};

const NONE: ReadonlySet<Day> = new Set();
const NO_CHANGES: ReadonlyMap<Day, OccurrenceChange> = new Map();

/** One manager's series, what is other than usual, and the holidays that she opened. */
interface Week {
  readonly series: readonly OfficeHours[];
  readonly changes: ReadonlyMap<string, ReadonlyMap<Day, OccurrenceChange>>;
  readonly opened: ReadonlySet<Day>;
}

/**
 * One manager's grid: every slot of these days, by start. Where two of them would block the same minute, the one that
 * begins first stays. The grid does not depend on what is booked, so that a cancellation only ever adds slots.
 */
const gridOf = ({ series, changes, opened }: Week, days: readonly DiaryDay[]): Slot[] => {
  const all: Slot[] = [];
  for (const { day, weekday, isHoliday } of days) {
    if (isHoliday && !opened.has(day)) continue;
    for (const hours of series) {
      if (hours.weekday !== weekday || !isInSeries(hours, day)) continue;
      all.push(...slotsOfOccurrence(hours, day, (changes.get(hours.id) ?? NO_CHANGES).get(day)));
    }
  }
  all.sort((a, b) => a.startsAt - b.startsAt || (a.hoursId < b.hoursId ? -1 : 1));
  let blockedUntil = Number.NEGATIVE_INFINITY;
  return all.filter(({ blocks }) => {
    if (blocks.from < blockedUntil) return false;
    blockedUntil = blocks.to;
    return true;
  });
};

/**
 * The free slots of these managers, by start and then by manager. A slot is offered if it
 * - lies within office hours that are valid that day and were neither dropped nor moved away on it, on a day that is no
 *   holiday (or one that the manager opened) and within the horizon (today + `horizonDays` included);
 * - starts no earlier than now + `noticeMinutes`;
 * - overlaps no absence itself, and blocks, with its buffers, nothing that is blocked already. A home visit is one of
 *   its ways only if the travel before and after is free as well.
 *
 * Blocked ranges of one manager's slots never overlap. The first slot of an occurrence starts when the office opens:
 * its buffer before lies outside the office hours. Lengths are real minutes, also on days when the clock changes.
 * The work grows with the days of the horizon; what lies in the past is skipped unsorted.
 */
export const cutSlots = (question: SlotQuestion): Slot[] => {
  const earliest = addMinutes(question.now, question.window.noticeMinutes);
  const days = daysOf(question);
  const changes = changesBySeries(question.changes);
  const opened = groupByManager(question.openHolidays);
  const grids = [...groupByManager(question.hours)].map(([managerId, series]) => {
    const holidays = opened.get(managerId);
    const week = { series, changes, opened: holidays ? new Set(holidays.map(({ day }) => day)) : NONE };
    return { managerId, grid: gridOf(week, days).filter(({ startsAt }) => startsAt >= earliest) };
  });
  const ends = grids.flatMap(({ grid }) => [grid[0], grid.at(-1)]).filter((slot) => slot !== undefined);
  const travel = Math.max(0, ...question.hours.map(({ travelMinutes }) => travelMinutes));
  const from = addMinutes(Math.min(...ends.map(({ blocks }) => blocks.from)) as Instant, -travel);
  const to = addMinutes(Math.max(...ends.map(({ blocks }) => blocks.to)) as Instant, travel);
  const absences = rangesByManager(question.absences, { from, to });
  const busy = rangesByManager(question.busy, { from, to });

  const offered: Slot[] = [];
  for (const { managerId, grid } of grids.sort((a, b) => (a.managerId < b.managerId ? -1 : 1))) {
    const isPresent = sweep(absences.get(managerId) ?? []);
    const taken = busy.get(managerId) ?? [];
    const isUnblocked = sweep(taken);
    const isFree = probe(taken);
    for (const slot of grid) {
      const { startsAt, endsAt, blocks } = slot;
      if (!isPresent(startsAt, endsAt) || !isUnblocked(blocks.from, blocks.to)) continue;
      if (slot.travelMinutes === 0 || !slot.ways.includes('home')) {
        offered.push(slot);
        continue;
      }
      const visit = blockedBy(slot, 'home');
      const ways = isFree(visit.from, visit.to) ? slot.ways : slot.ways.filter((way) => way !== 'home');
      if (ways.length > 0) offered.push({ ...slot, ways });
    }
  }
  // Stable, and the managers came in order: equal starts stay sorted by manager.
  return offered.sort((a, b) => a.startsAt - b.startsAt);
};

const changesBySeries = (
  changes: readonly OccurrenceChange[],
): ReadonlyMap<string, ReadonlyMap<Day, OccurrenceChange>> => {
  const bySeries = new Map<string, Map<Day, OccurrenceChange>>();
  for (const change of changes) {
    const days = bySeries.get(change.hoursId) ?? new Map<Day, OccurrenceChange>();
    bySeries.set(change.hoursId, days.set(change.day, change));
  }
  return bySeries;
};

/** A freed time, buffers included, that is kept for those who were asked whether they want it. */
export interface Hold extends ManagerRange {
  /** Whose answer is still awaited. */
  readonly asked: readonly string[];
}

const touches = (a: Range, b: Range): boolean => a.from < b.to && a.to > b.from;

/**
 * What of these free times is open to one person, or, without one, to anybody: what touches a time that is kept for
 * others is not. A home visit whose travel would reach into such a time may still be another way of meeting.
 */
export const openTo = (slots: readonly Slot[], holds: readonly Hold[], personId?: string): readonly Slot[] => {
  const others = holds.filter(({ asked }) => personId === undefined || !asked.includes(personId));
  if (others.length === 0) return slots;
  const isKept = (slot: Slot, way: Way) =>
    others.some((hold) => hold.managerId === slot.managerId && touches(hold, blockedBy(slot, way)));
  return slots.flatMap((slot) => {
    const ways = slot.ways.filter((way) => !isKept(slot, way));
    return ways.length === slot.ways.length ? [slot] : ways.length === 0 ? [] : [{ ...slot, ways }];
  });
};

/** A slot as a button names it: at one time a refugee is offered one slot at most, her manager's or the deputy's. */
export interface WantedSlot {
  readonly startsAt: Instant;
  readonly way: Way;
}

/** The slot that is meant, if it is (still) offered for meeting in that way. */
export const findSlot = (slots: readonly Slot[], { startsAt, way }: WantedSlot): Slot | undefined =>
  slots.find((slot) => slot.startsAt === startsAt && slot.ways.includes(way));

export const isOffered = (slots: readonly Slot[], wanted: WantedSlot): boolean => findSlot(slots, wanted) !== undefined;

/** The days, in order, on which people can meet in that way. Expects slots by start, as `cutSlots` gives them. */
export const daysWithSlots = (slots: readonly Slot[], way: Way): Day[] => [
  ...new Set(slots.filter((slot) => slot.ways.includes(way)).map((slot) => dayOf(slot.startsAt))),
];

export const slotsOn = (slots: readonly Slot[], day: Day, way: Way): Slot[] =>
  slots.filter((slot) => slot.ways.includes(way) && dayOf(slot.startsAt) === day);

/** What of an appointment decides whether it can still be changed. */
export interface AppointmentTimes {
  readonly status: 'booked' | 'cancelled';
  readonly startsAt: Instant;
  readonly endsAt: Instant;
}

/** Whether it stands and is not over. */
export const isOpen = ({ status, endsAt }: AppointmentTimes, now: Instant): boolean =>
  status === 'booked' && now < endsAt;

/** The refugee may cancel until the appointment starts; the manager until it ends, because people do not come. */
export const canCancel = (by: 'refugee' | 'manager', appointment: AppointmentTimes, now: Instant): boolean =>
  isOpen(appointment, now) && (by === 'manager' || now < appointment.startsAt);

/** Moving is cancelling and booking in one: the same people may, as long. */
export const canMove = canCancel;
