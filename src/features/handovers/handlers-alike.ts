import type { Context } from '../../telegram/context.ts';
import type { Router } from '../../telegram/router.ts';
import { show } from '../../telegram/screen.ts';
import type { Actor, Manager } from '../people/model.ts';
import { alikeButtons as buttons } from './buttons-alike.ts';
import type { HandoversHandlersDeps } from './handlers.ts';
import * as views from './views-alike.ts';

/** A manager says whether two records are one person, and takes it back. */
export function alikeHandlers(deps: HandoversHandlersDeps, router: Router): void {
  const { handovers } = deps;
  const forManager = async (ctx: Context, act: (manager: Manager) => Promise<void>) => {
    const actor = ctx.actor as Actor;
    if (actor.kind === 'manager') await act(actor);
    else await deps.showMenu(ctx);
  };

  router.on(buttons.list, (ctx, { page }) =>
    forManager(ctx, async (manager) => show(ctx, views.alikeList(ctx.t, await handovers.alike(manager), Number(page)))),
  );
  router.on(buttons.ask, (ctx, { id, into }) =>
    forManager(ctx, async (manager) => {
      const { pairs } = await handovers.alike(manager);
      const pair = pairs.find((one) => one.id === id && one.into === Number(into));
      await show(ctx, pair === undefined ? views.alikeGone(ctx.t) : views.askAlike(ctx.t, pair));
    }),
  );
  router.on(buttons.merge, (ctx, { id, into }) =>
    forManager(ctx, async (manager) => {
      await handovers.join(manager, id, Number(into));
      // The same press again finds what it did.
      const { joined } = await handovers.alike(manager);
      const isJoined = joined.some((one) => one.id === id && one.into === Number(into));
      await show(ctx, isJoined ? views.alikeDone(ctx.t, id, Number(into)) : views.alikeGone(ctx.t));
    }),
  );
  router.on(buttons.undo, (ctx, { id }) =>
    forManager(ctx, async (manager) => {
      const number = await handovers.part(manager, id);
      await show(ctx, number === undefined ? views.alikeGone(ctx.t) : views.alikeParted(ctx.t, number));
    }),
  );
}
