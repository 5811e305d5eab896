import { oweNotices, withdrawNotices } from '../../delivery/outbox.ts';
import { newId } from '../../platform/crypto.ts';
import { dayOf } from '../../platform/datetime.ts';
import { afterQuiet } from '../../platform/quiet.ts';
import type { Coordinator, Manager, Refugee } from '../people/model.ts';
import type { Wish } from './model.ts';
import { type CourseReminder, MOST_REMINDERS, MOST_WISHES, type SavedWish } from './model-finder.ts';
import { courseFound, registrationEnds, wishAsked } from './owed.ts';
import { remindAt, remindOn, wishEnd } from './rules-finder.ts';
import type { CoursesDeps } from './service.ts';
import { findOffering } from './store.ts';
import * as store from './store-wishes.ts';

/** What somebody wants to hear of courses. All of it is hers: it is listed, ends, and goes with her. */
export interface Keeper {
  /** Saves a wish, counted from her municipality. One that she has already is not saved twice. */
  tellMe(
    refugee: Refugee,
    wish: Wish,
  ): Promise<{ readonly status: 'saved' | 'known'; readonly saved: SavedWish } | { readonly status: 'limit' }>;
  /** What is kept for her. */
  keptFor(
    refugee: Refugee,
  ): Promise<{ readonly wishes: readonly SavedWish[]; readonly reminders: readonly CourseReminder[] }>;
  savedWish(refugee: Refugee, id: string): Promise<SavedWish | undefined>;
  /** The wish as it is then; undefined when it has ended, now or before. */
  changeWish(refugee: Refugee, id: string, to: 'pause' | 'resume' | 'keep' | 'end'): Promise<SavedWish | undefined>;
  /** Reminds her before registration ends, or does not any more. */
  remind(refugee: Refugee, offeringId: string, isOn: boolean): Promise<'done' | 'limit' | 'late'>;
  forgetReminder(refugee: Refugee, id: string): Promise<void>;
  /** That a place is free, or that it is not any more. False where the course is over. */
  reportPlace(by: Manager | Coordinator, offeringId: string, isFree: boolean): Promise<boolean>;
  /** Tells whom something new fits, asks whose wish ends, reminds of registrations. Repeating it changes nothing. */
  makeRounds(): Promise<void>;
}

const sameWish = (a: Wish, b: Wish): boolean =>
  a.purpose === b.purpose &&
  a.reached === b.reached &&
  a.when === b.when &&
  a.childCare === b.childCare &&
  a.km === b.km;

export function createKeeper(deps: CoursesDeps): Keeper {
  const { db, clock, seal } = deps;

  async function tellNews(): Promise<number> {
    const now = clock.now();
    const { until, waiting } = await store.listWaiting(db, seal, now);
    if (waiting.length === 0) return 0;
    const fitting = await store.matchNews(db, waiting, dayOf(now), until);
    return db.transaction(async (tx) => {
      const looked = await store.markLooked(tx, waiting, until);
      const told = waiting.filter(({ id }) => looked.has(id) && fitting.has(id));
      await oweNotices(
        tx,
        told.map((one) => courseFound(one, until, afterQuiet(now, one.quiet))),
      );
      return told.length;
    });
  }

  const askEnding = () =>
    db.transaction(async (tx) => {
      const now = clock.now();
      const asked = await store.askEnding(tx, seal, now);
      await oweNotices(
        tx,
        asked.map((one) => wishAsked(one, afterQuiet(now, one.quiet))),
      );
      return asked.length;
    });

  async function remindOfEnds(): Promise<number> {
    const now = clock.now();
    const today = dayOf(now);
    const owed = (await store.listReminders(db, today)).flatMap((one) => {
      const { registerUntil } = one.offering;
      const on = registerUntil === undefined ? undefined : remindOn(registerUntil, dayOf(one.createdAt));
      return registerUntil === undefined || on === undefined || on > today
        ? []
        : [registrationEnds(one, registerUntil, afterQuiet(remindAt(on), one.quiet))];
    });
    await db.transaction((tx) => oweNotices(tx, owed));
    return owed.length;
  }

  return {
    async tellMe(refugee, wish) {
      const now = clock.now();
      const { personId } = refugee;
      // Without a place of hers there is no distance to keep.
      const wanted = refugee.ags === undefined ? { ...wish, km: undefined } : wish;
      return db.transaction(async (tx) => {
        await store.lockPerson(tx, personId);
        const wishes = await store.listWishesOf(tx, seal, personId, now);
        const known = wishes.find((one) => sameWish(one.wish, wanted));
        if (known !== undefined) return { status: 'known' as const, saved: known };
        if (wishes.length >= MOST_WISHES) return { status: 'limit' as const };
        const id = newId();
        const endsAt = wishEnd(now);
        await store.insertWish(tx, seal, { id, personId, wish: wanted, endsAt }, now);
        return { status: 'saved' as const, saved: { id, wish: wanted, toldUntil: now, isPaused: false, endsAt } };
      });
    },

    async keptFor({ personId }) {
      const now = clock.now();
      const wishes = await store.listWishesOf(db, seal, personId, now);
      return { wishes, reminders: await store.listRemindersOf(db, personId, dayOf(now)) };
    },

    savedWish: ({ personId }, id) => store.findWish(db, seal, personId, id, clock.now()),

    async changeWish({ personId }, id, to) {
      const now = clock.now();
      if ((await store.findWish(db, seal, personId, id, now)) === undefined) return undefined;
      if (to === 'end') {
        await store.deleteWish(db, personId, id);
        await withdrawNotices(db, id, ['course-found', 'course-wish-asked']);
        return undefined;
      }
      if (to === 'keep') await store.keepWish(db, personId, id, wishEnd(now));
      else await store.pauseWish(db, personId, id, to === 'pause', now);
      return store.findWish(db, seal, personId, id, now);
    },

    async remind({ personId }, offeringId, isOn) {
      if (!isOn) {
        await store.deleteReminder(db, personId, offeringId);
        return 'done';
      }
      const now = clock.now();
      const today = dayOf(now);
      const offering = await findOffering(db, offeringId, now);
      const { registerUntil, goneAt } = offering ?? {};
      if (registerUntil === undefined || goneAt !== undefined || remindOn(registerUntil, today) === undefined)
        return 'late';
      return db.transaction(async (tx) => {
        await store.lockPerson(tx, personId);
        const reminders = await store.listRemindersOf(tx, personId, today);
        if (reminders.some((one) => one.offering.id === offeringId)) return 'done';
        if (reminders.length >= MOST_REMINDERS) return 'limit';
        await store.insertReminder(tx, { id: newId(), personId, offeringId }, now);
        return 'done';
      });
    },

    forgetReminder: ({ personId }, id) => store.deleteReminderById(db, personId, id),

    async reportPlace(_by, offeringId, isFree) {
      const now = clock.now();
      const isShown = await store.reportPlace(db, offeringId, isFree ? now : undefined, dayOf(now));
      if (isShown && isFree) deps.wake();
      return isShown;
    },

    async makeRounds() {
      const owed = [await tellNews(), await askEnding(), await remindOfEnds()];
      if (owed.some((count) => count > 0)) deps.wake();
    },
  };
}
