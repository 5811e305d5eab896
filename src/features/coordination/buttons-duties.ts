import { z } from 'zod';
import { day } from '../../platform/datetime.ts';
import { defineButton, part } from '../../telegram/button.ts';
import { PLACE_KINDS } from '../county/model-admin.ts';

const page = part.number;
const ags = z.string().regex(/^\d{8}$/);
/** A carrier, or nobody. */
const carrier = z.string().regex(/^(?:-|[\w-]{2,24})$/);
const place = z.string().regex(/^[a-z0-9-]{1,40}$/);
const kind = z.enum(PLACE_KINDS);
const date = part.day.refine((text) => {
  try {
    return day(text) < '2099-12-01';
  } catch {
    return false;
  }
});

/** What a person presses who would like another manager. */
export const wishButtons = {
  open: defineButton('wish', {}),
  do: defineButton('wish.do', { action: z.enum(['ask', 'back']) }),
};

/** Wishes, carriers, places, staff, the log. */
export const dutyButtons = {
  wishes: defineButton('ko.wishes', { page }),
  wish: defineButton('ko.wish', { id: part.id }),
  decline: defineButton('ko.no', { id: part.id }),

  gaps: defineButton('ko.gaps', { page }),
  towns: defineButton('ko.towns', { page }),
  town: defineButton('ko.town', { ags, page }),
  confirm: defineButton('ko.sure', { ags }),
  carriers: defineButton('ko.swap', { ags }),
  from: defineButton('ko.from', { ags, carrier }),
  fromDay: defineButton('ko.fromday', { ags, carrier }),
  swapAsk: defineButton('ko.swap.ask', { ags, carrier, date }),
  swap: defineButton('ko.swap.ok', { ags, carrier, date }),
  serve: defineButton('ko.serve', { ags, id: part.id, serves: z.enum(['yes', 'no']) }),

  places: defineButton('ko.places', { page }),
  place: defineButton('ko.place', { place }),
  placeAdd: defineButton('ko.p.add', {}),
  placeKind: defineButton('ko.p.kind', { place }),
  placeIs: defineButton('ko.p.is', { place, kind }),
  placeText: defineButton('ko.p.text', { place, what: z.enum(['name', 'street']) }),
  placeWhere: defineButton('ko.p.where', { place }),
  placeOpen: defineButton('ko.p.open', { place, open: z.enum(['yes', 'no']) }),

  staff: defineButton('ko.staff', { page }),
  colleague: defineButton('ko.one', { id: part.id }),
  remove: defineButton('ko.out', { id: part.id }),

  log: defineButton('ko.log', { page }),
};
