import { z } from 'zod';
import type { WallTime } from '../../platform/datetime.ts';

/** When a reminder comes, seen from the appointment. Order is the screen's, and what is kept where two fall together. */
export const REMINDER_LEADS = ['week-before', 'days-before', 'day-before', 'evening-before', 'soon'] as const;
export type ReminderLead = (typeof REMINDER_LEADS)[number];

/** From (inclusive) until (exclusive); over midnight if `from` is the later. Equal ends: never quiet. */
export interface QuietHours {
  readonly from: WallTime;
  readonly to: WallTime;
}

/** How a person wants to be reminded of her appointments. */
export interface ReminderWishes {
  /** None: she wants no reminders. */
  readonly leads: readonly ReminderLead[];
  /** When the one on the evening before comes. */
  readonly eveningAt: WallTime;
  readonly quiet: QuietHours;
}

const time = (text: string): WallTime => text as WallTime;

/** What somebody gets who has never wished for anything else (issue: a day and two hours before; quiet 21 to 8). */
export const USUAL_WISHES: ReminderWishes = {
  leads: ['day-before', 'soon'],
  eveningAt: time('18:00'),
  quiet: { from: time('21:00'), to: time('08:00') },
};

const wallTime = z
  .string()
  .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/)
  .transform(time);
const stored = z.object({
  leads: z.array(z.enum(REMINDER_LEADS)),
  eveningAt: wallTime,
  quiet: z.object({ from: wallTime, to: wallTime }),
});

/** What the column holds, as wishes; the usual ones where it holds nothing or what another build wrote. */
export const readWishes = (column: unknown): ReminderWishes => {
  if (column === null || column === undefined) return USUAL_WISHES;
  const wishes = stored.safeParse(column);
  return wishes.success ? wishes.data : USUAL_WISHES;
};
