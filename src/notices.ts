import type { Later, Render } from './delivery/notice-sender.ts';
import type { DueNotice, Outbox } from './delivery/outbox.ts';
import { appointmentNotices } from './features/appointments/notices.ts';
import type { AppointmentNotice } from './features/appointments/owed.ts';
import type { DayNotice } from './features/appointments/owed-day.ts';
import { concealed } from './features/appointments/views-reminders.ts';
import { type CoordinationNotice, coordinationNotices } from './features/coordination/notices.ts';
import { courseNotices } from './features/courses/notices.ts';
import type { CourseNotice } from './features/courses/owed.ts';
import { type GuidanceNotice, guidanceNotices } from './features/guidance/notices.ts';
import { handoverNotices } from './features/handovers/notices.ts';
import type { HandoverNotice } from './features/handovers/owed.ts';
import { outreachNotices } from './features/outreach/notices.ts';
import type { OutreachNotice } from './features/outreach/owed.ts';
import { type PeopleNotice, peopleNotices } from './features/people/notices.ts';
import type { Clock } from './platform/clock.ts';
import type { Seal } from './platform/crypto.ts';
import type { Db } from './platform/database.ts';
import type { Day, Instant } from './platform/datetime.ts';
import { holidayOn } from './platform/holidays.ts';
import type { I18n, Translator } from './platform/i18n.ts';
import { isLocale } from './platform/locale.ts';
import type { Services } from './services.ts';
import type { Message, View } from './telegram/view.ts';

export type NoticeKind =
  | PeopleNotice
  | AppointmentNotice
  | DayNotice
  | GuidanceNotice
  | HandoverNotice
  | OutreachNotice
  | CoordinationNotice
  | CourseNotice;
type Renderer = (t: Translator, notice: DueNotice, now: Instant) => Promise<Message | Later | undefined>;

/** Every notice of every feature, in the language of its reader. An unknown kind is an error: a newer build owes it. */
export function createRender(deps: { db: Db; seal: Seal; i18n: I18n; services: Services }): Render {
  const { county, people, handovers, appointments, caseload, absences } = deps.services;
  const rules = { window: county.facts.booking, isHoliday: (day: Day) => holidayOn(day) !== undefined };
  const german = deps.i18n.translator('de');
  const renderers: Record<NoticeKind, Renderer> = {
    ...peopleNotices({ ...deps, county }),
    ...handoverNotices({ ...deps, county, handovers, german, isHoliday: rules.isHoliday }),
    ...guidanceNotices({ ...deps, county }),
    ...appointmentNotices({ ...deps, german, rules, office: county.facts.office, days: appointments }),
    ...outreachNotices({ ...deps, county, appointments }),
    ...courseNotices(deps),
    ...coordinationNotices({ ...deps, county, team: people.team, caseload, absences }),
  };
  return async (notice, now) => {
    const renderer = renderers[notice.kind as NoticeKind];
    if (renderer === undefined || !isLocale(notice.locale)) throw new Error(`no words for the notice ${notice.kind}`);
    const t = deps.i18n.translator(notice.locale);
    const message = await renderer(t, notice, now);
    if (!notice.discreet || message === undefined || 'later' in message) return message;
    // A pin names the place: it is on the card, behind a button.
    return 'text' in message ? concealed(t, message, notice.id) : undefined;
  };
}

/** What a discreet notice has to say, to whoever it was sent to; undefined when it is no longer true. */
export type OpenNotice = (personId: string, id: string) => Promise<View | undefined>;

export const createOpenNotice =
  (deps: { outbox: Outbox; render: Render; clock: Clock }): OpenNotice =>
  async (personId, id) => {
    const notice = await deps.outbox.findSent(id, personId);
    if (notice === undefined) return undefined;
    const now = deps.clock.now();
    const message = await deps.render({ ...notice, discreet: false, opened: true, dueAt: now }, now);
    return message !== undefined && 'text' in message ? message : undefined;
  };
