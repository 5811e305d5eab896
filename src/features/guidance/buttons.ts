import { z } from 'zod';
import { LOCALES } from '../../platform/locale.ts';
import { defineButton, defineDiscreetButton, part } from '../../telegram/button.ts';
import { CALL_NAMES, CALL_TIMES, type CallName, PHONE_DIGITS } from './model-call.ts';
import { DATES, ENVELOPES, SENDERS } from './model-letter.ts';

/** Of a page or a topic: what it is stands in the county's data only. */
const code = z.string().regex(/^[a-z][0-9]$/);
const locale = z.enum(LOCALES);
const ags = z.string().regex(/^(?:-|\d{8})$/);
const name = z.enum(Object.keys(CALL_NAMES) as CallName[]);
const time = z.enum(CALL_TIMES);
const digits = z.string().regex(new RegExp(`^\\d{0,${PHONE_DIGITS}}$`));

/**
 * What people ask here is nobody's business: these buttons leave no trace (`telegram/discreet.ts`), carry the whole state
 * of their screens, and speak the language of the screen, also to somebody who has not chosen one.
 */
export const buttons = {
  start: defineDiscreetButton('g', { locale }),
  page: defineDiscreetButton('g.p', { locale, code }),
  /** The same screen in another language; without a code the first one. */
  languages: defineDiscreetButton('g.w', { locale, code: z.union([code, z.literal('-')]) }),
  numbers: defineDiscreetButton('g.n', { locale }),
  topics: defineDiscreetButton('g.t', { locale }),
  helpers: defineDiscreetButton('g.h', { locale, code, ags, page: part.number }),
  towns: defineDiscreetButton('g.o', { locale, code, page: part.number }),
  card: defineDiscreetButton('g.k', { locale, code }),
  letter: defineDiscreetButton('g.l', { locale }),
  letterFrom: defineDiscreetButton('g.l1', { locale, from: z.enum(SENDERS) }),
  letterDate: defineDiscreetButton('g.l2', { locale, from: z.enum(SENDERS), date: z.enum(DATES) }),
  letterEnvelope: defineDiscreetButton('g.l3', {
    locale,
    from: z.enum(SENDERS),
    date: z.enum(DATES),
    envelope: z.enum(ENVELOPES),
  }),
  talk: defineDiscreetButton('g.m', { locale, answer: z.enum(['ask', 'yes']) }),
  call: defineDiscreetButton('g.c', { locale }),
  callTime: defineDiscreetButton('g.c1', { locale, name }),
  callPhone: defineDiscreetButton('g.c2', { locale, name, time, digits }),
  callSum: defineDiscreetButton('g.c3', { locale, name, time, digits }),
  callSend: defineDiscreetButton('g.c4', { locale, name, time, digits }),
  clear: defineDiscreetButton('g.x', { locale }),

  talkRead: defineButton('talk.ok', { person: part.id }),
  calls: defineButton('calls', { page: part.number }),
  oneCall: defineButton('calls.one', { id: part.id }),
  callDone: defineButton('calls.done', { id: part.id }),
  contents: defineButton('content', { page: part.number }),
  content: defineButton('content.one', { key: z.string().regex(/^[a-z]\.[a-z_0-9-]{1,40}$/) }),
  contentOk: defineButton('content.ok', {
    key: z.string().regex(/^[a-z]\.[a-z_0-9-]{1,40}$/),
    mark: z.string().regex(/^[0-9a-f]{8}$/),
  }),
};
