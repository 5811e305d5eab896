import type { Later } from '../../delivery/notice-sender.ts';
import type { DueNotice } from '../../delivery/outbox.ts';
import type { Seal } from '../../platform/crypto.ts';
import type { Db } from '../../platform/database.ts';
import { dayOf, type Instant, instant } from '../../platform/datetime.ts';
import type { Translator } from '../../platform/i18n.ts';
import { afterQuiet } from '../../platform/quiet.ts';
import type { Message } from '../../telegram/view.ts';
import type { QuietHours } from '../people/model-wishes.ts';
import { MOST_TOLD } from './model-finder.ts';
import type { CourseNotice } from './owed.ts';
import { findOfferings } from './store.ts';
import { findWaiting, listReminders } from './store-wishes.ts';
import * as views from './views-kept.ts';

type Renderer = (t: Translator, notice: DueNotice, now: Instant) => Promise<Message | Later | undefined>;

/** What somebody wanted to hear of courses, if it is still true, and never in her quiet hours. */
export function courseNotices(deps: { readonly db: Db; readonly seal: Seal }): Record<CourseNotice, Renderer> {
  const { db, seal } = deps;
  /** Says it now, or when she is awake again. What she opens herself is said at once. */
  const awake = async (
    quiet: QuietHours,
    { opened }: DueNotice,
    now: Instant,
    say: () => Promise<Message | undefined>,
  ): Promise<Message | Later | undefined> => {
    const later = opened === true ? now : afterQuiet(now, quiet);
    return later > now ? { later } : say();
  };
  return {
    'course-found': async (t, notice, now) => {
      const one = await findWaiting(db, seal, notice.subjectId, now);
      if (one === undefined || (one.isPaused && notice.opened !== true)) return undefined;
      return awake(one.quiet, notice, now, async () => {
        const today = dayOf(now);
        const question = { wish: one.wish, from: one.home, today };
        const since = instant(Number(notice.data.since ?? now));
        const found = await findOfferings(db, question, 0, MOST_TOLD, now, since);
        return found.total === 0 ? undefined : views.found(t, one, found, today);
      });
    },
    'course-wish-asked': async (t, notice, now) => {
      const one = await findWaiting(db, seal, notice.subjectId, now);
      // She has kept it meanwhile, or it is over.
      if (one === undefined || notice.data.endsAt !== one.endsAt) return undefined;
      return awake(one.quiet, notice, now, async () => views.asked(t, one));
    },
    'course-register': async (t, notice, now) => {
      const [one] = await listReminders(db, dayOf(now), notice.subjectId);
      // Gone, over, taken back, or its source has moved the date: of that she is told at its own time.
      if (one === undefined || one.offering.registerUntil !== notice.data.until) return undefined;
      return awake(one.quiet, notice, now, async () => views.registrationEnds(t, one));
    },
  };
}
