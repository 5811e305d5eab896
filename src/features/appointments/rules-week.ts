import {
  addDays,
  at,
  type Day,
  dayOf,
  type Instant,
  minuteOfDay,
  wallTime,
  wallTimeOf,
  weekdayOf,
} from '../../platform/datetime.ts';
import type { Board, BoardDay, BoardItem } from './model-week.ts';

// How a diary is laid out on a page.

const MIDNIGHT = wallTime('00:00');
const KINDS = ['absence', 'appointment', 'free'];

/** The days of a board, each with what happens on it. */
export function boardDays(board: Board): BoardDay[] {
  return Array.from({ length: board.days }, (_, index) => {
    const day = addDays(board.from, index);
    const from = at(day, MIDNIGHT);
    const to = at(addDays(day, 1), MIDNIGHT);
    const items: BoardItem[] = [
      ...board.absences
        .filter((absence) => absence.from < to && absence.to > from)
        .map((absence) => ({
          kind: 'absence' as const,
          from: Math.max(absence.from, from) as Instant,
          to: Math.min(absence.to, to) as Instant,
        })),
      ...board.appointments
        .filter(({ startsAt }) => dayOf(startsAt) === day)
        .map((appointment) => ({
          kind: 'appointment' as const,
          from: appointment.startsAt,
          to: appointment.endsAt,
          appointment,
        })),
      ...board.slots
        .filter(({ startsAt }) => dayOf(startsAt) === day)
        .map((slot) => ({ kind: 'free' as const, from: slot.startsAt, to: slot.endsAt, slot })),
    ];
    items.sort((a, b) => a.from - b.from || KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind));
    return { day, holiday: board.holidays.get(day), items };
  });
}

/** Saturday and Sunday are shown when something happens on them. */
export const shownDays = (days: readonly BoardDay[]): BoardDay[] =>
  days.filter(({ day, items }) => weekdayOf(day) <= 5 || items.some(({ kind }) => kind !== 'absence'));

/** One row of the grid. */
export const ROW_MINUTES = 5;
const DAY_MINUTES = 24 * 60;

export interface Grid {
  readonly firstHour: number;
  /** Where the last row ends. */
  readonly lastHour: number;
}

const EARLIEST = 8;
const LATEST = 17;
const startMinute = ({ from }: BoardItem): number => minuteOfDay(wallTimeOf(from));
/** The clock's minute at which it ends: midnight is the end of the day, and a clock that goes back makes nothing shorter. */
const endMinute = (item: BoardItem): number => {
  const end = minuteOfDay(wallTimeOf(item.to));
  const isNextDay = dayOf(item.to) !== dayOf(item.from);
  return isNextDay ? DAY_MINUTES : Math.max(end, startMinute(item) + ROW_MINUTES);
};

/** The hours that the grid has: office hours, and whatever begins earlier or ends later. Absences are cut to it. */
export function gridOf(days: readonly BoardDay[]): Grid {
  const items = days.flatMap((day) => day.items).filter(({ kind }) => kind !== 'absence');
  return {
    firstHour: Math.min(EARLIEST, ...items.map((item) => Math.floor(startMinute(item) / 60))),
    lastHour: Math.max(LATEST, ...items.map((item) => Math.ceil(endMinute(item) / 60))),
  };
}

/** From which row on, and how many. Both count in ROW_MINUTES; at least three rows, so that a line of text fits. */
export function rowsOf(item: BoardItem, grid: Grid): { readonly row: number; readonly rows: number } {
  const first = grid.firstHour * 60;
  const last = grid.lastHour * 60;
  const start = Math.min(Math.max(startMinute(item), first), last - ROW_MINUTES);
  const end = Math.min(Math.max(endMinute(item), start + ROW_MINUTES), last);
  return {
    row: Math.floor((start - first) / ROW_MINUTES),
    rows: Math.max(3, Math.ceil((end - start) / ROW_MINUTES)),
  };
}

/** The first day of that day's month. */
export const monthOf = (day: Day): Day => `${day.slice(0, 7)}-01` as Day;
/** The first day of the month that is `months` later. */
export function addMonths(day: Day, months: number): Day {
  const index = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + months;
  return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}-01` as Day;
}
