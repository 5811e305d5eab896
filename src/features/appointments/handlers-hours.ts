import { day as asDay, type Day } from '../../platform/datetime.ts';
import { holidayOn } from '../../platform/holidays.ts';
import type { Context } from '../../telegram/context.ts';
import type { Router } from '../../telegram/router.ts';
import { show } from '../../telegram/screen.ts';
import type { Place } from '../county/model.ts';
import type { Actor, Manager } from '../people/model.ts';
import { diaryButtons as buttons, type FATES } from './buttons-hours.ts';
import type { AppointmentsHandlersDeps } from './handlers.ts';
import type { Fate, HoursChanged, OccurrenceChanged } from './service-hours.ts';
import * as away from './views-absence.ts';
import * as views from './views-hours.ts';

type FateChoice = (typeof FATES)[number];
const fateOf = (choice: FateChoice): Fate =>
  choice === 'keep' || choice === 'move' ? { kind: 'keep' } : { kind: 'cancel', reason: choice };

/** How a manager opens and closes her diary: office hours, single days, holidays, absences. */
export function hoursHandlers(deps: AppointmentsHandlersDeps, router: Router): void {
  const { appointments, county } = deps;

  const forManager = async (ctx: Context, act: (manager: Manager) => Promise<void>) => {
    const actor = ctx.actor as Actor;
    if (actor.kind === 'manager') await act(actor);
    else await deps.showMenu(ctx);
  };
  const placesById = async (): Promise<ReadonlyMap<string, Place>> =>
    new Map((await county.places()).map((place) => [place.id, place]));
  const enter = async (ctx: Context, form: string, start: Readonly<Record<string, string>>) => {
    await ctx.conversation.exitAll();
    await ctx.conversation.enter(form, { locale: ctx.t.locale, today: deps.today(), ...start } as never);
  };
  const showUncovered = async (ctx: Context, manager: Manager, page = 0) =>
    show(ctx, views.uncoveredList(ctx.t, await appointments.uncovered(manager), page));

  router.on(buttons.list, (ctx, { page }) =>
    forManager(ctx, async (manager) => {
      const [hours, places, uncovered] = await Promise.all([
        appointments.officeHours(manager),
        placesById(),
        appointments.uncovered(manager),
      ]);
      await show(ctx, views.hoursList(ctx.t, { hours, places, page: Number(page), uncovered: uncovered.length }));
    }),
  );
  router.on(buttons.uncovered, (ctx, { page }) =>
    forManager(ctx, (manager) => showUncovered(ctx, manager, Number(page))),
  );
  const seriesOf = async (manager: Manager, id: string) =>
    (await appointments.officeHours(manager)).find((one) => one.id === id);
  router.on(buttons.one, (ctx, { id }) =>
    forManager(ctx, async (manager) => {
      const hours = await seriesOf(manager, id);
      if (hours === undefined) return show(ctx, views.hoursSaid(ctx.t, 'gone'));
      await show(ctx, views.hoursDetail(ctx.t, hours, await placesById(), deps.today()));
    }),
  );
  router.on(buttons.add, (ctx) => forManager(ctx, () => enter(ctx, 'hours', {})));
  router.on(buttons.edit, (ctx, { id }) => forManager(ctx, () => enter(ctx, 'hours', { id })));

  /** Says what came of a change; where appointments would be left without office hours, asks what becomes of them. */
  async function answerRemoval(ctx: Context, manager: Manager, id: string, choice?: FateChoice): Promise<void> {
    const changed: HoursChanged = await appointments.removeOfficeHours(
      manager,
      id,
      choice === undefined ? undefined : fateOf(choice),
    );
    if (changed.status === 'booked') {
      const back = buttons.one.data({ id });
      return show(
        ctx,
        views.askFate(ctx.t, changed.appointments, (fate) => buttons.removeFate.data({ id, fate }), back),
      );
    }
    if (changed.status === 'changed' && choice === 'move') return showUncovered(ctx, manager);
    await show(ctx, views.hoursSaid(ctx.t, changed.status === 'changed' ? 'removed' : 'gone'));
  }
  router.on(buttons.remove, (ctx, { id }) => forManager(ctx, (manager) => answerRemoval(ctx, manager, id)));
  router.on(buttons.removeFate, (ctx, { id, fate }) =>
    forManager(ctx, (manager) => answerRemoval(ctx, manager, id, fate)),
  );

  async function showDays(ctx: Context, manager: Manager, id: string, from: Day): Promise<void> {
    const hours = await seriesOf(manager, id);
    const days = await appointments.seriesDays(
      manager,
      id,
      from < deps.today() ? deps.today() : from,
      views.DAYS_SHOWN,
    );
    if (hours === undefined || days === undefined) return show(ctx, views.hoursSaid(ctx.t, 'gone'));
    await show(ctx, views.seriesDays(ctx.t, hours, days, deps.today()));
  }
  router.on(buttons.days, (ctx, { id, from }) => forManager(ctx, (manager) => showDays(ctx, manager, id, asDay(from))));
  router.on(buttons.day, (ctx, { id, day }) =>
    forManager(ctx, async (manager) => {
      const [one] = (await appointments.seriesDays(manager, id, asDay(day), 1)) ?? [];
      if (one === undefined || one.day !== day) return show(ctx, views.hoursSaid(ctx.t, 'gone'));
      await show(ctx, views.seriesDay(ctx.t, id, one));
    }),
  );
  router.on(buttons.dayOther, (ctx, { id, day }) => forManager(ctx, () => enter(ctx, 'occurrence', { id, day })));

  async function changeDay(
    ctx: Context,
    manager: Manager,
    id: string,
    day: Day,
    change: { readonly held: undefined } | undefined,
    choice?: FateChoice,
  ): Promise<void> {
    const fate = choice === undefined ? undefined : fateOf(choice);
    const changed: OccurrenceChanged = await appointments.changeOccurrence(manager, id, day, change, fate);
    switch (changed.status) {
      case 'booked':
        return show(
          ctx,
          views.askFate(
            ctx.t,
            changed.appointments,
            (one) => buttons.dayDropFate.data({ id, day, fate: one }),
            buttons.day.data({ id, day }),
          ),
        );
      case 'clashes':
        return show(ctx, views.dayClash(ctx.t, id, day, changed.other));
      case 'changed':
        return choice === 'move' ? showUncovered(ctx, manager) : show(ctx, views.daySaved(ctx.t, id, day));
      case 'gone':
      case 'ends-before-begins':
        return show(ctx, views.hoursSaid(ctx.t, 'gone'));
    }
  }
  router.on(buttons.dayDrop, (ctx, { id, day }) =>
    forManager(ctx, (manager) => changeDay(ctx, manager, id, asDay(day), { held: undefined })),
  );
  router.on(buttons.dayDropFate, (ctx, { id, day, fate }) =>
    forManager(ctx, (manager) => changeDay(ctx, manager, id, asDay(day), { held: undefined }, fate)),
  );
  router.on(buttons.dayUsual, (ctx, { id, day }) =>
    forManager(ctx, (manager) => changeDay(ctx, manager, id, asDay(day), undefined, 'keep')),
  );

  async function showHolidays(ctx: Context, manager: Manager, page: number): Promise<void> {
    const all = await appointments.holidays(manager);
    const named = all.map((one) => ({ ...one, name: holidayOn(one.day) ?? '' }));
    await show(ctx, views.holidayList(ctx.t, named, page));
  }
  async function setHoliday(ctx: Context, manager: Manager, day: Day, isOpen: boolean, choice?: FateChoice) {
    const fate = choice === undefined ? undefined : fateOf(choice);
    const changed = await appointments.setHoliday(manager, day, isOpen, fate);
    if (changed.status === 'booked') {
      const back = buttons.holidays.data({ page: '0' });
      return show(
        ctx,
        views.askFate(ctx.t, changed.appointments, (one) => buttons.holidayFate.data({ day, fate: one }), back),
      );
    }
    if (choice === 'move') return showUncovered(ctx, manager);
    const index = (await appointments.holidays(manager)).findIndex((one) => one.day === day);
    await showHolidays(ctx, manager, Math.floor(Math.max(0, index) / 6));
  }
  router.on(buttons.holidays, (ctx, { page }) =>
    forManager(ctx, (manager) => showHolidays(ctx, manager, Number(page))),
  );
  router.on(buttons.holiday, (ctx, { day, open }) =>
    forManager(ctx, (manager) => setHoliday(ctx, manager, asDay(day), open === '1')),
  );
  router.on(buttons.holidayFate, (ctx, { day, fate }) =>
    forManager(ctx, (manager) => setHoliday(ctx, manager, asDay(day), false, fate)),
  );

  const showAbsences = async (ctx: Context, manager: Manager, page: number) =>
    show(ctx, away.absenceList(ctx.t, await appointments.absences(manager), page));
  router.on(buttons.absences, (ctx, { page }) =>
    forManager(ctx, (manager) => showAbsences(ctx, manager, Number(page))),
  );
  router.on(buttons.absenceAdd, (ctx) => forManager(ctx, () => enter(ctx, 'absence', {})));
  router.on(buttons.absence, (ctx, { id }) =>
    forManager(ctx, async (manager) => {
      const absence = (await appointments.absences(manager)).find((one) => one.id === id);
      if (absence === undefined) return show(ctx, away.absenceSaid(ctx.t, 'gone'));
      const deputy = absence.deputyId === undefined ? undefined : (await county.manager(absence.deputyId))?.name;
      const { length: count } = await appointments.appointmentsIn(manager, id);
      await show(ctx, away.absenceDetail(ctx.t, absence, { deputy, count, hasBegun: absence.from <= deps.now() }));
    }),
  );
  router.on(buttons.absenceEnd, (ctx, { id }) =>
    forManager(ctx, async (manager) => {
      const ended = await appointments.endAbsence(manager, id);
      await show(ctx, away.absenceSaid(ctx.t, ended ? 'ended' : 'gone'));
    }),
  );
  router.on(buttons.absenceList, (ctx, { id, page }) =>
    forManager(ctx, async (manager) => {
      const all = await appointments.appointmentsIn(manager, id);
      await show(ctx, away.absenceAppointments(ctx.t, id, all, Number(page)));
    }),
  );
  router.on(buttons.absenceHand, (ctx, { id }) =>
    forManager(ctx, async (manager) =>
      show(ctx, away.absenceHanded(ctx.t, id, await appointments.handToDeputy(manager, id))),
    ),
  );
  router.on(buttons.absenceCancelAsk, (ctx, { id }) =>
    forManager(ctx, () => show(ctx, away.askAbsenceCancel(ctx.t, id))),
  );
  router.on(buttons.absenceCancel, (ctx, { id, reason }) =>
    forManager(ctx, async (manager) =>
      show(ctx, away.absenceCancelled(ctx.t, id, await appointments.cancelIn(manager, id, reason))),
    ),
  );
}
