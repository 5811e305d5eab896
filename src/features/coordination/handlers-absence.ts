import { day as asDay } from '../../platform/datetime.ts';
import type { Context } from '../../telegram/context.ts';
import type { Router } from '../../telegram/router.ts';
import type { View } from '../../telegram/view.ts';
import { instantOf } from '../appointments/buttons.ts';
import { coverButtons as cover } from '../appointments/buttons-cover.ts';
import type { Appointment } from '../appointments/model.ts';
import type { Actor, Coordinator } from '../people/model.ts';
import { type CoordinationHandlersDeps, forCoordinator } from './handlers.ts';
import type { Cover } from './service-absence.ts';
import { gone } from './views.ts';
import * as views from './views-absence.ts';

/** What a coordinator does for a manager who is ill. */
export function absenceHandlers(deps: CoordinationHandlersDeps, router: Router): void {
  const { coordination, county } = deps;
  const answer = forCoordinator(deps);
  const pageOf = (page: string) => Math.max(0, Number(page));

  router.on(cover.list, (ctx, { manager, page }) =>
    answer(ctx, async (by) => {
      const found = await coordination.absencesOf(by, manager);
      return found === undefined ? gone(ctx.t) : views.absences(ctx.t, found.member, found.all, pageOf(page));
    }),
  );
  router.on(cover.add, async (ctx, { manager }) => {
    const actor = ctx.actor as Actor;
    const found = actor.kind === 'coordinator' ? await coordination.absencesOf(actor, manager) : undefined;
    if (found === undefined) return answer(ctx, async () => gone(ctx.t));
    await ctx.conversation.exitAll();
    const start = { locale: ctx.t.locale, today: deps.today(), managerId: manager, name: found.member.name };
    await ctx.conversation.enter('absence-of', start as never);
  });

  const withCover = (ctx: Context, id: string, act: (by: Coordinator, one: Cover) => Promise<View>) =>
    answer(ctx, async (by) => {
      const one = await coordination.cover(by, id);
      return one === undefined ? views.absenceGone(ctx.t) : act(by, one);
    });
  const show = (ctx: Context, one: Cover) => views.absence(ctx.t, one, one.absence.from <= deps.now());
  router.on(cover.one, (ctx, { id }) => withCover(ctx, id, async (_, one) => show(ctx, one)));
  router.on(cover.deputy, (ctx, { id, page }) =>
    withCover(ctx, id, async (by, one) => {
      const all = await coordination.candidates(by, one.member.id, one.absence);
      return views.pickDeputy(ctx.t, one, all, pageOf(page));
    }),
  );
  router.on(cover.setDeputy, (ctx, { id, deputy }) =>
    withCover(ctx, id, async (by, before) => {
      // Pressed again, or somebody else was named meanwhile: what is true is shown.
      if (before.absence.deputyId !== undefined) return show(ctx, before);
      if (!(await coordination.nameDeputy(by, id, deputy))) return views.deputyAway(ctx.t, id);
      const now = await coordination.cover(by, id);
      return now === undefined ? views.absenceGone(ctx.t) : show(ctx, now);
    }),
  );
  router.on(cover.end, (ctx, { id }) =>
    answer(ctx, async (by) => {
      const managerId = await coordination.endAbsence(by, id);
      return managerId === undefined ? views.absenceGone(ctx.t) : views.absenceEnded(ctx.t, managerId);
    }),
  );
  router.on(cover.booked, (ctx, { id, page }) =>
    withCover(ctx, id, async (_, one) => views.booked(ctx.t, one, pageOf(page))),
  );
  const handOut = (ctx: Context, id: string, one?: string) =>
    answer(ctx, async (by) => {
      const done = await coordination.handOut(by, id, one);
      return done === undefined ? views.absenceGone(ctx.t) : views.handed(ctx.t, id, done);
    });
  router.on(cover.hand, (ctx, { id }) => handOut(ctx, id));
  router.on(cover.handOne, (ctx, { id, one }) => handOut(ctx, id, one));
  router.on(cover.cancelAsk, (ctx, { id }) => withCover(ctx, id, async () => views.askCancel(ctx.t, id)));
  const cancelOut = (ctx: Context, id: string, one?: string) =>
    answer(ctx, async (by) => {
      const count = await coordination.cancelOut(by, id, one);
      return count === undefined ? views.absenceGone(ctx.t) : views.cancelled(ctx.t, id, count);
    });
  router.on(cover.cancel, (ctx, { id }) => cancelOut(ctx, id));
  router.on(cover.cancelOne, (ctx, { id, one }) => cancelOut(ctx, id, one));

  /** One of the appointments in it; an old button says that it is not there any more. */
  const withOne = (ctx: Context, id: string, which: string, act: (one: Appointment, found: Cover) => Promise<View>) =>
    withCover(ctx, id, async (_, found) => {
      const one = found.appointments.find((each) => each.id === which);
      return one === undefined ? views.appointmentGone(ctx.t, id) : act(one, found);
    });
  router.on(cover.appointment, (ctx, { id, one }) =>
    withOne(ctx, id, one, async (each, found) => views.appointment(ctx.t, found, each)),
  );
  router.on(cover.cancelOneAsk, (ctx, { id, one }) =>
    withOne(ctx, id, one, async () => views.askCancel(ctx.t, id, one)),
  );
  router.on(cover.moveDay, (ctx, { id, one, page }) =>
    withOne(ctx, id, one, async (each) => {
      const days = await coordination.freeDaysOut(each);
      return days.length === 0 ? views.noneFree(ctx.t, id, one) : views.askDay(ctx.t, id, one, days, pageOf(page));
    }),
  );
  router.on(cover.moveTime, (ctx, { id, one, day, page }) =>
    withOne(ctx, id, one, async (each) => {
      const slots = await coordination.freeTimesOut(each, asDay(day));
      if (slots.length === 0) return views.otherTime(ctx.t, 'taken', id, one);
      const places = new Map((await county.places()).map((place) => [place.id, place]));
      return views.askTime(ctx.t, id, each, { day: asDay(day), slots, places, page: pageOf(page) });
    }),
  );
  router.on(cover.move, (ctx, { id, one, minute }) =>
    answer(ctx, async (by) => {
      const each = (await coordination.cover(by, id))?.appointments.find((appointment) => appointment.id === one);
      if (each === undefined) return views.appointmentGone(ctx.t, id);
      const moved = await coordination.moveOut(by, id, one, { way: each.way, startsAt: instantOf(minute) });
      switch (moved.status) {
        case 'moved':
          return views.moved(ctx.t, id, moved.appointment, moved.appointment.manager.id === each.manager.id);
        case 'taken':
          return views.otherTime(ctx.t, 'taken', id, one);
        case 'busy':
          return views.otherTime(ctx.t, 'busy', id, one);
        case 'gone':
          return views.appointmentGone(ctx.t, id);
      }
    }),
  );
}
