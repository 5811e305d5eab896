import { Composer } from 'grammy';
import type { Day, Instant } from '../../platform/datetime.ts';
import type { Context } from '../../telegram/context.ts';
import { deleteSent, dropKeys, offerKeys } from '../../telegram/location.ts';
import type { Router } from '../../telegram/router.ts';
import { allDone, answer, screenId, send, show } from '../../telegram/screen.ts';
import type { CountyService } from '../county/service.ts';
import type { Content } from '../guidance/model.ts';
import type { GuidanceService } from '../guidance/service.ts';
import type { Actor } from '../people/model.ts';
import { buttons, EVERYTHING, readAnswers, readSearch, type Search } from './buttons.ts';
import { ANY, isInGermany } from './model.ts';
import type { Searcher } from './model-finder.ts';
import { suggestion } from './rules.ts';
import type { CoursesService } from './service.ts';
import { createAwaiting } from './service-awaiting.ts';
import * as views from './views.ts';
import * as finder from './views-finder.ts';
import * as lists from './views-list.ts';
import * as papers from './views-papers.ts';

export interface CoursesHandlersDeps {
  readonly courses: CoursesService;
  readonly county: CountyService;
  readonly guidance: Pick<GuidanceService, 'standing'>;
  readonly content: Content;
  /** Shows the menu of whoever writes: the answer to a button that is not hers. */
  showMenu(ctx: Context): Promise<void>;
  today(): Day;
  now(): Instant;
}

/** Who may look for courses: she herself, and whoever helps her. */
export function searcherOf(actor: Actor): Searcher | undefined {
  switch (actor.kind) {
    case 'refugee':
    case 'manager':
    case 'coordinator':
      return actor;
    case 'volunteer':
      return actor.signed ? (actor as Searcher) : undefined;
    case 'stranger':
    case 'counsellor':
      return undefined;
  }
}

