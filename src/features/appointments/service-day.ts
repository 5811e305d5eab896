import { oweNotices } from '../../delivery/outbox.ts';
import type { Db } from '../../platform/database.ts';
import {
  addDays,
  addMinutes,
  at,
  type Day,
  dayOf,
  type Instant,
  type WallTime,
  wallTime,
} from '../../platform/datetime.ts';
import { afterQuiet } from '../../platform/quiet.ts';
import type { Manager, Refugee } from '../people/model.ts';
import type { Appointment, Outcome } from './model.ts';
import { owedForDay, owedMissed, owedQuestion } from './owed-day.ts';
import { canRecord, EVENING, isAwayFor, isUnrecorded, MORNING_GRACE_MINUTES, missedDueAt } from './rules-day.ts';
import type { AppointmentsDeps } from './service.ts';
import * as store from './store-day.ts';
import { readWishesOf } from './store-reminders.ts';

export type Recorded =
  | { readonly status: 'recorded'; readonly appointment: Appointment }
  /** Not yet begun, or the time for corrections is over. */
  | { readonly status: 'closed'; readonly appointment: Appointment }
  | { readonly status: 'gone' };

/** A manager's day, her own and those that she stands in for. */
export interface DayDesk {
  /** What she has to do that day, by time; nothing when somebody else does her day, or all of it lies in an absence. */
  dayOfManager(managerId: string, day: Day): Promise<readonly Appointment[]>;
  /** An appointment of which she may say what came of it. */
  toRecord(managerId: string, id: string): Promise<Appointment | undefined>;
  /** What is over that day and not recorded, while it still can be. */
  unrecorded(managerId: string, day: Day): Promise<readonly Appointment[]>;
  record(manager: Manager, id: string, outcome: Outcome): Promise<Recorded>;
  /** Records that all went as planned that is unrecorded that day, but for who had said that she cannot. Returns how many. */
  recordAsPlanned(manager: Manager, day: Day): Promise<number>;
  /** Her appointments that are over or cancelled, the latest first, a page at a time. */
  past(
    refugee: Refugee,
    page: number,
  ): Promise<{ readonly appointments: readonly Appointment[]; readonly isLast: boolean }>;
  /** When her list of the day comes; undefined for never. */
  setMorning(manager: Manager, time: WallTime | undefined): Promise<void>;
  /** Owes everybody the messages of the days and hours to come. May run at any time, twice, and in several processes. */
  planDays(): Promise<void>;
  forgetMissed(): Promise<void>;
}

export const PAST_PAGE = 8;
const MIDNIGHT = wallTime('00:00');
/** Questions are owed this long before an appointment ends; rounds are more frequent. */
const AHEAD_MINUTES = 60;
/** After an outage: of what ended longer ago nobody is asked but in the evening. */
const BEHIND_MINUTES = 180;

