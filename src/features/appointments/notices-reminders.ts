import type { Later } from '../../delivery/notice-sender.ts';
import type { DueNotice } from '../../delivery/outbox.ts';
import type { Seal } from '../../platform/crypto.ts';
import type { Db } from '../../platform/database.ts';
import type { Instant } from '../../platform/datetime.ts';
import type { Translator } from '../../platform/i18n.ts';
import type { Message } from '../../telegram/view.ts';
import type { Contact } from '../county/model.ts';
import type { ReminderLead } from '../people/model-wishes.ts';
import type { Appointment } from './model.ts';
import type { REMINDERS } from './owed.ts';
import { isOpen } from './rules.ts';
import { reminderNow } from './rules-reminders.ts';
import * as store from './store.ts';
import { findStandIn } from './store-absences.ts';
import { findWishes } from './store-reminders.ts';
import { reminder } from './views-reminders.ts';

type Renderer = (t: Translator, notice: DueNotice, now: Instant) => Promise<Message | Later | undefined>;

/** Reminders, if the appointment still stands there, she still wants them, they still help, and she is awake. */
export function reminderNotices(deps: {
  db: Db;
  seal: Seal;
  office: Contact;
}): Record<(typeof REMINDERS)[number], Renderer> {
  const { db, seal, office } = deps;
  /** Nobody will be there, and nobody has said what becomes of it: she reads whom she can call before she comes. */
  const nobodyThere = async (one: Appointment, now: Instant) => {
    const absence = await findStandIn(db, one.manager.id, now);
    const then = absence === undefined ? undefined : await findStandIn(db, one.manager.id, one.startsAt);
    return then === undefined || then.managerId !== undefined ? undefined : { ...then, office };
  };
  const reminding =
    (kind: ReminderLead): Renderer =>
    async (t, notice, now) => {
      const one = await store.findAppointment(db, seal, notice.subjectId);
      const isTrue = one !== undefined && isOpen(one, now) && notice.data.sequence === one.sequence;
      if (!isTrue || now >= one.startsAt) return undefined;
      const wishes = await findWishes(db, notice.personId);
      const due = { kind, dueAt: notice.dueAt };
      const what = notice.opened === true ? 'say' : reminderNow(due, one.startsAt, wishes, now);
      if (what === 'silence') return undefined;
      return what === 'say' ? reminder(t, kind, one, now, await nobodyThere(one, now)) : what;
    };
  return {
    'reminder-week-before': reminding('week-before'),
    'reminder-days-before': reminding('days-before'),
    'reminder-day-before': reminding('day-before'),
    'reminder-evening-before': reminding('evening-before'),
    'reminder-soon': reminding('soon'),
  };
}
