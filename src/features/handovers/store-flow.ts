import type { Db } from '../../platform/database.ts';
import { fromDate, type Instant, toDate } from '../../platform/datetime.ts';
import type { DeclineReason, Status } from './model.ts';

// What moves a case from one status to the next. Each is one statement that says from which status it may come, so that
// of two at once exactly one does it.

/** What may never outlive a case that ended without an acceptance. */
export const FORGOTTEN = `text = NULL, phone = NULL, nickname = NULL, topics = '{}', tried = '{}', languages = '{}', reach = '{}',
  available = '{}', urgency = NULL, interpreter = false`;

/** Back to the team, from the moment $2 on: its deadlines begin again. */
export const WAITS_ANEW = `status = 'sent', manager_id = NULL, accepted_at = NULL, addressee_id = NULL, waits_since = $2,
  reminded_at = NULL, escalated_at = NULL, calls = 0, called_at = NULL, answered_at = NULL, duty_id = NULL`;

const one = async (rows: Promise<{ id: string }[]>): Promise<boolean> => (await rows).length > 0;

/**
 * Holds a case as long as the transaction lasts, if it has that status. Every transaction that touches a case and what
 * hangs on it takes the case first: nobody waits in a circle, and whoever comes second reads what the first did.
 */
export const hold = (tx: Db, id: string, status: Status) =>
  one(tx.sql('SELECT id FROM handover WHERE id = $1 AND status = $2 FOR UPDATE', [id, status]));

export interface LinkRow {
  readonly handoverId: string;
  readonly expiresAt: Instant;
  readonly claimedBy: string | undefined;
  readonly isUsed: boolean;
}

/** A new link takes the place of the one before. */
export async function insertLink(
  tx: Db,
  link: { handoverId: string; tokenHash: string; now: Instant; expiresAt: Instant },
): Promise<void> {
  await tx.sql(
    `INSERT INTO consent_link (handover_id, token_hash, created_at, expires_at) VALUES ($1, $2, $3, $4)
     ON CONFLICT (handover_id) DO UPDATE SET token_hash = excluded.token_hash, created_at = excluded.created_at,
       expires_at = excluded.expires_at, claimed_by = NULL, used_at = NULL`,
    [link.handoverId, link.tokenHash, toDate(link.now), toDate(link.expiresAt)],
  );
}

export async function findLink(db: Db, tokenHash: string): Promise<LinkRow | undefined> {
  const row = await db.prisma.consentLink.findUnique({ where: { tokenHash } });
  if (row === null) return undefined;
  return {
    handoverId: row.handoverId,
    expiresAt: fromDate(row.expiresAt),
    claimedBy: row.claimedBy ?? undefined,
    isUsed: row.usedAt !== null,
  };
}

/** Whoever says first "this is for me" has the link; nobody else sees more of it. */
export const claimLink = (db: Db, tokenHash: string, mark: string, now: Instant) =>
  one(
    db.sql(
      `UPDATE consent_link SET claimed_by = $2 WHERE token_hash = $1 AND used_at IS NULL AND expires_at > $3
         AND (claimed_by IS NULL OR claimed_by = $2) RETURNING handover_id AS id`,
      [tokenHash, mark, toDate(now)],
    ),
  );

/** Uses a link once; undefined when it was used, has run out, or is another's. The mark of the account goes. */
export async function useLink(tx: Db, tokenHash: string, mark: string, now: Instant): Promise<string | undefined> {
  const rows = await tx.sql<{ id: string }>(
    `UPDATE consent_link SET used_at = $3, claimed_by = NULL WHERE token_hash = $1 AND used_at IS NULL
       AND expires_at > $3 AND claimed_by = $2 RETURNING handover_id AS id`,
    [tokenHash, mark, toDate(now)],
  );
  return rows[0]?.id;
}

export async function deleteLink(tx: Db, handoverId: string): Promise<void> {
  await tx.prisma.consentLink.deleteMany({ where: { handoverId } });
}