/** How somebody finds a course: everything travels in the buttons, nothing is stored. */
export function coursesHandlers(deps: CoursesHandlersDeps, router: Router): Composer<Context> {
  const { courses, county, guidance, content, today } = deps;
  const composer = new Composer<Context>();
  const awaiting = createAwaiting(deps.now);

  const forSearcher = async (ctx: Context, act: (who: Searcher) => Promise<void>) => {
    const who = searcherOf(ctx.actor as Actor);
    if (who === undefined) await deps.showMenu(ctx);
    else await act(who);
  };
  /** A question, on whatever she has chosen so far. */
  const step = (text: string, ctx: Context, act: (search: Search, who: Searcher) => Promise<void>) =>
    forSearcher(ctx, async (who) => {
      const search = readSearch(text);
      if (search === undefined) return deps.showMenu(ctx);
      await act(search, who);
    });
  const townOf = async (who: Searcher): Promise<string | undefined> =>
    who.kind !== 'refugee' || who.ags === undefined ? undefined : (await county.municipality(who.ags))?.name;

  async function showList(ctx: Context, who: Searcher, search: Search, page: number): Promise<void> {
    const { from } = search;
    const wish = search.isAll ? ANY : search.wish;
    const found = await courses.findOfferings(who, wish, from, page);
    const town = from === 'home' ? await townOf(who) : undefined;
    const frame = { search, who: who.kind, town, draft: screenId(ctx) };
    await show(
      ctx,
      found.total === 0
        ? lists.nothing(ctx.t, await courses.loosen(who, wish, from), frame)
        : lists.list(ctx.t, found, frame, today()),
    );
  }

  const start = (ctx: Context) =>
    forSearcher(ctx, async (who) => {
      // Without any course there is nothing to ask for.
      if (!(await courses.hasAny())) return show(ctx, lists.none(ctx.t, { who: who.kind, draft: screenId(ctx) }));
      await show(ctx, finder.askPurpose(ctx.t, { wish: ANY, from: 'home', isAll: false }));
    });
  composer.command('courses', start);
  router.on(buttons.courses, start);
  router.on(buttons.purpose, (ctx, { search }) =>
    step(search, ctx, (asked) => show(ctx, finder.askPurpose(ctx.t, asked))),
  );
  router.on(buttons.level, (ctx, { search, answers }) =>
    step(search, ctx, async (asked) => {
      const said = readAnswers(answers);
      const { reads, speaks, certificate } = said;
      if (reads === undefined || speaks === undefined || certificate === undefined)
        return show(ctx, finder.askLevel(ctx.t, asked, said));
      const suggested = suggestion({ reads, speaks, certificate });
      const wish = { ...asked.wish, ...suggested };
      await show(ctx, finder.suggested(ctx.t, { ...asked, wish }, { reads, speaks, certificate }));
    }),
  );
  router.on(buttons.when, (ctx, { search }) => step(search, ctx, (asked) => show(ctx, finder.askWhen(ctx.t, asked))));
  router.on(buttons.children, (ctx, { search }) =>
    step(search, ctx, (asked) => show(ctx, finder.askChildren(ctx.t, asked))),
  );
  router.on(buttons.where, (ctx, { search }) =>
    step(search, ctx, async (asked, who) => show(ctx, finder.askWhere(ctx.t, asked, await townOf(who)))),
  );

  router.on(buttons.locate, (ctx, { search }) =>
    step(search, ctx, async (asked) => {
      await show(ctx, finder.askLocation(ctx.t, asked));
      awaiting.start(ctx.chatId, { search, keys: await offerKeys(ctx, finder.locationKeys(ctx.t)) });
    }),
  );
  router.on(buttons.unlocate, (ctx, { search }) =>
    step(search, ctx, async (asked, who) => {
      const keys = awaiting.take(ctx.chatId)?.keys;
      await dropKeys(ctx, finder.without(ctx.t), finder.askWhere(ctx.t, asked, await townOf(who)), keys);
    }),
  );
  // The second key says no with its label, whenever it is pressed.
  composer.on('message:text', async (ctx, next) => {
    const who = searcherOf(ctx.actor as Actor);
    if (who === undefined || !finder.isRefusal(ctx.t, ctx.message.text)) return next();
    const waiting = awaiting.take(ctx.chatId);
    const search = readSearch(waiting?.search ?? EVERYTHING);
    if (search === undefined) return next();
    await dropKeys(ctx, finder.without(ctx.t), finder.askWhere(ctx.t, search, await townOf(who)), waiting?.keys);
  });
  composer.on('message:location', async (ctx) => {
    const { latitude, longitude } = ctx.message.location;
    await deleteSent(ctx);
    await forSearcher(ctx, async (who) => {
      const waiting = awaiting.take(ctx.chatId);
      // Rounded here and now: nothing finer than a kilometre goes on.
      const from = { lat: Math.round(latitude * 100) / 100, lon: Math.round(longitude * 100) / 100 };
      const search = readSearch(waiting?.search ?? EVERYTHING);
      if (search === undefined) return deps.showMenu(ctx);
      const found = isInGermany(from) ? finder.locationFound(ctx.t, from) : finder.abroad(ctx.t, waiting?.search);
      // Out of the blue there are no keys to take away; those of a search long ago have hidden themselves.
      if (waiting === undefined) return void (await send(ctx.api, ctx.chatId, found));
      const view = isInGermany(from) ? finder.askWhere(ctx.t, { ...search, from }, await townOf(who)) : found;
      await dropKeys(ctx, finder.thanks(ctx.t), view, waiting.keys);
    });
  });

  router.on(buttons.list, (ctx, { search, page }) =>
    step(search, ctx, (asked, who) => showList(ctx, who, asked, Number(page))),
  );
  router.on(buttons.card, (ctx, { id, search, page }) =>
    step(search, ctx, (asked, who) => showCard(deps, ctx, who, { id, search: asked, page })),
  );
  router.on(buttons.pin, (ctx, { id }) =>
    forSearcher(ctx, async (who) => {
      const facts = await courses.offering(who, id, 'nowhere');
      const pin = facts === undefined || facts.isOver ? undefined : views.pinOf(ctx.t, facts);
      if (pin === undefined) return show(ctx, views.over(ctx.t));
      await allDone([answer(ctx), send(ctx.api, ctx.chatId, { pin })]);
    }),
  );

  /** A card that is still one. */
  const onCard = (
    ctx: Context,
    { id, search, page }: { id: string; search: string; page: string },
    act: (frame: papers.PaperFrame, who: Searcher) => Promise<void>,
  ) =>
    step(search, ctx, async (asked, who) => {
      const facts = await courses.offering(who, id, 'nowhere');
      if (facts === undefined || facts.isOver) return show(ctx, views.over(ctx.t));
      await act({ offering: facts.offering, search: asked, page }, who);
    });
  router.on(buttons.papers, (ctx, card) =>
    onCard(ctx, card, (frame) => show(ctx, papers.askPaper(ctx.t, content, frame))),
  );
  router.on(buttons.paper, (ctx, { paper, ...card }) =>
    onCard(ctx, card, async (frame, who) => {
      const one = content.papers.find(({ code }) => code === paper);
      if (one === undefined) return show(ctx, papers.askPaper(ctx.t, content, frame));
      const draft = who.kind === 'refugee' ? screenId(ctx) : undefined;
      await show(ctx, papers.canTakePart(ctx.t, content, one, frame, await guidance.standing(), draft));
    }),
  );
  return composer;
}

/** A course with everything that can be done about it. */
export async function showCard(
  deps: Pick<CoursesHandlersDeps, 'courses' | 'today'>,
  ctx: Context,
  who: Searcher,
  { id, search, page }: { readonly id: string; readonly search: Search; readonly page: string },
): Promise<void> {
  const facts = await deps.courses.offering(who, id, search.from);
  if (facts === undefined || facts.isOver) return show(ctx, views.over(ctx.t));
  await show(ctx, views.card(ctx.t, facts, { search, page, who: who.kind, draft: screenId(ctx) }, deps.today()));
}
