import { isLate, type Later } from '../../delivery/notice-sender.ts';
import type { DueNotice } from '../../delivery/outbox.ts';
import type { Seal } from '../../platform/crypto.ts';
import type { Db } from '../../platform/database.ts';
import { type Day, dayOf, type Instant } from '../../platform/datetime.ts';
import type { Translator } from '../../platform/i18n.ts';
import { afterQuiet } from '../../platform/quiet.ts';
import type { Message } from '../../telegram/view.ts';
import type { DayNotice } from './owed-day.ts';
import {
  EVENING_GRACE_MINUTES,
  isTimeToAsk,
  isUnrecorded,
  MISSED_GRACE_MINUTES,
  MORNING_GRACE_MINUTES,
} from './rules-day.ts';
import type { DayDesk } from './service-day.ts';
import { findAppointment } from './store.ts';
import * as store from './store-day.ts';
import { findWishes } from './store-reminders.ts';
import * as views from './views-day.ts';

type Renderer = (t: Translator, notice: DueNotice, now: Instant) => Promise<Message | Later | undefined>;

/** What frames a manager's day, and what follows of it for a refugee, as it is when it is said. */
export function dayNotices(deps: { db: Db; seal: Seal; days: DayDesk }): Record<DayNotice, Renderer> {
  const { db, seal, days } = deps;
  /** Only to a manager who is still here, and only on the day that it is about. */
  const framing =
    (
      graceMinutes: number,
      say: (t: Translator, manager: store.ManagerAtWork, day: Day, now: Instant) => Promise<Message | undefined>,
    ): Renderer =>
    async (t, notice, now) => {
      const manager = await store.findAtWork(db, notice.personId);
      const isHers = manager?.managerId === notice.subjectId;
      if (!isHers || notice.data.day !== dayOf(now) || isLate(notice, now, graceMinutes)) return undefined;
      return say(t, manager, dayOf(now), now);
    };

  return {
    morning: framing(MORNING_GRACE_MINUTES, async (t, { managerId, morningAt }, day, now) => {
      const list = await days.dayOfManager(managerId, day);
      const isAnythingAhead = list.some(({ endsAt }) => now < endsAt);
      return morningAt === undefined || !isAnythingAhead ? undefined : views.morning(t, day, list);
    }),
    evening: framing(EVENING_GRACE_MINUTES, async (t, { managerId }, day, now) => {
      const open = (await days.dayOfManager(managerId, day)).filter((one) => isUnrecorded(one, now));
      return open.length === 0 ? undefined : views.evening(t, day, open);
    }),
    async outcome(t, notice, now) {
      const manager = await store.findAtWork(db, notice.personId);
      const known = await findAppointment(db, seal, notice.subjectId);
      if (manager === undefined || known === undefined || known.sequence !== notice.data.sequence) return undefined;
      const hers = await days.dayOfManager(manager.managerId, dayOf(known.startsAt));
      const one = hers.find(({ id }) => id === known.id);
      return one !== undefined && isTimeToAsk(one, now) ? views.question(t, one) : undefined;
    },
    async missed(t, notice, now) {
      const one = await findAppointment(db, seal, notice.subjectId);
      if (one?.outcome !== 'missed' || one.refugee?.personId !== notice.personId) return undefined;
      if (isLate(notice, now, MISSED_GRACE_MINUTES)) return undefined;
      const { quiet } = await findWishes(db, notice.personId);
      const awake = afterQuiet(now, quiet);
      return notice.opened === true || awake === now ? views.missed(t, one) : { later: awake };
    },
  };
}
