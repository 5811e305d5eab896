import { addDays, day as asDay, type Day, mondayOf } from '../../platform/datetime.ts';
import { holidayOn } from '../../platform/holidays.ts';
import type { Context } from '../../telegram/context.ts';
import type { Router } from '../../telegram/router.ts';
import { show } from '../../telegram/screen.ts';
import type { Place } from '../county/model.ts';
import type { Actor, Manager } from '../people/model.ts';
import { buttons, instantOf } from './buttons.ts';
import type { AppointmentsHandlersDeps } from './handlers.ts';
import type { Appointment } from './model.ts';
import * as staff from './views-staff.ts';

/** What a manager does with her diary and her office hours. */
export function managerHandlers(deps: AppointmentsHandlersDeps, router: Router): void {
  const { appointments, county } = deps;

  const forManager = async (ctx: Context, act: (manager: Manager) => Promise<void>) => {
    const actor = ctx.actor as Actor;
    if (actor.kind === 'manager') await act(actor);
    else await deps.showMenu(ctx);
  };
  const placesById = async (): Promise<ReadonlyMap<string, Place>> =>
    new Map((await county.places()).map((place) => [place.id, place]));

  async function showDiary(ctx: Context, manager: Manager, day: Day, days: 1 | 7, page: number): Promise<void> {
    const list = await appointments.diary(manager, day, days);
    const holiday = days === 1 ? holidayOn(day) : undefined;
    await show(ctx, staff.diary(ctx.t, { day, days, appointments: list, page, holiday }));
  }
  router.on(buttons.today, (ctx, { span }) =>
    forManager(ctx, (manager) => {
      const today = deps.today();
      if (span === 'week') return showDiary(ctx, manager, mondayOf(today), 7, 0);
      return showDiary(ctx, manager, span === 'today' ? today : addDays(today, 1), 1, 0);
    }),
  );
  router.on(buttons.diary, (ctx, { day, days, page }) =>
    forManager(ctx, (manager) => showDiary(ctx, manager, asDay(day), days === '1' ? 1 : 7, Number(page))),
  );

  const withOne = (ctx: Context, id: string, act: (one: Appointment, manager: Manager) => Promise<void>) =>
    forManager(ctx, async (manager) => {
      const one = await appointments.appointment(manager, id);
      if (one === undefined || one.status !== 'booked') return show(ctx, staff.staffSaid(ctx.t, 'gone'));
      await act(one, manager);
    });

  router.on(buttons.staffCard, (ctx, { id }) =>
    withOne(ctx, id, (one) => show(ctx, staff.staffCard(ctx.t, one, deps.now()))),
  );
  router.on(buttons.staffTopic, (ctx, { id }) =>
    withOne(ctx, id, async (one, manager) =>
      show(ctx, staff.staffCard(ctx.t, one, deps.now(), { topic: await appointments.topic(manager, id) })),
    ),
  );
  router.on(buttons.staffAddress, (ctx, { id }) =>
    withOne(ctx, id, async (one, manager) =>
      show(ctx, staff.staffCard(ctx.t, one, deps.now(), { address: await appointments.address(manager, id) })),
    ),
  );
  router.on(buttons.staffCancelAsk, (ctx, { id }) =>
    withOne(ctx, id, () => show(ctx, staff.askStaffCancel(ctx.t, id))),
  );
  router.on(buttons.staffCancel, (ctx, { id, reason }) =>
    forManager(ctx, async (manager) => {
      const { status } = await appointments.cancelAsManager(manager, id, reason);
      await show(ctx, staff.staffSaid(ctx.t, status === 'cancelled' ? 'cancel-done' : 'gone'));
    }),
  );

  router.on(buttons.staffMoveDay, (ctx, { id, page }) =>
    withOne(ctx, id, async (one) => {
      const days = await appointments.freeDays(one);
      if (days.length === 0) return show(ctx, staff.staffSaid(ctx.t, 'none-free', buttons.staffCard.data({ id })));
      await show(ctx, staff.askStaffMoveDay(ctx.t, id, days, Number(page)));
    }),
  );
  router.on(buttons.staffMoveTime, (ctx, { id, day, page }) =>
    withOne(ctx, id, async (one) => {
      const slots = await appointments.freeTimes(one, asDay(day));
      const back = buttons.staffMoveDay.data({ id, page: '0' });
      if (slots.length === 0) return show(ctx, staff.staffSaid(ctx.t, 'taken', back));
      await show(ctx, staff.askStaffMoveTime(ctx.t, one, asDay(day), slots, await placesById(), Number(page)));
    }),
  );
  router.on(buttons.staffMove, (ctx, { id, minute }) =>
    withOne(ctx, id, () => show(ctx, staff.askStaffMoveWhy(ctx.t, id, minute))),
  );
  router.on(buttons.staffMoveWhy, (ctx, { id, minute, reason }) =>
    withOne(ctx, id, async (one, manager) => {
      const to = { way: one.way, startsAt: instantOf(minute) };
      const moved = await appointments.moveAsManager(manager, id, to, reason);
      const back = buttons.staffMoveDay.data({ id, page: '0' });
      switch (moved.status) {
        case 'moved':
          return show(ctx, staff.staffMoved(ctx.t, moved.appointment));
        case 'taken':
          return show(ctx, staff.staffSaid(ctx.t, 'taken', back));
        case 'busy':
          return show(ctx, staff.staffSaid(ctx.t, 'busy', back));
        case 'gone':
          return show(ctx, staff.staffSaid(ctx.t, 'gone'));
      }
    }),
  );
}
