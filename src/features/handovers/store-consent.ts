import type { Db } from '../../platform/database.ts';
import { fromDate, type Instant, toDate } from '../../platform/datetime.ts';
import type { Locale } from '../../platform/locale.ts';
import {
  type Agreement,
  type ConsentWay,
  type ExtraPurpose,
  HANDOVER_CONSENT_VERSION,
  PURPOSES,
  type Purpose,
} from './model.ts';
import { FORGOTTEN } from './store-flow.ts';

// Proofs of consent, one for each purpose, and what ends with them.

/** Writes what she agrees to: passing on, and what she allows beside it. `newId` draws a key for each proof. */
export async function insertAgreement(
  tx: Db,
  handoverId: string,
  { way, locale, purposes, paperDay }: Agreement,
  now: Instant,
  newId: () => string,
): Promise<void> {
  await tx.prisma.handoverConsent.createMany({
    data: (['pass-on', ...purposes] as const).map((purpose) => ({
      id: newId(),
      handoverId,
      purpose,
      way,
      locale,
      version: HANDOVER_CONSENT_VERSION,
      givenAt: toDate(now),
      paperDate: paperDay === undefined ? null : new Date(`${paperDay}T00:00:00Z`),
    })),
  });
}

/** What is agreed to now, and how she said so. */
export async function findConsents(
  db: Db,
  handoverId: string,
): Promise<{
  readonly way: ConsentWay | undefined;
  readonly givenAt: Instant | undefined;
  readonly purposes: readonly Purpose[];
}> {
  const rows = await db.prisma.handoverConsent.findMany({ where: { handoverId, revokedAt: null } });
  const first = rows.find(({ purpose }) => purpose === 'pass-on');
  return {
    way: first?.way as ConsentWay | undefined,
    givenAt: first === undefined ? undefined : fromDate(first.givenAt),
    purposes: PURPOSES.filter((purpose) => rows.some((row) => row.purpose === purpose)),
  };
}

/** She allows one thing more, from her own chat. Pressed twice is once. */
export async function insertPurpose(
  tx: Db,
  given: { id: string; handoverId: string; purpose: ExtraPurpose; locale: Locale; now: Instant },
): Promise<void> {
  await tx.sql(
    `INSERT INTO handover_consent (id, handover_id, purpose, way, version, locale, given_at)
     VALUES ($1, $2, $3, 'link', $4, $5, $6) ON CONFLICT (handover_id, purpose) WHERE revoked_at IS NULL DO NOTHING`,
    [given.id, given.handoverId, given.purpose, HANDOVER_CONSENT_VERSION, given.locale, toDate(given.now)],
  );
}

export async function endPurpose(tx: Db, handoverId: string, purpose: ExtraPurpose, now: Instant): Promise<void> {
  await tx.prisma.handoverConsent.updateMany({
    where: { handoverId, purpose, revokedAt: null },
    data: { revokedAt: toDate(now) },
  });
}

/** What was written about a case, sealed, oldest first. */
export async function listMessages(
  db: Db,
  handoverId: string,
): Promise<{ readonly by: 'volunteer' | 'manager'; readonly text: Uint8Array; readonly at: Instant }[]> {
  const rows = await db.prisma.handoverMessage.findMany({
    where: { handoverId },
    orderBy: [{ sentAt: 'asc' }, { id: 'asc' }],
  });
  return rows.map(({ by, text, sentAt }) => ({
    by: by === 'manager' ? 'manager' : 'volunteer',
    text,
    at: fromDate(sentAt),
  }));
}

/** Holds a case as long as the transaction lasts, whatever its status. */
export async function holdCase(tx: Db, id: string): Promise<void> {
  await tx.sql('SELECT id FROM handover WHERE id = $1 FOR UPDATE', [id]);
}

/** She takes her yes back: the case ends, content goes, nobody has it any more. False where it has ended already. */
export async function revoke(tx: Db, id: string, now: Instant): Promise<boolean> {
  const rows = await tx.sql<{ id: string }>(
    `UPDATE handover SET status = 'revoked', ended_at = $2, manager_id = NULL, refugee_id = NULL, ${FORGOTTEN}
     WHERE id = $1 AND status IN ('sent', 'accepted') RETURNING id`,
    [id, toDate(now)],
  );
  if (rows.length === 0) return false;
  const of = { where: { handoverId: id } };
  await tx.prisma.handoverConsent.updateMany({
    where: { handoverId: id, revokedAt: null },
    data: { revokedAt: toDate(now) },
  });
  await tx.prisma.handoverMessage.deleteMany(of);
  await tx.prisma.handoverMerge.deleteMany(of);
  return true;
}

/** Whether a person has an account of her own. */
export async function hasAccount(db: Db, personId: string): Promise<boolean> {
  return (await db.prisma.person.count({ where: { id: personId, telegramId: { not: null } } })) > 0;
}

/**
 * Records of people without an account for whom nothing is open: no case that is sent, accepted or ended after `since`,
 * none that was merged into another's, no appointment to come.
 */
export async function listIdleRecords(db: Db, since: Instant, now: Instant): Promise<string[]> {
  const rows = await db.sql<{ id: string }>(
    `SELECT p.id FROM person p JOIN refugee r ON r.person_id = p.id
     WHERE p.telegram_id IS NULL
       AND NOT EXISTS (
         SELECT 1 FROM handover h LEFT JOIN handover_merge m ON m.handover_id = h.id AND m.undone_at IS NULL
         WHERE (h.refugee_id = p.id OR m.from_id = p.id) AND (h.status IN ('sent', 'accepted') OR h.ended_at > $1))
       AND NOT EXISTS (
         SELECT 1 FROM appointment a WHERE a.refugee_id = p.id AND a.status = 'booked' AND a.ends_at > $2)`,
    [toDate(since), toDate(now)],
  );
  return rows.map(({ id }) => id);
}
