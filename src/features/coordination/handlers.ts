import { createConversation } from '@grammyjs/conversations';
import { Composer } from 'grammy';
import { newId } from '../../platform/crypto.ts';
import type { Day, Instant } from '../../platform/datetime.ts';
import type { I18n } from '../../platform/i18n.ts';
import type { Context } from '../../telegram/context.ts';
import { DIALOGUE_MS } from '../../telegram/dialogue.ts';
import type { Router } from '../../telegram/router.ts';
import { show } from '../../telegram/screen.ts';
import type { View } from '../../telegram/view.ts';
import type { CountyService } from '../county/service.ts';
import type { Actor, Coordinator } from '../people/model.ts';
import { buttons, changeOf, targetOf } from './buttons.ts';
import { absenceOfDialogue } from './conversations/absence.ts';
import { dayDialogue } from './conversations/day.ts';
import { placeDialogue } from './conversations/place.ts';
import type { CoordinationService } from './service.ts';
import * as views from './views.ts';
import * as caseload from './views-caseload.ts';

export interface CoordinationHandlersDeps {
  readonly coordination: CoordinationService;
  readonly county: CountyService;
  readonly i18n: I18n;
  showMenu(ctx: Context): Promise<void>;
  today(): Day;
  now(): Instant;
}

/** The forms of this room; mounted before anything that enters them. */
export function coordinationDialogues(deps: CoordinationHandlersDeps): Composer<Context> {
  const composer = new Composer<Context>();
  const options = { maxMillisecondsToWait: DIALOGUE_MS };
  composer.use(createConversation(dayDialogue(deps), { id: 'day', ...options }));
  composer.use(createConversation(placeDialogue(deps), { id: 'place', ...options }));
  composer.use(createConversation(absenceOfDialogue(deps), { id: 'absence-of', ...options }));
  return composer;
}

export type ForCoordinator = (ctx: Context, act: (by: Coordinator) => Promise<View>) => Promise<void>;

/** Shows what a coordinator asked for; to everybody else the menu. */
export const forCoordinator =
  (deps: Pick<CoordinationHandlersDeps, 'showMenu'>): ForCoordinator =>
  async (ctx, act) => {
    const actor = ctx.actor as Actor;
    if (actor.kind !== 'coordinator') return deps.showMenu(ctx);
    await show(ctx, await act(actor));
  };

/** The team, and who looks after whom. */
export function coordinationHandlers(deps: CoordinationHandlersDeps, router: Router): void {
  const { coordination, county } = deps;
  const answer = forCoordinator(deps);
  const pageOf = (page: string) => Math.max(0, Number(page));

  router.on(buttons.hub, (ctx) => answer(ctx, async () => views.hub(ctx.t)));
  router.on(buttons.team, (ctx, { page }) =>
    answer(ctx, async (by) => views.team(ctx.t, await coordination.team(by), pageOf(page))),
  );
  router.on(buttons.member, (ctx, { id }) =>
    answer(ctx, async (by) => {
      const one = await coordination.member(by, id);
      return one === undefined ? views.gone(ctx.t) : views.member(ctx.t, one, await coordination.townsOf(one.member));
    }),
  );
  router.on(buttons.withdraw, (ctx, { id }) =>
    answer(ctx, async (by) =>
      (await coordination.withdrawInvite(by, id)) ? views.withdrawn(ctx.t) : views.gone(ctx.t),
    ),
  );
  router.on(buttons.leave, (ctx, { id }) =>
    answer(ctx, async (by) => {
      const one = await coordination.member(by, id);
      return one === undefined ? views.gone(ctx.t) : views.askLastDay(ctx.t, one.member, deps.today());
    }),
  );
  router.on(buttons.leaveDay, async (ctx, { id }) => {
    const actor = ctx.actor as Actor;
    const one = actor.kind === 'coordinator' ? await coordination.member(actor, id) : undefined;
    if (one === undefined) return answer(ctx, async () => views.gone(ctx.t));
    await ctx.conversation.exitAll();
    await show(ctx, views.typeLastDay(ctx.t, id));
    const start = { locale: ctx.t.locale, about: 'last-day', id, today: deps.today() };
    await ctx.conversation.enter('day', start as never);
  });
  router.on(buttons.days, (ctx, { id }) =>
    answer(ctx, async (by) => {
      const one = await coordination.member(by, id);
      return one === undefined ? views.gone(ctx.t) : views.askDays(ctx.t, one.member);
    }),
  );
  router.on(buttons.people, (ctx, { id, page }) =>
    answer(ctx, async (by) => {
      const found = await coordination.clientsOf(by, id);
      if (found === undefined) return views.gone(ctx.t);
      const towns = new Map((await county.municipalities()).map(({ ags, name }) => [ags, name]));
      return views.people(ctx.t, found.member, found.clients, towns, pageOf(page));
    }),
  );

  router.on(buttons.to, (ctx, { subject, what, page }) =>
    answer(ctx, async (by) => {
      const change = changeOf(subject, what);
      const found = await coordination.takers(by, change);
      if (found === undefined) return views.gone(ctx.t);
      return caseload.askTarget(ctx.t, change, await coordination.loads(found.colleagues), pageOf(page));
    }),
  );
  router.on(buttons.see, (ctx, { subject, what, target, clash, page }) =>
    answer(ctx, async (by) => {
      const wanted = { change: changeOf(subject, what), target: targetOf(target), clash };
      const found = await coordination.preview(by, wanted);
      return found === undefined ? views.gone(ctx.t) : caseload.preview(ctx.t, found, newId(6), pageOf(page));
    }),
  );
  router.on(buttons.make, (ctx, { draft, subject, what, target, clash, print }) =>
    answer(ctx, async (by) => {
      const wanted = { change: changeOf(subject, what), target: targetOf(target), clash };
      const made = await coordination.make(by, wanted, draft, print);
      switch (made.status) {
        case 'done':
          return caseload.move(ctx.t, made.move, deps.now(), true);
        case 'changed':
          return caseload.preview(ctx.t, made.preview, newId(6), 0, 'changed');
        case 'gone':
          return views.gone(ctx.t);
      }
    }),
  );

  router.on(buttons.moves, (ctx, { page }) =>
    answer(ctx, async (by) => caseload.moves(ctx.t, await coordination.moves(by, pageOf(page)), pageOf(page))),
  );
  router.on(buttons.move, (ctx, { id }) =>
    answer(ctx, async (by) => {
      const one = await coordination.move(by, id);
      return one === undefined
        ? views.gone(ctx.t, buttons.moves.data({ page: '0' }))
        : caseload.move(ctx.t, one, deps.now());
    }),
  );
  router.on(buttons.undo, (ctx, { id }) =>
    answer(ctx, async (by) => {
      const result = await coordination.undo(by, id);
      switch (result.status) {
        case 'undone':
          return caseload.undone(ctx.t, result.undone);
        case 'late':
          return caseload.tooLate(ctx.t);
        case 'gone':
          return views.gone(ctx.t, buttons.moves.data({ page: '0' }));
      }
    }),
  );
}
