import { type OwedNotice, oweNotices } from '../../delivery/outbox.ts';
import type { Db } from '../../platform/database.ts';
import { addMinutes, type Instant, instant } from '../../platform/datetime.ts';
import type { Slot } from '../appointments/model.ts';
import { ANSWER_MINUTES, type Opened, SLACK_MINUTES, WAIT_DAYS, type Wish } from './model.ts';
import { offerGone, offerNotice, slotsOpened, waitIsOver } from './owed.ts';
import { isInTime, isQuiet, isWished, nextAsking, nextToAsk, whomToTell } from './rules.ts';
import type { OutreachDeps } from './service.ts';
import * as store from './store.ts';
import { settleBooked } from './store-invitations.ts';

// What has become free is noticed by looking: what is free now and was not when somebody last looked has opened, whatever
// opened it (a cancellation, a move, an erasure, new office hours). Nothing is written where a time becomes free, so
// that no way of freeing one can forget it, and a program that dies in between finds it at its next round. A time is kept
// for those who are asked from the round that notices it to the round that finds nobody left to ask.

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

  interface Said {
    readonly owed: readonly OwedNotice[];
    /** Nobody is left to ask: it is simply free for all from now on. */
    readonly isFreed: boolean;
  }

  /** Closes a time that is taken, asks the next three, or keeps it for them until they can be asked. */
  async function offer(
    tx: Db,
    managerId: string,
    startsAt: Instant,
    free: readonly Slot[],
    /** Whoever will be asked about another time in the morning. */
    reserved: Set<string>,
    now: Instant,
  ): Promise<Said> {
    const slot = free.find((one) => one.startsAt === startsAt);
    if (slot === undefined) {
      const gone = await store.closeOffers(tx, managerId, startsAt);
      await store.deleteOpened(tx, managerId, startsAt);
      return { owed: gone.map(({ id, refugeeId }) => offerGone(refugeeId, id, now)), isFreed: false };
    }
    const { everybody, open } = await store.listAsked(tx, managerId, startsAt);
    if (open) return { owed: [], isFreed: false };
    const asking = nextAsking(now);
    const wishes = (await store.listWishes(tx, managerId, now)).filter(({ refugeeId }) => !reserved.has(refugeeId));
    const asked = isInTime(startsAt, asking, noticeMinutes) ? nextToAsk(wishes, slot, everybody) : [];
    const owed: OwedNotice[] = [];
    for (const { wish, way } of asked) {
      const { appointmentId, refugeeId } = wish;
      if (asking > now) {
        reserved.add(refugeeId);
        continue;
      }
      const id = await store.insertOffer(tx, { managerId, startsAt, appointmentId, refugeeId, way, now });
      if (id !== undefined) owed.push(offerNotice(refugeeId, id, now));
    }
    const isFreed = asking > now ? asked.length === 0 : owed.length === 0;
    const answered = asking > now ? asking : addMinutes(now, ANSWER_MINUTES);
    if (isFreed) await store.deleteOpened(tx, managerId, startsAt);
    else await store.holdOpened(tx, managerId, slot, addMinutes(answered, SLACK_MINUTES));
    return { owed, isFreed };
  }

  async function attend(tx: Db, managerId: string, now: Instant): Promise<OwedNotice[]> {
    await store.startWatch(tx, managerId, {});
    const known = await store.lockWatch(tx, managerId);
    if (known === undefined) return [];
    const slots = await appointments.openTimes(tx, managerId);
    const seen: Record<string, number> = { ...stamp(slots, known, now) };
    const isNew = (slot: Slot) => keysOf(slot).some(({ key }) => known[key] === undefined);
    const own = slots.filter((slot) => slot.managerId === managerId);

    const wishes: readonly Wish[] = await store.listWishes(tx, managerId, now);
    const opened = own.filter((slot) => isNew(slot) && isWished(wishes, slot)).map(({ startsAt }) => startsAt);
    await store.putOpened(tx, managerId, opened, now);
    await store.lapseOffers(tx, managerId, now);
    const owed: OwedNotice[] = [];
    const reserved = new Set<string>();
    for (const startsAt of await store.listOpened(tx, managerId)) {
      const said = await offer(tx, managerId, startsAt, own, reserved, now);
      owed.push(...said.owed);
      // For whoever waits it opens now: until now it was kept for others.
      const freed = said.isFreed ? own.filter((slot) => slot.startsAt === startsAt) : [];
      for (const { key } of freed.flatMap(keysOf)) seen[key] = now;
    }
    if (!isQuiet(now)) owed.push(...(await tellWaiting(tx, managerId, seen, now)));

    const isChanged =
      Object.keys(seen).length !== Object.keys(known).length ||
      Object.entries(seen).some(([key, since]) => known[key] !== since);
    if (isChanged) await store.writeWatch(tx, managerId, seen);
    await oweNotices(tx, owed);
    return owed;
  }

  /** Whoever waits hears of what is free for everybody. */
  async function tellWaiting(tx: Db, managerId: string, seen: store.Known, now: Instant): Promise<OwedNotice[]> {
    const waits = await store.listWaits(tx, managerId);
    if (waits.length === 0) return [];
    const free = (await appointments.timesFor(tx, managerId)).flatMap((slot): Opened[] =>
      keysOf(slot).map(({ key, way }) => ({ startsAt: slot.startsAt, way, openedAt: instant(seen[key] ?? now) })),
    );
    const told = whomToTell(waits, free, now);
    await store.markTold(tx, told, now);
    return told.map((refugeeId) => slotsOpened(refugeeId, now));
  }

  /** Ends waits and invitations that have led to something, asks who has waited long. Returns how much is owed. */
  async function endOver(now: Instant): Promise<number> {
    await store.endWaits(db, now);
    await settleBooked(db);
    const began = addMinutes(now, -WAIT_DAYS * 24 * 60);
    if (!(await store.isAnyOver(db, began))) return 0;
    return db.transaction(async (tx) => {
      const over = await store.askWaits(tx, began, now);
      await oweNotices(
        tx,
        over.map((refugeeId) => waitIsOver(refugeeId, now)),
      );
      return over.length;
    });
  }

  return {
    async makeRounds() {
      const now = clock.now();
      let owed = 0;
      // At night people are neither asked nor told; what opens is noticed, so that it is kept for those who were first.
      if (!isQuiet(now)) owed += await endOver(now);
      const watched = await store.listWatched(db, now);
      await store.deleteOtherWatches(db, watched);
      for (const managerId of watched) owed += (await db.transaction((tx) => attend(tx, managerId, now))).length;
      if (owed > 0) deps.wake();
    },
  };
}
