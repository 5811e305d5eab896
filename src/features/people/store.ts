import type { Db } from '../../platform/database.ts';
import { type Day, type Instant, toDate } from '../../platform/datetime.ts';
import type { Locale } from '../../platform/locale.ts';
import type { Housing, InterpreterLanguage, InviteDraft, Role } from './model.ts';

/** Everything that one update needs to know about who wrote it, in one row. */
export interface IdentityRow {
  readonly telegramId: number;
  readonly personId: string | null;
  readonly locale: string | null;
  readonly role: string | null;
  readonly unreachable: boolean;
  readonly number: number | null;
  readonly nickname: Uint8Array | null;
  readonly housing: string | null;
  readonly ags: string | null;
  readonly assignedManagerId: string | null;
  readonly interpreter: boolean | null;
  readonly interpreterLanguage: string | null;
  /** As the column holds them. */
  readonly reminders: unknown;
  readonly discreet: boolean;
  readonly managerId: string | null;
  readonly managerName: string | null;
  readonly managerCarrierId: string | null;
  readonly morningAt: string | null;
  readonly coordinatorId: string | null;
  readonly coordinatorName: string | null;
  readonly coordinatorCarrierId: string | null;
  readonly volunteerId: string | null;
  readonly volunteerName: string | null;
  readonly circle: string | null;
  readonly circleId: string | null;
  readonly speaker: boolean | null;
  /** The newest version of the undertaking that she has signed. */
  readonly undertaking: string | null;
  readonly counsellorId: string | null;
  readonly counsellorName: string | null;
  readonly flow: Uint8Array | null;
}

const IDENTITY = `
  SELECT k.telegram_id::float8 AS "telegramId", p.id AS "personId", p.locale, p.role, p.unreachable_since IS NOT NULL AS unreachable,
    r.number, r.nickname, r.housing, r.ags, r.manager_id AS "assignedManagerId", r.interpreter,
    r.interpreter_language AS "interpreterLanguage", r.reminders, coalesce(p.discreet, false) AS discreet,
    m.id AS "managerId", m.name AS "managerName", m.carrier_id AS "managerCarrierId", m.morning_at AS "morningAt",
    c.id AS "coordinatorId", c.name AS "coordinatorName", c.carrier_id AS "coordinatorCarrierId",
    v.id AS "volunteerId", v.name AS "volunteerName", ci.name AS circle, v.circle_id AS "circleId", v.speaker,
    (SELECT max(u.version) FROM undertaking u WHERE u.volunteer_id = v.id) AS undertaking,
    s.id AS "counsellorId", s.name AS "counsellorName", f.state AS flow
  FROM unnest($1::bigint[]) AS k(telegram_id)
  LEFT JOIN person p ON p.telegram_id = k.telegram_id
  LEFT JOIN refugee r ON r.person_id = p.id
  LEFT JOIN manager m ON m.person_id = p.id AND m.left_at IS NULL
  LEFT JOIN coordinator c ON c.person_id = p.id
  LEFT JOIN volunteer v ON v.person_id = p.id
  LEFT JOIN circle ci ON ci.id = v.circle_id
  LEFT JOIN counsellor s ON s.person_id = p.id
  LEFT JOIN flow f ON f.chat_id = k.telegram_id`;

/** Who somebody is, by her own id: also without an account. */
export async function findIdentityOf(db: Db, personId: string): Promise<IdentityRow | undefined> {
  const sql = IDENTITY.replace(/FROM unnest[\s\S]*?= k\.telegram_id/, 'FROM person p JOIN person k ON k.id = p.id');
  return (await db.sql<IdentityRow>(`${sql} WHERE p.id = $1`, [personId]))[0];
}

export async function findIdentity(db: Db, telegramId: number): Promise<IdentityRow | undefined> {
  return (await findIdentities(db, [telegramId])).get(telegramId);
}

/** One row for each, also for strangers. */
export async function findIdentities(
  db: Db,
  telegramIds: readonly number[],
): Promise<ReadonlyMap<number, IdentityRow>> {
  const rows = await db.sql<IdentityRow>(IDENTITY, [telegramIds]);
  return new Map(rows.map((row) => [row.telegramId, row]));
}

export async function insertPerson(
  db: Db,
  person: { id: string; telegramId: number | undefined; locale: Locale; role: Role; now: Instant },
): Promise<void> {
  const { now, telegramId, ...rest } = person;
  // Whoever has no account cannot be written to.
  const unreachableSince = telegramId === undefined ? toDate(now) : null;
  await db.prisma.person.create({
    data: { ...rest, telegramId: telegramId ?? null, createdAt: toDate(now), unreachableSince },
  });
}

