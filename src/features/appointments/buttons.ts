import { z } from 'zod';
import { day, type Instant, instant } from '../../platform/datetime.ts';
import { defineButton, part } from '../../telegram/button.ts';
import { CANCEL_REASONS, MOVE_REASONS, REFUGEE_REASONS, TOPICS, WAYS } from './model.ts';

const topic = z.enum(TOPICS);
const way = z.enum(WAYS);
/** A screen's identity: what is pressed twice on it counts once. */
const draft = part.id;

/** Minutes since 1970 within the same reach: the years 2020 to 2099. */
export const minute = part.minute.refine((text) => {
  const minutes = Number.parseInt(text, 36);
  return minutes >= 26_297_280 && minutes < 68_374_080;
});

/** A date that exists, within reach of a diary: nobody pages further. */
export const calendarDay = part.day.refine((text) => {
  try {
    const { length } = day(text);
    return length > 0 && text >= '2020-01-02' && text < '2099-12-01';
  } catch {
    return false;
  }
});

/**
 * Booking carries its whole state in its buttons: each screen works days later, after a restart, and twice. `draft`
 * is drawn when the first screen is shown and becomes the booking's key.
 */
export const buttons = {
  book: defineButton('bk', {}),
  topic: defineButton('bk.topic', { draft, topic }),
  way: defineButton('bk.way', { draft, topic, way, page: part.number }),
  day: defineButton('bk.day', { draft, topic, way, day: calendarDay, page: part.number }),
  time: defineButton('bk.time', { draft, topic, way, minute }),
  confirm: defineButton('bk.ok', { draft, topic, way, minute }),

  mine: defineButton('mine', {}),
  card: defineButton('card', { id: part.id }),
  calendar: defineButton('card.ics', { id: part.id }),
  lost: defineButton('card.lost', { id: part.id }),
  address: defineButton('card.addr', { id: part.id }),
  coming: defineButton('card.yes', { id: part.id }),
  /** An earlier time, and being told when something opens: answered in features/outreach. */
  earlier: defineButton('early', { id: part.id }),
  waiting: defineButton('wait', {}),
  cancelAsk: defineButton('cancel', { id: part.id }),
  cancel: defineButton('cancel.ok', { id: part.id }),
  cancelWhy: defineButton('cancel.why', { id: part.id, reason: z.enum(REFUGEE_REASONS) }),
  moveWay: defineButton('mv', { id: part.id }),
  moveDay: defineButton('mv.way', { id: part.id, way, page: part.number }),
  moveTime: defineButton('mv.day', { id: part.id, way, day: calendarDay, page: part.number }),
  moveConfirm: defineButton('mv.time', { id: part.id, way, minute }),
  move: defineButton('mv.ok', { id: part.id, way, minute }),
  moveWhy: defineButton('mv.why', { id: part.id, way, minute, reason: z.enum(MOVE_REASONS) }),

  diary: defineButton('diary', { day: calendarDay, days: z.enum(['1', '7']), page: part.number }),
  today: defineButton('diary.now', { span: z.enum(['today', 'tomorrow', 'week']) }),
  staffCard: defineButton('appt', { id: part.id }),
  staffTopic: defineButton('appt.topic', { id: part.id }),
  staffAddress: defineButton('appt.addr', { id: part.id }),
  staffCancelAsk: defineButton('appt.no', { id: part.id }),
  staffCancel: defineButton('appt.no.ok', { id: part.id, reason: z.enum(CANCEL_REASONS) }),
  staffMoveDay: defineButton('appt.mv', { id: part.id, page: part.number }),
  staffMoveTime: defineButton('appt.mv.day', { id: part.id, day: calendarDay, page: part.number }),
  staffMove: defineButton('appt.mv.ok', { id: part.id, minute }),
  staffMoveWhy: defineButton('appt.mv.why', { id: part.id, minute, reason: z.enum(CANCEL_REASONS) }),
};

const MINUTE = 60_000;

/** An instant in a button: minutes since 1970 in base 36. */
export const minuteOf = (at: Instant): string => Math.floor(at / MINUTE).toString(36);
export const instantOf = (minute: string): Instant => instant(Number.parseInt(minute, 36) * MINUTE);
