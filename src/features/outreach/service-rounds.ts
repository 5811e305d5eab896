import { type OwedNotice, oweNotices } from '../../delivery/outbox.ts';
import type { Db } from '../../platform/database.ts';
import { addMinutes, type Instant, instant } from '../../platform/datetime.ts';
import type { Slot } from '../appointments/model.ts';
import { type Opened, WAIT_DAYS, type Wish } from './model.ts';
import { offerGone, offerNotice, slotsOpened, waitIsOver } from './owed.ts';
import { canOffer, isInTime, isQuiet, isWished, nextToAsk, whomToTell } from './rules.ts';
import type { OutreachDeps } from './service.ts';
import * as store from './store.ts';
import { settleBooked } from './store-invitations.ts';

// What has become free is noticed by looking: what is free now and was not when somebody last looked has opened, whatever
// opened it (a cancellation, a move, an erasure, new office hours). Nothing is written where a time becomes free, so
// that no way of freeing one can forget it, and a program that dies in between finds it at its next round.

export interface Rounds {
  /** Offers what has opened to those who asked, lets offers lapse, ends what is over. Repeating it changes nothing. */
  makeRounds(): Promise<void>;
}

const keysOf = (slot: Slot): { readonly key: string; readonly way: Slot['ways'][number] }[] =>
  slot.ways.map((way) => ({ key: `${slot.managerId}:${slot.startsAt}:${way}`, way }));

/** Since when each of these times is free, as far as anybody looked: what is not known is so from `now` on. */
export const stamp = (slots: readonly Slot[], known: store.Known, now: number): store.Known =>
  Object.fromEntries(slots.flatMap((slot) => keysOf(slot).map(({ key }) => [key, known[key] ?? now])));

export function createRounds(deps: OutreachDeps): Rounds {
  const { db, clock, appointments, noticeMinutes } = deps;

  /** Closes a time that is taken, or asks the next three. Returns what is owed. */
  async function offer(
    tx: Db,
    managerId: string,
    startsAt: Instant,
    free: readonly Slot[],
    now: Instant,
  ): Promise<OwedNotice[]> {
    const slot = free.find((one) => one.startsAt === startsAt);
    if (slot === undefined) {
      const gone = await store.closeOffers(tx, managerId, startsAt);
      await store.deleteOpened(tx, managerId, startsAt);
      return gone.map(({ id, refugeeId }) => offerGone(refugeeId, id, now));
    }
    const { everybody, open } = await store.listAsked(tx, managerId, startsAt);
    if (open) return [];
    if (!canOffer(now)) return [];
    const asked = isInTime(startsAt, now, noticeMinutes)
      ? nextToAsk(await store.listWishes(tx, managerId, now), slot, everybody)
      : [];
    const owed: OwedNotice[] = [];
    for (const { wish, way } of asked) {
      const { appointmentId, refugeeId } = wish;
      const id = await store.insertOffer(tx, { managerId, startsAt, appointmentId, refugeeId, way, now });
      if (id !== undefined) owed.push(offerNotice(refugeeId, id, now));
    }
    // Nobody is left to ask: it is simply free for all.
    if (owed.length === 0) await store.deleteOpened(tx, managerId, startsAt);
    return owed;
  }

  async function attend(tx: Db, managerId: string, now: Instant): Promise<OwedNotice[]> {
    await store.startWatch(tx, managerId, {});
    const known = await store.lockWatch(tx, managerId);
    if (known === undefined) return [];
    const slots = await appointments.openTimes(tx, managerId);
    const seen = stamp(slots, known, now);
    const isNew = (slot: Slot) => keysOf(slot).some(({ key }) => known[key] === undefined);
    const own = slots.filter((slot) => slot.managerId === managerId);

    const wishes: readonly Wish[] = await store.listWishes(tx, managerId, now);
    const opened = own.filter((slot) => isNew(slot) && isWished(wishes, slot)).map(({ startsAt }) => startsAt);
    await store.putOpened(tx, managerId, opened, now);
    await store.lapseOffers(tx, managerId, now);
    const owed: OwedNotice[] = [];
    for (const startsAt of await store.listOpened(tx, managerId)) {
      owed.push(...(await offer(tx, managerId, startsAt, own, now)));
    }

    const free = slots.flatMap((slot): Opened[] =>
      keysOf(slot).map(({ key, way }) => ({ startsAt: slot.startsAt, way, openedAt: instant(seen[key] ?? now) })),
    );
    const told = whomToTell(await store.listWaits(tx, managerId), free, now);
    await store.markTold(tx, told, now);
    owed.push(...told.map((refugeeId) => slotsOpened(refugeeId, now)));

    const isChanged =
      Object.keys(seen).length !== Object.keys(known).length ||
      Object.keys(seen).some((key) => known[key] === undefined);
    if (isChanged) await store.writeWatch(tx, managerId, seen);
    await oweNotices(tx, owed);
    return owed;
  }

  return {
    async makeRounds() {
      const now = clock.now();
      // At night nobody looks: what opens then is new in the morning.
      if (isQuiet(now)) return;
      let owed = 0;
      await store.endWaits(db, now);
      await settleBooked(db);
      const began = addMinutes(now, -WAIT_DAYS * 24 * 60);
      if (await store.isAnyOver(db, began)) {
        owed += await db.transaction(async (tx) => {
          const over = await store.askWaits(tx, began, now);
          await oweNotices(
            tx,
            over.map((refugeeId) => waitIsOver(refugeeId, now)),
          );
          return over.length;
        });
      }
      const watched = await store.listWatched(db, now);
      await store.deleteOtherWatches(db, watched);
      for (const managerId of watched) owed += (await db.transaction((tx) => attend(tx, managerId, now))).length;
      if (owed > 0) deps.wake();
    },
  };
}
