import { type OwedNotice, oweNotices } from '../../delivery/outbox.ts';
import type { Db } from '../../platform/database.ts';
import { dayOf, type Instant } from '../../platform/datetime.ts';
import * as store from './store.ts';

// Nobody is stuck with somebody who is not there: whoever waits gets the manager who comes. What becomes of the people
// of a manager who goes is decided in `coordination`.

/** Tells the coordinators who answer for a municipality that somebody there has no manager. */
export const waitingNotice = (personId: string, refugeeId: string, ags: string, now: Instant): OwedNotice => ({
  kind: 'person-waiting',
  personId,
  subjectId: refugeeId,
  dueAt: now,
  key: `person-waiting:${personId}:${refugeeId}:${ags}:${dayOf(now)}`,
});

const foundNotice = (refugeeId: string, managerId: string, now: Instant): OwedNotice => ({
  kind: 'manager-found',
  personId: refugeeId,
  subjectId: managerId,
  dueAt: now,
  key: `manager-found:${refugeeId}:${managerId}:${now}`,
});

/** A manager has joined: whoever waits in her municipalities is hers now, and hears of it. */
export async function takeInWaiting(tx: Db, managerId: string, now: Instant): Promise<void> {
  const refugees = await store.assignWaiting(tx, managerId, dayOf(now));
  await oweNotices(
    tx,
    refugees.map((refugeeId) => foundNotice(refugeeId, managerId, now)),
  );
}
