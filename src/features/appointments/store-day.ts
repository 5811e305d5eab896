import type { Seal } from '../../platform/crypto.ts';
import type { Db } from '../../platform/database.ts';
import { type Day, fromDate, type Instant, toDate, type WallTime } from '../../platform/datetime.ts';
import type { Outcome } from './model.ts';
import type { ManagerRange } from './rules.ts';
import { read } from './store.ts';

// A manager's day: what came of appointments, and the messages that frame it.

/** An appointment whose outcome this manager may say: hers, or one at whose beginning she stands in. */
export const findToRecord = async (db: Db, seal: Seal, managerId: string, id: string) =>
  (
    await read(
      db,
      seal,
      `a.id = $1 AND a.status = 'booked' AND $2 IN (a.manager_id, on_duty(a.manager_id, a.starts_at))`,
      [id, managerId],
    )
  )[0];

/**
 * What she has to do that day, by time: her own and that of whoever she stands in for, without what somebody else does for
 * her. The diaries of those who have a deputy then are the only others that are read.
 */
export const listDuty = (db: Db, seal: Seal, managerId: string, from: Instant, to: Instant) =>
  read(
    db,
    seal,
    `a.manager_id = ANY(ARRAY(SELECT $1::text UNION
       SELECT manager_id FROM absence WHERE deputy_id IS NOT NULL AND "to" > $2 AND "from" < $3))
     AND a.blocks_to > $2 AND a.status = 'booked' AND a.starts_at >= $2 AND a.starts_at < $3
     AND on_duty(a.manager_id, a.starts_at) = $1 ORDER BY a.starts_at`,
    [managerId, toDate(from), toDate(to)],
  );

/** Her appointments that are over or cancelled, the latest first. */
export const listPastOfRefugee = (db: Db, seal: Seal, personId: string, now: Instant, skip: number, take: number) =>
  read(
    db,
    seal,
    `a.refugee_id = $1 AND (a.status = 'cancelled' OR a.ends_at <= $2) ORDER BY a.starts_at DESC, a.id LIMIT $3::int OFFSET $4::int`,
    [personId, toDate(now), take, skip],
  );

export async function listAbsences(db: Db, managerId: string, from: Instant, to: Instant): Promise<ManagerRange[]> {
  const rows = await db.prisma.absence.findMany({
    where: { managerId, to: { gt: toDate(from) }, from: { lt: toDate(to) } },
    select: { from: true, to: true },
  });
  return rows.map((row) => ({ managerId, from: fromDate(row.from), to: fromDate(row.to) }));
}

/** Records what came of it. What was recorded before, as an object; two at once follow each other. */
export async function writeOutcome(
  tx: Db,
  id: string,
  outcome: Outcome,
  now: Instant,
): Promise<{ readonly before: Outcome | undefined } | undefined> {
  const [row] = await tx.sql<{ before: Outcome | null }>(
    `UPDATE appointment a SET outcome = $2, outcome_at = $3
     FROM (SELECT id, outcome FROM appointment WHERE id = $1 FOR UPDATE) was
     WHERE a.id = was.id AND status = 'booked' RETURNING was.outcome AS before`,
    [id, outcome, toDate(now)],
  );
  return row === undefined ? undefined : { before: row.before ?? undefined };
}

/** A pending notice goes with its key, so that the same can be owed again. What was sent stays said. */
export async function takeBack(tx: Db, subjectId: string, kind: string): Promise<void> {
  await tx.sql(`DELETE FROM notice WHERE subject_id = $1 AND kind = $2 AND status = 'pending'`, [subjectId, kind]);
}

/** That somebody did not come is known of her for three months (retention table of the domain). */
const MISSED_KEPT_DAYS = 90;

/** Then the appointment counts, and nobody knows any more whose it was. */
export async function forgetMissed(db: Db, now: Instant): Promise<void> {
  await db.sql(
    `UPDATE appointment SET refugee_id = NULL, key = id, interpreter_language = NULL, answer = NULL
     WHERE outcome = 'missed' AND refugee_id IS NOT NULL AND ends_at < $1`,
    [new Date(now - MISSED_KEPT_DAYS * 86_400_000)],
  );
}

