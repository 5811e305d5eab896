import { wallTime } from '../../platform/datetime.ts';
import type { Context } from '../../telegram/context.ts';
import type { Router } from '../../telegram/router.ts';
import { allDone, answer, send, show, showBelow } from '../../telegram/screen.ts';
import type { View } from '../../telegram/view.ts';
import type { Actor, Refugee } from '../people/model.ts';
import type { ReminderLead, ReminderWishes } from '../people/model-wishes.ts';
import { reminderButtons as buttons } from './buttons-reminders.ts';
import type { Appointment } from './model.ts';
import type { AppointmentsService } from './service.ts';
import { gone } from './views.ts';
import { pinOf } from './views-card.ts';
import * as views from './views-reminders.ts';

export interface ReminderHandlersDeps {
  readonly appointments: AppointmentsService;
  /** Shows the menu of whoever writes: the answer to a button that is not hers. */
  showMenu(ctx: Context): Promise<void>;
  /** What a discreet notice says; undefined when it was not sent to this person or is no longer true. */
  openNotice(personId: string, id: string): Promise<View | undefined>;
}

/** How a refugee is reminded, and "I cannot". */
export function reminderHandlers(deps: ReminderHandlersDeps, router: Router): void {
  const { appointments } = deps;
  const forRefugee = async (ctx: Context, act: (refugee: Refugee) => Promise<void>) => {
    const actor = ctx.actor as Actor;
    if (actor.kind === 'refugee') await act(actor);
    else await deps.showMenu(ctx);
  };
  const withOne = (ctx: Context, id: string, act: (one: Appointment, refugee: Refugee) => Promise<void>) =>
    forRefugee(ctx, async (refugee) => {
      const one = await appointments.one(refugee, id);
      if (one === undefined || one.status !== 'booked') return show(ctx, gone(ctx.t));
      await act(one, refugee);
    });

  /** Keeps a wish and shows what she has wished for now. */
  const wish = async (ctx: Context, refugee: Refugee, from: string, change: Partial<ReminderWishes>) => {
    const wishes = { ...refugee.reminders, ...change };
    await appointments.setReminders(refugee, wishes);
    await show(ctx, views.wishesScreen(ctx.t, wishes, refugee.discreet, from));
  };
  const withLead = ({ reminders }: Refugee, lead: ReminderLead, isOn: boolean): readonly ReminderLead[] => [
    ...reminders.leads.filter((one) => one !== lead),
    ...(isOn ? [lead] : []),
  ];

  const screenOf = (ctx: Context, { reminders, discreet }: Refugee, from: string) =>
    views.wishesScreen(ctx.t, reminders, discreet, from);
  router.on(buttons.wishes, (ctx, { from }) => forRefugee(ctx, (refugee) => show(ctx, screenOf(ctx, refugee, from))));
  router.on(buttons.wishesBelow, (ctx, { id }) =>
    forRefugee(ctx, (refugee) => showBelow(ctx, screenOf(ctx, refugee, id))),
  );
  router.on(buttons.lead, (ctx, { from, lead, on }) =>
    forRefugee(ctx, (refugee) => wish(ctx, refugee, from, { leads: withLead(refugee, lead, on === 'yes') })),
  );
  router.on(buttons.evening, (ctx, { from, time }) =>
    forRefugee(ctx, async (refugee) => {
      if (time === 'ask') return show(ctx, views.askEvening(ctx.t, from));
      const leads = withLead(refugee, 'evening-before', time !== 'none');
      const eveningAt = time === 'none' ? refugee.reminders.eveningAt : wallTime(views.clockOf(time));
      await wish(ctx, refugee, from, { leads, eveningAt });
    }),
  );
  router.on(buttons.quietFrom, (ctx, { from, time }) =>
    forRefugee(ctx, async (refugee) => {
      if (time === 'ask') return show(ctx, views.askQuietFrom(ctx.t, from));
      if (time !== 'none') return show(ctx, views.askQuietTo(ctx.t, from, time));
      const never = wallTime('00:00');
      await wish(ctx, refugee, from, { quiet: { from: never, to: never } });
    }),
  );
  router.on(buttons.quietTo, (ctx, { from, begin, end }) =>
    forRefugee(ctx, (refugee) =>
      wish(ctx, refugee, from, { quiet: { from: views.clockOf(begin), to: views.clockOf(end) } }),
    ),
  );
  router.on(buttons.discreet, (ctx, { from, on }) =>
    forRefugee(ctx, async (refugee) => {
      const discreet = on === 'yes';
      await appointments.setDiscreet(refugee, discreet);
      await show(ctx, views.wishesScreen(ctx.t, refugee.reminders, discreet, from));
    }),
  );

  router.on(buttons.cannot, (ctx, { id }) =>
    withOne(ctx, id, async (_, refugee) => {
      const known = await appointments.cannotCome(refugee, id);
      await showBelow(ctx, known === undefined ? gone(ctx.t) : views.askInstead(ctx.t, known));
    }),
  );
  router.on(buttons.pin, (ctx, { id }) =>
    withOne(ctx, id, async ({ place }) => {
      if (place === undefined) return show(ctx, gone(ctx.t));
      await allDone([answer(ctx), send(ctx.api, ctx.chatId, { pin: pinOf(place) })]);
    }),
  );
  router.on(buttons.open, async (ctx, { notice }) => {
    const actor = ctx.actor as Actor;
    if (actor.kind === 'stranger') return deps.showMenu(ctx);
    const opened = await deps.openNotice(actor.personId, notice);
    await show(ctx, opened ?? views.noLongerTrue(ctx.t));
  });
}
