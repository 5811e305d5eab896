import type { Context } from '../../telegram/context.ts';
import type { Router } from '../../telegram/router.ts';
import { show } from '../../telegram/screen.ts';
import type { Actor, Refugee } from '../people/model.ts';
import { ownButtons as buttons } from './buttons-consent.ts';
import type { HandoversHandlersDeps } from './handlers.ts';
import { isOpen } from './rules-consent.ts';
import type { OwnCase } from './service-consent-own.ts';
import * as views from './views-consent-own.ts';

/** The refugee reads what was handed over about her, changes what she allows, and ends it. */
export function ownHandlers(deps: HandoversHandlersDeps, router: Router): void {
  const { handovers } = deps;

  const forRefugee = async (ctx: Context, act: (refugee: Refugee) => Promise<void>) => {
    const actor = ctx.actor as Actor;
    if (actor.kind === 'refugee') await act(actor);
    else await deps.showMenu(ctx);
  };
  const withOwn = (ctx: Context, id: string, act: (own: OwnCase, refugee: Refugee) => Promise<void>) =>
    forRefugee(ctx, async (refugee) => {
      const own = await handovers.ownCase(refugee, id);
      if (own === undefined) return show(ctx, views.ownGone(ctx.t));
      await act(own, refugee);
    });

  router.on(buttons.list, (ctx, { page }) =>
    forRefugee(ctx, async (refugee) =>
      show(ctx, views.ownList(ctx.t, await handovers.ownCases(refugee), Number(page))),
    ),
  );
  router.on(buttons.open, (ctx, { id }) => withOwn(ctx, id, (own) => show(ctx, views.ownCard(ctx.t, own))));
  router.on(buttons.messages, (ctx, { id, page }) =>
    withOwn(ctx, id, (own) => show(ctx, views.ownMessages(ctx.t, own, Number(page)))),
  );
  router.on(buttons.allow, (ctx, { id, purpose, allowed }) =>
    forRefugee(ctx, async (refugee) => {
      await handovers.allow(refugee, id, purpose, allowed === 'yes');
      await withOwn(ctx, id, (own) => show(ctx, views.ownCard(ctx.t, own)));
    }),
  );
  router.on(buttons.over, (ctx, { id, answer }) =>
    withOwn(ctx, id, async (own, refugee) => {
      if (!isOpen(own.handover.status)) return show(ctx, views.ownCard(ctx.t, own));
      if (answer === 'ask') return show(ctx, views.askOwnOver(ctx.t, own));
      const isOver = await handovers.takeYesBack(refugee, id);
      await show(ctx, isOver ? views.ownOver(ctx.t) : views.ownGone(ctx.t));
    }),
  );
}
