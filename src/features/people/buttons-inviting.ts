import { z } from 'zod';
import { defineButton } from '../../telegram/button.ts';

/** Buttons of the invitation form. */
export const invitingButtons = {
  role: defineButton('invite.r', { role: z.enum(['manager', 'volunteer', 'coordinator', 'counsellor']) }),
  carrier: defineButton('invite.c', { carrier: z.string().regex(/^[\w-]{1,40}$/) }),
  days: defineButton('invite.d', { days: z.enum(['1', '2', '3', '4', '5']) }),
};
