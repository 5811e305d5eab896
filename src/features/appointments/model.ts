import { addDays, at, type Day, type Instant, type WallTime, wallTime } from '../../platform/datetime.ts';
import type { Place } from '../county/model.ts';
import type { InterpreterLanguage } from '../people/model.ts';

/** How two people meet. `place` is one of the county's places; `home` is the refugee's home; `telephone` needs none. */
export const WAYS = ['place', 'home', 'telephone'] as const;
export type Way = (typeof WAYS)[number];

/** What an appointment is about. A list instead of free text: no case leaves through Telegram. Order is the screen's. */
export const TOPICS = ['language', 'work', 'housing', 'family', 'letter', 'health', 'other', 'unsaid'] as const;
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
  /** Kept free on both sides of a home visit, beside the buffers. */
  readonly travelMinutes: number;
  /** An interpreter is there all the time. */
  readonly interpreter: boolean;
  /** 1 is every week; n is every nth week, counted in calendar weeks from the week of `validFrom`. */
  readonly everyWeeks: number;
  readonly validFrom: Day;
  /** Inclusive; undefined is open-ended. */
  readonly validTo: Day | undefined;
}

/** One day of a series that is other than the rest. */
export interface OccurrenceChange {
  readonly hoursId: string;
  readonly day: Day;
  /** Undefined: dropped on that day. */
  readonly held: { readonly from: WallTime; readonly to: WallTime; readonly placeId: string | undefined } | undefined;
}

/** Why a manager is away; only she and who stands in for her see it. */
export const ABSENCE_KINDS = ['leave', 'ill', 'training', 'other'] as const;
export type AbsenceKind = (typeof ABSENCE_KINDS)[number];

export interface Absence extends Range {
  readonly id: string;
  readonly managerId: string;
  readonly kind: AbsenceKind;
  /** Undefined where there was nobody who could. */
  readonly deputyId: string | undefined;
}

/** Half-open: [from, to). */
export interface Range {
  readonly from: Instant;
  readonly to: Instant;
}

/** Whole days from the first to the last, both included. */
export const wholeDays = (first: Day, last: Day): Range => ({
  from: at(first, wallTime('00:00')),
  to: at(addDays(last, 1), wallTime('00:00')),
});

/** A free time of one manager. Its identity is manager and start. */
export interface Slot {
  readonly managerId: string;
  readonly hoursId: string;
  readonly placeId: string | undefined;
  readonly ways: readonly Way[];
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  /** What the appointment will block in the diary: buffers included, travel not; see `blockedBy`. */
  readonly blocks: Range;
  readonly travelMinutes: number;
  readonly interpreter: boolean;
}

/** From when and how far ahead may be booked. */
export interface BookingWindow {
  readonly noticeMinutes: number;
  readonly horizonDays: number;
}

/** Why a manager cancels, from a list: no free text about people. */
export const CANCEL_REASONS = ['ill', 'away', 'meeting', 'mistake', 'unsaid'] as const;
export type CancelReason = (typeof CANCEL_REASONS)[number];

/** Why a refugee cancels, if she wants to say. */
export const REFUGEE_REASONS = ['ill', 'busy', 'care', 'solved', 'unsaid'] as const;
export type RefugeeReason = (typeof REFUGEE_REASONS)[number];
/** Those of them for which somebody moves it instead. */
export const MOVE_REASONS = ['ill', 'busy', 'care'] as const satisfies readonly RefugeeReason[];

/**
 * What came of an appointment, as its manager records it. `interpreted` is held with an interpreter; `called-off` did not
 * take place because of us. A missed one is no contact in the figures and never anything else.
 */
export const OUTCOMES = ['held', 'interpreted', 'missed', 'called-off'] as const;
export type Outcome = (typeof OUTCOMES)[number];

export interface Appointment {
  readonly id: string;
  readonly status: 'booked' | 'cancelled';
  readonly way: Way;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly bookedAt: Instant;
  /** Raised by each move, as calendars count. */
  readonly sequence: number;
  /** When it was booked, last moved or cancelled. */
  readonly changedAt: Instant;
  readonly place: Place | undefined;
  readonly manager: { readonly id: string; readonly name: string; readonly phone: string | undefined };
  /** Undefined once she has erased herself. */
  readonly refugee:
    | {
        readonly personId: string;
        readonly number: number;
        readonly nickname: string | undefined;
        /** Telegram does not deliver to her: whoever waits for her must reach her another way. */
        readonly unreachable: boolean;
      }
    | undefined;
  readonly interpreter: boolean;
  readonly interpreterLanguage: InterpreterLanguage | undefined;
  /** She has said that she comes. */
  readonly coming: boolean;
  /** She has said that she cannot, and has neither moved nor cancelled it yet. */
  readonly cannot: boolean;
  /** What came of it; undefined while nobody has recorded it. */
  readonly outcome: Outcome | undefined;
  readonly hasAddress: boolean;
  readonly cancelledBy: 'refugee' | 'manager' | 'erasure' | 'coordinator' | undefined;
  readonly reason: CancelReason | RefugeeReason | undefined;
}

/** Series of office hours as the manager's form collects them. */
export type OfficeHoursDraft = Omit<OfficeHours, 'id' | 'managerId'>;

/** A home visit's address is at most this long. */
export const ADDRESS_LENGTH = 200;
