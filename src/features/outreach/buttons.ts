import { z } from 'zod';
import { defineButton, part } from '../../telegram/button.ts';
import { minute } from '../appointments/buttons.ts';
import { WAYS } from '../appointments/model.ts';

const wished = z.enum([...WAYS, 'any']);

/** An earlier time and the waiting list. What leads here (`early`, `wait`) stands on the appointments' own screens. */
export const buttons = {
  earlierOn: defineButton('early.on', { id: part.id, way: wished }),
  earlierOff: defineButton('early.off', { id: part.id }),
  offerYes: defineButton('early.yes', { id: part.id }),
  offerNo: defineButton('early.no', { id: part.id }),
  waitOn: defineButton('wait.on', { way: wished }),
  waitChange: defineButton('wait.to', { to: z.enum(['pause', 'resume', 'stop']) }),
  wishes: defineButton('wishes', {}),

  /** An invitation's answers. "Another time" leads into booking, under the invitation's id. */
  pick: defineButton('iv.at', { id: part.id, minute }),
  /** Another time at home: only after her yes to the visit. */
  otherHome: defineButton('iv.other', { id: part.id }),
  /** Yes to a visit at home. */
  pickHome: defineButton('iv.home', { id: part.id, minute }),
  decline: defineButton('iv.no', { id: part.id }),
  stop: defineButton('iv.stop', { to: z.enum(['stop', 'allow']) }),
};

/** A manager's people and what she sends them. A draft's state is in the database: so many ticks fit on no button. */
export const staffButtons = {
  people: defineButton('people', { page: part.number }),
  person: defineButton('person', { number: part.number }),
  start: defineButton('ot', {}),
  startFor: defineButton('ot.for', { number: part.number }),
  whom: defineButton('ot.whom', { draft: part.id }),
  /** 0: nobody yet, to be ticked. */
  weeks: defineButton('ot.weeks', { draft: part.id, weeks: z.enum(['0', '4', '8', '12', '26']) }),
  list: defineButton('ot.list', { draft: part.id, page: part.number }),
  tick: defineButton('ot.tick', { draft: part.id, number: part.number, page: part.number }),
  askWay: defineButton('ot.how', { draft: part.id }),
  way: defineButton('ot.way', { draft: part.id, way: z.enum(WAYS) }),
  times: defineButton('ot.times', { draft: part.id, page: part.number }),
  slot: defineButton('ot.slot', { draft: part.id, minute, page: part.number }),
  preview: defineButton('ot.see', { draft: part.id }),
  send: defineButton('ot.send', { draft: part.id }),
  sendings: defineButton('ot.sent', { page: part.number }),
  sending: defineButton('ot.one', { id: part.id }),
};
