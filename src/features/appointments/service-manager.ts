import { oweNotices, withdrawNotices } from '../../delivery/outbox.ts';
import { addDays, at, type Day, type Instant, wallTime } from '../../platform/datetime.ts';
import type { Manager } from '../people/model.ts';
import { type Appointment, type CancelReason, type Slot, TOPICS, type Topic, type Way } from './model.ts';
import { owedNow, REMINDERS } from './owed.ts';
import { daysWithSlots, slotsOn } from './rules.ts';
import type { AppointmentsDeps, Cancelled, Moved } from './service.ts';
import { createMoving } from './service-moving.ts';
import * as store from './store.ts';
import * as absences from './store-absences.ts';

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
  const { db, clock, seal } = deps;
  const moving = createMoving(deps);
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

    freeDays: async (one) => daysWithSlots(await moving.othersFor(one), one.way),
    freeTimes: async (one, day) => slotsOn(await moving.othersFor(one), day, one.way),

    moveAsManager: async (manager, id, to, reason = 'unsaid') =>
      moving.move(await deskOf(manager), manager.managerId, id, to, reason),
  };
}