export async function insertRefugee(db: Db, personId: string, number: number): Promise<boolean> {
  const rows = await db.sql<{ id: string }>(
    `INSERT INTO refugee (person_id, number) VALUES ($1, $2::int) ON CONFLICT (number) DO NOTHING RETURNING person_id AS id`,
    [personId, number],
  );
  return rows.length > 0;
}

export async function insertConsent(
  db: Db,
  consent: { id: string; personId: string; version: string; locale: Locale; now: Instant },
): Promise<void> {
  const { now, ...rest } = consent;
  await db.prisma.consent.create({ data: { ...rest, purpose: 'bot', givenAt: toDate(now) } });
}

export const findConsent = (db: Db, personId: string) =>
  db.prisma.consent.findFirst({ where: { personId, withdrawnAt: null }, orderBy: { givenAt: 'desc' } });

export async function updatePerson(db: Db, id: string, data: { locale?: Locale; role?: Role }): Promise<void> {
  await db.prisma.person.updateMany({ where: { id }, data });
}

export async function updateRefugee(
  db: Db,
  personId: string,
  data: {
    housing?: Housing;
    ags?: string | null;
    managerId?: string | null;
    waitingSince?: Date | null;
    interpreter?: boolean;
    interpreterLanguage?: InterpreterLanguage | null;
    nickname?: Uint8Array<ArrayBuffer> | null;
  },
): Promise<void> {
  await db.prisma.refugee.updateMany({ where: { personId }, data });
}

/** What somebody else has said of her never replaces what she has. */
export async function noteInterpreter(tx: Db, personId: string, language: InterpreterLanguage): Promise<void> {
  await tx.prisma.refugee.updateMany({
    where: { personId, interpreter: null, interpreterLanguage: null },
    data: { interpreter: true, interpreterLanguage: language },
  });
}

export async function setUnreachable(db: Db, telegramId: number, since: Instant | undefined): Promise<string[]> {
  const rows = await db.sql<{ id: string }>(
    since === undefined
      ? `UPDATE person SET unreachable_since = NULL WHERE telegram_id = $1::bigint AND unreachable_since IS NOT NULL
         AND $2::timestamptz IS NULL RETURNING id`
      : `UPDATE person SET unreachable_since = $2 WHERE telegram_id = $1::bigint AND unreachable_since IS NULL RETURNING id`,
    [telegramId, since === undefined ? null : toDate(since)],
  );
  return rows.map((row) => row.id);
}

/** Everything that hangs on the person goes with the row; what staff keeps (a manager's diary) stays without her. */
export async function deletePerson(db: Db, id: string): Promise<void> {
  await db.prisma.person.deleteMany({ where: { id } });
}

export async function deleteFlow(db: Db, telegramId: number): Promise<void> {
  await db.prisma.flow.deleteMany({ where: { chatId: telegramId } });
}

export async function countOpenNotices(db: Db, personId: string): Promise<number> {
  return db.prisma.notice.count({ where: { personId, status: { in: ['pending', 'sending'] } } });
}

export async function insertInvite(
  db: Db,
  invite: {
    id: string;
    tokenHash: string;
    draft: InviteDraft;
    managerId: string | undefined;
    circleId: string | undefined;
    invitedBy: string | undefined;
    now: Instant;
    expiresAt: Instant;
  },
): Promise<void> {
  const { draft } = invite;
  await db.prisma.invite.create({
    data: {
      id: invite.id,
      tokenHash: invite.tokenHash,
      role: draft.role,
      name: draft.name,
      carrierId: 'carrierId' in draft ? (draft.carrierId ?? null) : null,
      circleId: invite.circleId ?? null,
      managerId: invite.managerId ?? null,
      invitedBy: invite.invitedBy ?? null,
      createdAt: toDate(invite.now),
      expiresAt: toDate(invite.expiresAt),
    },
  });
}

export async function insertManager(
  db: Db,
  manager: {
    id: string;
    name: string;
    carrierId: string;
    workingDays: number;
    municipalities: readonly string[];
    since: Day;
    phone?: string;
  },
): Promise<void> {
  const validFrom = new Date(`${manager.since}T00:00:00Z`);
  await db.prisma.manager.create({
    data: {
      id: manager.id,
      name: manager.name,
      carrierId: manager.carrierId,
      workingDays: manager.workingDays,
      phone: manager.phone ?? null,
      municipalities: { create: manager.municipalities.map((ags) => ({ ags, validFrom })) },
    },
  });
}

