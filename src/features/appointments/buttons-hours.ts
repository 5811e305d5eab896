import { z } from 'zod';
import { defineButton, part } from '../../telegram/button.ts';
import { WAYS } from './model.ts';

/** Buttons of the form that makes office hours. A time is HHMM: the colon separates parts. */
export const hoursButtons = {
  weekday: defineButton('hf.day', { weekday: z.enum(['1', '2', '3', '4', '5', '6', '7']) }),
  time: defineButton('hf.time', { time: z.string().regex(/^\d{4}$/) }),
  way: defineButton('hf.way', { way: z.enum([...WAYS, 'done']) }),
  place: defineButton('hf.place', { place: z.string().regex(/^[a-z0-9-]{1,40}$/) }),
  minutes: defineButton('hf.min', { minutes: part.number }),
  start: defineButton('hf.from', { day: part.day }),
  save: defineButton('hf.save', {}),
};
