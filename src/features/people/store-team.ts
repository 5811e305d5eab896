import type { Db } from '../../platform/database.ts';
import { type Day, day, fromDate, type Instant, toDate } from '../../platform/datetime.ts';
import type { Assignment, Client, Colleague, TeamMember } from './model-team.ts';

// Who works here, and who looks after whom.

interface TeamRow {
  id: string;
  name: string;
  carrierId: string;
  carrier: string;
  phone: string | null;
  workingDays: number;
  accepts: boolean;
  personId: string | null;
  unreachableSince: Date | null;
  leavesOn: string | null;
  clients: number;
  serves: string | null;
}

const TEAM = `
  SELECT m.id, m.name, m.carrier_id AS "carrierId", c.name AS carrier, coalesce(m.phone, c.phone) AS phone,
    m.working_days AS "workingDays", m.accepts, m.person_id AS "personId", p.unreachable_since AS "unreachableSince",
    m.leaves_on::text AS "leavesOn",
    (SELECT count(*)::int FROM refugee r WHERE r.manager_id = m.id) AS clients,
    (SELECT string_agg(DISTINCT s.ags, ' ' ORDER BY s.ags) FROM manager_municipality s
      WHERE s.manager_id = m.id AND s.valid_from <= $1::date AND (s.valid_to IS NULL OR s.valid_to >= $1::date)) AS serves
  FROM manager m JOIN carrier c ON c.id = m.carrier_id LEFT JOIN person p ON p.id = m.person_id`;

const memberOf = (row: TeamRow): TeamMember => ({
  ...row,
  phone: row.phone ?? undefined,
  personId: row.personId ?? undefined,
  unreachableSince: row.unreachableSince === null ? undefined : fromDate(row.unreachableSince),
  leavesOn: row.leavesOn === null ? undefined : day(row.leavesOn),
  serves: row.serves === null ? [] : row.serves.split(' '),
});

/** Managers who have not left, by name: one carrier's, or all. */
export async function listManagers(db: Db, carrierId: string | undefined, today: Day): Promise<TeamMember[]> {
  const rows = await db.sql<TeamRow>(
    `${TEAM} WHERE m.left_at IS NULL AND ($2::text IS NULL OR m.carrier_id = $2) ORDER BY m.name, m.id`,
    [today, carrierId ?? null],
  );
  return rows.map(memberOf);
}

/** A manager, also one who has left. */
export async function findMember(db: Db, id: string, today: Day): Promise<TeamMember | undefined> {
  const [row] = await db.sql<TeamRow>(`${TEAM} WHERE m.id = $2`, [today, id]);
  return row === undefined ? undefined : memberOf(row);
}

/** The manager behind an account, if she has not left. */
export async function findMemberByPerson(db: Db, personId: string, today: Day): Promise<TeamMember | undefined> {
  const [row] = await db.sql<TeamRow>(`${TEAM} WHERE m.person_id = $2 AND m.left_at IS NULL`, [today, personId]);
  return row === undefined ? undefined : memberOf(row);
}

interface ClientRow {
  personId: string;
  number: number;
  ags: string | null;
  managerId: string | null;
  waitingSince: Date | null;
}
const CLIENTS = `SELECT person_id AS "personId", number::int AS number, ags, manager_id AS "managerId",
  waiting_since AS "waitingSince" FROM refugee`;
const clientOf = (row: ClientRow): Client => ({
  personId: row.personId,
  number: row.number,
  ags: row.ags ?? undefined,
  managerId: row.managerId ?? undefined,
  waitingSince: row.waitingSince === null ? undefined : fromDate(row.waitingSince),
});

/** People of these managers, by number. */
export async function listClientsOf(db: Db, managerIds: readonly string[]): Promise<Client[]> {
  const rows = await db.sql<ClientRow>(`${CLIENTS} WHERE manager_id = ANY($1::text[]) ORDER BY number`, [managerIds]);
  return rows.map(clientOf);
}

export async function findClients(db: Db, personIds: readonly string[]): Promise<Client[]> {
  const rows = await db.sql<ClientRow>(`${CLIENTS} WHERE person_id = ANY($1::text[]) ORDER BY number`, [personIds]);
  return rows.map(clientOf);
}

/** Changes those who are still where they were expected; returns whom. */
export async function assign(tx: Db, changes: readonly Assignment[], now: Instant): Promise<string[]> {
  const rows = await tx.sql<{ id: string }>(
    `UPDATE refugee r SET manager_id = nullif(t.new, ''), waiting_since = CASE WHEN t.new = '' THEN t.since END
     FROM unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[]) AS t(id, old, new, since)
     WHERE r.person_id = t.id AND coalesce(r.manager_id, '') = t.old RETURNING r.person_id AS id`,
    [
      changes.map(({ personId }) => personId),
      changes.map(({ from }) => from ?? ''),
      changes.map(({ to }) => to ?? ''),
      changes.map(({ waitingSince }) => toDate(waitingSince ?? now)),
    ],
  );
  return rows.map(({ id }) => id);
}

const dateOf = (date: Day) => new Date(`${date}T00:00:00Z`);

