import { newId, type Seal } from '../../platform/crypto.ts';
import type { Db } from '../../platform/database.ts';
import { addMinutes, fromDate, type Instant, toDate } from '../../platform/datetime.ts';
import type { Way } from '../appointments/model.ts';
import {
  type Client,
  type Draft,
  INVITATION_STATES,
  type Invitation,
  type InvitationState,
  KEPT_DAYS,
  MOST_SLOTS,
  type Sending,
} from './model.ts';

// A manager's people and her invitations to them. What others own (people, appointments) is only read here.

const DAY_MINUTES = 24 * 60;
const stateOf = (status: string): InvitationState => INVITATION_STATES.find((one) => one === status) ?? 'expired';

interface ClientRow {
  personId: string;
  number: number;
  nickname: Uint8Array | null;
  unreachable: boolean;
  seenAt: Date | null;
  nextId: string | null;
  nextAt: Date | null;
  invited: boolean;
  stopped: boolean;
}

/** A manager's people, those whom she has not seen for longest first. What did not take place is no seeing. */
export async function listClients(db: Db, seal: Seal, managerId: string, now: Instant): Promise<Client[]> {
  const rows = await db.sql<ClientRow>(
    `SELECT r.person_id AS "personId", r.number, r.nickname, p.unreachable_since IS NOT NULL AS unreachable,
       seen.at AS "seenAt", next.id AS "nextId", next.at AS "nextAt",
       EXISTS (SELECT 1 FROM invitation i JOIN outreach o ON o.id = i.outreach_id
         WHERE i.refugee_id = r.person_id AND i.status = 'open' AND i.expires_at > $2::timestamptz
           AND o.manager_id = $1) AS invited,
       EXISTS (SELECT 1 FROM invitation_stop s WHERE s.refugee_id = r.person_id) AS stopped
     FROM refugee r JOIN person p ON p.id = r.person_id
       LEFT JOIN LATERAL (SELECT max(ends_at) AS at FROM appointment
         WHERE refugee_id = r.person_id AND status = 'booked' AND ends_at <= $2::timestamptz
           AND coalesce(outcome NOT IN ('missed', 'called-off'), true)) seen ON true
       LEFT JOIN LATERAL (SELECT id, starts_at AS at FROM appointment
         WHERE refugee_id = r.person_id AND status = 'booked' AND ends_at > $2::timestamptz
         ORDER BY starts_at LIMIT 1) next ON true
     WHERE r.manager_id = $1 ORDER BY seen.at NULLS FIRST, r.number`,
    [managerId, toDate(now)],
  );
  return rows.map((row) => ({
    personId: row.personId,
    number: row.number,
    nickname: row.nickname === null ? undefined : seal.open('nickname', row.nickname),
    seenAt: row.seenAt === null ? undefined : fromDate(row.seenAt),
    next: row.nextId === null || row.nextAt === null ? undefined : { id: row.nextId, startsAt: fromDate(row.nextAt) },
    isReachable: !row.unreachable,
    isInvited: row.invited,
    hasStopped: row.stopped,
  }));
}

/** A new draft; a manager has one at a time. */
export async function insertDraft(db: Db, managerId: string, now: Instant): Promise<string> {
  const id = newId();
  await db.prisma.outreach.deleteMany({ where: { managerId, sentAt: null } });
  await db.prisma.outreach.create({ data: { id, managerId, createdAt: toDate(now) } });
  return id;
}

export async function findDraft(db: Db, managerId: string, id: string): Promise<Draft | undefined> {
  const row = await db.prisma.outreach.findFirst({
    where: { id, managerId, sentAt: null },
    include: { invitations: { select: { refugeeId: true } } },
  });
  if (row === null) return undefined;
  return {
    id: row.id,
    way: (row.way ?? undefined) as Way | undefined,
    slots: row.slots.map(fromDate).toSorted((a, b) => a - b),
    picked: new Set(row.invitations.map(({ refugeeId }) => refugeeId)),
  };
}

/** Picks exactly these people of hers. */
export async function pick(db: Db, managerId: string, draft: string, refugeeIds: readonly string[]): Promise<void> {
  const where = { outreachId: draft, status: 'picked', outreach: { managerId, sentAt: null } };
  await db.prisma.invitation.deleteMany({ where });
  await addPicks(db, managerId, draft, refugeeIds);
}