export interface ManagerAtWork {
  readonly managerId: string;
  readonly personId: string;
  /** When her list of the day comes; undefined when she wants none. */
  readonly morningAt: WallTime | undefined;
}

/** Managers who are here: with an account, and not gone. */
export async function listAtWork(db: Db): Promise<ManagerAtWork[]> {
  const rows = await db.sql<{ managerId: string; personId: string; morningAt: string | null }>(
    `SELECT id AS "managerId", person_id AS "personId", morning_at AS "morningAt" FROM manager
     WHERE person_id IS NOT NULL AND left_at IS NULL`,
  );
  return rows.map((row) => ({ ...row, morningAt: (row.morningAt ?? undefined) as WallTime | undefined }));
}

export async function findAtWork(db: Db, personId: string): Promise<ManagerAtWork | undefined> {
  const [row] = await db.sql<{ managerId: string; morningAt: string | null }>(
    `SELECT id AS "managerId", morning_at AS "morningAt" FROM manager WHERE person_id = $1 AND left_at IS NULL`,
    [personId],
  );
  return row === undefined
    ? undefined
    : { managerId: row.managerId, personId, morningAt: (row.morningAt ?? undefined) as WallTime | undefined };
}

export async function writeMorning(tx: Db, managerId: string, time: WallTime | undefined): Promise<void> {
  await tx.prisma.manager.updateMany({ where: { id: managerId }, data: { morningAt: time ?? null } });
}

/** Which of these keys no notice has: what is planned already is not planned again, whatever became of it. */
export async function listUnplanned(db: Db, keys: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await db.sql<{ key: string }>(
    `SELECT k AS key FROM unnest($1::text[]) AS k WHERE NOT EXISTS (SELECT 1 FROM notice WHERE notice.key = k)`,
    [keys],
  );
  return new Set(rows.map(({ key }) => key));
}

/**
 * Appointments that end in this time and of which nobody has recorded anything, with who is asked about them. The index of
 * the constraint that keeps diaries free of collisions finds them, so that neither past nor future is read.
 */
export async function listEnding(
  db: Db,
  from: Instant,
  to: Instant,
): Promise<{ id: string; personId: string; sequence: number; endsAt: Instant }[]> {
  const rows = await db.sql<{ id: string; personId: string; sequence: number; endsAt: Date }>(
    `SELECT a.id, duty.person_id AS "personId", a.sequence::int AS sequence, a.ends_at AS "endsAt"
     FROM manager m JOIN appointment a ON a.manager_id = m.id AND a.status = 'booked'
       AND tstzrange(a.blocks_from, a.blocks_to, '[)') && tstzrange($1, $2, '[]')
     JOIN manager duty ON duty.id = on_duty(a.manager_id, a.starts_at) AND duty.left_at IS NULL
     WHERE a.outcome IS NULL AND a.ends_at > $1 AND a.ends_at <= $2 AND duty.person_id IS NOT NULL`,
    [toDate(from), toDate(to)],
  );
  return rows.map((row) => ({ ...row, endsAt: fromDate(row.endsAt) }));
}

export interface PlannedMorning {
  readonly id: string;
  readonly day: Day;
}

/** Her lists of the day that wait to be sent; nobody sends them until the transaction ends. */
export async function lockMornings(tx: Db, managerId: string): Promise<PlannedMorning[]> {
  return tx.sql(
    `SELECT id::text AS id, data->>'day' AS day FROM notice
     WHERE subject_id = $1 AND kind = 'morning' AND status = 'pending' FOR UPDATE`,
    [managerId],
  );
}

export async function moveMorning(tx: Db, id: string, to: Instant): Promise<void> {
  await tx.sql(`UPDATE notice SET due_at = $2 WHERE id = $1::bigint`, [id, toDate(to)]);
}

/** Makes as if it had been sent: nobody gets it. */
export async function skipNotice(
  tx: Db,
  notice: { kind: string; personId: string; subjectId: string; key: string },
  now: Instant,
): Promise<void> {
  await tx.sql(
    `INSERT INTO notice (kind, person_id, subject_id, due_at, key, status) VALUES ($1, $2, $3, $4, $5, 'void')
     ON CONFLICT (key) DO NOTHING`,
    [notice.kind, notice.personId, notice.subjectId, toDate(now), notice.key],
  );
}
