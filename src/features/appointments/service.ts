import { type OwedNotice, oweNotices, withdrawNotices } from '../../delivery/outbox.ts';
import type { Clock } from '../../platform/clock.ts';
import { newId, type Seal } from '../../platform/crypto.ts';
import { type Database, type Db, isTransient, violatedConstraint } from '../../platform/database.ts';
import { type Day, dayOf, type Instant, wallTimeOf } from '../../platform/datetime.ts';
import { oneLine } from '../../platform/one-line.ts';
import { together } from '../../platform/together.ts';
import type { CountyService } from '../county/service.ts';
import type { Manager, Refugee } from '../people/model.ts';
import { ADDRESS_LENGTH, type Appointment, type RefugeeReason, type Slot, type Topic, type Way } from './model.ts';
import { freeSlots, freeTimes, freeTimesAround, type IsHoliday } from './offers.ts';
import { owedNow, owedToRefugee, REMINDERS } from './owed.ts';
import { canMove, daysWithSlots, findSlot, openTo, slotsOn } from './rules.ts';
import { createDayDesk, type DayDesk } from './service-day.ts';
import { createHoursDesk, type HoursDesk } from './service-hours.ts';
import { createManagerDesk, type ManagerDesk } from './service-manager.ts';
import { createReminderDesk, type ReminderDesk } from './service-reminders.ts';
import * as store from './store.ts';

export type Booked =
  /** `isRepeat`: the same press came before, and nothing was done now. */
  | { readonly status: 'booked'; readonly appointment: Appointment; readonly isRepeat?: true }
  /** Somebody was faster, or the time has passed: the next free ones. */
  | { readonly status: 'taken'; readonly next: readonly Slot[] }
  | { readonly status: 'limit'; readonly open: number }
  /** She has another appointment at that time. */
  | { readonly status: 'busy' }
  /** Pressed again after the appointment was cancelled. */
  | { readonly status: 'over' }
  | { readonly status: 'no-manager' };

export type Moved =
  | { readonly status: 'moved'; readonly appointment: Appointment }
  | { readonly status: 'taken'; readonly next: readonly Slot[] }
  | { readonly status: 'busy' }
  | { readonly status: 'gone' };

export type Cancelled =
  | { readonly status: 'cancelled'; readonly appointment: Appointment }
  | { readonly status: 'gone' };

/** What can be chosen next. Empty lists mean that nothing is free. */
export interface Offer {
  readonly ways: readonly Way[];
  readonly days: readonly Day[];
  readonly slots: readonly Slot[];
}

export interface AppointmentsService extends ManagerDesk, HoursDesk, ReminderDesk, DayDesk {
  /** Ways in which her manager has free times. Undefined without a manager. */
  offeredWays(refugee: Refugee): Promise<readonly Way[] | undefined>;
  offeredDays(refugee: Refugee, way: Way): Promise<readonly Day[]>;
  offeredSlots(refugee: Refugee, way: Way, day: Day): Promise<readonly Slot[]>;
  /** Everything that is free with a manager, also what is kept for somebody. Inside the caller's transaction. */
  openTimes(db: Db, managerId: string): Promise<readonly Slot[]>;
  /** What of it a person can book; without one, whoever comes. */
  timesFor(db: Db, managerId: string, personId?: string): Promise<readonly Slot[]>;
  /** Books once per `draft`, whatever is pressed twice. */
  book(
    refugee: Refugee,
    wish: { topic: Topic; way: Way; startsAt: Instant },
    draft: string,
    more?: (id: string) => readonly OwedNotice[],
  ): Promise<Booked>;
  /** What she has booked under `draft`, also when it is cancelled by now. */
  bookedAs(refugee: Refugee, draft: string): Promise<Appointment | undefined>;
  mine(refugee: Refugee): Promise<readonly Appointment[]>;
  one(refugee: Refugee, id: string): Promise<Appointment | undefined>;
  /** What somebody has booked with a manager since then, if anything: for whoever may know that there is one. */
  bookedWith(personId: string, managerId: string, since: Instant): Promise<Appointment | undefined>;
  move(refugee: Refugee, id: string, to: { way: Way; startsAt: Instant }, reason?: RefugeeReason): Promise<Moved>;
  /** The next free times, for somebody who has just cancelled. */
  nextTimes(refugee: Refugee, way: Way): Promise<readonly Slot[]>;
  cancel(refugee: Refugee, id: string, reason?: RefugeeReason): Promise<Cancelled>;
  /** Tells the manager at once that she does not find the place. */
  cannotFind(refugee: Refugee, id: string): Promise<Appointment | undefined>;
  /** Keeps the address of a home visit, sealed, until the visit is over. */
  giveAddress(refugee: Refugee, id: string, address: string): Promise<'kept' | 'gone' | 'empty'>;
  eraseRefugee(tx: Db, personId: string, now: Instant): Promise<number>;
  /** Telegram cannot reach her: managers who wait for her are told to call. */
  tellUnreachable(personId: string): Promise<void>;
  /** Removes topics and addresses of what is over, and later whose it was. */
  forgetPast(): Promise<void>;
}

