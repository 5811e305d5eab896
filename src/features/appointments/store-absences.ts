import type { Seal } from '../../platform/crypto.ts';
import type { Db } from '../../platform/database.ts';
import { type Day, fromDate, type Instant, toDate } from '../../platform/datetime.ts';
import type { Absence, AbsenceKind, Appointment, Range } from './model.ts';
import { read } from './store.ts';

// When a manager is away, who stands in for her, and the holidays that she opened.

interface AbsenceRow {
  id: string;
  managerId: string;
  kind: AbsenceKind;
  from: Date;
  to: Date;
  deputyId: string | null;
}

const ABSENCE = `id, manager_id AS "managerId", kind, "from", "to", deputy_id AS "deputyId"`;
const absenceOf = (row: AbsenceRow): Absence => ({
  ...row,
  from: fromDate(row.from),
  to: fromDate(row.to),
  deputyId: row.deputyId ?? undefined,
});

/** Her absences that are not over, by their beginning. */
export async function listAbsences(db: Db, managerId: string, now: Instant): Promise<Absence[]> {
  const rows = await db.sql<AbsenceRow>(
    `SELECT ${ABSENCE} FROM absence WHERE manager_id = $1 AND "to" > $2 ORDER BY "from"`,
    [managerId, toDate(now)],
  );
  return rows.map(absenceOf);
}

/** Anybody's that is not over. */
export async function findCurrent(db: Db, id: string, now: Instant): Promise<Absence | undefined> {
  const rows = await db.sql<AbsenceRow>(`SELECT ${ABSENCE} FROM absence WHERE id = $1 AND "to" > $2`, [
    id,
    toDate(now),
  ]);
  return rows.map(absenceOf)[0];
}

/** Throws the violated constraint `absence_once` where she is away already. */
export async function insertAbsence(db: Db, absence: Absence): Promise<void> {
  const { id, managerId, kind, from, to, deputyId } = absence;
  await db.sql(
    `INSERT INTO absence (id, manager_id, kind, "from", "to", deputy_id) VALUES ($1, $2, $3, $4, $5, $6) RETURNING id`,
    [id, managerId, kind, toDate(from), toDate(to), deputyId ?? null],
  );
}

/** Names who stands in; the caller has looked whether she can. */
export async function setDeputy(db: Db, id: string, deputyId: string): Promise<void> {
  await db.prisma.absence.updateMany({ where: { id, deputyId: null }, data: { deputyId } });
}

/** Ends one that has begun, removes one that has not. True when it was hers and not over. */
export async function endAbsence(db: Db, managerId: string, id: string, now: Instant): Promise<boolean> {
  const ended = await db.sql<{ id: string }>(
    `WITH begun AS (
       UPDATE absence SET "to" = $3 WHERE id = $1 AND manager_id = $2 AND "from" < $3 AND "to" > $3 RETURNING id),
     gone AS (DELETE FROM absence WHERE id = $1 AND manager_id = $2 AND "from" >= $3 RETURNING id)
     SELECT id FROM begun UNION ALL SELECT id FROM gone`,
    [id, managerId, toDate(now)],
  );
  return ended.length > 0;
}

export interface Colleague {
  readonly id: string;
  readonly name: string;
  /** She is away herself within that time. */
  readonly isAway: boolean;
}

/** Who has left stands in for nobody. Returns the absences that have nobody now. */
export async function releaseDeputy(
  db: Db,
  managerId: string,
  now: Instant,
): Promise<{ readonly id: string; readonly managerId: string }[]> {
  return db.sql(
    `UPDATE absence SET deputy_id = NULL WHERE deputy_id = $1 AND "to" > $2 RETURNING id, manager_id AS "managerId"`,
    [managerId, toDate(now)],
  );
}

/** Who may stand in: those of her carrier first, then who serves a municipality of hers; each with a linked account. */
export async function listColleagues(db: Db, managerId: string, range: Range): Promise<Colleague[]> {
  return db.sql<Colleague>(
    `SELECT m.id, m.name, EXISTS (SELECT 1 FROM absence a
       WHERE a.manager_id = m.id AND a."from" < $3 AND a."to" > $2) AS "isAway"
     FROM manager me JOIN manager m ON m.id <> me.id AND m.left_at IS NULL AND m.person_id IS NOT NULL
     WHERE me.id = $1 AND (m.carrier_id = me.carrier_id OR EXISTS (
       SELECT 1 FROM manager_municipality mine JOIN manager_municipality hers ON hers.ags = mine.ags
       WHERE mine.manager_id = me.id AND hers.manager_id = m.id))
     ORDER BY m.carrier_id = me.carrier_id DESC, m.name, m.id`,
    [managerId, toDate(range.from), toDate(range.to)],
  );
}

