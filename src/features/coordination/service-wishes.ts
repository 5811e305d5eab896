import { oweNotices } from '../../delivery/outbox.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/database.ts';
import { dayOf, type Instant } from '../../platform/datetime.ts';
import type { Coordinator, Refugee } from '../people/model.ts';
import type { TeamDesk } from '../people/service-team.ts';
import type { Journal } from './service-journal.ts';
import * as store from './store-wishes.ts';

/** Where a person stands who might like another manager. */
export type WishState =
  | { readonly status: 'none' }
  | { readonly status: 'open'; readonly askedAt: Instant }
  | { readonly status: 'declined'; readonly declinedAt: Instant }
  /** She has no manager from whom to change. */
  | { readonly status: 'no-manager' };

export interface WishService {
  wishOf(refugee: Refugee): Promise<WishState>;
  /** Asks once; no reason is needed, and her manager does not hear of it. */
  askForAnother(refugee: Refugee): Promise<WishState>;
  takeWishBack(refugee: Refugee): Promise<WishState>;
  /** Open ones within reach, oldest first. */
  wishes(
    by: Coordinator,
    page: number,
  ): Promise<{ readonly total: number; readonly wishes: readonly store.ListedWish[] }>;
  wish(by: Coordinator, personId: string): Promise<store.ListedWish | undefined>;
  /** "Not possible at the moment": she is told in a friendly way, and may ask again. */
  decline(by: Coordinator, personId: string): Promise<boolean>;
}

export type { ListedWish } from './store-wishes.ts';
export const WISHES_PAGE = 6;

export function createWishService(deps: {
  db: Database;
  clock: Clock;
  team: TeamDesk;
  journal: Journal;
  wake(): void;
}): WishService {
  const { db, clock, team } = deps;

  async function wishOf({ personId, managerId }: Refugee): Promise<WishState> {
    if (managerId === undefined) return { status: 'no-manager' };
    const wish = await store.findWish(db, personId);
    if (wish === undefined || wish.managerId !== managerId) return { status: 'none' };
    return wish.declinedAt === undefined
      ? { status: 'open', askedAt: wish.askedAt }
      : { status: 'declined', declinedAt: wish.declinedAt };
  }
  const find = async (by: Coordinator, personId: string) =>
    (await store.listOpen(db, by.carrierId, { skip: 0, take: 1 }, personId))[0];

  return {
    wishOf,

    async askForAnother(refugee) {
      const { personId, managerId } = refugee;
      if (managerId === undefined) return { status: 'no-manager' };
      const now = clock.now();
      await db.transaction(async (tx) => {
        if (!(await store.insertWish(tx, personId, managerId, now))) return;
        const member = await team.manager(tx, managerId);
        const coordinators = await team.coordinatorsFor(tx, member?.carrierId);
        await oweNotices(
          tx,
          coordinators.map((one) => ({
            kind: 'manager-wished',
            personId: one,
            subjectId: personId,
            dueAt: now,
            // Asking and taking back ten times a day is told once a day.
            key: `manager-wished:${one}:${personId}:${dayOf(now)}`,
          })),
        );
      });
      deps.wake();
      return wishOf(refugee);
    },

    async takeWishBack(refugee) {
      const wish = await store.findWish(db, refugee.personId);
      if (wish?.declinedAt === undefined) await store.deleteWish(db, refugee.personId);
      return wishOf(refugee);
    },

    async wishes(by, page) {
      const wishes = await store.listOpen(db, by.carrierId, { skip: page * WISHES_PAGE, take: WISHES_PAGE });
      return { total: await store.countOpen(db, by.carrierId), wishes };
    },
    wish: find,

    async decline(by, personId) {
      const wish = await find(by, personId);
      if (wish === undefined) return false;
      const now = clock.now();
      const done = await db.transaction(async (tx) => {
        if (!(await store.declineWish(tx, personId, wish.managerId, now))) return false;
        const key = `manager-wish-declined:${personId}:${now}`;
        await oweNotices(tx, [{ kind: 'manager-wish-declined', personId, subjectId: personId, dueAt: now, key }]);
        const act = { act: 'declined', subject: `manager:${wish.managerId}`, carrierId: wish.carrierId } as const;
        await deps.journal(tx, by, act, now);
        return true;
      });
      deps.wake();
      return done;
    },
  };
}