/** Writes down what a manager changes of what is everybody's, for whoever coordinates, in the transaction that does it. */
export type Journal = (
  tx: Db,
  by: Pick<Manager, 'personId'>,
  act: { readonly act: 'place-added'; readonly subject: string; readonly carrierId: string | undefined },
  at: Instant,
) => Promise<void>;

export interface AppointmentsDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly seal: Seal;
  readonly county: CountyService;
  readonly isHoliday: IsHoliday;
  readonly journal: Journal;
  wake(): void;
}

/** How many next free times are shown to somebody who lost a race. */
const NEXT = 4;

/** What is booked on one screen has one key. */
const keyOf = ({ personId }: Refugee, draft: string) => `${personId}:${draft}`;

export function createAppointmentsService(deps: AppointmentsDeps): AppointmentsService {
  const { db, clock, seal, county, isHoliday } = deps;
  const rules = { window: county.facts.booking, isHoliday };

  /** Whose times, and for whom. */
  type Whose = Pick<Refugee, 'personId' | 'managerId'>;
  const timesByManager = together((managerIds: readonly string[]) => freeTimes(db, managerIds, clock.now(), rules));
  const slotsOf = async ({ managerId, personId }: Whose): Promise<readonly Slot[]> => {
    const times = managerId === undefined ? undefined : await timesByManager(managerId);
    return times === undefined ? [] : openTo(times.slots, times.holds, personId);
  };
  const slotsAround = async ({ managerId, personId }: Whose, day: Day): Promise<readonly Slot[]> => {
    if (managerId === undefined) return [];
    const { slots, holds } = await freeTimesAround(db, managerId, day, clock.now(), rules);
    return openTo(slots, holds, personId);
  };

  const nextFree = (slots: readonly Slot[], way: Way, from: Instant): readonly Slot[] => {
    const usable = slots.filter((slot) => slot.ways.includes(way));
    const after = usable.filter((slot) => slot.startsAt >= from);
    return [...after, ...usable.filter((slot) => slot.startsAt < from).toReversed()].slice(0, NEXT);
  };

  /** Runs again when two bookings met in the same instant and neither is at fault. */
  async function settled<T>(attempt: () => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries++) {
      try {
        return await attempt();
      } catch (error) {
        if (!(isTransient(error) || violatedConstraint(error) === 'appointment_open_limit') || tries >= 4) throw error;
      }
    }
  }

  const service: Omit<AppointmentsService, keyof (ManagerDesk & HoursDesk & ReminderDesk & DayDesk)> = {
    async offeredWays(refugee) {
      if (refugee.managerId === undefined) return undefined;
      const slots = await slotsOf(refugee);
      return (['place', 'home', 'telephone'] as const).filter((way) => slots.some((slot) => slot.ways.includes(way)));
    },
    offeredDays: async (refugee, way) => daysWithSlots(await slotsOf(refugee), way),
    offeredSlots: async (refugee, way, day) => slotsOn(await slotsAround(refugee, day), day, way),
    openTimes: async (tx, managerId) => (await freeSlots(tx, [managerId], clock.now(), rules)).get(managerId) ?? [],
    async timesFor(tx, managerId, personId) {
      const times = (await freeTimes(tx, [managerId], clock.now(), rules)).get(managerId);
      return times === undefined ? [] : openTo(times.slots, times.holds, personId);
    },

    async bookedAs(refugee, draft) {
      const key = keyOf(refugee, draft);
      // Every step asks, and hardly ever is there something to read.
      return (await store.isBooked(db, key)) ? store.findByKey(db, seal, key) : undefined;
    },
    async book(refugee, { topic, way, startsAt }, draft, more = () => []) {
      const { managerId } = refugee;
      if (managerId === undefined) return { status: 'no-manager' };
      const now = clock.now();
      const key = keyOf(refugee, draft);
      const find = async () => findSlot(await slotsAround(refugee, dayOf(startsAt)), { startsAt, way });
      const taken = async () =>
        ({ status: 'taken', next: nextFree(await slotsOf(refugee), way, startsAt) }) as const satisfies Booked;
      const slot = await find();
      // Perhaps a repeat: then the slot is taken, by herself.
      if (slot === undefined) return (await repeated(key)) ?? taken();
      const id = newId();
      const made = { id, sequence: 0, way, startsAt, bookedAt: now };
      const notices = [
        owedNow('booked', '', made, now),
        // Before the pin of its place: whoever is told reads first what it is about.
        ...more(id),
        ...owedToRefugee(refugee.personId, made, refugee.reminders),
      ];
      const limit = county.facts.booking.openBookings;
      try {
        const appointment = await settled(() =>
          store.insertAppointment(db, seal, {
            id,
            refugeeId: refugee.personId,
            managerId,
            slot,
            way,
            topic: seal.seal('topic', topic),
            key,
            limit,
            now,
            notices,
          }),
        );
        if (appointment === undefined) {
          // All her bookings are made, or the time was put aside for others since it was read.
          return (await repeated(key)) ?? ((await find()) === undefined ? taken() : { status: 'limit', open: limit });
        }
        deps.wake();
        return { status: 'booked', appointment };
      } catch (error) {
        const constraint = violatedConstraint(error);
        const known = await repeated(key);
        if (known !== undefined) return known;
        if (constraint === 'appointment_manager_free') return taken();
        if (constraint === 'appointment_refugee_free') return { status: 'busy' };
        if (constraint === 'appointment_open_limit') return { status: 'limit', open: limit };
        throw error;
      }
    },

    mine: (refugee) => store.listOpenOfRefugee(db, seal, refugee.personId, clock.now()),
    one: (refugee, id) => store.findOfRefugee(db, seal, refugee.personId, id),

    bookedWith: (personId, managerId, since) => store.findBookedWith(db, seal, personId, managerId, since),

    async nextTimes(refugee, way) {
      return nextFree(await slotsOf(refugee), way, clock.now()).slice(0, NEXT - 1);
    },

    async move(refugee, id, to, reason = 'unsaid') {
      const now = clock.now();
      const before = await store.findOfRefugee(db, seal, refugee.personId, id);
      if (before === undefined) return { status: 'gone' };
      // The same press again, or the time that she has anyway.
      if (before.status === 'booked' && before.startsAt === to.startsAt && before.way === to.way) {
        return { status: 'moved', appointment: before };
      }
      if (!canMove('refugee', before, now)) return { status: 'gone' };
      const hers: Whose = { personId: refugee.personId, managerId: before.manager.id };
      const slots = await slotsOf(hers);
      const slot = findSlot(slots, to);
      if (slot === undefined) return { status: 'taken', next: nextFree(slots, to.way, to.startsAt) };
      try {
        const moved = await db.transaction(async (tx) => {
          const movable = { refugeeId: refugee.personId, sequence: before.sequence, now };
          if (await store.isHeld(tx, slot, to.way, refugee.personId, now)) return 'held';
          if (!(await store.moveAppointment(tx, id, { slot, way: to.way }, movable))) return false;
          const after = { id, sequence: before.sequence + 1, way: to.way, startsAt: to.startsAt, bookedAt: now };
          const manager = await store.personOnDuty(tx, slot.managerId, now);
          await withdrawNotices(tx, id, [...REMINDERS, 'pin']);
          await oweNotices(tx, [
            ...(manager === undefined
              ? []
              : [owedNow('moved-by-refugee', manager, after, now, { before: before.startsAt, reason })]),
            ...owedToRefugee(refugee.personId, after, refugee.reminders),
          ]);
          return true;
        });
        if (moved === 'held') return { status: 'taken', next: nextFree(await slotsOf(hers), to.way, to.startsAt) };
        if (!moved) return { status: 'gone' };
      } catch (error) {
        const constraint = violatedConstraint(error);
        if (constraint === 'appointment_refugee_free') return { status: 'busy' };
        if (constraint !== 'appointment_manager_free') throw error;
        return { status: 'taken', next: nextFree(await slotsOf(hers), to.way, to.startsAt) };
      }
      deps.wake();
      const appointment = await store.findOfRefugee(db, seal, refugee.personId, id);
      return appointment === undefined ? { status: 'gone' } : { status: 'moved', appointment };
    },

    async cancel(refugee, id, reason = 'unsaid') {
      const notices = { withdrawn: [...REMINDERS, 'pin'], owed: 'cancelled-by-refugee' };
      const now = clock.now();
      const cancelled = await store.cancelOfRefugee(db, seal, refugee.personId, id, now, notices, reason);
      if (cancelled !== undefined) deps.wake();
      // A second press finds it cancelled: that is what she wanted.
      const appointment = cancelled ?? (await store.findOfRefugee(db, seal, refugee.personId, id));
      return appointment?.cancelledBy === 'refugee' ? { status: 'cancelled', appointment } : { status: 'gone' };
    },

    async cannotFind(refugee, id) {
      const now = clock.now();
      const appointment = await db.transaction(async (tx) => {
        const found = await store.findOfRefugee(tx, seal, refugee.personId, id);
        if (found === undefined || found.status !== 'booked' || found.endsAt <= now) return undefined;
        await tellManager(tx, refugee, id, 'cannot-find', now, wallTimeOf(now));
        return found;
      });
      deps.wake();
      return appointment;
    },

    async giveAddress(refugee, id, address) {
      const now = clock.now();
      const text = oneLine(address, ADDRESS_LENGTH);
      if (text === '') return 'empty';
      const kept = await db.transaction(async (tx) => {
        if (!(await store.writeAddress(tx, refugee.personId, id, seal.seal('address', text), now))) return false;
        await tellManager(tx, refugee, id, 'address-given', now, String(now));
        return true;
      });
      deps.wake();
      return kept ? 'kept' : 'gone';
    },

    async eraseRefugee(tx, personId, now) {
      const cancelled = await store.eraseRefugee(tx, personId, now);
      await oweNotices(
        tx,
        cancelled.flatMap(({ id, managerPersonId }) =>
          managerPersonId === null ? [] : [owedNow('off', managerPersonId, { id, sequence: 0 }, now)],
        ),
      );
      return cancelled.length;
    },

    async tellUnreachable(personId) {
      const now = clock.now();
      const awaiting = await store.listAwaiting(db, personId, now);
      await oweNotices(
        db,
        awaiting.map(({ id, managerPersonId }) => {
          const owed = owedNow('refugee-unreachable', managerPersonId, { id, sequence: 0 }, now);
          // Told once each time she falls silent, not once for ever.
          return { ...owed, key: `${owed.key}:${now}` };
        }),
      );
      if (awaiting.length > 0) deps.wake();
    },

    forgetPast: () => store.forgetPast(db, clock.now()),
  };

  async function repeated(key: string): Promise<Booked | undefined> {
    const appointment = await store.findByKey(db, seal, key);
    if (appointment === undefined) return undefined;
    return appointment.status === 'booked' ? { status: 'booked', appointment, isRepeat: true } : { status: 'over' };
  }

  async function tellManager(
    tx: Db,
    refugee: Refugee,
    id: string,
    kind: 'cannot-find' | 'address-given',
    now: Instant,
    again: string,
  ): Promise<void> {
    const appointment = await store.findOfRefugee(tx, seal, refugee.personId, id);
    if (appointment === undefined) return;
    const manager = await store.personOnDuty(tx, appointment.manager.id, now);
    if (manager === undefined) return;
    const owed = owedNow(kind, manager, appointment, now);
    await oweNotices(tx, [{ ...owed, key: `${owed.key}:${again}` }]);
  }

  const desks = {
    ...createManagerDesk(deps),
    ...createHoursDesk(deps),
    ...createReminderDesk(deps),
    ...createDayDesk(deps),
  };
  return { ...service, ...desks };
}
