import { z } from 'zod';
import { defineButton, part } from '../../telegram/button.ts';

const answer = z.enum(['ask', 'yes']);

export const circleButtons = {
  /** Carries the version that was read: an old text is not signed in a new one's place. */
  sign: defineButton('undertake', { version: part.day }),
  list: defineButton('circles', { page: part.number }),
  circle: defineButton('circle', { id: part.id, page: part.number }),
  open: defineButton('circle.new', {}),
  invite: defineButton('circle.inv', { id: part.id }),
  member: defineButton('circle.who', { id: part.id }),
  remove: defineButton('circle.out', { id: part.id, answer }),
  speaker: defineButton('circle.voice', { id: part.id, speaker: z.enum(['yes', 'no']) }),
  leave: defineButton('circle.leave', { answer }),
};
