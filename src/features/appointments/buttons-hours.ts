import { z } from 'zod';
import { defineButton, part } from '../../telegram/button.ts';
import { calendarDay } from './buttons.ts';
import { WAYS } from './model.ts';

/**
 * Buttons of the form that makes office hours. A time is HHMM: the colon separates parts. Each question has its own, so
 * that what is pressed twice does not answer the next one.
 */
export const hoursButtons = {
  weekday: defineButton('hf.day', { weekday: z.enum(['1', '2', '3', '4', '5', '6', '7']) }),
  time: defineButton('hf.time', { end: z.enum(['from', 'to']), time: z.string().regex(/^\d{4}$/) }),
  way: defineButton('hf.way', { way: z.enum([...WAYS, 'done']) }),
  place: defineButton('hf.place', { place: z.string().regex(/^[a-z0-9-]{1,40}$/) }),
  minutes: defineButton('hf.min', { what: z.enum(['slot', 'buffer']), minutes: part.number }),
  start: defineButton('hf.from', { day: calendarDay }),
  save: defineButton('hf.save', {}),
};
