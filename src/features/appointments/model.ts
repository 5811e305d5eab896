import type { Day, Instant, WallTime } from '../../platform/datetime.ts';

/** How two people meet. `place` is one of the county's places; `home` is the refugee's home; `telephone` needs none. */
export const WAYS = ['place', 'home', 'telephone'] as const;
export type Way = (typeof WAYS)[number];

/** What an appointment is about. A list instead of free text: no case leaves through Telegram. Order is the screen's. */
export const TOPICS = [
  'language',
  'work',
  'housing',
  'family',
  'letter',
  'health',
  'other',
  'unsaid',
] as const;
export type Topic = (typeof TOPICS)[number];

/** ISO weekday, Monday is 1. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** A series of wall time in Europe/Berlin in which a manager receives people. */
export interface OfficeHours {
  readonly id: string;
  readonly managerId: string;
  readonly weekday: Weekday;
  readonly from: WallTime;
  /** After `from`, on the same day. */
  readonly to: WallTime;
  /** Undefined where no place is needed (telephone, home). */
  readonly placeId: string | undefined;
  readonly ways: readonly Way[];
  readonly slotMinutes: number;
  /** Kept free before and after each appointment. */
  readonly bufferBeforeMinutes: number;
  readonly bufferAfterMinutes: number;
  /** 1 is every week; n is every nth week, counted in calendar weeks from the week of `validFrom`. */
  readonly everyWeeks: number;
  readonly validFrom: Day;
  /** Inclusive; undefined is open-ended. */
  readonly validTo: Day | undefined;
}

/** Half-open: [from, to). */
export interface Range {
  readonly from: Instant;
  readonly to: Instant;
}

/** A free time of one manager. Its identity is manager and start. */
export interface Slot {
  readonly managerId: string;
  readonly hoursId: string;
  readonly placeId: string | undefined;
  readonly ways: readonly Way[];
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  /** What the appointment will block in the diary: buffers included. */
  readonly blocks: Range;
}

/** From when and how far ahead may be booked. */
export interface BookingWindow {
  readonly noticeMinutes: number;
  readonly horizonDays: number;
}
