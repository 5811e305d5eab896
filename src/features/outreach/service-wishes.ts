import { oweNotices } from '../../delivery/outbox.ts';
import type { Db } from '../../platform/database.ts';
import type { Instant } from '../../platform/datetime.ts';
import type { Appointment, Slot } from '../appointments/model.ts';
import type { Moved } from '../appointments/service.ts';
import type { Refugee } from '../people/model.ts';
import { SHOWN, type WaitState, type WishedWay } from './model.ts';
import { offerGone } from './owed.ts';
import { wayFor } from './rules.ts';
import type { OutreachDeps } from './service.ts';
import { stamp } from './service-rounds.ts';
import * as store from './store.ts';

/** A free time and how one would meet then. */
export type Suggested = Pick<Slot, 'startsAt' | 'placeId'> & { readonly way: Slot['ways'][number] };

export type Taken =
  | Extract<Moved, { status: 'moved' | 'busy' }>
  /** Somebody was faster, or the time has passed: what is free before her appointment. */
  | { readonly status: 'late'; readonly appointment: Appointment; readonly next: readonly Suggested[] }
  /** She has an earlier time by now. */
  | { readonly status: 'kept'; readonly appointment: Appointment }
  /** Her appointment is off or over, or there was no such offer. */
  | { readonly status: 'gone' };

/** What a refugee does who wants another time than there is. */
export interface WishDesk {
  /** Her appointment, whether she wishes, and what is free before it anyway. Undefined when it is off or has begun. */
  earlier(
    refugee: Refugee,
    appointmentId: string,
  ): Promise<
    | { readonly appointment: Appointment; readonly wish: WishedWay | undefined; readonly free: readonly Suggested[] }
    | undefined
  >;
  wishEarlier(refugee: Refugee, appointmentId: string, way: WishedWay): Promise<boolean>;
  dropEarlier(refugee: Refugee, appointmentId: string): Promise<void>;
  /** The first yes moves her appointment; the others are told. A late yes counts while the time is free and kept for nobody. */
  takeOffer(refugee: Refugee, offerId: string): Promise<Taken>;
  /** Undefined when there was no such offer. */
  declineOffer(refugee: Refugee, offerId: string): Promise<{ readonly appointmentId: string } | undefined>;
  waitOf(refugee: Refugee): Promise<WaitState | undefined>;
  /** False without a manager: there is nobody whose times could open. */
  waitFor(refugee: Refugee, way: WishedWay): Promise<boolean>;
  changeWait(refugee: Refugee, to: 'pause' | 'resume' | 'stop'): Promise<WaitState | undefined>;
  /** Appointments of hers with a wish for an earlier time. */
  wishesOf(refugee: Refugee): Promise<readonly { readonly appointmentId: string; readonly startsAt: Instant }[]>;
}