export const askConsent = (tx: Db, volunteerId: string, id: string) =>
  one(
    tx.sql(
      `UPDATE handover SET status = 'waiting' WHERE id = $1 AND volunteer_id = $2 AND status IN ('draft', 'waiting') RETURNING id`,
      [id, volunteerId],
    ),
  );

export const backToDraft = (tx: Db, volunteerId: string, id: string) =>
  one(
    tx.sql(
      `UPDATE handover SET status = 'draft' WHERE id = $1 AND volunteer_id = $2 AND status = 'waiting' RETURNING id`,
      [id, volunteerId],
    ),
  );

/** It leaves the draft. The caller has a consent in its hand and writes it in the same transaction. */
export const send = (tx: Db, sent: { id: string; refugeeId: string; carrierId: string | undefined; now: Instant }) =>
  one(
    tx.sql(
      `UPDATE handover SET status = 'sent', sent_at = $2, refugee_id = $3, carrier_id = $4 WHERE id = $1 AND status = 'waiting'
       RETURNING id`,
      [sent.id, toDate(sent.now), sent.refugeeId, sent.carrierId ?? null],
    ),
  );

export const refuse = (tx: Db, id: string, now: Instant) =>
  one(
    tx.sql(
      `UPDATE handover SET status = 'refused', ended_at = $2, ${FORGOTTEN} WHERE id = $1 AND status = 'waiting' RETURNING id`,
      [id, toDate(now)],
    ),
  );

export const accept = (tx: Db, managerId: string, id: string, now: Instant) =>
  one(
    tx.sql(
      `UPDATE handover SET status = 'accepted', manager_id = $2, accepted_at = $3 WHERE id = $1 AND status = 'sent' RETURNING id`,
      [id, managerId, toDate(now)],
    ),
  );

/** One manager cannot take it. False where she has said so before, or it waits no more. */
export const insertReply = (tx: Db, managerId: string, id: string, reason: DeclineReason, now: Instant) =>
  one(
    tx.sql(
      `INSERT INTO handover_reply (handover_id, manager_id, reason, at) SELECT id, $2::text, $3::text, $4::timestamptz FROM handover
       WHERE id = $1 AND status = 'sent' ON CONFLICT DO NOTHING RETURNING handover_id AS id`,
      [id, managerId, reason, toDate(now)],
    ),
  );

export async function listReplies(db: Db, id: string): Promise<string[]> {
  const rows = await db.prisma.handoverReply.findMany({ where: { handoverId: id }, select: { managerId: true } });
  return rows.map(({ managerId }) => managerId);
}

export async function listDeclinedBy(db: Db, managerId: string): Promise<string[]> {
  const where = { managerId, handover: { status: 'sent' } };
  return (await db.prisma.handoverReply.findMany({ where, select: { handoverId: true } })).map((row) => row.handoverId);
}

/** Nobody takes it: content goes, the reason stays. */
export const decline = (tx: Db, id: string, reason: DeclineReason, now: Instant) =>
  one(
    tx.sql(
      `UPDATE handover SET status = 'declined', reason = $2, ended_at = $3, ${FORGOTTEN} WHERE id = $1 AND status = 'sent'
       RETURNING id`,
      [id, reason, toDate(now)],
    ),
  );

export async function insertEvent(
  tx: Db,
  event: {
    handoverId: string;
    kind: string;
    by: 'volunteer' | 'refugee' | 'manager' | 'coordinator' | 'clock';
    managerId?: string;
    reason?: string;
    now: Instant;
  },
): Promise<void> {
  const { now, ...rest } = event;
  await tx.prisma.handoverEvent.create({ data: { ...rest, at: toDate(now) } });
}

