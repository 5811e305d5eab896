import { oweNotices, withdrawNotices } from '../../delivery/outbox.ts';
import { type Db, violatedConstraint } from '../../platform/database.ts';
import type { Instant } from '../../platform/datetime.ts';
import type { Appointment, CancelReason, Slot, Way } from './model.ts';
import { freeSlots } from './offers.ts';
import { owedNow, owedToRefugee, REMINDERS } from './owed.ts';
import { canMove, findSlot } from './rules.ts';
import type { AppointmentsDeps, Moved } from './service.ts';
import * as store from './store.ts';
import * as reminding from './store-reminders.ts';

/** How an appointment is moved from the office's side. */
export interface Moving {
  /** Free times of a manager, and of whoever stands in for her. Her diary is hers: also what is kept for somebody is free. */
  slotsOf(managerId: string): Promise<readonly Slot[]>;
  /** Of these, other times than its own: the same time with who stands in is handing over, not moving. */
  othersFor(one: Appointment): Promise<readonly Slot[]>;
  /** Only what is on one of these managers' desks. `self` is whose doing it is: she is not told of it. */
  move(
    desk: readonly string[],
    self: string,
    id: string,
    to: { readonly way: Way; readonly startsAt: Instant },
    reason: CancelReason,
    /** What the caller does in the same transaction, with the appointment as it was. */
    more?: (tx: Db, before: Appointment) => Promise<void>,
  ): Promise<Moved>;
}

export function createMoving(deps: AppointmentsDeps): Moving {
  const { db, clock, seal, county, isHoliday } = deps;
  // To any free time, also a near one: notice protects the office, not others from it.
  const rules = { window: { ...county.facts.booking, noticeMinutes: 0 }, isHoliday };
  const slotsOf = async (managerId: string): Promise<readonly Slot[]> =>
    (await freeSlots(db, [managerId], clock.now(), rules)).get(managerId) ?? [];

  return {
    slotsOf,
    othersFor: async ({ manager, startsAt }) =>
      (await slotsOf(manager.id)).filter((slot) => slot.startsAt !== startsAt),

    async move(desk, self, id, to, reason, more) {
      const now = clock.now();
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
          await more?.(tx, before);
          if (before.refugee === undefined) return true;
          const after = { id, sequence: before.sequence + 1, way: to.way, startsAt: to.startsAt, bookedAt: now };
          const { personId } = before.refugee;
          // A time of who stands in: it is that one's from now on.
          const isHanded = slot.managerId !== before.manager.id && slot.managerId !== self;
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