export function createDayDesk(deps: AppointmentsDeps): DayDesk {
  const { db, clock, seal } = deps;
  const dutyOf = (managerId: string, day: Day) =>
    store.listDuty(db, seal, managerId, at(day, MIDNIGHT), at(addDays(day, 1), MIDNIGHT));

  async function dayOfManager(managerId: string, day: Day): Promise<readonly Appointment[]> {
    const list = await dutyOf(managerId, day);
    // Nobody stands in for these, but she is not there either.
    const own = list.filter((one) => one.manager.id === managerId);
    if (own.length === 0) return list;
    const absences = await store.listAbsences(db, managerId, at(day, MIDNIGHT), at(addDays(day, 1), MIDNIGHT));
    return isAwayFor(own, absences) ? list.filter((one) => one.manager.id !== managerId) : list;
  }

  const toRecord = (managerId: string, id: string) => store.findToRecord(db, seal, managerId, id);

  const unrecorded = async (managerId: string, day: Day): Promise<readonly Appointment[]> =>
    (await dutyOf(managerId, day)).filter((one) => isUnrecorded(one, clock.now()));

  /** Within the caller's transaction, which knows that she may. */
  async function write(tx: Db, one: Appointment, outcome: Outcome, now: Instant): Promise<void> {
    const written = await store.writeOutcome(tx, one.id, outcome, now);
    if (written === undefined || written.before === outcome) return;
    if (written.before === 'missed') await store.takeBack(tx, one.id, 'missed');
    if (outcome === 'missed' && one.refugee !== undefined) {
      const { personId } = one.refugee;
      const { quiet } = await readWishesOf(tx, personId);
      await oweNotices(tx, [owedMissed(personId, one.id, afterQuiet(missedDueAt(now), quiet))]);
    }
  }

  async function planDays(): Promise<void> {
    const now = clock.now();
    const atWork = await store.listAtWork(db);
    const today = dayOf(now);
    const framing = [today, addDays(today, 1)].flatMap((day) =>
      atWork.flatMap((manager) => [
        ...(manager.morningAt === undefined ? [] : [owedForDay('morning', manager, day, at(day, manager.morningAt))]),
        owedForDay('evening', manager, day, at(day, EVENING)),
      ]),
    );
    const ending = await store.listEnding(db, addMinutes(now, -BEHIND_MINUTES), addMinutes(now, AHEAD_MINUTES));
    const questions = ending.map((one) => owedQuestion(one.personId, one));
    // Hours after it was due nothing is planned any more: it would be silence.
    const useful = framing.filter(({ dueAt }) => now <= addMinutes(dueAt, MORNING_GRACE_MINUTES));
    const owed = [...useful, ...questions];
    const unplanned = await store.listUnplanned(
      db,
      owed.map(({ key }) => key),
    );
    await oweNotices(
      db,
      owed.filter(({ key }) => unplanned.has(key)),
    );
    deps.wake();
  }

  return {
    dayOfManager,
    toRecord,
    unrecorded,
    planDays,
    forgetMissed: () => store.forgetMissed(db, clock.now()),

    async record(manager, id, outcome) {
      const now = clock.now();
      const one = await toRecord(manager.managerId, id);
      if (one === undefined) return { status: 'gone' };
      if (!canRecord(one, now)) return { status: 'closed', appointment: one };
      await db.transaction((tx) => write(tx, one, outcome, now));
      deps.wake();
      return { status: 'recorded', appointment: { ...one, outcome } };
    },

    async recordAsPlanned(manager, day) {
      const now = clock.now();
      // Who has said that she cannot come was not planned any more: that is answered one by one.
      const open = (await unrecorded(manager.managerId, day)).filter(({ cannot }) => !cannot);
      await db.transaction(async (tx) => {
        for (const one of open) await write(tx, one, one.interpreter ? 'interpreted' : 'held', now);
      });
      return open.length;
    },

    async past(refugee, page) {
      const skip = Math.max(0, page) * PAST_PAGE;
      const found = await store.listPastOfRefugee(db, seal, refugee.personId, clock.now(), skip, PAST_PAGE + 1);
      return { appointments: found.slice(0, PAST_PAGE), isLast: found.length <= PAST_PAGE };
    },

    async setMorning(manager, time) {
      const now = clock.now();
      const today = dayOf(now);
      await db.transaction(async (tx) => {
        await store.writeMorning(tx, manager.managerId, time);
        if (time === undefined) return store.takeBack(tx, manager.managerId, 'morning');
        const planned = await store.lockMornings(tx, manager.managerId);
        for (const { id, day } of planned) {
          // Today's that waits keeps its hour when the new one is over: better late than not at all.
          if (at(day, time) > now) await store.moveMorning(tx, id, at(day, time));
        }
        const isOver = at(today, time) <= now;
        if (isOver && !planned.some(({ day }) => day === today)) {
          await store.skipNotice(tx, owedForDay('morning', manager, today, now), now);
        }
      });
      await planDays();
    },
  };
}
