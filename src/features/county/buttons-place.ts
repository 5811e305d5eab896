import { z } from 'zod';
import { defineButton } from '../../telegram/button.ts';
import { PLACE_KINDS } from './model-admin.ts';

/** Buttons of the questions about a place. */
export const placeButtons = {
  kind: defineButton('ko.f.kind', { kind: z.enum(PLACE_KINDS) }),
  noStreet: defineButton('ko.f.bare', {}),
  town: defineButton('ko.f.town', { ags: z.string().regex(/^\d{8}$/) }),
  centre: defineButton('ko.f.mid', {}),
};