export const findUsableInvite = (db: Db, tokenHash: string, now: Instant) =>
  db.prisma.invite.findFirst({ where: { tokenHash, usedAt: null, expiresAt: { gt: toDate(now) } } });

/** Uses an invitation; undefined when it was used, has run out or never was. Two at once: one wins. */
export async function consumeInvite(db: Db, tokenHash: string, personId: string, now: Instant) {
  const rows = await db.sql<{ id: string }>(
    `UPDATE invite SET used_at = $2, person_id = $3 WHERE token_hash = $1 AND used_at IS NULL AND expires_at > $2 RETURNING id`,
    [tokenHash, toDate(now), personId],
  );
  const id = rows[0]?.id;
  return id === undefined ? undefined : ((await db.prisma.invite.findUnique({ where: { id } })) ?? undefined);
}

/** An opened invitation that waits for the confirmation of whoever invited. */
export const findOpenedInvite = (db: Db, id: string, invitedBy: string) =>
  db.prisma.invite.findFirst({ where: { id, invitedBy, usedAt: { not: null }, personId: { not: null } } });

export async function deleteInvite(db: Db, id: string): Promise<boolean> {
  return (await db.prisma.invite.deleteMany({ where: { id } })).count > 0;
}

export async function deleteManagerNeverJoined(db: Db, id: string): Promise<void> {
  await db.prisma.manager.deleteMany({
    where: { id, personId: null, refugees: { none: {} }, officeHours: { none: {} }, appointments: { none: {} } },
  });
}

export async function linkManager(db: Db, managerId: string, personId: string): Promise<boolean> {
  // Who left and comes back: the account belongs to who she is now.
  await db.prisma.manager.updateMany({ where: { personId, leftAt: { not: null } }, data: { personId: null } });
  return (
    (await db.prisma.manager.updateMany({ where: { id: managerId, personId: null }, data: { personId } })).count > 0
  );
}

export async function insertCoordinator(
  db: Db,
  row: { id: string; personId: string; name: string; carrierId: string | null; now: Instant },
): Promise<void> {
  const { now, ...rest } = row;
  await db.prisma.coordinator.upsert({
    where: { personId: row.personId },
    create: { ...rest, since: toDate(now) },
    update: { name: row.name, carrierId: row.carrierId },
  });
}

export async function insertCounsellor(
  db: Db,
  row: { id: string; personId: string; name: string; now: Instant },
): Promise<void> {
  const { now, ...rest } = row;
  await db.prisma.counsellor.upsert({
    where: { personId: row.personId },
    create: { ...rest, since: toDate(now) },
    update: { name: row.name },
  });
}

/** Whoever answers for the counselling centre. */
export async function listCounsellors(db: Db): Promise<string[]> {
  const rows = await db.prisma.counsellor.findMany({ select: { personId: true }, orderBy: { since: 'asc' } });
  return rows.map((row) => row.personId);
}

/** Coordinators who answer for a municipality: those of its carrier and those of the county. */
export async function listCoordinators(db: Db, carrierId: string | undefined): Promise<string[]> {
  const rows = await db.prisma.coordinator.findMany({
    where: { OR: [{ carrierId: null }, ...(carrierId === undefined ? [] : [{ carrierId }])] },
    select: { personId: true },
  });
  return rows.map((row) => row.personId);
}

/** Who waits, as far as a coordinator may see: all for the county's, else her carrier's municipalities on that day. */
function waitingWithin(carrierId: string | undefined, today: Day) {
  const on = new Date(`${today}T00:00:00Z`);
  return {
    waitingSince: { not: null },
    ...(carrierId !== undefined && {
      municipality: {
        assignments: { some: { carrierId, validFrom: { lte: on }, OR: [{ validTo: null }, { validTo: { gte: on } }] } },
      },
    }),
  };
}

/** People who wait for a manager, oldest first. */
export const listWaiting = (db: Db, carrierId: string | undefined, today: Day, skip: number, take: number) =>
  db.prisma.refugee.findMany({
    where: waitingWithin(carrierId, today),
    orderBy: { waitingSince: 'asc' },
    include: { municipality: { select: { name: true } } },
    skip,
    take,
  });

