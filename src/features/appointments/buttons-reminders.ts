import { z } from 'zod';
import { defineButton, part } from '../../telegram/button.ts';
import { REMINDER_LEADS } from '../people/model-wishes.ts';

/** Where the screen was opened from: one of her appointments, or `-` for her data. */
const from = z.string().regex(/^(?:-|[0-9a-z]{4,16})$/);
const on = z.enum(['yes', 'no']);
/** HHMM: the colon separates parts. */
const hour = (...times: readonly string[]) => z.enum(times as [string, ...string[]]);

export const EVENING_TIMES = ['1700', '1800', '1900', '2000'] as const;
export const QUIET_FROM = ['1800', '1900', '2000', '2100', '2200', '2300'] as const;
export const QUIET_TO = ['0600', '0700', '0800', '0900', '1000', '1200'] as const;

/** How she is reminded. Each says what shall be, not what shall change: pressed twice is pressed once. */
export const reminderButtons = {
  wishes: defineButton('rem', { from }),
  /** The same below a card, which stays. */
  wishesBelow: defineButton('rem.below', { id: part.id }),
  lead: defineButton('rem.lead', { from, lead: z.enum(REMINDER_LEADS), on }),
  evening: defineButton('rem.eve', { from, time: hour('ask', 'none', ...EVENING_TIMES) }),
  quietFrom: defineButton('rem.quiet', { from, time: hour('ask', 'none', ...QUIET_FROM) }),
  quietTo: defineButton('rem.quiet.to', { from, begin: hour(...QUIET_FROM), end: hour(...QUIET_TO) }),
  discreet: defineButton('rem.discreet', { from, on }),

  cannot: defineButton('rem.cannot', { id: part.id }),
  pin: defineButton('card.pin', { id: part.id }),
  /** What a discreet message has to say. */
  open: defineButton('open', { notice: z.string().regex(/^\d{1,15}$/) }),
};
