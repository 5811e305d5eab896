import type { Later } from '../../delivery/notice-sender.ts';
import type { DueNotice } from '../../delivery/outbox.ts';
import type { Seal } from '../../platform/crypto.ts';
import type { Db } from '../../platform/database.ts';
import { type Instant, instant } from '../../platform/datetime.ts';
import type { Translator } from '../../platform/i18n.ts';
import type { Message } from '../../telegram/view.ts';
import type { Contact } from '../county/model.ts';
import { type Appointment, CANCEL_REASONS, MOVE_REASONS, type Slot } from './model.ts';
import { dayNotices } from './notices-day.ts';
import { reminderNotices } from './notices-reminders.ts';
import { freeTimes, type OfferRules } from './offers.ts';
import type { AppointmentNotice } from './owed.ts';
import type { DayNotice } from './owed-day.ts';
import { isOpen, openTo } from './rules.ts';
import type { DayDesk } from './service-day.ts';
import * as store from './store.ts';
import * as absences from './store-absences.ts';
import { standsIn } from './views-absence.ts';
import * as cards from './views-card.ts';
import * as staff from './views-staff.ts';

type Renderer = (t: Translator, notice: DueNotice, now: Instant) => Promise<Message | Later | undefined>;
type Say = (t: Translator, one: Appointment, notice: DueNotice, now: Instant) => Message | undefined;

/** So many next free times stand under what was cancelled. */
const NEXT = 3;

/** What each notice says, after reading the truth again: silence when it is no longer true. */
export function appointmentNotices(deps: {
  db: Db;
  seal: Seal;
  german: Translator;
  rules: OfferRules;
  office: Contact;
  days: DayDesk;
}): Record<AppointmentNotice | DayNotice, Renderer> {
  const { db, seal, german } = deps;
  const about =
    (say: Say): Renderer =>
    async (t, notice, now) => {
      const one = await store.findAppointment(db, seal, notice.subjectId);
      return one === undefined ? undefined : say(t, one, notice, now);
    };
  /** Only while it stands and lies ahead. */
  const open = (say: Say): Renderer =>
    about((t, one, notice, now) => (isOpen(one, now) ? say(t, one, notice, now) : undefined));
  /** Only while it has not been moved since. */
  const current = (say: Say): Renderer =>
    open((t, one, notice, now) => (notice.data.sequence === one.sequence ? say(t, one, notice, now) : undefined));
  const reasonOf = (notice: DueNotice) => CANCEL_REASONS.find((reason) => reason === notice.data.reason);
  const whyMoved = (notice: DueNotice) => MOVE_REASONS.find((reason) => reason === notice.data.reason);
  const absent =
    (what: 'stands-in' | 'nobody-stands-in'): Renderer =>
    async (t, notice, now) => {
      const absence = await absences.findAbsence(db, notice.subjectId);
      if (absence === undefined || absence.to <= now) return undefined;
      if (what === 'stands-in') return standsIn(t, what, absence.name, absence);
      const booked = await absences.listOpenWithin(db, seal, absence.managerId, absence, now);
      return standsIn(t, what, absence.name, absence, { id: notice.subjectId, booked: booked.length });
    };
  /** The next free times of this manager that she can have, in the same way. */
  const nextOf = async (managerId: string | undefined, one: Appointment, now: Instant): Promise<readonly Slot[]> => {
    const personId = one.refugee?.personId;
    if (managerId === undefined || personId === undefined) return [];
    const times = (await freeTimes(db, [managerId], now, deps.rules)).get(managerId);
    return openTo(times?.slots ?? [], times?.holds ?? [], personId)
      .filter(({ ways }) => ways.includes(one.way))
      .slice(0, NEXT);
  };
  /** The same of whoever is responsible for her now. */
  const nextFor = async (one: Appointment, now: Instant): Promise<readonly Slot[]> => {
    const personId = one.refugee?.personId;
    return nextOf(personId === undefined ? undefined : await store.managerOfRefugee(db, personId), one, now);
  };
  const before = (notice: DueNotice) => instant(Number(notice.data.before ?? 0));

  return {
    booked: open((t, one) => staff.newAppointment(t, one)),
    'moved-by-refugee': open((t, one, notice) => staff.movedByRefugee(t, one, before(notice), whyMoved(notice))),
    'cancelled-by-refugee': about((t, one) => staff.told(t, 'cancelled', one)),
    'cannot-find': open((t, one) => staff.told(t, 'lost', one)),
    // Moved, cancelled or thought better of it in the meantime: that has been told by itself.
    'cannot-come': open((t, one) => (one.cannot ? staff.cannotCome(t, one) : undefined)),
    coming: open((t, one) => staff.told(t, 'coming', one)),
    'address-given': open((t, one) => (one.hasAddress ? staff.told(t, 'address', one) : undefined)),
    'refugee-unreachable': open((t, one) => staff.told(t, 'unreachable', one)),
    off: about((t, one) => staff.off(t, one)),
    pin: current((_, one) => (one.place === undefined ? undefined : { pin: cards.pinOf(one.place) })),
    ...reminderNotices(deps),
    ...dayNotices(deps),
    'moved-by-manager': async (t, notice, now) => {
      const one = await store.findAppointment(db, seal, notice.subjectId);
      if (one === undefined || !isOpen(one, now)) return undefined;
      return cards.movedByManager(t, german, one, {
        before: cards.formerTime(t, before(notice)),
        reason: reasonOf(notice),
        next: await nextOf(one.manager.id, one, now),
      });
    },
    'cancelled-by-manager': async (t, notice, now) => {
      const one = await store.findAppointment(db, seal, notice.subjectId);
      if (one?.cancelledBy !== 'manager') return undefined;
      // The key of what she books from here: the same however often this is written.
      return cards.cancelledByManager(t, one, one.startsAt < now ? [] : await nextFor(one, now), one.id);
    },
    'taken-over': open((t, one) => staff.takenOver(t, one)),
    'other-manager': open((t, one) => cards.otherManager(t, german, one)),
    'stands-in': absent('stands-in'),
    'nobody-stands-in': absent('nobody-stands-in'),
    async 'stands-in-no-more'(t, notice) {
      const name = await store.nameOf(db, notice.subjectId);
      const meant = { from: instant(Number(notice.data.from ?? 0)), to: instant(Number(notice.data.to ?? 0)) };
      return name === undefined ? undefined : standsIn(t, 'stands-in-no-more', name, meant);
    },
  };
}
