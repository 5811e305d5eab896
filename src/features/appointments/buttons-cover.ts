import { z } from 'zod';
import { defineButton, part } from '../../telegram/button.ts';
import { calendarDay, minute } from './buttons.ts';

const id = part.id;
const page = part.number;

/** What a coordinator presses about a manager's absence; answered in features/coordination. */
export const coverButtons = {
  list: defineButton('ko.ab', { manager: id, page }),
  add: defineButton('ko.ab.add', { manager: id }),
  one: defineButton('ko.ab.one', { id }),
  deputy: defineButton('ko.ab.who', { id, page }),
  setDeputy: defineButton('ko.ab.dep', { id, deputy: id }),
  end: defineButton('ko.ab.end', { id }),
  booked: defineButton('ko.ab.all', { id, page }),
  hand: defineButton('ko.ab.hand', { id }),
  cancelAsk: defineButton('ko.ab.no', { id }),
  cancel: defineButton('ko.ab.no.ok', { id }),
  appointment: defineButton('ko.ab.a', { id, one: id }),
  handOne: defineButton('ko.ab.a.h', { id, one: id }),
  cancelOneAsk: defineButton('ko.ab.a.n', { id, one: id }),
  cancelOne: defineButton('ko.ab.a.no', { id, one: id }),
  moveDay: defineButton('ko.ab.a.d', { id, one: id, page }),
  moveTime: defineButton('ko.ab.a.t', { id, one: id, day: calendarDay, page: z.string().regex(/^\d{1,2}$/) }),
  move: defineButton('ko.ab.a.m', { id, one: id, minute }),
};
