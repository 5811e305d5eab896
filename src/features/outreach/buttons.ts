import { z } from 'zod';
import { defineButton, part } from '../../telegram/button.ts';
import { WAYS } from '../appointments/model.ts';

const wished = z.enum([...WAYS, 'any']);

/** An earlier time and the waiting list. What leads here (`early`, `wait`) stands on the appointments' own screens. */
export const buttons = {
  earlierOn: defineButton('early.on', { id: part.id, way: wished }),
  earlierOff: defineButton('early.off', { id: part.id }),
  offerYes: defineButton('early.yes', { id: part.id }),
  offerNo: defineButton('early.no', { id: part.id }),
  waitOn: defineButton('wait.on', { way: wished }),
  waitChange: defineButton('wait.to', { to: z.enum(['pause', 'resume', 'stop']) }),
  wishes: defineButton('wishes', {}),
};
