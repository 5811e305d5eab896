import { z } from 'zod';
import { defineButton } from './button.ts';

/** Standing buttons that every screen may carry. */
export const buttons = {
  menu: defineButton('menu', {}),
  /** The menu below a card that stays. */
  menuBelow: defineButton('menu.new', {}),
  help: defineButton('help', {}),
  /** Does nothing: a page number, a headline. */
  nothing: defineButton('nothing', { kind: z.enum(['page']) }),
};
