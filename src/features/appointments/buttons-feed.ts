import { z } from 'zod';
import { defineButton, part } from '../../telegram/button.ts';

/** `former` and `id` name the address that she saw when the button was drawn; `none` is no address. */
export const feedButtons = {
  feed: defineButton('feed', {}),
  ask: defineButton('feed.ask', { what: z.enum(['renew', 'end']), id: part.id }),
  make: defineButton('feed.make', { former: part.id }),
  end: defineButton('feed.end', { id: part.id }),
  how: defineButton('feed.how', {}),
  /** Makes a link to her page, anew each time. */
  page: defineButton('week.page', {}),
};

export const NO_FEED = 'none';
