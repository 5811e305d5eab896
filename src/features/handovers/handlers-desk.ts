import type { Context } from '../../telegram/context.ts';
import type { Router } from '../../telegram/router.ts';
import { show } from '../../telegram/screen.ts';
import type { Actor, Manager } from '../people/model.ts';
import { deskButtons as buttons } from './buttons.ts';
import type { HandoversHandlersDeps } from './handlers.ts';
import type { Handover } from './model.ts';
import { finished } from './views-cases.ts';
import * as views from './views-desk.ts';

/** What a manager does with the cases of her team. */
export function deskHandlers(deps: HandoversHandlersDeps, router: Router): void {
  const { handovers } = deps;

  const forManager = async (ctx: Context, act: (manager: Manager) => Promise<void>) => {
    const actor = ctx.actor as Actor;
    if (actor.kind === 'manager') await act(actor);
    else await deps.showMenu(ctx);
  };
  /** A case that she may see now; whose it is by now, or that there is none. */
  const withOne = (ctx: Context, id: string, act: (one: Handover, manager: Manager) => Promise<void>) =>
    forManager(ctx, async (manager) => {
      const seen = await handovers.look(manager, id);
      // What is done is nobody's to go on with.
      if (seen.status === 'shown' && seen.handover.status === 'done') return show(ctx, finished(ctx.t));
      if (seen.status === 'shown') return act(seen.handover, manager);
      await show(ctx, seen.status === 'taken' ? views.takenBy(ctx.t, seen.by) : views.deskGone(ctx.t));
    });

  router.on(buttons.list, (ctx, { page }) =>
    forManager(ctx, async (manager) => show(ctx, views.inbox(ctx.t, await handovers.inbox(manager), Number(page)))),
  );
  router.on(buttons.open, (ctx, { id }) => withOne(ctx, id, (one) => show(ctx, views.deskCard(ctx.t, one))));
  router.on(buttons.text, (ctx, { id }) =>
    withOne(ctx, id, async (one, manager) => {
      const content = await handovers.confidential(manager, id);
      await show(ctx, views.deskCard(ctx.t, one, content === undefined ? {} : { content }));
    }),
  );
  router.on(buttons.accept, (ctx, { id }) =>
    forManager(ctx, async (manager) => {
      const accepted = await handovers.accept(manager, id);
      switch (accepted.status) {
        case 'accepted':
          return show(ctx, views.deskCard(ctx.t, accepted.handover, { title: 'yours' }));
        case 'taken':
          return show(ctx, views.takenBy(ctx.t, accepted.by));
        case 'gone':
          return show(ctx, views.deskGone(ctx.t));
      }
    }),
  );
  router.on(buttons.declineAsk, (ctx, { id }) =>
    withOne(ctx, id, (one) =>
      show(ctx, one.status === 'sent' ? views.askReason(ctx.t, id) : views.deskCard(ctx.t, one)),
    ),
  );
  router.on(buttons.decline, (ctx, { id, reason }) =>
    withOne(ctx, id, async (_, manager) =>
      show(ctx, views.declined(ctx.t, await handovers.decline(manager, id, reason))),
    ),
  );
}
