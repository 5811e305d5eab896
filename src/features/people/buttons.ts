import { z } from 'zod';
import { LOCALES } from '../../platform/locale.ts';
import { defineButton, part } from '../../telegram/button.ts';
import { HOUSINGS, INTERPRETER_LANGUAGES, ROLES } from './model.ts';

const locale = z.enum(LOCALES);
const ags = z.string().regex(/^\d{8}$/);
/** The secret of an invitation, or `-`. */
const token = z.string().regex(/^(?:-|[\w-]{32})$/);

/** Where a list of municipalities leads: to where somebody lives, or to who is responsible. */
export const TOWN_PURPOSES = ['live', 'who'] as const;
export type TownPurpose = (typeof TOWN_PURPOSES)[number];
const purpose = z.enum(TOWN_PURPOSES);

export const buttons = {
  chooseLanguage: defineButton('lang', {}),
  language: defineButton('lang.to', { locale, token }),
  consent: defineButton('consent', { answer: z.enum(['yes', 'no', 'ask']), locale }),
  housing: defineButton('housing', { housing: z.enum([...HOUSINGS, 'unsure', 'ask']) }),
  townList: defineButton('towns', { purpose, page: part.number }),
  town: defineButton('town', { purpose, ags }),
  interpreter: defineButton('interp', { language: z.enum([...INTERPRETER_LANGUAGES, 'no', 'ask', 'other']) }),
  contact: defineButton('contact', {}),
  data: defineButton('data', {}),
  nickname: defineButton('nick', { action: z.enum(['ask', 'remove']) }),
  privacy: defineButton('privacy', {}),
  erase: defineButton('erase', { answer: z.enum(['ask', 'yes']) }),
  role: defineButton('role', { role: z.enum(ROLES) }),
  acceptInvite: defineButton('inv', { locale, token }),
  confirmInvite: defineButton('inv.ok', { invite: part.id, answer: z.enum(['yes', 'no']) }),
  waiting: defineButton('waiting', { page: part.number }),
  inviting: defineButton('inviting', {}),
  who: defineButton('who', {}),
};