export async function addPicks(db: Db, managerId: string, draft: string, refugeeIds: readonly string[]): Promise<void> {
  await db.sql(
    `INSERT INTO invitation (id, outreach_id, refugee_id)
     SELECT t.id, o.id, r.person_id FROM unnest($3::text[], $4::text[]) AS t(id, refugee_id)
       JOIN outreach o ON o.id = $2 AND o.manager_id = $1 AND o.sent_at IS NULL
       JOIN refugee r ON r.person_id = t.refugee_id AND r.manager_id = $1
     ON CONFLICT DO NOTHING`,
    [managerId, draft, refugeeIds.map(() => newId()), refugeeIds],
  );
}

/** True when she was picked until now. */
export async function unpick(db: Db, managerId: string, draft: string, refugeeId: string): Promise<boolean> {
  const where = { outreachId: draft, refugeeId, status: 'picked', outreach: { managerId, sentAt: null } };
  return (await db.prisma.invitation.deleteMany({ where })).count > 0;
}

/** Another way has other times: those chosen before go. */
export async function setWay(db: Db, managerId: string, draft: string, way: Way): Promise<void> {
  await db.prisma.outreach.updateMany({
    where: { id: draft, managerId, sentAt: null, OR: [{ way: null }, { way: { not: way } }] },
    data: { way, slots: [] },
  });
}

/** Adds a time or takes it away again; a fourth is not added. */
export async function toggleSlot(db: Db, managerId: string, draft: string, startsAt: Instant): Promise<void> {
  await db.sql(
    `UPDATE outreach SET slots = CASE
       WHEN $3::timestamptz = ANY(slots) THEN array_remove(slots, $3::timestamptz)
       WHEN cardinality(slots) < $4::int THEN array_append(slots, $3::timestamptz)
       ELSE slots END
     WHERE id = $1 AND manager_id = $2 AND sent_at IS NULL`,
    [draft, managerId, toDate(startsAt), MOST_SLOTS],
  );
}

/** Makes the draft a sending; undefined when it was sent before, or is no draft of hers with a way. */
export async function markSent(
  tx: Db,
  managerId: string,
  draft: string,
  now: Instant,
): Promise<{ way: Way; slots: Instant[] } | undefined> {
  const [row] = await tx.sql<{ way: Way }>(
    `UPDATE outreach SET sent_at = $3::timestamptz
     WHERE id = $1 AND manager_id = $2 AND sent_at IS NULL AND way IS NOT NULL RETURNING way`,
    [draft, managerId, toDate(now)],
  );
  if (row === undefined) return undefined;
  const { slots } = await tx.prisma.outreach.findUniqueOrThrow({ where: { id: draft }, select: { slots: true } });
  return { way: row.way, slots: slots.map(fromDate).toSorted((a, b) => a - b) };
}

/**
 * What has run out, or came from a manager who is hers no more, makes room for a new invitation of the same person; of one
 * manager's people, or of all.
 */
export async function expireInvitations(db: Db, now: Instant, managerId?: string): Promise<void> {
  await db.sql(
    `UPDATE invitation i SET status = 'expired' FROM outreach o, refugee r
     WHERE o.id = i.outreach_id AND r.person_id = i.refugee_id AND i.status = 'open'
       AND (i.expires_at <= $1::timestamptz OR r.manager_id IS DISTINCT FROM o.manager_id)
       AND ($2::text IS NULL OR r.manager_id = $2::text)`,
    [toDate(now), managerId ?? null],
  );
}

/** Opens the invitations of those who were picked and may be invited; the others' go. Returns them in that order. */
export async function openInvitations(
  tx: Db,
  outreachId: string,
  refugeeIds: readonly string[],
  expiresAt: Instant,
): Promise<{ id: string; refugeeId: string }[]> {
  const rows = await tx.sql<{ id: string; refugeeId: string }>(
    `UPDATE invitation SET status = 'open', expires_at = $3::timestamptz
     WHERE outreach_id = $1 AND status = 'picked' AND refugee_id = ANY($2::text[])
     RETURNING id, refugee_id AS "refugeeId"`,
    [outreachId, refugeeIds, toDate(expiresAt)],
  );
  await tx.prisma.invitation.deleteMany({ where: { outreachId, status: 'picked' } });
  const order = new Map(refugeeIds.map((id, index) => [id, index]));
  return rows.toSorted((a, b) => (order.get(a.refugeeId) ?? 0) - (order.get(b.refugeeId) ?? 0));
}