/** What a manager who leaves had accepted waits for her team again; returns which cases. */
export async function returnAllOf(tx: Db, managerId: string, now: Instant): Promise<string[]> {
  const rows = await tx.sql<{ id: string }>(
    `UPDATE handover SET ${WAITS_ANEW} WHERE manager_id = $1 AND status = 'accepted' RETURNING id`,
    [managerId, toDate(now)],
  );
  await tx.prisma.handoverReply.deleteMany({ where: { handoverId: { in: rows.map(({ id }) => id) } } });
  return rows.map(({ id }) => id);
}

/** What only she was asked to take is everybody's again; returns which cases. */
export async function clearAddressed(tx: Db, managerId: string): Promise<string[]> {
  const rows = await tx.sql<{ id: string }>(
    `UPDATE handover SET addressee_id = NULL WHERE addressee_id = $1 AND status = 'sent' RETURNING id`,
    [managerId],
  );
  return rows.map(({ id }) => id);
}

/** Nobody who is still there has asked anything: then it counts as unanswered again. */
export async function forgetAnswersOf(tx: Db, managerId: string): Promise<void> {
  await tx.sql(
    `UPDATE handover h SET answered_at = NULL WHERE h.status = 'sent' AND h.answered_at IS NOT NULL
       AND EXISTS (SELECT 1 FROM handover_message m WHERE m.handover_id = h.id AND m.manager_id = $1)
       AND NOT EXISTS (
         SELECT 1 FROM handover_message m JOIN manager o ON o.id = m.manager_id
         WHERE m.handover_id = h.id AND m.manager_id <> $1 AND o.left_at IS NULL)`,
    [managerId],
  );
}

/** What only a volunteer who goes could see: her drafts, and what was not agreed to. */
export async function deleteUnsentOf(tx: Db, volunteerId: string): Promise<void> {
  await tx.prisma.handover.deleteMany({ where: { volunteerId, status: { in: ['draft', 'waiting', 'refused'] } } });
}

/** Links that this account has opened and not answered; their cases. */
export async function listClaimed(tx: Db, mark: string): Promise<string[]> {
  const rows = await tx.prisma.consentLink.findMany({ where: { claimedBy: mark }, select: { handoverId: true } });
  return rows.map(({ handoverId }) => handoverId);
}

/** A person goes, and with her everything that was said about her. What is done stays as a bare number. */
export async function forgetRefugee(tx: Db, personId: string, now: Instant): Promise<void> {
  await tx.prisma.handoverConsent.deleteMany({ where: { handover: { refugeeId: personId } } });
  await tx.prisma.handoverMessage.deleteMany({ where: { handover: { refugeeId: personId } } });
  await tx.sql(
    `UPDATE handover SET status = 'revoked', ended_at = $2, manager_id = NULL, refugee_id = NULL, ${FORGOTTEN}
     WHERE refugee_id = $1 AND status IN ('sent', 'accepted')`,
    [personId, toDate(now)],
  );
  await tx.sql(`UPDATE handover SET refugee_id = NULL, ${FORGOTTEN} WHERE refugee_id = $1`, [personId]);
}

export async function deleteUnsent(db: Db, before: Instant): Promise<void> {
  await db.prisma.handover.deleteMany({
    where: { status: { in: ['draft', 'waiting', 'refused'] }, createdAt: { lt: toDate(before) } },
  });
}

/** What waited too long; returns which cases. */
export async function lapse(tx: Db, before: Instant, now: Instant): Promise<string[]> {
  const rows = await tx.sql<{ id: string }>(
    `UPDATE handover SET status = 'lapsed', reason = 'capacity', ended_at = $2, ${FORGOTTEN}
     WHERE status = 'sent' AND coalesce(waits_since, sent_at) < $1 RETURNING id`,
    [toDate(before), toDate(now)],
  );
  return rows.map(({ id }) => id);
}

/** Bare rows of what ended without an acceptance. */
export async function deleteEnded(db: Db, before: Instant): Promise<void> {
  await db.prisma.handover.deleteMany({
    where: { status: { in: ['declined', 'withdrawn', 'revoked', 'lapsed'] }, endedAt: { lt: toDate(before) } },
  });
}
