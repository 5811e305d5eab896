import { type OwedNotice, oweNotices } from '../../delivery/outbox.ts';
import type { Db } from '../../platform/database.ts';
import { dayOf, type Instant } from '../../platform/datetime.ts';
import type { CountyService } from '../county/service.ts';
import * as store from './store.ts';

// Nobody is stuck with somebody who is not there: whoever waits gets the manager who comes, and the people of a
// manager who goes get another one.

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

/**
 * A manager takes her account away: she has left. Her people go to the colleague with most free capacity in their
 * municipality, or wait, and the coordinators hear of those. Returns whose id it was; undefined for nobody's.
 */
export async function leaveOffice(
  tx: Db,
  personId: string,
  now: Instant,
  county: CountyService,
): Promise<string | undefined> {
  const managerId = await store.markLeft(tx, personId, now);
  if (managerId === undefined) return undefined;
  const owed: OwedNotice[] = [];
  for (const client of await store.listClients(tx, managerId)) {
    const next = client.ags === null ? undefined : await county.managerFor(tx, client.ags);
    await store.updateRefugee(tx, client.personId, {
      managerId: next ?? null,
      waitingSince: next === undefined ? new Date(now) : null,
    });
    if (next !== undefined) owed.push(foundNotice(client.personId, next, now));
    else if (client.ags !== null) {
      const coordinators = await store.listCoordinators(tx, client.carrierId);
      owed.push(...coordinators.map((one) => waitingNotice(one, client.personId, client.ags ?? '', now)));
    }
  }
  await oweNotices(tx, owed);
  return managerId;
}
