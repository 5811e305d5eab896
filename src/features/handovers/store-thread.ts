import type { Db } from '../../platform/database.ts';
import { fromDate, type Instant, toDate } from '../../platform/datetime.ts';

export interface MessageRow {
  readonly by: 'volunteer' | 'manager';
  readonly managerId: string | undefined;
  readonly managerName: string | undefined;
  readonly text: Uint8Array;
  readonly sentAt: Instant;
}

/** Oldest first. */
export async function listMessages(db: Db, handoverId: string): Promise<MessageRow[]> {
  const rows = await db.prisma.handoverMessage.findMany({
    where: { handoverId },
    orderBy: [{ sentAt: 'asc' }, { id: 'asc' }],
    include: { manager: { select: { name: true } } },
  });
  return rows.map((row) => ({
    by: row.by === 'manager' ? 'manager' : 'volunteer',
    managerId: row.managerId ?? undefined,
    managerName: row.manager?.name,
    text: row.text,
    sentAt: fromDate(row.sentAt),
  }));
}

/**
 * Writes one message while the case is open and the refugee's consent to talk lives; holds the case, so that none is
 * written into one that ends. The same id again writes nothing. `new` says whether it was written now.
 */
export async function insertMessage(
  tx: Db,
  message: {
    id: string;
    handoverId: string;
    by: 'volunteer' | 'manager';
    managerId: string | undefined;
    text: Uint8Array;
    limit: number;
    now: Instant;
  },
): Promise<'new' | 'known' | 'full' | 'closed'> {
  const held = await tx.sql(
    `SELECT id FROM handover h WHERE id = $1 AND status IN ('sent', 'accepted') AND EXISTS (
       SELECT 1 FROM handover_consent c WHERE c.handover_id = h.id AND c.purpose = 'talk' AND c.revoked_at IS NULL)
     FOR UPDATE`,
    [message.handoverId],
  );
  if (held.length === 0) return 'closed';
  const { handoverId, id } = message;
  if ((await tx.prisma.handoverMessage.count({ where: { id } })) > 0) return 'known';
  if ((await tx.prisma.handoverMessage.count({ where: { handoverId } })) >= message.limit) return 'full';
  await tx.prisma.handoverMessage.create({
    data: {
      id,
      handoverId,
      by: message.by,
      managerId: message.managerId ?? null,
      text: Buffer.from(message.text),
      sentAt: toDate(message.now),
    },
  });
  return 'new';
}

/** Somebody of the team has asked: nobody needs to be called any more. */
export async function markAnswered(tx: Db, id: string, now: Instant): Promise<void> {
  await tx.sql(`UPDATE handover SET answered_at = coalesce(answered_at, $2) WHERE id = $1 AND status = 'sent'`, [
    id,
    toDate(now),
  ]);
}

/** What a volunteer wrote goes with her. */
export async function forgetVolunteer(tx: Db, volunteerId: string): Promise<void> {
  await tx.prisma.handoverMessage.deleteMany({ where: { by: 'volunteer', handover: { volunteerId } } });
}
