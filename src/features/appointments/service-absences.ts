import { oweNotices, withdrawNotices } from '../../delivery/outbox.ts';
import { newId } from '../../platform/crypto.ts';
import { type Db, violatedConstraint } from '../../platform/database.ts';
import type { Day, Instant } from '../../platform/datetime.ts';
import type { Absence, AbsenceKind, Appointment, CancelReason, Range, Slot, Way } from './model.ts';
import { owedForAbsence, owedForReturn, owedNow, owedToRefugee, REMINDERS } from './owed.ts';
import { daysWithSlots, slotsOn } from './rules.ts';
import { type AbsenceProblem, checkAbsence } from './rules-diary.ts';
import type { AppointmentsDeps, Moved } from './service.ts';
import { createMoving } from './service-moving.ts';
import * as store from './store.ts';
import * as absences from './store-absences.ts';
import * as diaries from './store-diary.ts';
import * as reminding from './store-reminders.ts';

export interface AbsenceDraft extends Range {
  readonly kind: AbsenceKind;
  readonly deputyId: string | undefined;
}

export type AbsenceAdded =
  | { readonly status: 'added'; readonly absence: Absence; readonly appointments: readonly Appointment[] }
  | { readonly status: 'problem'; readonly problem: AbsenceProblem }
  | { readonly status: 'overlaps'; readonly other: Absence }
  /** Who was named cannot: she is away too, or no colleague any more. */
  | { readonly status: 'deputy-away' };

/** What the caller does in the same transaction: it writes the log, or tells somebody. */
type More<T> = (tx: Db, what: T) => Promise<void>;

/** Absences by the manager's id: hers to keep, or her coordinator's for her. Scope and permission are the caller's. */
export interface AbsenceDesk {
  absencesOf(managerId: string): Promise<readonly Absence[]>;
  /** One that is not over; undefined otherwise. */
  find(absenceId: string): Promise<Absence | undefined>;
  deputiesOf(managerId: string, range: Range): Promise<readonly absences.Colleague[]>;
  /** From then on who stands in is told what is new. Appointments in it stand until it is said what becomes of them. */
  add(managerId: string, draft: AbsenceDraft, more?: More<Absence>): Promise<AbsenceAdded>;
  /** For one that has nobody. False when she cannot, or somebody does meanwhile. */
  nameDeputy(absence: Absence, deputyId: string, more?: (tx: Db) => Promise<void>): Promise<boolean>;
  /** She is back, or does not go; who stands in is told. */
  end(managerId: string, absenceId: string, more?: More<string>): Promise<boolean>;
  appointmentsIn(managerId: string, absenceId: string): Promise<readonly Appointment[]>;
  /** Who stands in takes over what she is free for, or one of it; everybody is told. Counts what was and what could not be. */
  handToDeputy(
    managerId: string,
    absenceId: string,
    more?: More<{ readonly handed: number }>,
    one?: string,
  ): Promise<{ readonly handed: number; readonly left: number }>;
  /** Cancels what lies in one absence, or one of it, with one reason; each person is told. Returns how many. */
  cancelIn(
    managerId: string,
    absenceId: string,
    reason: CancelReason,
    more?: More<{ readonly count: number; readonly one?: string }>,
    one?: string,
  ): Promise<number>;
  freeDaysFor(one: Appointment): Promise<readonly Day[]>;
  freeTimesFor(one: Appointment, day: Day): Promise<readonly Slot[]>;
  /** To a free time of hers, or of whoever stands in. */
  moveOut(
    managerId: string,
    id: string,
    to: { readonly way: Way; readonly startsAt: Instant },
    reason: CancelReason,
    more?: More<Appointment>,
  ): Promise<Moved>;
}

/** Somebody may book the deputy's time in the very moment in which it is given away: then all of it is tried anew. */
const HAND_TRIES = 5;

/** Cancels one of a manager's and tells the person. False when it did not stand any more as it was read. */
export async function cancelByManager(tx: Db, one: Appointment, reason: CancelReason, now: Instant): Promise<boolean> {
  if (!(await store.cancelAppointment(tx, one.id, [one.manager.id], now, reason, one.sequence))) return false;
  await withdrawNotices(tx, one.id, [...REMINDERS, 'pin']);
  if (one.refugee !== undefined) {
    const after = { id: one.id, sequence: one.sequence + 1 };
    await oweNotices(tx, [owedNow('cancelled-by-manager', one.refugee.personId, after, now)]);
  }
  return true;
}