export async function updateManager(
  tx: Db,
  id: string,
  data: { workingDays?: number; accepts?: boolean; leavesOn?: Day | null; leftAt?: Instant | null },
): Promise<void> {
  const { leavesOn, leftAt, ...plain } = data;
  await tx.prisma.manager.updateMany({
    where: { id },
    data: {
      ...plain,
      ...(leavesOn !== undefined && { leavesOn: leavesOn === null ? null : dateOf(leavesOn) }),
      ...(leftAt !== undefined && { leftAt: leftAt === null ? null : toDate(leftAt) }),
    },
  });
}

/** Municipalities that she serves from that day on; what she serves already stays. */
export async function startServing(tx: Db, managerId: string, ags: readonly string[], from: Day): Promise<void> {
  await tx.sql(
    `INSERT INTO manager_municipality (manager_id, ags, valid_from)
     SELECT $1, t.ags, $3::date FROM unnest($2::text[]) AS t(ags)
     WHERE NOT EXISTS (SELECT 1 FROM manager_municipality s
       WHERE s.manager_id = $1 AND s.ags = t.ags AND (s.valid_to IS NULL OR s.valid_to >= $3::date))
     ON CONFLICT (manager_id, ags, valid_from) DO UPDATE SET valid_to = NULL`,
    [managerId, ags, from],
  );
}

/** She serves them no longer from that day on. What began that day, or later, never was. */
export async function stopServing(tx: Db, managerId: string, ags: readonly string[], from: Day): Promise<void> {
  await tx.sql(
    `DELETE FROM manager_municipality WHERE manager_id = $1 AND ags = ANY($2::text[]) AND valid_from >= $3::date`,
    [managerId, ags, from],
  );
  await tx.sql(
    `UPDATE manager_municipality SET valid_to = $3::date - 1
     WHERE manager_id = $1 AND ags = ANY($2::text[]) AND (valid_to IS NULL OR valid_to >= $3::date)`,
    [managerId, ags, from],
  );
}

/** Managers whose last day is over, and those who have left with people still theirs. */
export async function listToLeave(db: Db, today: Day): Promise<string[]> {
  const rows = await db.sql<{ id: string }>(
    `SELECT id FROM manager WHERE (left_at IS NULL AND leaves_on < $1::date)
       OR (left_at IS NOT NULL AND EXISTS (SELECT 1 FROM refugee WHERE manager_id = manager.id))`,
    [today],
  );
  return rows.map(({ id }) => id);
}

/** Whoever left before then is no longer known by her account. */
export async function unlinkLeft(db: Db, before: Instant): Promise<void> {
  await db.prisma.manager.updateMany({
    where: { leftAt: { lt: toDate(before) }, personId: { not: null } },
    data: { personId: null },
  });
}

/** Invitations that would make her a manager; returns whether there was one. */
export async function deleteInvitesOf(tx: Db, managerId: string): Promise<boolean> {
  return (await tx.prisma.invite.deleteMany({ where: { managerId } })).count > 0;
}

interface ColleagueRow {
  id: string;
  personId: string;
  name: string;
  carrier: string | null;
  carrierId: string | null;
  since: Date;
  unreachable: boolean;
}
const colleagueOf = (row: ColleagueRow): Colleague => ({
  ...row,
  carrier: row.carrier ?? undefined,
  carrierId: row.carrierId ?? undefined,
  since: fromDate(row.since),
});

/** A carrier's coordinators; everybody for the county. */
export async function listCoordinatorsOf(db: Db, carrierId: string | undefined): Promise<Colleague[]> {
  const rows = await db.sql<ColleagueRow>(
    `SELECT k.id, k.person_id AS "personId", k.name, c.name AS carrier, k.carrier_id AS "carrierId", k.since,
       p.unreachable_since IS NOT NULL AS unreachable
     FROM coordinator k JOIN person p ON p.id = k.person_id LEFT JOIN carrier c ON c.id = k.carrier_id
     WHERE ($1::text IS NULL OR k.carrier_id = $1) ORDER BY c.name NULLS FIRST, k.name, k.id`,
    [carrierId ?? null],
  );
  return rows.map(colleagueOf);
}

export async function deleteCoordinator(tx: Db, id: string): Promise<boolean> {
  return (await tx.prisma.coordinator.deleteMany({ where: { id } })).count > 0;
}

/** Invitations of one coordinator become another's; returns those that wait for a confirmation. */
export async function inheritInvites(tx: Db, from: string, to: string): Promise<string[]> {
  const rows = await tx.sql<{ id: string; opened: boolean }>(
    `UPDATE invite SET invited_by = $2 WHERE invited_by = $1
     RETURNING id, person_id IS NOT NULL AND role <> 'volunteer' AS opened`,
    [from, to],
  );
  return rows.filter(({ opened }) => opened).map(({ id }) => id);
}

/** For each municipality how many people wait there, and since when. */
export async function listWaitingTowns(db: Db): Promise<{ ags: string; waiting: number; since: Instant }[]> {
  const rows = await db.sql<{ ags: string; waiting: number; since: Date }>(
    `SELECT ags, count(*)::int AS waiting, min(waiting_since) AS since FROM refugee
     WHERE waiting_since IS NOT NULL AND ags IS NOT NULL GROUP BY ags`,
  );
  return rows.map(({ since, ...row }) => ({ ...row, since: fromDate(since) }));
}
