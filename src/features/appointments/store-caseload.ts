import type { Db } from '../../platform/database.ts';
import { type Day, fromDate, type Instant, toDate } from '../../platform/datetime.ts';
import type { Way } from './model.ts';
import type { Reassignment, Standing } from './model-caseload.ts';

// Appointments while their managers change.

interface StandingRow {
  id: string;
  personId: string;
  managerId: string;
  way: Way;
  placeId: string | null;
  startsAt: Date;
  endsAt: Date;
  blocksFrom: Date;
  blocksTo: Date;
  sequence: number;
}

const COLUMNS = `a.id, a.refugee_id AS "personId", a.manager_id AS "managerId", a.way, a.place_id AS "placeId",
  a.starts_at AS "startsAt", a.ends_at AS "endsAt", a.blocks_from AS "blocksFrom", a.blocks_to AS "blocksTo",
  a.sequence::int AS sequence`;

const standingOf = (row: StandingRow): Standing => ({
  id: row.id,
  personId: row.personId,
  managerId: row.managerId,
  way: row.way,
  placeId: row.placeId ?? undefined,
  startsAt: fromDate(row.startsAt),
  endsAt: fromDate(row.endsAt),
  blocks: { from: fromDate(row.blocksFrom), to: fromDate(row.blocksTo) },
  sequence: row.sequence,
});

/** Appointments of these managers that stand and have not begun, by start. */
export async function listStanding(db: Db, managerIds: readonly string[], now: Instant): Promise<Standing[]> {
  const rows = await db.sql<StandingRow>(
    `SELECT ${COLUMNS} FROM appointment a
     WHERE a.manager_id = ANY($1::text[]) AND a.status = 'booked' AND a.starts_at > $2 AND a.refugee_id IS NOT NULL
     ORDER BY a.starts_at, a.id`,
    [managerIds, toDate(now)],
  );
  return rows.map(standingOf);
}

/** Until the transaction ends, nobody books with these managers: the row of an appointment refers to its manager's. */
export async function lockManagers(tx: Db, managerIds: readonly string[]): Promise<void> {
  await tx.sql('SELECT id FROM manager WHERE id = ANY($1::text[]) ORDER BY id FOR UPDATE', [managerIds]);
}

/** Returns those that were still as expected, with their new sequence. Throws the violated constraint of a lost race. */
export async function reassign(tx: Db, changes: readonly Reassignment[], now: Instant): Promise<Standing[]> {
  const rows = await tx.sql<StandingRow>(
    `UPDATE appointment a SET manager_id = m.id, carrier_id = m.carrier_id, sequence = a.sequence + 1, changed_at = $4
     FROM unnest($1::text[], $2::text[], $3::int[]) AS t(id, manager_id, sequence) JOIN manager m ON m.id = t.manager_id
     WHERE a.id = t.id AND a.sequence = t.sequence AND a.status = 'booked' AND a.starts_at > $4
     RETURNING ${COLUMNS}`,
    [changes.map(({ id }) => id), changes.map(({ managerId }) => managerId), sequencesOf(changes), toDate(now)],
  );
  return rows.map(standingOf);
}

const sequencesOf = (changes: readonly Pick<Reassignment, 'sequence'>[]) => changes.map(({ sequence }) => sequence);

/** Topic and address stay, sealed, as long as this can be undone. */
export async function cancelForChange(
  tx: Db,
  changes: readonly Pick<Reassignment, 'id' | 'sequence'>[],
  now: Instant,
): Promise<Standing[]> {
  const rows = await tx.sql<StandingRow>(
    `UPDATE appointment a SET status = 'cancelled', cancelled_by = 'coordinator', cancelled_at = $3, reason = NULL,
       sequence = a.sequence + 1
     FROM unnest($1::text[], $2::int[]) AS t(id, sequence)
     WHERE a.id = t.id AND a.sequence = t.sequence AND a.status = 'booked' AND a.starts_at > $3
     RETURNING ${COLUMNS}`,
    [changes.map(({ id }) => id), sequencesOf(changes), toDate(now)],
  );
  return rows.map(standingOf);
}

