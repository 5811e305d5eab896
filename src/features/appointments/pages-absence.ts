import type { Hono } from 'hono';
import { z } from 'zod';
import { addDays, day as asDay, at, dayOf, type Instant, wallTime } from '../../platform/datetime.ts';
import type { CountyService } from '../county/service.ts';
import type { Manager } from '../people/model.ts';
import { ABSENCE_KINDS, CANCEL_REASONS, type Range } from './model.ts';
import { WEEK_PATH } from './model-week.ts';
import type { Door } from './pages-door.ts';
import type { AppointmentsService } from './service.ts';
import {
  type AbsenceDone,
  type AbsenceFields,
  type AbsenceWrong,
  absenceForm,
  absencePage,
} from './views-week-absence.ts';

const PATH = `${WEEK_PATH}/absence`;
const ONE = `${PATH}/:id{[0-9a-z]{4,16}}`;
const MIDNIGHT = wallTime('00:00');
const EMPTY: AbsenceFields = { kind: 'leave', first: '', last: '', from: '', to: '', deputy: '' };

const text = z
  .string()
  .max(40)
  .transform((entered) => entered.replace(/\p{Cc}/gu, ''))
  .default('');
const fieldsOf = z.object({ kind: text, first: text, last: text, from: text, to: text, deputy: text });
const kindOf = z.enum(ABSENCE_KINDS);
const reasonOf = z.object({ reason: z.enum(CANCEL_REASONS) });

/** The time that was entered, or undefined where it cannot be read. Without hours, whole days. */
function rangeOf(fields: AbsenceFields): Range | undefined {
  try {
    const first = asDay(fields.first);
    const last = asDay(fields.last);
    return {
      from: at(first, fields.from === '' ? MIDNIGHT : wallTime(fields.from)),
      to: fields.to === '' ? at(addDays(last, 1), MIDNIGHT) : at(last, wallTime(fields.to)),
    };
  } catch {
    return undefined;
  }
}

/** The pages on which a manager sets and ends absences, and says what becomes of appointments in them. */
export function absencePages(
  app: Hono,
  deps: {
    readonly appointments: AppointmentsService;
    readonly county: CountyService;
    readonly now: () => Instant;
    readonly door: Door;
  },
): void {
  const { appointments, county, now, door } = deps;
  const { visiting, acting, assets } = door;
  const today = () => dayOf(now());

  const form = async (
    { manager, t, session }: Parameters<Parameters<typeof visiting>[0]>[1],
    fields: AbsenceFields,
    wrong?: AbsenceWrong,
  ) => {
    const range = rangeOf(fields) ?? { from: now(), to: now() };
    const colleagues = await appointments.deputiesFor(manager, range);
    return absenceForm(t, assets, session, { fields, today: today(), colleagues, wrong });
  };
  app.get(
    PATH,
    visiting(async (c, visit) => c.html(await form(visit, { ...EMPTY, first: today(), last: today() }))),
  );
  app.post(
    PATH,
    acting(async (c, visit, given) => {
      const parsed = fieldsOf.safeParse(given);
      const fields = parsed.success ? parsed.data : EMPTY;
      const range = rangeOf(fields);
      const kind = kindOf.safeParse(fields.kind);
      if (range === undefined || !kind.success) return c.html(await form(visit, fields, { status: 'unreadable' }), 422);
      const deputyId = fields.deputy === '' ? undefined : fields.deputy;
      const added = await appointments.addAbsence(visit.manager, { ...range, kind: kind.data, deputyId });
      if (added.status !== 'added') return c.html(await form(visit, fields, added), 422);
      const next =
        added.appointments.length === 0 ? `${WEEK_PATH}?day=${dayOf(range.from)}&` : `${PATH}/${added.absence.id}?`;
      return c.redirect(`${next}said=absent`, 303);
    }),
  );

  const find = async (manager: Manager, id: string) =>
    (await appointments.absences(manager)).find((one) => one.id === id);
  const show = async (
    { manager, t, session }: Parameters<Parameters<typeof visiting>[0]>[1],
    id: string,
    more: { readonly done?: AbsenceDone; readonly said?: 'absent' | undefined },
  ) => {
    const absence = await find(manager, id);
    if (absence === undefined) return undefined;
    const deputy = absence.deputyId === undefined ? undefined : (await county.manager(absence.deputyId))?.name;
    return absencePage(t, assets, session, {
      ...{ absence, deputy, hasBegun: absence.from <= now() },
      appointments: await appointments.appointmentsIn(manager, id),
      ...more,
    });
  };
  const GONE = `${WEEK_PATH}?said=absence-gone`;
  app.get(
    `${ONE}`,
    visiting(async (c, visit) => {
      const said = c.req.query('said') === 'absent' ? 'absent' : undefined;
      const page = await show(visit, c.req.param('id') ?? '', { said });
      return page === undefined ? c.redirect(GONE, 303) : c.html(page);
    }),
  );
  app.post(
    `${ONE}/hand`,
    acting(async (c, visit) => {
      const id = c.req.param('id') ?? '';
      const done = { kind: 'handed' as const, ...(await appointments.handToDeputy(visit.manager, id)) };
      const page = await show(visit, id, { done });
      return page === undefined ? c.redirect(GONE, 303) : c.html(page);
    }),
  );
  app.post(
    `${ONE}/cancel`,
    acting(async (c, visit, given) => {
      const id = c.req.param('id') ?? '';
      const chosen = reasonOf.safeParse(given);
      if (!chosen.success) return c.redirect(`${PATH}/${id}`, 303);
      const count = await appointments.cancelIn(visit.manager, id, chosen.data.reason);
      const page = await show(visit, id, { done: { kind: 'cancelled', count } });
      return page === undefined ? c.redirect(GONE, 303) : c.html(page);
    }),
  );
  app.post(
    `${ONE}/end`,
    acting(async (c, { manager }) => {
      const ended = await appointments.endAbsence(manager, c.req.param('id') ?? '');
      return c.redirect(`${WEEK_PATH}?said=${ended ? 'absence-ended' : 'absence-gone'}`, 303);
    }),
  );
}
