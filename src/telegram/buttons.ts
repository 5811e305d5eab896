import { z } from 'zod';
import { LOCALES } from '../platform/locale.ts';
import { defineButton, defineDiscreetButton } from './button.ts';

/** Standing buttons that every screen may carry. */
export const buttons = {
  menu: defineButton('menu', {}),
  /** The menu below a card that stays. */
  menuBelow: defineButton('menu.new', {}),
  /** Help in the language of the screen that it stands on; who has not chosen one yet has no other. */
  help: defineDiscreetButton('help.in', { locale: z.enum(LOCALES) }),
  /** The same below a card that stays. */
  helpBelow: defineDiscreetButton('help.new', { locale: z.enum(LOCALES) }),
  /** The same on screens of before there was a language in it. */
  helpOld: defineDiscreetButton('help', {}),
  /** Does nothing: a page number, a headline. */
  nothing: defineButton('nothing', { kind: z.enum(['page']) }),
};
