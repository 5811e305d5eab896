import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { day as asDay, type Day, dayOf, instant, mondayOf } from '../../platform/datetime.ts';
import type { CountyService } from '../county/service.ts';
import { WAYS } from './model.ts';
import { WEEK_PATH } from './model-week.ts';
import { absencePages } from './pages-absence.ts';
import { closeDoor, type DoorDeps, openDoor } from './pages-door.ts';
import { monthOf } from './rules-week.ts';
import type { AppointmentsService } from './service.ts';
import { monthPage, SAID, type Said, weekPage } from './views-week.ts';
import { absenceList } from './views-week-absence.ts';
import { choosePage, confirmPage } from './views-week-move.ts';

export interface WeekPagesDeps extends DoorDeps {
  readonly appointments: AppointmentsService;
  readonly county: CountyService;
}

const minutes = z
  .string()
  .regex(/^\d{8}$/)
  .transform((text) => instant(Number(text) * 60_000));
const moveForm = z.object({ to: minutes, way: z.enum(WAYS) });

const saidFrom = (c: Context): Said | undefined => SAID.find((said) => said === c.req.query('said'));

/** A manager's week as pages. Every one of them asks the service, which knows only what is hers. */
export function weekPages(deps: WeekPagesDeps): Hono {
  const { pages, appointments, clock } = deps;
  const app = new Hono();
  const door = openDoor(app, deps);
  const { visiting, acting, assets } = door;

  function dayFrom(text: string | undefined, otherwise?: Day): Day {
    const fallback = otherwise ?? dayOf(clock.now());
    try {
      return text !== undefined && text > '2020-01-01' && text < '2099-01-01' ? asDay(text) : fallback;
    } catch {
      return fallback;
    }
  }

  app.get(
    WEEK_PATH,
    visiting(async (c, { manager, t, session }) => {
      const board = await pages.board(manager, mondayOf(dayFrom(c.req.query('day'))), 7, manager.managerId);
      const absences = absenceList(t, await appointments.absences(manager));
      return c.html(weekPage(t, assets, session, board, saidFrom(c), absences));
    }),
  );
  app.get(
    `${WEEK_PATH}/month`,
    visiting(async (c, { manager, t, session }) => {
      const month = monthOf(dayFrom(c.req.query('day')));
      const board = await pages.board(manager, mondayOf(month), 42, undefined);
      return c.html(monthPage(t, assets, session, board, month));
    }),
  );
  app.get(
    `${WEEK_PATH}/move/:id{[0-9a-z]{4,16}}`,
    visiting(async (c, { manager, t, session }) => {
      const appointment = await appointments.appointment(manager, c.req.param('id') ?? '');
      if (appointment === undefined || appointment.status !== 'booked' || appointment.endsAt <= clock.now()) {
        return c.redirect(`${WEEK_PATH}?said=gone`, 303);
      }
      const to = minutes.safeParse(c.req.query('to'));
      const from = to.success ? dayOf(to.data) : dayFrom(c.req.query('from'), dayOf(appointment.startsAt));
      const board = await pages.board(manager, mondayOf(from), 7, appointment.manager.id);
      const moving = { appointment, board, session };
      if (!to.success) return c.html(choosePage(t, assets, moving, saidFrom(c)));
      const slot = board.slots.find(({ startsAt }) => startsAt === to.data);
      if (slot === undefined) return c.html(choosePage(t, assets, moving, 'taken'), 409);
      return c.html(confirmPage(t, assets, moving, slot));
    }),
  );
  app.post(
    `${WEEK_PATH}/move/:id{[0-9a-z]{4,16}}`,
    acting(async (c, { manager }, given) => {
      const id = c.req.param('id') ?? '';
      const form = moveForm.safeParse(given);
      if (!form.success) return c.redirect(`${WEEK_PATH}?said=gone`, 303);
      const { to, way } = form.data;
      const { status } = await appointments.moveAsManager(manager, id, { way, startsAt: to });
      const day = dayOf(to);
      switch (status) {
        case 'moved':
          return c.redirect(`${WEEK_PATH}?day=${day}&said=moved`, 303);
        case 'taken':
        case 'busy':
          return c.redirect(`${WEEK_PATH}/move/${id}?from=${day}&said=${status}`, 303);
        case 'gone':
          return c.redirect(`${WEEK_PATH}?day=${day}&said=gone`, 303);
      }
    }),
  );
  absencePages(app, { ...deps, now: () => clock.now(), door });
  closeDoor(app);
  return app;
}
