import type { I18n } from '../../platform/i18n.ts';
import type { Context } from '../../telegram/context.ts';
import type { Router } from '../../telegram/router.ts';
import { show, showBelow } from '../../telegram/screen.ts';
import { buttons as appointmentButtons } from '../appointments/buttons.ts';
import { busy, gone, noManager } from '../appointments/views.ts';
import { card } from '../appointments/views-card.ts';
import type { Actor, Refugee } from '../people/model.ts';
import { buttons } from './buttons.ts';
import type { OutreachService } from './service.ts';
import * as views from './views.ts';

export interface OutreachHandlersDeps {
  readonly outreach: OutreachService;
  readonly i18n: I18n;
  /** Shows the menu of whoever writes: the answer to a button that is not hers. */
  showMenu(ctx: Context): Promise<void>;
}

/** What a refugee does with wishes, the waiting list and what she is offered. */
export function outreachHandlers(deps: OutreachHandlersDeps, router: Router): void {
  const { outreach, i18n } = deps;
  const german = i18n.translator('de');

  const forRefugee = async (ctx: Context, act: (refugee: Refugee) => Promise<void>) => {
    const actor = ctx.actor as Actor;
    if (actor.kind === 'refugee') await act(actor);
    else await deps.showMenu(ctx);
  };

  router.on(appointmentButtons.earlier, (ctx, { id }) =>
    forRefugee(ctx, async (refugee) => {
      const found = await outreach.earlier(refugee, id);
      if (found === undefined) return show(ctx, gone(ctx.t));
      // Below: the card stays.
      await showBelow(ctx, views.askEarlier(ctx.t, found.appointment, found.wish, found.free));
    }),
  );
  router.on(buttons.earlierOn, (ctx, { id, way }) =>
    forRefugee(ctx, async (refugee) => {
      const isNoted = await outreach.wishEarlier(refugee, id, way);
      await show(ctx, isNoted ? views.earlierNoted(ctx.t, id) : gone(ctx.t));
    }),
  );
  router.on(buttons.earlierOff, (ctx, { id }) =>
    forRefugee(ctx, async (refugee) => {
      if ((await outreach.earlier(refugee, id)) === undefined) return show(ctx, gone(ctx.t));
      await outreach.dropEarlier(refugee, id);
      await show(ctx, views.earlierDropped(ctx.t, id));
    }),
  );
  router.on(buttons.offerYes, (ctx, { id }) =>
    forRefugee(ctx, async (refugee) => {
      const taken = await outreach.takeOffer(refugee, id);
      switch (taken.status) {
        case 'moved':
          return show(ctx, card(ctx.t, german, taken.appointment, 'moved'));
        case 'late':
          return show(ctx, views.offerLate(ctx.t, taken.appointment, taken.next));
        case 'kept':
          return show(ctx, views.offerDeclined(ctx.t, taken.appointment.id));
        case 'busy':
          return show(ctx, busy(ctx.t, appointmentButtons.mine.data({})));
        case 'gone':
          return show(ctx, gone(ctx.t));
      }
    }),
  );
  router.on(buttons.offerNo, (ctx, { id }) =>
    forRefugee(ctx, async (refugee) => {
      const declined = await outreach.declineOffer(refugee, id);
      await show(ctx, declined === undefined ? gone(ctx.t) : views.offerDeclined(ctx.t, declined.appointmentId));
    }),
  );

  router.on(appointmentButtons.waiting, (ctx) =>
    forRefugee(ctx, async (refugee) => {
      if (refugee.managerId === undefined) return show(ctx, noManager(ctx.t));
      const wait = await outreach.waitOf(refugee);
      await show(ctx, wait === undefined ? views.askWait(ctx.t) : views.waiting(ctx.t, wait));
    }),
  );
  router.on(buttons.waitOn, (ctx, { way }) =>
    forRefugee(ctx, async (refugee) => {
      const isNoted = await outreach.waitFor(refugee, way);
      const wait = await outreach.waitOf(refugee);
      await show(ctx, isNoted && wait !== undefined ? views.waiting(ctx.t, wait) : noManager(ctx.t));
    }),
  );
  router.on(buttons.waitChange, (ctx, { to }) =>
    forRefugee(ctx, async (refugee) => {
      const wait = await outreach.changeWait(refugee, to);
      await show(ctx, wait === undefined ? views.waitStopped(ctx.t) : views.waiting(ctx.t, wait));
    }),
  );
  router.on(buttons.wishes, (ctx) =>
    forRefugee(ctx, async (refugee) => show(ctx, views.wishes(ctx.t, await ownWishes(outreach, refugee)))),
  );
}

export const ownWishes = async (outreach: OutreachService, refugee: Refugee): Promise<views.OwnWishes> => ({
  wait: await outreach.waitOf(refugee),
  earlier: await outreach.wishesOf(refugee),
});
