import type { Db } from '../../platform/database.ts';
import { fromDate, type Instant, toDate } from '../../platform/datetime.ts';
import type { Urgency } from './model.ts';
import type { Waiting } from './rules-deadlines.ts';

// When a case that waits was reminded of. Each mark is one statement that finds it still waiting: of two processes that
// look at the same moment one owes the notices.

const marked = async (rows: Promise<{ id: string }[]>): Promise<boolean> => (await rows).length > 0;

export async function listWaiting(db: Db): Promise<(Waiting & { readonly id: string })[]> {
  const rows = await db.sql<{
    id: string;
    since: Date;
    urgency: Urgency | null;
    remindedAt: Date | null;
    escalatedAt: Date | null;
    calls: number;
    calledAt: Date | null;
    answered: boolean;
  }>(
    `SELECT id, coalesce(waits_since, sent_at) AS since, urgency, reminded_at AS "remindedAt", escalated_at AS "escalatedAt",
       calls, called_at AS "calledAt", answered_at IS NOT NULL AS answered
     FROM handover WHERE status = 'sent' AND (escalated_at IS NULL OR (urgency = 'today' AND answered_at IS NULL)) ORDER BY sent_at, id`,
  );
  const moment = (date: Date | null): Instant | undefined => (date === null ? undefined : fromDate(date));
  return rows.map((row) => ({
    id: row.id,
    since: fromDate(row.since),
    urgency: row.urgency ?? undefined,
    remindedAt: moment(row.remindedAt),
    escalatedAt: moment(row.escalatedAt),
    calls: row.calls,
    calledAt: moment(row.calledAt),
    isAnswered: row.answered,
  }));
}

export const markReminded = (tx: Db, id: string, now: Instant) =>
  marked(
    tx.sql(
      `UPDATE handover SET reminded_at = $2 WHERE id = $1 AND status = 'sent' AND reminded_at IS NULL RETURNING id`,
      [id, toDate(now)],
    ),
  );

export const markEscalated = (tx: Db, id: string, now: Instant) =>
  marked(
    tx.sql(
      `UPDATE handover SET escalated_at = $2 WHERE id = $1 AND status = 'sent' AND escalated_at IS NULL RETURNING id`,
      [id, toDate(now)],
    ),
  );

/**
 * `before` is how many calls the caller has read: a second process that read the same marks nothing. Without somebody
 * on duty it is the coordinators who are called.
 */
export const markCalled = (tx: Db, id: string, dutyId: string | undefined, before: number, now: Instant) =>
  marked(
    tx.sql(
      `UPDATE handover SET calls = calls + 1, called_at = $4, duty_id = $2
       WHERE id = $1 AND status = 'sent' AND calls = $3::int AND answered_at IS NULL RETURNING id`,
      [id, dutyId ?? null, before, toDate(now)],
    ),
  );

/** Coordinators who answer for a carrier, and the county's, by the names that they gave. */
export async function listCoordinatorNames(db: Db, carrierId: string | undefined): Promise<string[]> {
  const rows = await db.prisma.coordinator.findMany({
    where: { OR: [{ carrierId: null }, ...(carrierId === undefined ? [] : [{ carrierId }])] },
    select: { name: true },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
  });
  return rows.map(({ name }) => name);
}

/** Which of these managers are absent at a time, whether or not somebody stands in. */
export async function listAbsent(db: Db, managerIds: readonly string[], at: Instant): Promise<string[]> {
  if (managerIds.length === 0) return [];
  const rows = await db.sql<{ id: string }>(
    `SELECT DISTINCT manager_id AS id FROM absence WHERE manager_id = ANY($1::text[]) AND "from" <= $2 AND "to" > $2`,
    [managerIds, toDate(at)],
  );
  return rows.map(({ id }) => id);
}

/** Who answers for each of these managers at a time: she, or whoever stands in for her. */
export async function listOnDuty(
  db: Db,
  managerIds: readonly string[],
  at: Instant,
): Promise<{ id: string; dutyId: string }[]> {
  if (managerIds.length === 0) return [];
  return db.sql(
    `SELECT id, on_duty(id, $2::timestamptz) AS "dutyId" FROM unnest($1::text[]) WITH ORDINALITY AS m(id, place) ORDER BY place`,
    [managerIds, toDate(at)],
  );
}
