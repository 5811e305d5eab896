import { z } from 'zod';
import { defineButton, part } from '../../telegram/button.ts';
import { calendarDay } from './buttons.ts';
import { ABSENCE_KINDS, CANCEL_REASONS, WAYS } from './model.ts';

const isOn = z.enum(['0', '1']);
/** A time is HHMM: the colon separates parts. */
const time = z.string().regex(/^\d{4}$/);
/** What becomes of appointments: they stay, are moved one by one, or are cancelled with a reason. */
export const FATES = ['keep', 'move', ...CANCEL_REASONS] as const;
const fate = z.enum(FATES);

/** Standing buttons of office hours, single days, holidays and absences. */
export const diaryButtons = {
  list: defineButton('hours', { page: part.number }),
  one: defineButton('hours.one', { id: part.id }),
  add: defineButton('hours.add', {}),
  edit: defineButton('hours.edit', { id: part.id }),
  remove: defineButton('hours.del', { id: part.id }),
  removeFate: defineButton('hours.del.f', { id: part.id, fate }),
  uncovered: defineButton('hours.out', { page: part.number }),

  days: defineButton('occ', { id: part.id, from: calendarDay }),
  day: defineButton('occ.day', { id: part.id, day: calendarDay }),
  dayDrop: defineButton('occ.drop', { id: part.id, day: calendarDay }),
  dayDropFate: defineButton('occ.drop.f', { id: part.id, day: calendarDay, fate }),
  dayOther: defineButton('occ.other', { id: part.id, day: calendarDay }),
  dayUsual: defineButton('occ.usual', { id: part.id, day: calendarDay }),

  holidays: defineButton('hol', { page: part.number }),
  holiday: defineButton('hol.set', { day: calendarDay, open: isOn }),
  holidayFate: defineButton('hol.f', { day: calendarDay, fate }),

  absences: defineButton('abs', { page: part.number }),
  absence: defineButton('abs.one', { id: part.id }),
  absenceAdd: defineButton('abs.add', {}),
  absenceEnd: defineButton('abs.end', { id: part.id }),
  absenceList: defineButton('abs.list', { id: part.id, page: part.number }),
  absenceHand: defineButton('abs.hand', { id: part.id }),
  absenceCancelAsk: defineButton('abs.no', { id: part.id }),
  absenceCancel: defineButton('abs.no.ok', { id: part.id, reason: z.enum(CANCEL_REASONS) }),
};

/**
 * Buttons of the forms. Each question has its own, and what can be on or off says which it shall be, so that what is
 * pressed twice does not answer the next question or take itself back.
 */
export const hoursButtons = {
  back: defineButton('hf.back', {}),
  weekday: defineButton('hf.day', { weekday: z.enum(['1', '2', '3', '4', '5', '6', '7']), on: isOn }),
  weekdaysDone: defineButton('hf.days', {}),
  time: defineButton('hf.time', { end: z.enum(['from', 'to']), time }),
  way: defineButton('hf.way', { way: z.enum(WAYS), on: isOn }),
  waysDone: defineButton('hf.ways', {}),
  place: defineButton('hf.place', { place: z.string().regex(/^[a-z0-9-]{1,40}$/) }),
  newPlace: defineButton('hf.new', {}),
  minutes: defineButton('hf.min', { what: z.enum(['slot', 'before', 'after', 'travel']), minutes: part.number }),
  every: defineButton('hf.every', { weeks: part.number }),
  start: defineButton('hf.from', { day: calendarDay }),
  end: defineButton('hf.until', { day: calendarDay }),
  endless: defineButton('hf.endless', {}),
  field: defineButton('hf.f', { field: z.enum(['when', 'ways', 'length', 'rhythm']) }),
  interpreter: defineButton('hf.int', { on: isOn }),
  fate: defineButton('hf.fate', { fate }),
  save: defineButton('hf.save', {}),
};

export const absenceButtons = {
  back: defineButton('af.back', {}),
  kind: defineButton('af.kind', { kind: z.enum(ABSENCE_KINDS) }),
  day: defineButton('af.day', { end: z.enum(['first', 'last']), day: calendarDay }),
  length: defineButton('af.len', { length: z.enum(['whole', 'hours']) }),
  time: defineButton('af.time', { end: z.enum(['from', 'to']), time }),
  deputy: defineButton('af.dep', { id: part.id }),
  nobody: defineButton('af.none', {}),
  save: defineButton('af.save', {}),
};

export const isOfForm =
  (kinds: Readonly<Record<string, { parse(data: string): unknown }>>) =>
  (data: string): boolean =>
    Object.values(kinds).some((kind) => kind.parse(data) !== undefined);
