import { z } from 'zod';
import { defineButton, part } from '../../telegram/button.ts';
import { CHOICES, type ChoiceField, DECLINE_REASONS, FIELDS, KINDS, URGENCIES } from './model.ts';

const id = part.id;
const answer = z.enum(['ask', 'yes']);
const choices = Object.keys(CHOICES) as [ChoiceField, ...ChoiceField[]];

/** The volunteer's form: all of its state is the draft's row, so each screen works days later and twice. */
export const buttons = {
  start: defineButton('ho.start', {}),
  /** The id was drawn when the screen was shown: pressed twice, one draft. */
  create: defineButton('ho.new', { id }),
  list: defineButton('ho.list', { page: part.number }),
  open: defineButton('ho', { id }),
  ask: defineButton('ho.ask', { id, field: z.enum(FIELDS), page: part.number }),
  town: defineButton('ho.town', { id, ags: z.string().regex(/^\d{8}$/) }),
  kind: defineButton('ho.kind', { id, kind: z.enum(KINDS) }),
  urgency: defineButton('ho.urg', { id, urgency: z.enum(URGENCIES) }),
  toggle: defineButton('ho.set', {
    id,
    field: z.enum(choices),
    value: z.string().regex(/^[a-z-]{1,16}$/),
    page: part.number,
  }),
  interpreter: defineButton('ho.int', { id, page: part.number }),
  done: defineButton('ho.next', { id, field: z.enum(FIELDS) }),
  /** Sends the text although something in it looks like a number or an address. */
  keep: defineButton('ho.keep', { id }),
  correct: defineButton('ho.fix', { id }),
  drop: defineButton('ho.drop', { id, answer }),
  link: defineButton('ho.link', { id }),
  takeBack: defineButton('ho.back', { id }),
  counts: defineButton('ho.sum', {}),
};

export const deskButtons = {
  list: defineButton('hm.list', { page: part.number }),
  open: defineButton('hm', { id }),
  text: defineButton('hm.text', { id }),
  accept: defineButton('hm.yes', { id }),
  declineAsk: defineButton('hm.no', { id }),
  decline: defineButton('hm.no.ok', { id, reason: z.enum(DECLINE_REASONS) }),
  /** She who has no account takes her yes back, and says so to the team or, where nobody has her case, to a coordinator. */
  over: defineButton('hm.over', { id, answer }),
};

/** How a case goes on or ends by somebody's will, and what coordinators see of those that nobody takes. */
export const caseButtons = {
  passAsk: defineButton('hp', { id, page: part.number }),
  pass: defineButton('hp.to', { id, colleague: id }),
  passTeam: defineButton('hp.team', { id }),
  finish: defineButton('hp.done', { id, answer }),
  withdraw: defineButton('hp.undo', { id, answer }),
  stuck: defineButton('hk.list', { page: part.number }),
  stuckOne: defineButton('hk', { id }),
};

/** What volunteer and manager ask each other about a case; who presses decides which side it is. */
export const threadButtons = {
  open: defineButton('ht', { id, page: part.number }),
  write: defineButton('ht.write', { id }),
  anyway: defineButton('ht.send', { id }),
};
