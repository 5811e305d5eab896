import type { Context } from '../../telegram/context.ts';
import type { Router } from '../../telegram/router.ts';
import { show, showBelow } from '../../telegram/screen.ts';
import type { Actor, Manager } from '../people/model.ts';
import { feedButtons, NO_FEED } from './buttons-feed.ts';
import { feedAddress } from './model-feed.ts';
import { appAddress, linkAddress } from './model-week.ts';
import type { FeedService } from './service-feed.ts';
import type { PagesService } from './service-pages.ts';
import * as views from './views-feed.ts';
import { pageLink } from './views-page.ts';

export interface FeedHandlersDeps {
  readonly feeds: FeedService;
  readonly pages: PagesService;
  /** Where the program's pages are reached from outside; undefined where they are not. */
  readonly base: string | undefined;
  showMenu(ctx: Context): Promise<void>;
}

/** How a manager gets, renews and ends the address of her calendar, and opens her page. */
export function feedHandlers({ feeds, pages, base, showMenu }: FeedHandlersDeps, router: Router): void {
  const forManager = async (ctx: Context, act: (manager: Manager, base: string) => Promise<void>) => {
    const actor = ctx.actor as Actor;
    if (actor.kind !== 'manager') await showMenu(ctx);
    else if (base === undefined) await show(ctx, views.needsAddress(ctx.t));
    else await act(actor, base);
  };
  const overview = async (ctx: Context, manager: Manager) =>
    show(ctx, views.feedOverview(ctx.t, await feeds.currentFeed(manager)));

  router.on(feedButtons.feed, (ctx) => forManager(ctx, (manager) => overview(ctx, manager)));
  router.on(feedButtons.how, (ctx) => forManager(ctx, () => show(ctx, views.feedHow(ctx.t))));
  router.on(feedButtons.ask, (ctx, { what, id }) =>
    forManager(ctx, async (manager) => {
      const current = await feeds.currentFeed(manager);
      if (current?.id !== id) return overview(ctx, manager);
      await show(ctx, views.feedAsk(ctx.t, what, id));
    }),
  );
  router.on(feedButtons.make, (ctx, { former }) =>
    forManager(ctx, async (manager, address) => {
      const made = await feeds.makeFeed(manager, former === NO_FEED ? undefined : former);
      if (made.status === 'made') return show(ctx, views.feedMade(ctx.t, feedAddress(address, made.secret)));
      // Below, not instead: this message may show the address that the first of two presses has made.
      await showBelow(ctx, views.feedOverview(ctx.t, made.current));
    }),
  );
  router.on(feedButtons.end, (ctx, { id }) =>
    forManager(ctx, async (manager) => {
      if (await feeds.endFeed(manager, id)) return show(ctx, views.feedEnded(ctx.t));
      await overview(ctx, manager);
    }),
  );
  router.on(feedButtons.page, (ctx) =>
    forManager(ctx, async (manager, address) => {
      // Telegram opens pages inside of itself by https only.
      const app = address.startsWith('https:') ? appAddress(address) : undefined;
      await show(ctx, pageLink(ctx.t, linkAddress(address, await pages.makeLink(manager)), app));
    }),
  );
}