/** Whoever has booked since she was invited, also with who stands in, has answered; of one manager's, or of all. */
export async function settleBooked(db: Db, managerId?: string): Promise<void> {
  await db.sql(
    `UPDATE invitation i SET status = 'booked' FROM outreach o
     WHERE o.id = i.outreach_id AND i.status = 'open' AND ($1::text IS NULL OR o.manager_id = $1::text)
       AND EXISTS (SELECT 1 FROM appointment a
         WHERE a.refugee_id = i.refugee_id AND a.status = 'booked' AND a.booked_at >= o.sent_at)`,
    [managerId ?? null],
  );
}

/** For its reader only where `refugeeId` is given. */
export async function findInvitation(
  db: Db,
  id: string,
  refugeeId?: string,
): Promise<(Invitation & { readonly hasStopped: boolean }) | undefined> {
  const row = await db.prisma.invitation.findFirst({
    where: { id, status: { not: 'picked' }, ...(refugeeId !== undefined && { refugeeId }) },
    include: { outreach: true, refugee: { select: { invitationStop: true } } },
  });
  if (row === null || row.expiresAt === null || row.outreach.way === null) return undefined;
  return {
    id: row.id,
    managerId: row.outreach.managerId,
    way: row.outreach.way as Way,
    slots: row.outreach.slots.map(fromDate).toSorted((a, b) => a - b),
    status: stateOf(row.status),
    expiresAt: fromDate(row.expiresAt),
    hasStopped: row.refugee.invitationStop !== null,
  };
}

export async function settleInvitation(
  db: Db,
  id: string,
  refugeeId: string,
  status: 'booked' | 'later',
): Promise<void> {
  await db.prisma.invitation.updateMany({
    where: { id, refugeeId, status: { in: ['open', 'later'] } },
    data: { status },
  });
}

/** An open invitation of hers that has not run out. */
export async function findOpenOf(db: Db, refugeeId: string, now: Instant): Promise<boolean> {
  return (
    (await db.prisma.invitation.count({ where: { refugeeId, status: 'open', expiresAt: { gt: toDate(now) } } })) > 0
  );
}

export async function setStop(db: Db, refugeeId: string, since: Instant | undefined): Promise<void> {
  if (since === undefined) {
    await db.prisma.invitationStop.deleteMany({ where: { refugeeId } });
    return;
  }
  await db.prisma.invitationStop.createMany({ data: [{ refugeeId, since: toDate(since) }], skipDuplicates: true });
  await db.prisma.invitation.updateMany({ where: { refugeeId, status: 'open' }, data: { status: 'later' } });
}

export async function hasStopped(db: Db, refugeeId: string): Promise<boolean> {
  return (await db.prisma.invitationStop.count({ where: { refugeeId } })) > 0;
}

const WITH_PEOPLE = {
  invitations: {
    where: { status: { not: 'picked' } },
    include: { refugee: { include: { person: { select: { unreachableSince: true } } } } },
  },
} as const;

/** What a manager has sent, newest first. */
export async function listSendings(
  db: Db,
  seal: Seal,
  managerId: string,
  now: Instant,
  id?: string,
): Promise<Sending[]> {
  const rows = await db.prisma.outreach.findMany({
    where: { managerId, sentAt: { not: null }, ...(id !== undefined && { id }) },
    include: WITH_PEOPLE,
    orderBy: [{ sentAt: 'desc' }, { id: 'asc' }],
  });
  return rows.map((row) => ({
    id: row.id,
    way: row.way as Way,
    slots: row.slots.map(fromDate),
    sentAt: fromDate(row.sentAt ?? row.createdAt),
    people: row.invitations
      .map(({ status, expiresAt, refugee }) => ({
        number: refugee.number,
        nickname: refugee.nickname === null ? undefined : seal.open('nickname', refugee.nickname),
        status: status === 'open' && expiresAt !== null && fromDate(expiresAt) <= now ? 'expired' : stateOf(status),
        isReachable: refugee.person.unreachableSince === null,
      }))
      .toSorted((a, b) => a.number - b.number),
  }));
}

/** Drafts of yesterday, and what was sent long ago: nothing is counted against anybody. */
export async function forgetInvitations(db: Db, now: Instant): Promise<void> {
  await expireInvitations(db, now);
  await db.prisma.outreach.deleteMany({
    where: {
      OR: [
        { sentAt: null, createdAt: { lt: toDate(addMinutes(now, -DAY_MINUTES)) } },
        { sentAt: { lt: toDate(addMinutes(now, -KEPT_DAYS * DAY_MINUTES)) } },
      ],
    },
  });
}
