import { oweNotices, withdrawNotices } from '../../delivery/outbox.ts';
import { newId } from '../../platform/crypto.ts';
import { type Db, violatedConstraint } from '../../platform/database.ts';
import { addDays, at, type Day, dayOf, type Instant, wallTime, weekdayOf } from '../../platform/datetime.ts';
import type { Place } from '../county/model.ts';
import type { Manager } from '../people/model.ts';
import {
  type Appointment,
  type CancelReason,
  type OfficeHours,
  type OfficeHoursDraft,
  type Slot,
  TOPICS,
  type Topic,
  type Way,
} from './model.ts';
import { freeSlots } from './offers.ts';
import { owedNow, owedToRefugee, REMINDERS } from './owed.ts';
import { canMove, daysWithSlots, findSlot, slotsOn } from './rules.ts';
import { checkOfficeHours, isInSeries, isOverlapping } from './rules-hours.ts';
import type { AppointmentsDeps, Cancelled, Moved } from './service.ts';
import * as store from './store.ts';
import * as diaries from './store-diary.ts';

export type HoursAdded =
  | { readonly status: 'added'; readonly hours: OfficeHours }
  | { readonly status: 'problem'; readonly problems: ReturnType<typeof checkOfficeHours> }
  | { readonly status: 'overlaps'; readonly other: OfficeHours };

/** What a manager does with her own diary; another manager's ids find nothing. */
export interface ManagerDesk {
  /** Booked appointments of `days` days from `from` on. */
  diary(manager: Manager, from: Day, days: number): Promise<readonly Appointment[]>;
  appointment(manager: Manager, id: string): Promise<Appointment | undefined>;
  /** What it is about; undefined when it is over, cancelled or not hers. */
  topic(manager: Manager, id: string): Promise<Topic | undefined>;
  address(manager: Manager, id: string): Promise<string | undefined>;
  cancelAsManager(manager: Manager, id: string, reason: CancelReason): Promise<Cancelled>;
  /** Cancels everything that lies ahead of a manager who has left; each person is told. Returns how many. */
  cancelAllOf(tx: Db, managerId: string, now: Instant): Promise<number>;
  /** Free days and times of hers, for moving an appointment. */
  freeDays(manager: Manager, way: Way): Promise<readonly Day[]>;
  freeTimes(manager: Manager, way: Way, day: Day): Promise<readonly Slot[]>;
  moveAsManager(manager: Manager, id: string, to: { way: Way; startsAt: Instant }): Promise<Moved>;
  officeHours(manager: Manager): Promise<readonly OfficeHours[]>;
  /** All places of the county, those of her municipalities first. */
  placesFor(manager: Manager): Promise<readonly Place[]>;
  addOfficeHours(manager: Manager, draft: OfficeHoursDraft): Promise<HoursAdded>;
  /** `booked` names the appointments that still stand in them: these come first. */
  removeOfficeHours(
    manager: Manager,
    id: string,
  ): Promise<
    { readonly status: 'removed' } | { readonly status: 'gone' } | { readonly status: 'booked'; readonly count: number }
  >;
}

