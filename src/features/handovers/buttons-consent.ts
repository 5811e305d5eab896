import { z } from 'zod';
import { LOCALES } from '../../platform/locale.ts';
import { defineButton, part } from '../../telegram/button.ts';
import { EXTRA_PURPOSES, type ExtraPurpose } from './model.ts';

const id = part.id;
const locale = z.enum(LOCALES);
/** The secret of a link for the refugee. */
const token = z.string().regex(/^[\w-]{32}$/);
const answer = z.enum(['ask', 'yes']);
/** Marks what was read: what was changed since then is read again. */
const stamp = z.string().regex(/^[\w-]{8}$/);
/** What she allows beside passing on, a letter each, in the order of the screen; `-` is nothing. */
const chosen = z.string().regex(/^(?:-|td?b?|db?|b)$/);

const LETTERS: Readonly<Record<ExtraPurpose, string>> = { talk: 't', dates: 'd', book: 'b' };
export const lettersOf = (purposes: readonly ExtraPurpose[]): string =>
  EXTRA_PURPOSES.flatMap((purpose) => (purposes.includes(purpose) ? [LETTERS[purpose]] : [])).join('') || '-';
export const purposesOf = (letters: string): readonly ExtraPurpose[] =>
  EXTRA_PURPOSES.filter((purpose) => letters.includes(LETTERS[purpose]));

/** What the refugee presses on her own phone, before and after anybody knows her. */
export const consentButtons = {
  language: defineButton('hc.lang', { locale, token }),
  claim: defineButton('hc.me', { locale, token }),
  /** The same screen with other ticks. */
  choose: defineButton('hc.set', { locale, token, chosen }),
  notMine: defineButton('hc.not', { locale }),
  agree: defineButton('hc.yes', { locale, token, chosen, stamp }),
  refuse: defineButton('hc.no', { locale, token }),
};

/** Her own page about what was handed over. */
export const ownButtons = {
  list: defineButton('hr.list', { page: part.number }),
  open: defineButton('hr', { id }),
  messages: defineButton('hr.msg', { id, page: part.number }),
  /** The box carries the state that it leads to. */
  allow: defineButton('hr.set', { id, purpose: z.enum(EXTRA_PURPOSES), allowed: z.enum(['yes', 'no']) }),
  over: defineButton('hr.over', { id, answer }),
};

/** How the person is asked, and what is pressed on the volunteer's phone, by her or for a signed paper. */
export const presentButtons = {
  ways: defineButton('hv', { id }),
  /** Only its own screen knows the secret, so that the button has to bring it along. */
  qr: defineButton('hv.qr', { token }),
  give: defineButton('hv.give', { id }),
  read: defineButton('hv.read', { id, locale, chosen }),
  agree: defineButton('hv.yes', { id, locale, chosen, stamp }),
  refuse: defineButton('hv.no', { id, locale }),
  paper: defineButton('hv.paper', { id }),
  paperDays: defineButton('hv.days', { id, locale, page: part.number }),
  paperCheck: defineButton('hv.check', { id, locale, day: part.day, chosen }),
  paperSend: defineButton('hv.send', { id, locale, day: part.day, chosen, stamp }),
  /** She who has no account takes her yes back, and says so to the volunteer. */
  over: defineButton('hv.over', { id, answer }),
};