export const countWaiting = (db: Db, carrierId: string | undefined, today: Day) =>
  db.prisma.refugee.count({ where: waitingWithin(carrierId, today) });

/** A person who still waits for a manager; undefined when she has one by now. */
export async function findWaiting(
  db: Db,
  personId: string,
): Promise<{ number: number; town: string | undefined } | undefined> {
  const row = await db.prisma.refugee.findFirst({
    where: { personId, waitingSince: { not: null } },
    include: { municipality: { select: { name: true } } },
  });
  return row === null ? undefined : { number: row.number, town: row.municipality?.name };
}

/**
 * Invitations that have run out, with the managers who never came of them, and accounts that hold no role, wait for
 * none and are owed no message any more.
 */
export async function deleteOldInvites(db: Db, now: Instant): Promise<void> {
  const gone = await db.sql<{ managerId: string | null }>(
    `DELETE FROM invite WHERE expires_at < $1 RETURNING manager_id AS "managerId"`,
    [toDate(now)],
  );
  for (const { managerId } of gone) if (managerId !== null) await deleteManagerNeverJoined(db, managerId);
  await db.prisma.person.deleteMany({
    where: {
      refugee: null,
      volunteer: null,
      manager: null,
      coordinator: null,
      counsellor: null,
      notices: { none: { status: { in: ['pending', 'sending'] } } },
      id: { notIn: await listWaitingForConfirmation(db) },
    },
  });
}

async function listWaitingForConfirmation(db: Db): Promise<string[]> {
  const rows = await db.prisma.invite.findMany({ where: { personId: { not: null } }, select: { personId: true } });
  return rows.flatMap(({ personId }) => (personId === null ? [] : [personId]));
}

/** What others are told about a person, and invitations that name her: hers go, and those that only she could confirm. */
export async function deleteMentions(db: Db, personId: string): Promise<void> {
  await db.prisma.notice.deleteMany({ where: { subjectId: personId } });
  const gone = await db.sql<{ managerId: string | null }>(
    `DELETE FROM invite WHERE person_id = $1 OR invited_by = $1 RETURNING manager_id AS "managerId"`,
    [personId],
  );
  for (const { managerId } of gone) if (managerId !== null) await deleteManagerNeverJoined(db, managerId);
}

/** Gives everybody who waits in a manager's municipalities to her, if she can be given any; returns whom. */
export async function assignWaiting(db: Db, managerId: string, today: Day): Promise<string[]> {
  const rows = await db.sql<{ id: string }>(
    `UPDATE refugee SET manager_id = $1, waiting_since = NULL
     WHERE waiting_since IS NOT NULL AND ags IN (
       SELECT ags FROM manager_municipality
       WHERE manager_id = $1 AND valid_from <= $2::date AND (valid_to IS NULL OR valid_to >= $2::date))
       AND EXISTS (SELECT 1 FROM manager WHERE id = $1 AND accepts AND left_at IS NULL AND person_id IS NOT NULL)
     RETURNING person_id AS id`,
    [managerId, today],
  );
  return rows.map(({ id }) => id);
}

/** The manager behind an account has left from now on; undefined when there is none. */
export async function markLeft(db: Db, personId: string, now: Instant): Promise<string | undefined> {
  const rows = await db.sql<{ id: string }>(
    `UPDATE manager SET left_at = $2, accepts = false WHERE person_id = $1 AND left_at IS NULL RETURNING id`,
    [personId, toDate(now)],
  );
  return rows[0]?.id;
}

export async function findAssignedManager(db: Db, personId: string): Promise<string | undefined> {
  const row = await db.prisma.refugee.findUnique({ where: { personId }, select: { managerId: true } });
  return row?.managerId ?? undefined;
}

/** What she has said about where she lives. */
export async function findHome(db: Db, personId: string): Promise<{ ags?: string; housing?: string }> {
  const row = await db.prisma.refugee.findUnique({ where: { personId }, select: { ags: true, housing: true } });
  return { ...(row?.ags != null && { ags: row.ags }), ...(row?.housing != null && { housing: row.housing }) };
}

/** The people behind managers who have not left. */
export async function listAccounts(db: Db, managerIds: readonly string[]): Promise<string[]> {
  const rows = await db.prisma.manager.findMany({
    where: { id: { in: [...managerIds] }, leftAt: null, personId: { not: null } },
    select: { personId: true },
  });
  return rows.flatMap(({ personId }) => (personId === null ? [] : [personId]));
}