export function createAbsenceDesk(deps: AppointmentsDeps): AbsenceDesk {
  const { db, clock, seal } = deps;
  const moving = createMoving(deps);

  async function within(tx: Db, managerId: string, absenceId: string, one?: string): Promise<Appointment[]> {
    const now = clock.now();
    const absence = (await absences.listAbsences(tx, managerId, now)).find(({ id }) => id === absenceId);
    if (absence === undefined) return [];
    const open = await absences.listOpenWithin(tx, seal, managerId, absence, now);
    return open.filter(({ id }) => one === undefined || id === one);
  }

  /** The same time with another manager, unless that one's diary is taken then or she is away herself. */
  async function handOver(tx: Db, one: Appointment, now: Instant): Promise<boolean> {
    const at = one.startsAt;
    const to = await store.onDuty(tx, one.manager.id, at);
    if (to === one.manager.id || !(await absences.isFreeFor(tx, one.id, to))) return false;
    if (!(await absences.handAppointment(tx, one, to, now))) return false;
    const after = { id: one.id, sequence: one.sequence + 1, way: one.way, startsAt: at, bookedAt: now };
    await withdrawNotices(tx, one.id, [...REMINDERS, 'pin']);
    const deputy = await store.personOnDuty(tx, to, now);
    await oweNotices(tx, [
      ...(deputy === undefined ? [] : [owedNow('taken-over', deputy, after, now)]),
      ...(one.refugee === undefined
        ? []
        : [
            owedNow('other-manager', one.refugee.personId, after, now),
            ...owedToRefugee(
              one.refugee.personId,
              after,
              await reminding.readWishesOf(tx, one.refugee.personId),
            ).filter(({ kind }) => kind !== 'pin'),
          ]),
    ]);
    return true;
  }

  /** All that she can take, in one transaction with whatever its caller writes down. */
  const handAll = (managerId: string, absenceId: string, more?: More<{ readonly handed: number }>, one?: string) =>
    db.transaction(async (tx) => {
      const open = await within(tx, managerId, absenceId, one);
      let handed = 0;
      for (const each of open) if (await handOver(tx, each, clock.now())) handed += 1;
      if (handed > 0) await more?.(tx, { handed });
      return { handed, left: open.length - handed };
    });

  return {
    absencesOf: (managerId) => absences.listAbsences(db, managerId, clock.now()),
    find: (absenceId) => absences.findCurrent(db, absenceId, clock.now()),
    deputiesOf: (managerId, range) => absences.listColleagues(db, managerId, range),

    async add(managerId, { kind, from, to, deputyId }, more) {
      const now = clock.now();
      const problem = checkAbsence({ from, to }, now);
      if (problem !== undefined) return { status: 'problem', problem };
      const absence: Absence = { id: newId(), managerId, kind, from, to, deputyId };
      try {
        const added = await db.transaction(async (tx): Promise<AbsenceAdded> => {
          // In order, so that two who name each other at once do not wait for each other for ever.
          for (const id of [managerId, ...(deputyId === undefined ? [] : [deputyId])].sort()) {
            await diaries.lockManager(tx, id);
          }
          const other = (await absences.listAbsences(tx, managerId, now)).find((one) => one.from < to && one.to > from);
          if (other !== undefined) return { status: 'overlaps', other };
          const deputy = (await absences.listColleagues(tx, managerId, absence)).find(({ id }) => id === deputyId);
          if (deputyId !== undefined && (deputy === undefined || deputy.isAway)) return { status: 'deputy-away' };
          await absences.insertAbsence(tx, absence);
          const reader = deputyId === undefined ? undefined : await store.personOf(tx, deputyId);
          const coordinators = await absences.listCoordinatorsOf(tx, managerId);
          await oweNotices(tx, owedForAbsence(absence.id, reader, coordinators, now));
          await more?.(tx, absence);
          return { status: 'added', absence, appointments: await within(tx, managerId, absence.id) };
        });
        deps.wake();
        return added;
      } catch (error) {
        if (violatedConstraint(error) !== 'absence_once') throw error;
        const [other] = await absences.listAbsences(db, managerId, now);
        return other === undefined ? { status: 'deputy-away' } : { status: 'overlaps', other };
      }
    },

    async nameDeputy({ id, managerId }, deputyId, more) {
      const now = clock.now();
      const isNamed = await db.transaction(async (tx) => {
        for (const each of [managerId, deputyId].sort()) await diaries.lockManager(tx, each);
        const absence = (await absences.listAbsences(tx, managerId, now)).find((one) => one.id === id);
        if (absence === undefined || absence.deputyId !== undefined) return false;
        const deputy = (await absences.listColleagues(tx, managerId, absence)).find((one) => one.id === deputyId);
        if (deputy === undefined || deputy.isAway) return false;
        await absences.setDeputy(tx, id, deputyId);
        const reader = await store.personOf(tx, deputyId);
        if (reader !== undefined) await oweNotices(tx, owedForAbsence(id, reader, [], now));
        await more?.(tx);
        return true;
      });
      deps.wake();
      return isNamed;
    },

    async end(managerId, absenceId, more) {
      const now = clock.now();
      const ended = await db.transaction(async (tx) => {
        const absence = (await absences.listAbsences(tx, managerId, now)).find(({ id }) => id === absenceId);
        if (absence === undefined || !(await absences.endAbsence(tx, managerId, absenceId, now))) return false;
        const deputy = absence.deputyId === undefined ? undefined : await store.personOf(tx, absence.deputyId);
        await withdrawNotices(tx, absenceId, ['stands-in', 'nobody-stands-in']);
        if (deputy !== undefined) await oweNotices(tx, [owedForReturn(absence, deputy, now)]);
        await more?.(tx, absenceId);
        return true;
      });
      deps.wake();
      return ended;
    },

    appointmentsIn: (managerId, absenceId) => within(db, managerId, absenceId),

    async handToDeputy(managerId, absenceId, more, one) {
      for (let tries = 1; ; tries++) {
        try {
          const done = await handAll(managerId, absenceId, more, one);
          if (done.handed > 0) deps.wake();
          return done;
        } catch (error) {
          if (violatedConstraint(error) !== 'appointment_manager_free' || tries >= HAND_TRIES) throw error;
        }
      }
    },

    async cancelIn(managerId, absenceId, reason, more, one) {
      const cancelled = await db.transaction(async (tx) => {
        let count = 0;
        for (const each of await within(tx, managerId, absenceId, one)) {
          if (await cancelByManager(tx, each, reason, clock.now())) count += 1;
        }
        if (count > 0) await more?.(tx, { count, ...(one !== undefined && { one }) });
        return count;
      });
      if (cancelled > 0) deps.wake();
      return cancelled;
    },

    freeDaysFor: async (one) => daysWithSlots(await moving.othersFor(one), one.way),
    freeTimesFor: async (one, day) => slotsOn(await moving.othersFor(one), day, one.way),
    moveOut: (managerId, id, to, reason, more) => moving.move([managerId], managerId, id, to, reason, more),
  };
}
