import { oweNotices, withdrawNotices } from '../../delivery/outbox.ts';
import { violatedConstraint } from '../../platform/database.ts';
import { addDays, at, type Day, type Instant, wallTime } from '../../platform/datetime.ts';
import type { Manager } from '../people/model.ts';
import { type Appointment, type CancelReason, type Slot, TOPICS, type Topic, type Way } from './model.ts';
import { freeSlots } from './offers.ts';
import { owedNow, owedToRefugee, REMINDERS } from './owed.ts';
import { canMove, daysWithSlots, findSlot, slotsOn } from './rules.ts';
import type { AppointmentsDeps, Cancelled, Moved } from './service.ts';
import * as store from './store.ts';
import * as absences from './store-absences.ts';
import * as reminding from './store-reminders.ts';

/** What a manager does with her own diary; another manager's ids find nothing. */
export interface ManagerDesk {
  /** Booked appointments of `days` days from `from` on. */
  diary(manager: Manager, from: Day, days: number): Promise<readonly Appointment[]>;
  appointment(manager: Manager, id: string): Promise<Appointment | undefined>;
  /** What it is about; undefined when it is over, cancelled or not hers. */
  topic(manager: Manager, id: string): Promise<Topic | undefined>;
  address(manager: Manager, id: string): Promise<string | undefined>;
  cancelAsManager(manager: Manager, id: string, reason: CancelReason): Promise<Cancelled>;
  /** Free days and times to which an appointment can be moved: its manager's, or of who stands in. */
  freeDays(one: Appointment): Promise<readonly Day[]>;
  freeTimes(one: Appointment, day: Day): Promise<readonly Slot[]>;
  moveAsManager(
    manager: Manager,
    id: string,
    to: { way: Way; startsAt: Instant },
    reason?: CancelReason,
  ): Promise<Moved>;
}

export function createManagerDesk(deps: AppointmentsDeps): ManagerDesk {
  const { db, clock, seal, county, isHoliday } = deps;
  // A manager may move to any free time, also a near one: notice protects her, not others from her.
  const rules = { window: { ...county.facts.booking, noticeMinutes: 0 }, isHoliday };
  const slotsOf = async (managerId: string): Promise<readonly Slot[]> =>
    (await freeSlots(db, [managerId], clock.now(), rules)).get(managerId) ?? [];
  /** Her own diary, and those of colleagues for whom she stands in now. */
  const deskOf = async ({ managerId }: Manager) => [
    managerId,
    ...(await absences.listStoodInFor(db, managerId, clock.now())),
  ];
  const midnight = wallTime('00:00');

  return {
    diary: async (manager, from, days) =>
      store.listOfManager(db, seal, await deskOf(manager), at(from, midnight), at(addDays(from, days), midnight)),
    appointment: async (manager, id) => store.findOfManager(db, seal, await deskOf(manager), id),

    async topic(manager, id) {
      const sealed = await store.readTopic(db, await deskOf(manager), id);
      const topic = sealed === undefined ? undefined : seal.open('topic', sealed);
      return TOPICS.find((known) => known === topic);
    },
    async address(manager, id) {
      const sealed = await store.readAddress(db, await deskOf(manager), id);
      return sealed === undefined ? undefined : seal.open('address', sealed);
    },

    async cancelAsManager(manager, id, reason) {
      const now = clock.now();
      const desk = await deskOf(manager);
      const cancelled = await db.transaction(async (tx) => {
        const before = await store.findOfManager(tx, seal, desk, id);
        if (before === undefined) return false;
        if (before.status === 'cancelled') return before.cancelledBy === 'manager';
        if (!(await store.cancelAppointment(tx, id, desk, now, reason))) return false;
        await withdrawNotices(tx, id, [...REMINDERS, 'pin']);
        const after = { id, sequence: before.sequence + 1 };
        if (before.refugee !== undefined) {
          await oweNotices(tx, [owedNow('cancelled-by-manager', before.refugee.personId, after, now)]);
        }
        return true;
      });
      if (cancelled) deps.wake();
      const appointment = await store.findOfManager(db, seal, desk, id);
      return cancelled && appointment !== undefined ? { status: 'cancelled', appointment } : { status: 'gone' };
    },

    freeDays: async (one) => daysWithSlots(await slotsOf(one.manager.id), one.way),
    freeTimes: async (one, day) => slotsOn(await slotsOf(one.manager.id), day, one.way),

    async moveAsManager(manager, id, to, reason = 'unsaid') {
      const now = clock.now();
      const desk = await deskOf(manager);
      const before = await store.findOfManager(db, seal, desk, id);
      if (before === undefined) return { status: 'gone' };
      if (before.status === 'booked' && before.startsAt === to.startsAt && before.way === to.way) {
        return { status: 'moved', appointment: before };
      }
      if (!canMove('manager', before, now)) return { status: 'gone' };
      const slots = await slotsOf(before.manager.id);
      const slot = findSlot(slots, to);
      const next = slots.filter(({ ways }) => ways.includes(to.way)).slice(0, 4);
      if (slot === undefined) return { status: 'taken', next };
      try {
        const moved = await db.transaction(async (tx) => {
          const movable = { managerIds: desk, sequence: before.sequence, now };
          if (!(await store.moveAppointment(tx, id, { slot, way: to.way }, movable))) return false;
          await withdrawNotices(tx, id, [...REMINDERS, 'pin']);
          if (before.refugee === undefined) return true;
          const after = { id, sequence: before.sequence + 1, way: to.way, startsAt: to.startsAt, bookedAt: now };
          const { personId } = before.refugee;
          // A time of who stands in: it is that one's from now on.
          const isHanded = slot.managerId !== before.manager.id && slot.managerId !== manager.managerId;
          const deputy = isHanded ? await store.personOnDuty(tx, slot.managerId, now) : undefined;
          await oweNotices(tx, [
            ...(deputy === undefined ? [] : [owedNow('taken-over', deputy, after, now)]),
            owedNow('moved-by-manager', personId, after, now, { before: before.startsAt, reason }),
            ...owedToRefugee(personId, after, await reminding.readWishesOf(tx, personId)),
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
      const appointment = await store.findAppointment(db, seal, id);
      return appointment === undefined ? { status: 'gone' } : { status: 'moved', appointment };
    },
  };
}