/** Whose diary she keeps now beside her own, because they are away. */
export async function listStoodInFor(db: Db, managerId: string, now: Instant): Promise<string[]> {
  const rows = await db.sql<{ id: string }>(
    `SELECT manager_id AS id FROM absence
     WHERE "from" <= $2 AND "to" > $2 AND deputy_id IS NOT NULL AND on_duty(manager_id, $2) = $1`,
    [managerId, toDate(now)],
  );
  return rows.map(({ id }) => id);
}

/** What of hers lies in a range, even in part, and is not over. */
export const listOpenWithin = (db: Db, seal: Seal, managerId: string, { from, to }: Range, now: Instant) =>
  read(
    db,
    seal,
    `a.manager_id = $1 AND a.status = 'booked' AND a.ends_at > greatest($2::timestamptz, $3::timestamptz)
       AND a.starts_at < $4 ORDER BY a.starts_at`,
    [managerId, toDate(now), toDate(from), toDate(to)],
  );

/** That she is away now, until when, and who answers for her. */
export interface StandIn {
  /** Undefined where nobody stands in, or who should is away herself. */
  readonly managerId: string | undefined;
  readonly name: string | undefined;
  readonly until: Instant;
}

/** Undefined while she is there herself. */
export async function findStandIn(db: Db, managerId: string, now: Instant): Promise<StandIn | undefined> {
  const [row] = await db.sql<{ managerId: string | null; name: string | null; until: Date }>(
    `SELECT m.id AS "managerId", m.name, a."to" AS until
     FROM absence a LEFT JOIN manager m ON m.id = on_duty(a.manager_id, $2) AND m.id <> a.manager_id
       AND NOT EXISTS (SELECT 1 FROM absence b WHERE b.manager_id = m.id AND b."from" <= $2 AND b."to" > $2)
     WHERE a.manager_id = $1 AND a."from" <= $2 AND a."to" > $2`,
    [managerId, toDate(now)],
  );
  if (row === undefined) return undefined;
  return { managerId: row.managerId ?? undefined, name: row.name ?? undefined, until: fromDate(row.until) };
}

/** Coordinators of her carrier and of the county. */
export async function listCoordinatorsOf(db: Db, managerId: string): Promise<string[]> {
  const rows = await db.sql<{ personId: string }>(
    `SELECT c.person_id AS "personId" FROM coordinator c JOIN manager m ON m.id = $1
     WHERE c.carrier_id IS NULL OR c.carrier_id = m.carrier_id`,
    [managerId],
  );
  return rows.map(({ personId }) => personId);
}

/** For notices: whose absence it is, and when. */
export async function findAbsence(
  db: Db,
  id: string,
): Promise<(Range & { readonly managerId: string; readonly name: string }) | undefined> {
  const [row] = await db.sql<{ managerId: string; name: string; from: Date; to: Date }>(
    'SELECT m.id AS "managerId", m.name, a."from", a."to" FROM absence a JOIN manager m ON m.id = a.manager_id WHERE a.id = $1',
    [id],
  );
  return row === undefined ? undefined : { ...row, from: fromDate(row.from), to: fromDate(row.to) };
}

const dateOf = (day: Day): Date => new Date(`${day}T00:00:00Z`);

export async function listOpenHolidays(db: Db, managerId: string, today: Day): Promise<Set<string>> {
  const rows = await db.prisma.openHoliday.findMany({ where: { managerId, day: { gte: dateOf(today) } } });
  return new Set(rows.map(({ day }) => day.toISOString().slice(0, 10)));
}

export async function setOpenHoliday(db: Db, managerId: string, day: Day, isOpen: boolean): Promise<void> {
  const row = { managerId, day: dateOf(day) };
  await db.prisma.openHoliday.deleteMany({ where: row });
  if (isOpen) await db.prisma.openHoliday.create({ data: row });
}

/** Whether another manager is there at an appointment's time and free. The constraint settles what comes meanwhile. */
export async function isFreeFor(db: Db, id: string, managerId: string): Promise<boolean> {
  const [row] = await db.sql<{ is: boolean }>(
    `SELECT NOT EXISTS (SELECT 1 FROM appointment a JOIN appointment own ON own.id = $1
       WHERE a.manager_id = $2 AND a.status = 'booked' AND a.id <> own.id
         AND a.blocks_from < own.blocks_to AND a.blocks_to > own.blocks_from)
       AND NOT EXISTS (SELECT 1 FROM absence b JOIN appointment own ON own.id = $1
       WHERE b.manager_id = $2 AND b."from" < own.ends_at AND b."to" > own.starts_at) AS is`,
    [id, managerId],
  );
  return row?.is === true;
}

/** The same appointment with another manager; throws the violated constraint where that one is taken. */
export async function handAppointment(db: Db, one: Appointment, managerId: string, now: Instant): Promise<boolean> {
  const { count } = await db.prisma.appointment.updateMany({
    where: { id: one.id, status: 'booked', sequence: one.sequence, endsAt: { gt: toDate(now) } },
    data: { managerId, sequence: { increment: 1 }, changedAt: toDate(now), answer: null },
  });
  return count > 0;
}
