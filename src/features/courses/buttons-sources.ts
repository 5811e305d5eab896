import { z } from 'zod';
import { defineButton, part } from '../../telegram/button.ts';

const page = part.number;
const id = part.id;
/** The short name of a list. */
const list = z.string().regex(/^[a-z][a-z0-9-]{0,29}$/);

/** Where courses come from, what was delivered, and a table that a coordinator has sent. */
export const sourceButtons = {
  all: defineButton('src', { page }),
  one: defineButton('src.one', { list, page }),
  report: defineButton('src.rep', { id, page }),
  how: defineButton('src.how', {}),
  template: defineButton('src.tmpl', {}),
  fetch: defineButton('src.get', { list }),
  accept: defineButton('src.yes', { list }),
  /** A file that she has sent: which list it is. */
  ask: defineButton('src.file', { id, page }),
  read: defineButton('src.read', { id, list }),
  drop: defineButton('src.drop', { id }),
  /** It was refused because most courses would vanish: that is right. */
  sure: defineButton('src.sure', { id }),
};
