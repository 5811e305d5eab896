import type { Db } from '../../platform/database.ts';
import { fromDate, type Instant, toDate } from '../../platform/datetime.ts';

// Who would like another manager. One row a person; it goes with her, and with the change that she wanted.

export interface Wish {
  readonly personId: string;
  readonly managerId: string;
  readonly askedAt: Instant;
  readonly declinedAt: Instant | undefined;
}

export interface ListedWish extends Wish {
  readonly number: number;
  readonly ags: string | undefined;
  readonly manager: string;
  readonly carrierId: string;
}

const wishOf = (row: { personId: string; managerId: string; askedAt: Date; declinedAt: Date | null }): Wish => ({
  personId: row.personId,
  managerId: row.managerId,
  askedAt: fromDate(row.askedAt),
  declinedAt: row.declinedAt === null ? undefined : fromDate(row.declinedAt),
});

export async function findWish(db: Db, personId: string): Promise<Wish | undefined> {
  const row = await db.prisma.managerWish.findUnique({ where: { personId } });
  return row === null ? undefined : wishOf(row);
}

/** True when it is new: not while the same one is open. */
export async function insertWish(tx: Db, personId: string, managerId: string, now: Instant): Promise<boolean> {
  const rows = await tx.sql<{ id: string }>(
    `INSERT INTO manager_wish (person_id, manager_id, asked_at) VALUES ($1, $2, $3)
     ON CONFLICT (person_id) DO UPDATE SET manager_id = $2, asked_at = $3, declined_at = NULL
       WHERE manager_wish.declined_at IS NOT NULL OR manager_wish.manager_id <> $2
     RETURNING person_id AS id`,
    [personId, managerId, toDate(now)],
  );
  return rows.length > 0;
}

export async function deleteWish(db: Db, personId: string): Promise<boolean> {
  return (await db.prisma.managerWish.deleteMany({ where: { personId } })).count > 0;
}

export async function declineWish(tx: Db, personId: string, managerId: string, now: Instant): Promise<boolean> {
  const { count } = await tx.prisma.managerWish.updateMany({
    where: { personId, managerId, declinedAt: null },
    data: { declinedAt: toDate(now) },
  });
  return count > 0;
}

interface ListedRow {
  personId: string;
  managerId: string;
  askedAt: Date;
  number: number;
  ags: string | null;
  manager: string;
  carrierId: string;
}

/** Open ones of people who still are with the manager from whom they would like to change. */
const OPEN = `
  FROM manager_wish w JOIN refugee r ON r.person_id = w.person_id AND r.manager_id = w.manager_id
    JOIN manager m ON m.id = w.manager_id
  WHERE w.declined_at IS NULL AND ($1::text IS NULL OR m.carrier_id = $1) AND ($2::text IS NULL OR w.person_id = $2)`;

/** Oldest first; with `personId` only hers. */
export async function listOpen(
  db: Db,
  carrierId: string | undefined,
  page: { readonly skip: number; readonly take: number },
  personId?: string,
): Promise<ListedWish[]> {
  const rows = await db.sql<ListedRow>(
    `SELECT w.person_id AS "personId", w.manager_id AS "managerId", w.asked_at AS "askedAt", r.number::int AS number, r.ags,
       m.name AS manager, m.carrier_id AS "carrierId" ${OPEN} ORDER BY w.asked_at, w.person_id OFFSET $3::int LIMIT $4::int`,
    [carrierId ?? null, personId ?? null, page.skip, page.take],
  );
  return rows.map((row) => ({
    ...row,
    askedAt: fromDate(row.askedAt),
    declinedAt: undefined,
    ags: row.ags ?? undefined,
  }));
}

export async function countOpen(db: Db, carrierId: string | undefined): Promise<number> {
  const [row] = await db.sql<{ count: number }>(`SELECT count(*)::int AS count ${OPEN}`, [carrierId ?? null, null]);
  return row?.count ?? 0;
}

/** Wishes that have come true, whoever fulfilled them: their people are with somebody else by now. */
export async function settleWishes(tx: Db): Promise<void> {
  await tx.sql(
    `DELETE FROM manager_wish w USING refugee r
     WHERE r.person_id = w.person_id AND r.manager_id IS DISTINCT FROM w.manager_id`,
  );
}

/** Answered ones. */
export async function forgetWishes(db: Db, before: Instant): Promise<void> {
  await db.prisma.managerWish.deleteMany({ where: { declinedAt: { lt: toDate(before) } } });
}
