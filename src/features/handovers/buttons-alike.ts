import { defineButton, part } from '../../telegram/button.ts';

/** Two records that might be one person; a person is named by her number. */
export const alikeButtons = {
  list: defineButton('hd.list', { page: part.number }),
  ask: defineButton('hd.ask', { id: part.id, into: part.number }),
  merge: defineButton('hd.ok', { id: part.id, into: part.number }),
  undo: defineButton('hd.undo', { id: part.id }),
};
