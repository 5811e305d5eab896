import { z } from 'zod';
import { defineButton, part } from '../../telegram/button.ts';
import { calendarDay, minute } from '../appointments/buttons.ts';
import { WAYS } from '../appointments/model.ts';

const id = part.id;
const way = z.enum(WAYS);

/** A volunteer books for somebody who allows it; the case stands for the person. */
export const bookingButtons = {
  start: defineButton('hb', { id }),
  days: defineButton('hb.way', { id, way, page: part.number }),
  times: defineButton('hb.day', { id, way, day: calendarDay, page: part.number }),
  ask: defineButton('hb.time', { id, way, minute }),
  confirm: defineButton('hb.ok', { id, way, minute }),
};
