import { day as asDay } from '../../platform/datetime.ts';
import type { Context } from '../../telegram/context.ts';
import type { Router } from '../../telegram/router.ts';
import { show } from '../../telegram/screen.ts';
import type { View } from '../../telegram/view.ts';
import type { Actor, Coordinator, Refugee } from '../people/model.ts';
import { dutyButtons, wishButtons } from './buttons-duties.ts';
import { type CoordinationHandlersDeps, forCoordinator } from './handlers.ts';
import type { TownDetail } from './service-county.ts';
import * as views from './views.ts';
import * as duties from './views-duties.ts';
import * as placeViews from './views-places.ts';

/** Wishes, carriers, places, staff, the log. */
export function dutyHandlers(deps: CoordinationHandlersDeps, router: Router): void {
  const { coordination, county } = deps;
  const answer = forCoordinator(deps);
  const pageOf = (page: string) => Math.max(0, Number(page));
  const townNames = async () => new Map((await county.municipalities()).map(({ ags, name }) => [ags, name]));

  const forRefugee = async (ctx: Context, act: (refugee: Refugee) => Promise<View>) => {
    const actor = ctx.actor as Actor;
    if (actor.kind !== 'refugee') return deps.showMenu(ctx);
    await show(ctx, await act(actor));
  };
  router.on(wishButtons.open, (ctx) =>
    forRefugee(ctx, async (refugee) => duties.wish(ctx.t, await coordination.wishOf(refugee))),
  );
  router.on(wishButtons.do, (ctx, { action }) =>
    forRefugee(ctx, async (refugee) =>
      action === 'ask'
        ? duties.wish(ctx.t, await coordination.askForAnother(refugee))
        : duties.wish(ctx.t, await coordination.takeWishBack(refugee), 'taken-back'),
    ),
  );

  const wishGone = (ctx: Context) => views.gone(ctx.t, dutyButtons.wishes.data({ page: '0' }));
  router.on(dutyButtons.wishes, (ctx, { page }) =>
    answer(ctx, async (by) =>
      duties.wishes(ctx.t, await coordination.wishes(by, pageOf(page)), await townNames(), pageOf(page)),
    ),
  );
  router.on(dutyButtons.wish, (ctx, { id }) =>
    answer(ctx, async (by) => {
      const one = await coordination.wish(by, id);
      return one === undefined ? wishGone(ctx) : duties.oneWish(ctx.t, one, await townNames());
    }),
  );
  router.on(dutyButtons.decline, (ctx, { id }) =>
    answer(ctx, async (by) => ((await coordination.decline(by, id)) ? duties.declined(ctx.t) : wishGone(ctx))),
  );

  router.on(dutyButtons.gaps, (ctx, { page }) =>
    answer(ctx, async (by) => duties.vacancies(ctx.t, await coordination.vacancies(by), pageOf(page))),
  );
  router.on(dutyButtons.towns, (ctx, { page }) =>
    answer(ctx, async (by) => duties.towns(ctx.t, await coordination.towns(by), pageOf(page))),
  );
  const townGone = (ctx: Context) => views.gone(ctx.t, dutyButtons.towns.data({ page: '0' }));
  const showTown = async (ctx: Context, by: Coordinator, ags: string, page = 0): Promise<View> => {
    const one = await coordination.town(by, ags);
    return one === undefined ? townGone(ctx) : duties.town(ctx.t, one, page);
  };
  router.on(dutyButtons.town, (ctx, { ags, page }) => answer(ctx, (by) => showTown(ctx, by, ags, pageOf(page))));
  router.on(dutyButtons.confirm, (ctx, { ags }) =>
    answer(ctx, async (by) => {
      await coordination.confirmCarrier(by, ags);
      return showTown(ctx, by, ags);
    }),
  );
  router.on(dutyButtons.serve, (ctx, { ags, id, serves }) =>
    answer(ctx, async (by) => {
      await coordination.serve(by, ags, id, serves === 'yes');
      return showTown(ctx, by, ags);
    }),
  );

  /** Only for whoever may decide between carriers. */
  const mayChange = async (ctx: Context, by: Coordinator, ags: string, go: (town: TownDetail) => Promise<View>) => {
    const one = await coordination.town(by, ags);
    return one?.mayChange === true ? go(one) : townGone(ctx);
  };
  router.on(dutyButtons.carriers, (ctx, { ags }) =>
    answer(ctx, (by) =>
      mayChange(ctx, by, ags, async ({ municipality }) =>
        duties.askCarrier(ctx.t, municipality, await county.carriers()),
      ),
    ),
  );
  router.on(dutyButtons.from, (ctx, { ags, carrier }) =>
    answer(ctx, (by) => mayChange(ctx, by, ags, async () => duties.askFrom(ctx.t, ags, carrier, deps.today()))),
  );
  router.on(dutyButtons.fromDay, async (ctx, { ags, carrier }) => {
    const actor = ctx.actor as Actor;
    const one = actor.kind === 'coordinator' ? await coordination.town(actor, ags) : undefined;
    if (one?.mayChange !== true) return answer(ctx, async () => townGone(ctx));
    await ctx.conversation.exitAll();
    await show(ctx, duties.typeFrom(ctx.t, ags, carrier));
    const start = { locale: ctx.t.locale, about: 'carrier', ags, carrier, today: deps.today() };
    await ctx.conversation.enter('day', start as never);
  });
  router.on(dutyButtons.swapAsk, (ctx, { ags, carrier, date }) =>
    answer(ctx, (by) =>
      mayChange(ctx, by, ags, async ({ municipality }) =>
        duties.askSwap(ctx.t, municipality, await county.carriers(), carrier, asDay(date)),
      ),
    ),
  );
  router.on(dutyButtons.swap, (ctx, { ags, carrier, date }) =>
    answer(ctx, async (by) => {
      const to = carrier === '-' ? undefined : carrier;
      const said = await coordination.changeCarrier(by, ags, to, asDay(date));
      return said === 'gone' ? townGone(ctx) : duties.swapSaid(ctx.t, said, ags);
    }),
  );

  router.on(dutyButtons.places, (ctx, { page }) =>
    answer(ctx, async (by) => placeViews.places(ctx.t, await coordination.places(by), pageOf(page))),
  );
  const withPlace = (ctx: Context, id: string, act: (by: Coordinator) => Promise<View | undefined>) =>
    answer(ctx, async (by) => {
      const said = (await coordination.place(by, id)) === undefined ? placeViews.noPlace(ctx.t) : await act(by);
      if (said !== undefined) return said;
      const now = await coordination.place(by, id);
      return now === undefined ? placeViews.noPlace(ctx.t) : placeViews.place(ctx.t, now);
    });
  router.on(dutyButtons.place, (ctx, { place }) => withPlace(ctx, place, async () => undefined));
  router.on(dutyButtons.placeKind, (ctx, { place }) =>
    withPlace(ctx, place, async () => placeViews.askKind(ctx.t, place)),
  );
  router.on(dutyButtons.placeIs, (ctx, { place, kind }) =>
    withPlace(ctx, place, async (by) => {
      await coordination.changePlace(by, place, { kind });
      return undefined;
    }),
  );
  router.on(dutyButtons.placeOpen, (ctx, { place, open }) =>
    withPlace(ctx, place, async (by) => {
      const result = await coordination.openPlace(by, place, open === 'yes');
      return result.status === 'held' ? placeViews.placeHeld(ctx.t, place, result.by) : undefined;
    }),
  );
  /** Enters the form in which something is typed; it shows its first question itself. */
  const enterForm = async (ctx: Context, id: string | undefined, what?: 'name' | 'street' | 'where') => {
    const actor = ctx.actor as Actor;
    const isThere = actor.kind === 'coordinator' && (id === undefined || (await coordination.place(actor, id)));
    if (isThere === false) return deps.showMenu(ctx);
    if (isThere === undefined) return show(ctx, placeViews.noPlace(ctx.t));
    await ctx.conversation.exitAll();
    const start = { locale: ctx.t.locale, ...(id !== undefined && { id }), ...(what !== undefined && { what }) };
    await ctx.conversation.enter('place', start as never);
  };
  router.on(dutyButtons.placeAdd, (ctx) => enterForm(ctx, undefined));
  router.on(dutyButtons.placeText, (ctx, { place, what }) => enterForm(ctx, place, what));
  router.on(dutyButtons.placeWhere, (ctx, { place }) => enterForm(ctx, place, 'where'));

  const staffGone = (ctx: Context) => views.gone(ctx.t, dutyButtons.staff.data({ page: '0' }));
  router.on(dutyButtons.staff, (ctx, { page }) =>
    answer(ctx, async (by) => duties.staff(ctx.t, await coordination.colleagues(by), pageOf(page))),
  );
  router.on(dutyButtons.colleague, (ctx, { id }) =>
    answer(ctx, async (by) => {
      const one = await coordination.colleague(by, id);
      return one === undefined ? staffGone(ctx) : duties.colleague(ctx.t, one);
    }),
  );
  router.on(dutyButtons.remove, (ctx, { id }) =>
    answer(ctx, async (by) => ((await coordination.remove(by, id)) ? duties.removed(ctx.t) : staffGone(ctx))),
  );

  router.on(dutyButtons.log, (ctx, { page }) =>
    answer(ctx, async (by) => duties.log(ctx.t, await coordination.log(by, pageOf(page)), pageOf(page))),
  );
}
