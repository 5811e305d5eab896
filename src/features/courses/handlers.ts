import type { Day } from '../../platform/datetime.ts';
import type { Context } from '../../telegram/context.ts';
import type { Router } from '../../telegram/router.ts';
import { show } from '../../telegram/screen.ts';
import type { CountyService } from '../county/service.ts';
import type { Actor, Refugee } from '../people/model.ts';
import { buttons, EVERYTHING, readSearch } from './buttons.ts';
import type { CoursesService } from './service.ts';
import * as views from './views.ts';

export interface CoursesHandlersDeps {
  readonly courses: CoursesService;
  readonly county: CountyService;
  /** Shows the menu of whoever writes: the answer to a button that is not hers. */
  showMenu(ctx: Context): Promise<void>;
  today(): Day;
}

/** How somebody finds a course: everything travels in the buttons, nothing is stored. */
export function coursesHandlers(deps: CoursesHandlersDeps, router: Router): void {
  const { courses, county, today } = deps;
  const forRefugee = async (ctx: Context, act: (refugee: Refugee) => Promise<void>) => {
    const actor = ctx.actor as Actor;
    if (actor.kind === 'refugee') await act(actor);
    else await deps.showMenu(ctx);
  };

  async function showList(ctx: Context, refugee: Refugee, search: string, page: number): Promise<void> {
    const asked = readSearch(search);
    if (asked === undefined) return deps.showMenu(ctx);
    const { wish, from } = asked;
    const found = await courses.findOfferings(refugee, wish, from, page);
    const home = from === 'home' && refugee.ags !== undefined ? await county.municipality(refugee.ags) : undefined;
    await show(ctx, views.list(ctx.t, found, search, home?.name, today()));
  }
  router.on(buttons.courses, (ctx) => forRefugee(ctx, (refugee) => showList(ctx, refugee, EVERYTHING, 0)));
  router.on(buttons.list, (ctx, { search, page }) =>
    forRefugee(ctx, (refugee) => showList(ctx, refugee, search, Number(page))),
  );
  router.on(buttons.card, (ctx, { id, search, page }) =>
    forRefugee(ctx, async (refugee) => {
      const facts = await courses.offering(refugee, id, readSearch(search)?.from ?? 'home');
      if (facts === undefined || facts.isOver) return show(ctx, views.over(ctx.t));
      await show(ctx, views.card(ctx.t, facts, buttons.list.data({ search, page }), today()));
    }),
  );
}