/** What was cancelled by a change and nobody has touched since: of somebody who has booked nothing new. */
export async function listCancelledByChange(
  tx: Db,
  changes: readonly Pick<Reassignment, 'id' | 'sequence'>[],
  now: Instant,
): Promise<Standing[]> {
  const rows = await tx.sql<StandingRow>(
    `SELECT ${COLUMNS} FROM appointment a JOIN unnest($1::text[], $2::int[]) AS t(id, sequence)
       ON a.id = t.id AND a.sequence = t.sequence
     WHERE a.status = 'cancelled' AND a.cancelled_by = 'coordinator' AND a.starts_at > $3 AND a.refugee_id IS NOT NULL
       AND NOT EXISTS (SELECT 1 FROM appointment other WHERE other.refugee_id = a.refugee_id AND other.status = 'booked'
         AND (other.booked_at >= a.cancelled_at
           OR tstzrange(other.starts_at, other.ends_at) && tstzrange(a.starts_at, a.ends_at)))
     ORDER BY a.starts_at, a.id`,
    [changes.map(({ id }) => id), sequencesOf(changes), toDate(now)],
  );
  return rows.map(standingOf);
}

/** What was handed on by a change and nobody has touched since. */
export async function listUntouched(tx: Db, changes: readonly Reassignment[], now: Instant): Promise<Standing[]> {
  const rows = await tx.sql<StandingRow>(
    `SELECT ${COLUMNS} FROM appointment a JOIN unnest($1::text[], $2::text[], $3::int[]) AS t(id, manager_id, sequence)
       ON a.id = t.id AND a.manager_id = t.manager_id AND a.sequence = t.sequence
     WHERE a.status = 'booked' AND a.starts_at > $4 AND a.refugee_id IS NOT NULL ORDER BY a.starts_at, a.id`,
    [changes.map(({ id }) => id), changes.map(({ managerId }) => managerId), sequencesOf(changes), toDate(now)],
  );
  return rows.map(standingOf);
}

export async function revive(tx: Db, ids: readonly string[], now: Instant): Promise<Standing[]> {
  const rows = await tx.sql<StandingRow>(
    `UPDATE appointment a SET status = 'booked', cancelled_by = NULL, cancelled_at = NULL, sequence = a.sequence + 1, changed_at = $2
     WHERE a.id = ANY($1::text[]) AND a.cancelled_by = 'coordinator' RETURNING ${COLUMNS}`,
    [ids, toDate(now)],
  );
  return rows.map(standingOf);
}

/** How many appointments each manager has in that time. */
export async function countBetween(db: Db, from: Instant, to: Instant): Promise<ReadonlyMap<string, number>> {
  const rows = await db.sql<{ managerId: string; count: number }>(
    `SELECT manager_id AS "managerId", count(*)::int AS count FROM appointment
     WHERE status = 'booked' AND starts_at >= $1 AND starts_at < $2 GROUP BY manager_id`,
    [toDate(from), toDate(to)],
  );
  return new Map(rows.map(({ managerId, count }) => [managerId, count]));
}

/** What cancelled appointments were about, once that can no longer be undone. */
export async function forgetCancelled(db: Db, before: Instant): Promise<void> {
  await db.prisma.appointment.updateMany({
    where: {
      status: 'cancelled',
      cancelledAt: { lt: toDate(before) },
      OR: [{ topic: { not: null } }, { address: { not: null } }],
    },
    data: { topic: null, address: null },
  });
}

/** Managers who have left with appointments still ahead: somebody booked in the moment in which she went. */
export async function listLeftBehind(db: Db, now: Instant): Promise<string[]> {
  const rows = await db.sql<{ id: string }>(
    `SELECT DISTINCT m.id FROM manager m JOIN appointment a ON a.manager_id = m.id
     WHERE m.left_at IS NOT NULL AND a.status = 'booked' AND a.starts_at > $1 AND a.refugee_id IS NOT NULL`,
    [toDate(now)],
  );
  return rows.map(({ id }) => id);
}

/** Whose office hours are held at a place from that day on: the names of these managers. */
export async function listHoldersAt(db: Db, placeId: string, from: Day): Promise<string[]> {
  const rows = await db.prisma.manager.findMany({
    where: {
      leftAt: null,
      officeHours: {
        some: { placeId, OR: [{ validTo: null }, { validTo: { gte: new Date(`${from}T00:00:00Z`) } }] },
      },
    },
    select: { name: true },
    orderBy: { name: 'asc' },
  });
  return rows.map(({ name }) => name);
}
