import type { Instant } from '../../platform/datetime.ts';
import type { Locale } from '../../platform/locale.ts';
import type { Appointment, Range } from './model.ts';

/** An appointment as her manager's calendar shows it: whom by number or chosen name, where, and whether in translation. */
export interface FeedAppointment
  extends Pick<
    Appointment,
    'id' | 'status' | 'way' | 'startsAt' | 'endsAt' | 'sequence' | 'changedAt' | 'place' | 'interpreterLanguage'
  > {
  /** Undefined once she has erased herself. */
  readonly person: { readonly number: number; readonly nickname: string | undefined } | undefined;
}

/** Everything that one fetch of a calendar says, as it stood at one moment. */
export interface Feed {
  /** The manager's language. */
  readonly locale: Locale;
  readonly createdAt: Instant;
  readonly appointments: readonly FeedAppointment[];
  /** Times in which she receives nobody, without a reason. */
  readonly absences: readonly (Range & { readonly id: string })[];
}

/** What lies further back than this has left the calendar. */
export const FEED_PAST_DAYS = 30;
/** So long a calendar is told that an appointment is cancelled; then it is no longer mentioned. */
export const FEED_CANCELLED_DAYS = 14;
/** So long a revoked address answers that it is gone, instead of that it never was. */
export const FEED_REVOKED_DAYS = 90;

/** Where calendars are fetched: `/calendar/<secret>.ics`. */
export const FEED_PATH = '/calendar';
export const feedAddress = (base: string, secret: string): string => `${base}${FEED_PATH}/${secret}.ics`;
