import type { Context } from '../../telegram/context.ts';
import type { Router } from '../../telegram/router.ts';
import { show } from '../../telegram/screen.ts';
import type { Actor, Coordinator, Manager, Refugee } from '../people/model.ts';
import { keepingButtons as buttons, readSearch } from './buttons.ts';
import { type CoursesHandlersDeps, showCard } from './handlers.ts';
import * as views from './views.ts';
import * as kept from './views-kept.ts';

/** What is kept because somebody asked for it: wishes, reminders, and that a place is free. */
export function keptHandlers(deps: CoursesHandlersDeps, router: Router): void {
  const { courses, county } = deps;
  const forRefugee = async (ctx: Context, act: (refugee: Refugee) => Promise<void>) => {
    const actor = ctx.actor as Actor;
    if (actor.kind === 'refugee') await act(actor);
    else await deps.showMenu(ctx);
  };
  const forStaff = async (ctx: Context, act: (by: Manager | Coordinator) => Promise<void>) => {
    const actor = ctx.actor as Actor;
    if (actor.kind === 'manager' || actor.kind === 'coordinator') await act(actor);
    else await deps.showMenu(ctx);
  };
  const townOf = async ({ ags }: Refugee) => (ags === undefined ? undefined : (await county.municipality(ags))?.name);

  router.on(buttons.tell, (ctx, { search }) =>
    forRefugee(ctx, async (refugee) => {
      const asked = readSearch(search);
      if (asked === undefined) return deps.showMenu(ctx);
      const told = await courses.tellMe(refugee, asked.wish);
      await show(
        ctx,
        told.status === 'limit'
          ? kept.wishLimit(ctx.t)
          : kept.wish(ctx.t, told.saved, await townOf(refugee), told.status),
      );
    }),
  );
  router.on(buttons.mine, (ctx) =>
    forRefugee(ctx, async (refugee) => show(ctx, kept.kept(ctx.t, await courses.keptFor(refugee)))),
  );
  router.on(buttons.wish, (ctx, { id }) =>
    forRefugee(ctx, async (refugee) => {
      const one = await courses.savedWish(refugee, id);
      await show(ctx, one === undefined ? kept.wishOver(ctx.t) : kept.wish(ctx.t, one, await townOf(refugee)));
    }),
  );
  router.on(buttons.change, (ctx, { id, to }) =>
    forRefugee(ctx, async (refugee) => {
      if ((await courses.savedWish(refugee, id)) === undefined) return show(ctx, kept.wishOver(ctx.t));
      const one = await courses.changeWish(refugee, id, to);
      await show(ctx, one === undefined ? kept.wishEnded(ctx.t) : kept.wish(ctx.t, one, await townOf(refugee)));
    }),
  );
  router.on(buttons.forget, (ctx, { id }) =>
    forRefugee(ctx, async (refugee) => {
      await courses.forgetReminder(refugee, id);
      await show(ctx, kept.kept(ctx.t, await courses.keptFor(refugee)));
    }),
  );

  router.on(buttons.remind, (ctx, { id, search, page, on }) =>
    forRefugee(ctx, async (refugee) => {
      const asked = readSearch(search);
      if (asked === undefined) return deps.showMenu(ctx);
      if ((await courses.remind(refugee, id, on === 'yes')) === 'limit') return show(ctx, kept.reminderLimit(ctx.t));
      // The card says what is true now, also where it was too late.
      await showCard(deps, ctx, refugee, { id, search: asked, page });
    }),
  );
  router.on(buttons.report, (ctx, { id, search, page, on }) =>
    forStaff(ctx, async (by) => {
      const asked = readSearch(search);
      if (asked === undefined) return deps.showMenu(ctx);
      if (!(await courses.reportPlace(by, id, on === 'yes'))) return show(ctx, views.over(ctx.t));
      await showCard(deps, ctx, by, { id, search: asked, page });
    }),
  );
}
