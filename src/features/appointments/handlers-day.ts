import { day as asDay, dayOf } from '../../platform/datetime.ts';
import type { Context } from '../../telegram/context.ts';
import type { Router } from '../../telegram/router.ts';
import { show, showBelow } from '../../telegram/screen.ts';
import type { Actor, Manager } from '../people/model.ts';
import { dayButtons as buttons } from './buttons-day.ts';
import type { AppointmentsHandlersDeps } from './handlers.ts';
import { canRecord } from './rules-day.ts';
import * as views from './views-day.ts';
import { staffSaid } from './views-staff.ts';

/** What a manager says of her day; and what a refugee sees of hers that are over. */
export function dayHandlers(deps: AppointmentsHandlersDeps, router: Router): void {
  const { appointments } = deps;
  const forManager = async (ctx: Context, act: (manager: Manager) => Promise<void>) => {
    const actor = ctx.actor as Actor;
    if (actor.kind === 'manager') await act(actor);
    else await deps.showMenu(ctx);
  };

  router.on(buttons.outcome, (ctx, { id }) =>
    forManager(ctx, async ({ managerId }) => {
      const one = await appointments.toRecord(managerId, id);
      if (one === undefined) return show(ctx, staffSaid(ctx.t, 'gone'));
      await show(ctx, canRecord(one, deps.now()) ? views.question(ctx.t, one) : views.closed(ctx.t, one));
    }),
  );
  router.on(buttons.record, (ctx, { id, outcome }) =>
    forManager(ctx, async (manager) => {
      const said = await appointments.record(manager, id, outcome);
      if (said.status === 'gone') return show(ctx, staffSaid(ctx.t, 'gone'));
      if (said.status === 'closed') return show(ctx, views.closed(ctx.t, said.appointment));
      const open = await appointments.unrecorded(manager.managerId, dayOf(said.appointment.startsAt));
      await show(ctx, views.recorded(ctx.t, said.appointment, open.length));
    }),
  );
  router.on(buttons.unrecorded, (ctx, { day, page }) =>
    forManager(ctx, async ({ managerId }) => {
      const open = await appointments.unrecorded(managerId, asDay(day));
      await show(ctx, views.unrecorded(ctx.t, asDay(day), open, Number(page)));
    }),
  );
  router.on(buttons.asPlanned, (ctx, { day }) =>
    forManager(ctx, async (manager) => {
      const count = await appointments.recordAsPlanned(manager, asDay(day));
      const open = await appointments.unrecorded(manager.managerId, asDay(day));
      const view = open.length === 0 ? views.recordedAll(ctx.t, asDay(day), count) : undefined;
      await show(ctx, view ?? views.unrecorded(ctx.t, asDay(day), open, 0));
    }),
  );

  // From the list of the day, which stays, the question about its hour opens below.
  router.on(buttons.morning, (ctx, { from }) =>
    forManager(ctx, ({ morningAt }) => {
      const view = views.askMorning(ctx.t, morningAt);
      return from === 'list' ? showBelow(ctx, view) : show(ctx, view);
    }),
  );
  router.on(buttons.setMorning, (ctx, { time }) =>
    forManager(ctx, async (manager) => {
      const wanted = time === 'never' ? undefined : views.clockOf(time);
      await appointments.setMorning(manager, wanted);
      await show(ctx, views.askMorning(ctx.t, wanted));
    }),
  );

  router.on(buttons.past, async (ctx, { page }) => {
    const actor = ctx.actor as Actor;
    if (actor.kind !== 'refugee') return deps.showMenu(ctx);
    const wanted = Math.max(0, Number(page));
    await show(ctx, views.past(ctx.t, await appointments.past(actor, wanted), wanted));
  });
}
