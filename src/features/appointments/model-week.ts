import type { Day, Instant } from '../../platform/datetime.ts';
import type { Place } from '../county/model.ts';
import type { Appointment, Range, Slot } from './model.ts';

/** Where a manager's page lies. */
export const WEEK_PATH = '/week';
/** A link from the chat opens the page once, within this time. */
export const LINK_MINUTES = 10;
/** Then the page is closed, whatever is being done on it. */
export const SESSION_MINUTES = 30;
/** What Telegram says of who opens a Mini App is believed for so long. */
export const APP_SECONDS = 300;

export const linkAddress = (base: string, secret: string): string => `${base}${WEEK_PATH}/open/${secret}`;
export const appAddress = (base: string): string => `${base}${WEEK_PATH}/app`;

/** What stands in a manager's diary between two midnights. */
export interface Board {
  /** Whose diary it is. */
  readonly managerId: string;
  readonly today: Day;
  readonly now: Instant;
  readonly from: Day;
  readonly days: number;
  readonly appointments: readonly Appointment[];
  /** Times to which an appointment can be moved. */
  readonly slots: readonly Slot[];
  /** Names of those who stand in, whose times are among the free ones. */
  readonly colleagues: ReadonlyMap<string, string>;
  readonly absences: readonly Range[];
  readonly holidays: ReadonlyMap<Day, string>;
  /** Places of her office hours and of these appointments, in the order of their names. */
  readonly places: readonly Place[];
}

/** One thing in a day, as the page draws it. */
export type BoardItem =
  | { readonly kind: 'appointment'; readonly from: Instant; readonly to: Instant; readonly appointment: Appointment }
  | { readonly kind: 'free'; readonly from: Instant; readonly to: Instant; readonly slot: Slot }
  | { readonly kind: 'absence'; readonly from: Instant; readonly to: Instant };

export interface BoardDay {
  readonly day: Day;
  readonly holiday: string | undefined;
  /** By beginning. An absence that begins earlier or ends later is cut to the day. */
  readonly items: readonly BoardItem[];
}
