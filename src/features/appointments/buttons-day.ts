import { z } from 'zod';
import { defineButton, part } from '../../telegram/button.ts';
import { calendarDay } from './buttons.ts';
import { OUTCOMES } from './model.ts';

/** HHMM: the colon separates parts. */
export const MORNING_TIMES = ['0600', '0630', '0700', '0730', '0800', '0830'] as const;

/** A manager's day. Each press says what shall be: pressed twice is pressed once. */
export const dayButtons = {
  outcome: defineButton('out', { id: part.id }),
  record: defineButton('out.is', { id: part.id, outcome: z.enum(OUTCOMES) }),
  unrecorded: defineButton('out.day', { day: calendarDay, page: part.number }),
  asPlanned: defineButton('out.all', { day: calendarDay }),
  morning: defineButton('morning', { from: z.enum(['data', 'list']) }),
  setMorning: defineButton('morning.at', { time: z.enum([...MORNING_TIMES, 'never']) }),

  /** A refugee's appointments that are over. */
  past: defineButton('past', { page: part.number }),
};
