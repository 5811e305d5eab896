import type { Context } from '../../telegram/context.ts';
import type { Router } from '../../telegram/router.ts';
import { show } from '../../telegram/screen.ts';
import type { Actor, Coordinator, Manager, SignedVolunteer } from '../people/model.ts';
import { caseButtons as buttons, deskButtons } from './buttons.ts';
import type { HandoversHandlersDeps } from './handlers.ts';
import type { Handover } from './model.ts';
import { caseGone, statusCard, statusText } from './views.ts';
import * as views from './views-cases.ts';
import { deskCard, deskGone, takenBy } from './views-desk.ts';

/** Passing on, done, withdrawn, and what coordinators see of cases that nobody takes. */
export function caseHandlers(deps: HandoversHandlersDeps, router: Router): void {
  const { handovers, county } = deps;

  const forManager = async (ctx: Context, act: (manager: Manager) => Promise<void>) => {
    const actor = ctx.actor as Actor;
    if (actor.kind === 'manager') await act(actor);
    else await deps.showMenu(ctx);
  };
  const forCoordinator = async (ctx: Context, act: (coordinator: Coordinator) => Promise<void>) => {
    const actor = ctx.actor as Actor;
    if (actor.kind === 'coordinator') await act(actor);
    else await deps.showMenu(ctx);
  };
  const withOne = (ctx: Context, id: string, act: (one: Handover, manager: Manager) => Promise<void>) =>
    forManager(ctx, async (manager) => {
      const seen = await handovers.look(manager, id);
      if (seen.status === 'shown') return act(seen.handover, manager);
      await show(ctx, seen.status === 'taken' ? takenBy(ctx.t, seen.by) : deskGone(ctx.t));
    });

  router.on(buttons.passAsk, (ctx, { id, page }) =>
    withOne(ctx, id, async (one, manager) =>
      show(
        ctx,
        one.status === 'done'
          ? views.finished(ctx.t)
          : views.askPass(ctx.t, one, await handovers.colleagues(manager, id), Number(page)),
      ),
    ),
  );
  const passOn = (ctx: Context, id: string, colleague: string | undefined) =>
    withOne(ctx, id, async (_, manager) => {
      const passed = await handovers.passOn(manager, id, colleague);
      switch (passed.status) {
        case 'passed':
          return show(ctx, views.passed(ctx.t, passed.to));
        case 'taken':
          return show(ctx, takenBy(ctx.t, passed.by));
        case 'gone':
          return show(ctx, deskGone(ctx.t));
      }
    });
  router.on(buttons.pass, (ctx, { id, colleague }) => passOn(ctx, id, colleague));
  router.on(buttons.passTeam, (ctx, { id }) => passOn(ctx, id, undefined));

  router.on(buttons.finish, (ctx, { id, answer }) =>
    withOne(ctx, id, async (one, manager) => {
      if (one.status === 'done') return show(ctx, views.finished(ctx.t));
      if (one.status !== 'accepted') return show(ctx, deskCard(ctx.t, one));
      if (answer === 'ask') return show(ctx, views.askFinish(ctx.t, one));
      const isDone = (await handovers.complete(manager, id)) === 'done';
      await show(ctx, isDone ? views.finished(ctx.t) : deskGone(ctx.t));
    }),
  );

  router.on(buttons.withdraw, async (ctx, { id, answer }) => {
    const actor = ctx.actor as Actor;
    if (actor.kind !== 'volunteer' || !actor.signed) return deps.showMenu(ctx);
    const volunteer = actor as SignedVolunteer;
    const one = await handovers.mineOne(volunteer, id);
    if (one === undefined) return show(ctx, caseGone(ctx.t));
    if (answer === 'ask' && one.status === 'sent') return show(ctx, views.askWithdraw(ctx.t, one));
    const result = answer === 'yes' ? await handovers.withdraw(volunteer, id) : undefined;
    if (result?.status === 'taken') return show(ctx, views.withdrawLate(ctx.t, result.handover));
    const after = await handovers.mineOne(volunteer, id);
    if (after === undefined) return show(ctx, caseGone(ctx.t));
    const team = after.town === undefined ? undefined : await handovers.teamOf(after.town.ags);
    await show(ctx, statusCard(ctx.t, statusText(ctx.t, after, county.facts, team)));
  });

  router.on(deskButtons.over, async (ctx, { id, answer }) => {
    const actor = ctx.actor as Actor;
    if (actor.kind !== 'manager' && actor.kind !== 'coordinator') return deps.showMenu(ctx);
    const isManager = actor.kind === 'manager';
    const gone = isManager ? deskGone(ctx.t) : views.stuckGone(ctx.t);
    const one = await handovers.mayEndFor(actor, id);
    if (one === undefined) return show(ctx, gone);
    const toCase = isManager ? deskButtons.open.data({ id }) : buttons.stuckOne.data({ id });
    if (answer === 'ask') return show(ctx, views.askOver(ctx.t, one, toCase));
    const toList = isManager ? deskButtons.list.data({ page: '0' }) : buttons.stuck.data({ page: '0' });
    await show(ctx, (await handovers.endFor(actor, id)) ? views.over(ctx.t, toList) : gone);
  });

  router.on(buttons.stuck, (ctx, { page }) =>
    forCoordinator(ctx, async (coordinator) =>
      show(ctx, views.stuckList(ctx.t, await handovers.stuck(coordinator), Number(page))),
    ),
  );
  router.on(buttons.stuckOne, (ctx, { id }) =>
    forCoordinator(ctx, async (coordinator) => {
      const found = await handovers.stuckOne(coordinator, id);
      await show(
        ctx,
        found === undefined ? views.stuckGone(ctx.t) : views.stuckCard(ctx.t, found.handover, found.team),
      );
    }),
  );
}
