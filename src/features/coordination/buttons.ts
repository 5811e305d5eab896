import { z } from 'zod';
import { type Day, day } from '../../platform/datetime.ts';
import { defineButton, part } from '../../telegram/button.ts';
import { type Change, CLASHES, type Target } from './model.ts';

const page = part.number;
const id = part.id;

/** A last working day without its hyphens, or now. */
const LAST_DAY = /^l(?:now|\d{8})$/;
/** What is changed: l… who leaves and when, d25 the days a week in tenths, comes, one, wish. */
const what = z
  .string()
  .regex(/^(?:l(?:now|\d{8})|d(?:05|[1-4][05]|50)|c|o|w)$/)
  .refine((text) => !LAST_DAY.test(text) || text === 'lnow' || isDay(text.slice(1)));
/** A colleague, or whoever has most free capacity. */
const target = z.string().regex(/^(?:-|[0-9a-z]{4,16})$/);

function isDay(digits: string): boolean {
  try {
    return day(dashed(digits)) < '2099-12-01';
  } catch {
    return false;
  }
}
const dashed = (digits: string): string => `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`;

const change = { subject: id, what };
const wanted = { ...change, target, clash: z.enum(CLASHES) };

/** Each screen carries what was decided so far; what it would do is agreed to by `print`, and done once per `draft`. */
export const buttons = {
  hub: defineButton('ko', {}),
  team: defineButton('ko.team', { page }),
  member: defineButton('ko.man', { id }),
  leave: defineButton('ko.leave', { id }),
  leaveDay: defineButton('ko.day', { id }),
  days: defineButton('ko.days', { id }),
  people: defineButton('ko.people', { id, page }),
  withdraw: defineButton('ko.uninvite', { id }),
  to: defineButton('ko.to', { ...change, page }),
  see: defineButton('ko.see', { ...wanted, page }),
  make: defineButton('ko.do', { draft: id, ...wanted, print: z.string().regex(/^[\w-]{6}$/) }),
  moves: defineButton('ko.moves', { page }),
  move: defineButton('ko.move', { id }),
  undo: defineButton('ko.undo', { id }),
};

export const subjectOf = (one: Change): string => ('managerId' in one ? one.managerId : one.personId);

export function whatOf(one: Change): string {
  switch (one.reason) {
    case 'leaves':
      return one.lastDay === undefined ? 'lnow' : `l${one.lastDay.replaceAll('-', '')}`;
    case 'share':
      return `d${String(Math.round(one.workingDays * 10)).padStart(2, '0')}`;
    case 'comes':
      return 'c';
    case 'one':
      return 'o';
    case 'wish':
      return 'w';
  }
}

/** Of a button that was read. */
export function changeOf(subject: string, text: string): Change {
  switch (text[0]) {
    case 'l': {
      const lastDay: Day | undefined = text === 'lnow' ? undefined : day(dashed(text.slice(1)));
      return { reason: 'leaves', managerId: subject, lastDay };
    }
    case 'd':
      return { reason: 'share', managerId: subject, workingDays: Number(text.slice(1)) / 10 };
    case 'c':
      return { reason: 'comes', managerId: subject };
    case 'w':
      return { reason: 'wish', personId: subject };
    default:
      return { reason: 'one', personId: subject };
  }
}

export const targetOf = (text: string): Target =>
  text === '-' ? { kind: 'capacity' } : { kind: 'colleague', managerId: text };
export const targetText = (one: Target): string => (one.kind === 'capacity' ? '-' : one.managerId);

/** The parts that name a change in a button. */
export const changeParts = (one: Change) => ({ subject: subjectOf(one), what: whatOf(one) });
