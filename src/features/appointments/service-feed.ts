import type { Clock } from '../../platform/clock.ts';
import { hashToken, newId, newToken, type Seal } from '../../platform/crypto.ts';
import type { Database, Db } from '../../platform/database.ts';
import { addDays, at, dayOf, type Instant, wallTime } from '../../platform/datetime.ts';
import type { Manager } from '../people/model.ts';
import { FEED_CANCELLED_DAYS, FEED_PAST_DAYS, FEED_REVOKED_DAYS, type Feed } from './model-feed.ts';
import { lockManager } from './store-diary.ts';
import * as store from './store-feed.ts';

/** The address that a manager's calendar uses; its secret is known to nobody but her. */
export interface CurrentFeed {
  readonly id: string;
  readonly createdAt: Instant;
}

export type FeedMade =
  /** `secret` is said once: only its hash is kept. */
  | { readonly status: 'made'; readonly secret: string }
  /** Something else was done meanwhile, or the same button was pressed twice. */
  | { readonly status: 'changed'; readonly current: CurrentFeed | undefined };

export interface FeedService {
  currentFeed(manager: Manager): Promise<CurrentFeed | undefined>;
  /**
   * Makes an address in place of `former` (the id of the one that she has seen, or undefined). The former stops
   * answering at once. A second press, or one on an old screen, changes nothing.
   */
  makeFeed(manager: Manager, former: string | undefined): Promise<FeedMade>;
  /** The address stops answering at once. True when it was in use. */
  endFeed(manager: Manager, id: string): Promise<boolean>;
  /** What stands behind a secret now, read at one moment. */
  readFeed(secret: string): Promise<Feed | 'revoked' | undefined>;
  /** A manager has left: her calendars get nothing more. */
  eraseManager(tx: Db, managerId: string): Promise<void>;
  forgetFeeds(): Promise<void>;
}

const MIDNIGHT = wallTime('00:00');

export function createFeedService(deps: { db: Database; clock: Clock; seal: Seal }): FeedService {
  const { db, clock, seal } = deps;
  const daysAgo = (days: number): Instant => at(addDays(dayOf(clock.now()), -days), MIDNIGHT);

  return {
    currentFeed: (manager) => store.findFeed(db, manager.managerId),

    makeFeed: (manager, former) =>
      db.transaction(async (tx) => {
        const { managerId } = manager;
        await lockManager(tx, managerId);
        const current = await store.findFeed(tx, managerId);
        if (current?.id !== former) return { status: 'changed' as const, current };
        const now = clock.now();
        if (former !== undefined) await store.revokeFeed(tx, managerId, former, now);
        const secret = newToken();
        await store.insertFeed(tx, { id: newId(), managerId, tokenHash: hashToken(secret), now });
        return { status: 'made' as const, secret };
      }),

    endFeed: (manager, id) => store.revokeFeed(db, manager.managerId, id, clock.now()),

    // Both bounds are midnights: what is said changes with the diary, not with each minute.
    readFeed: (secret) =>
      store.readFeed(db, seal, hashToken(secret), {
        past: daysAgo(FEED_PAST_DAYS),
        cancelled: daysAgo(FEED_CANCELLED_DAYS),
      }),

    eraseManager: (tx, managerId) => store.deleteFeeds(tx, managerId),
    forgetFeeds: () => store.deleteRevokedFeeds(db, daysAgo(FEED_REVOKED_DAYS)),
  };
}