export function createManagerDesk(deps: AppointmentsDeps): ManagerDesk {
  const { db, clock, seal, county, isHoliday } = deps;
  // A manager may move to any free time, also a near one: notice protects her, not others from her.
  const rules = { window: { ...county.facts.booking, noticeMinutes: 0 }, isHoliday };
  const slotsOf = (manager: Manager) => freeSlots(db, [manager.managerId], clock.now(), rules);
  const midnight = wallTime('00:00');

  return {
    diary: (manager, from, days) =>
      store.listOfManager(db, seal, manager.managerId, at(from, midnight), at(addDays(from, days), midnight)),
    appointment: (manager, id) => store.findOfManager(db, seal, manager.managerId, id),

    async topic(manager, id) {
      const sealed = await store.readTopic(db, manager.managerId, id);
      const topic = sealed === undefined ? undefined : seal.open('topic', sealed);
      return TOPICS.find((known) => known === topic);
    },
    async address(manager, id) {
      const sealed = await store.readAddress(db, manager.managerId, id);
      return sealed === undefined ? undefined : seal.open('address', sealed);
    },

    async cancelAsManager(manager, id, reason) {
      const now = clock.now();
      const cancelled = await db.transaction(async (tx) => {
        const before = await store.findOfManager(tx, seal, manager.managerId, id);
        if (before === undefined) return false;
        if (before.status === 'cancelled') return before.cancelledBy === 'manager';
        if (!(await store.cancelAppointment(tx, id, manager.managerId, now, reason))) return false;
        await withdrawNotices(tx, id, [...REMINDERS, 'pin']);
        const after = { id, sequence: before.sequence + 1 };
        if (before.refugee !== undefined) {
          await oweNotices(tx, [owedNow('cancelled-by-manager', before.refugee.personId, after, now)]);
        }
        return true;
      });
      if (cancelled) deps.wake();
      const appointment = await store.findOfManager(db, seal, manager.managerId, id);
      return cancelled && appointment !== undefined ? { status: 'cancelled', appointment } : { status: 'gone' };
    },

    async cancelAllOf(tx, managerId, now) {
      const cancelled = await store.cancelAllOfManager(tx, managerId, now);
      for (const { id, refugeeId, sequence } of cancelled) {
        await withdrawNotices(tx, id, [...REMINDERS, 'pin', 'booked']);
        if (refugeeId !== null)
          await oweNotices(tx, [owedNow('cancelled-by-manager', refugeeId, { id, sequence }, now)]);
      }
      return cancelled.length;
    },

    freeDays: async (manager, way) => daysWithSlots(await slotsOf(manager), way),
    freeTimes: async (manager, way, day) => slotsOn(await slotsOf(manager), day, way),

    async moveAsManager(manager, id, to) {
      const now = clock.now();
      const before = await store.findOfManager(db, seal, manager.managerId, id);
      if (before === undefined) return { status: 'gone' };
      if (before.status === 'booked' && before.startsAt === to.startsAt && before.way === to.way) {
        return { status: 'moved', appointment: before };
      }
      if (!canMove('manager', before, now)) return { status: 'gone' };
      const slots = await slotsOf(manager);
      const slot = findSlot(slots, { managerId: manager.managerId, startsAt: to.startsAt, way: to.way });
      const next = slots.filter(({ ways }) => ways.includes(to.way)).slice(0, 4);
      if (slot === undefined) return { status: 'taken', next };
      try {
        const moved = await db.transaction(async (tx) => {
          const movable = { managerId: manager.managerId, sequence: before.sequence, now };
          if (!(await store.moveAppointment(tx, id, { slot, way: to.way }, movable))) return false;
          await withdrawNotices(tx, id, [...REMINDERS, 'pin']);
          if (before.refugee === undefined) return true;
          const after = { id, sequence: before.sequence + 1, way: to.way, startsAt: to.startsAt, bookedAt: now };
          const { personId } = before.refugee;
          await oweNotices(tx, [
            owedNow('moved-by-manager', personId, after, now, { before: before.startsAt }),
            ...owedToRefugee(personId, after),
          ]);
          return true;
        });
        if (!moved) return { status: 'gone' };
      } catch (error) {
        const constraint = violatedConstraint(error);
        if (constraint === 'appointment_refugee_free') return { status: 'busy' };
        if (constraint === undefined) throw error;
        return { status: 'taken', next };
      }
      deps.wake();
      const appointment = await store.findOfManager(db, seal, manager.managerId, id);
      return appointment === undefined ? { status: 'gone' } : { status: 'moved', appointment };
    },

    officeHours: (manager) => diaries.listOfficeHours(db, manager.managerId, dayOf(clock.now())),

    async placesFor(manager) {
      const near = new Set(await diaries.listMunicipalitiesOf(db, manager.managerId));
      const places = await county.places();
      return [...places.filter(({ ags }) => near.has(ags)), ...places.filter(({ ags }) => !near.has(ags))];
    },

    async addOfficeHours(manager, draft) {
      const problems = checkOfficeHours(draft);
      if (problems.length > 0) return { status: 'problem', problems };
      const hours: OfficeHours = { ...draft, id: newId(), managerId: manager.managerId };
      return db.transaction(async (tx) => {
        // One form at a time per manager: two overlapping series sent at once must not both pass.
        await diaries.lockManager(tx, manager.managerId);
        const existing = await diaries.listOfficeHours(tx, manager.managerId, draft.validFrom);
        const other = existing.find((known) => isOverlapping(known, hours));
        if (other !== undefined) return { status: 'overlaps' as const, other };
        await diaries.insertOfficeHours(tx, hours.id, manager.managerId, draft);
        return { status: 'added' as const, hours };
      });
    },

    async removeOfficeHours(manager, id) {
      const now = clock.now();
      return db.transaction(async (tx) => {
        await diaries.lockManager(tx, manager.managerId);
        const hours = (await diaries.listOfficeHours(tx, manager.managerId, dayOf(now))).find((one) => one.id === id);
        if (hours === undefined) return { status: 'gone' as const };
        const open = await store.listOpenOfManager(tx, seal, manager.managerId, now);
        const within = open.filter((one) => isWithin(hours, one));
        if (within.length > 0) return { status: 'booked' as const, count: within.length };
        await diaries.deleteOfficeHours(tx, manager.managerId, id);
        return { status: 'removed' as const };
      });
    },
  };
}

/** Whether an appointment lies in this series. */
function isWithin(hours: OfficeHours, appointment: Appointment): boolean {
  const day = dayOf(appointment.startsAt);
  if (weekdayOf(day) !== hours.weekday || !isInSeries(hours, day)) return false;
  return appointment.startsAt >= at(day, hours.from) && appointment.endsAt <= at(day, hours.to);
}