export function createWishDesk(deps: OutreachDeps): WishDesk {
  const { db, clock, appointments } = deps;

  const ahead = async (refugee: Refugee, id: string): Promise<Appointment | undefined> => {
    const one = await appointments.one(refugee, id);
    return one?.status === 'booked' && one.startsAt > clock.now() ? one : undefined;
  };

  async function freeBefore({ personId }: Refugee, appointment: Appointment, way: WishedWay): Promise<Suggested[]> {
    const managerId = appointment.manager.id;
    const slots = await appointments.timesFor(db, managerId, personId);
    return slots
      .filter((slot) => slot.managerId === managerId && slot.startsAt < appointment.startsAt)
      .flatMap(({ startsAt, placeId, ways }) => {
        const possible = wayFor({ way, current: appointment.way }, ways);
        return possible === undefined ? [] : [{ startsAt, placeId, way: possible }];
      })
      .slice(0, SHOWN);
  }

  /** From now on, what opens with this manager is new. */
  const watch = async (tx: Db, managerId: string) =>
    store.startWatch(tx, managerId, stamp(await appointments.openTimes(tx, managerId), {}, 0));

  /** The time is taken by the first yes: the others hear of it. */
  async function closeOpened(managerId: string, startsAt: Instant): Promise<void> {
    const now = clock.now();
    await db.transaction(async (tx) => {
      const gone = await store.closeOffers(tx, managerId, startsAt);
      await oweNotices(
        tx,
        gone.map(({ id, refugeeId }) => offerGone(refugeeId, id, now)),
      );
      await store.deleteOpened(tx, managerId, startsAt);
    });
    deps.wake();
  }

  return {
    async earlier(refugee, appointmentId) {
      const appointment = await ahead(refugee, appointmentId);
      if (appointment === undefined) return undefined;
      const wish = await store.findWish(db, refugee.personId, appointmentId);
      return { appointment, wish, free: await freeBefore(refugee, appointment, wish ?? 'any') };
    },

    async wishEarlier(refugee, appointmentId, way) {
      const appointment = await ahead(refugee, appointmentId);
      if (appointment === undefined) return false;
      return db.transaction(async (tx) => {
        await watch(tx, appointment.manager.id);
        return store.putWish(tx, refugee.personId, appointmentId, way, clock.now());
      });
    },

    async dropEarlier(refugee, appointmentId) {
      await db.transaction(async (tx) => {
        await store.deleteWish(tx, refugee.personId, appointmentId);
        await store.dropOffers(tx, refugee.personId, appointmentId);
      });
      deps.wake();
    },

    async takeOffer(refugee, offerId) {
      const offer = await store.findOffer(db, offerId, refugee.personId);
      if (offer === undefined) return { status: 'gone' };
      const { appointmentId, startsAt, way, managerId } = offer;
      const before = await ahead(refugee, appointmentId);
      if (before === undefined) return { status: 'gone' };
      // An old button must not move her to a later time than she has by now.
      if (before.startsAt < startsAt) return { status: 'kept', appointment: before };
      const moved = await appointments.move(refugee, appointmentId, { way, startsAt });
      switch (moved.status) {
        case 'moved':
          await store.settleOffer(db, offerId, 'yes');
          await store.deleteWish(db, refugee.personId, appointmentId);
          await closeOpened(managerId, startsAt);
          return moved;
        case 'busy':
          return moved;
        case 'gone': {
          // The same press, handled twice at once: the other one has moved her.
          const after = await ahead(refugee, appointmentId);
          return after?.startsAt === startsAt ? { status: 'moved', appointment: after } : { status: 'gone' };
        }
        case 'taken':
          await store.settleOffer(db, offerId, 'no');
          return { status: 'late', appointment: before, next: await freeBefore(refugee, before, 'any') };
      }
    },

    async declineOffer(refugee, offerId) {
      const offer = await store.findOffer(db, offerId, refugee.personId);
      if (offer === undefined) return undefined;
      if (await store.settleOffer(db, offerId, 'no')) deps.wake();
      return { appointmentId: offer.appointmentId };
    },

    waitOf: (refugee) => store.findWait(db, refugee.personId, clock.now()),

    async waitFor(refugee, way) {
      const { managerId, personId } = refugee;
      if (managerId === undefined) return false;
      await db.transaction(async (tx) => {
        await watch(tx, managerId);
        await store.putWait(tx, personId, way, clock.now());
      });
      return true;
    },

    async changeWait(refugee, to) {
      const { personId } = refugee;
      const now = clock.now();
      const wait = await store.findWait(db, personId, now);
      if (to === 'stop' || wait === undefined) await store.deleteWait(db, personId);
      else if (to === 'pause') await store.pauseWait(db, personId, now);
      else if (wait.status === 'asked') await store.putWait(db, personId, wait.way, now);
      else await store.pauseWait(db, personId, undefined);
      deps.wake();
      return store.findWait(db, personId, now);
    },

    wishesOf: (refugee) => store.listWishesOf(db, refugee.personId, clock.now()),
  };
}
