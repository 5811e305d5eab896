import type { Db } from '../../platform/database.ts';
import { type Instant, toDate } from '../../platform/datetime.ts';

// Records of people, for the question whether two of them are one person. Only what one manager has.

export interface RecordRow {
  /** The case; null for a person of hers about whom none was handed over. */
  readonly id: string | null;
  readonly personId: string;
  readonly number: number;
  readonly ags: string | null;
  readonly town: string | null;
  readonly languages: string[];
  readonly phone: Uint8Array | null;
  /** Somebody without an account, whose case may be joined to another record. */
  readonly isRecord: boolean;
}

/** Cases that she has accepted and that are joined to nobody, and her people. */
export const listRecords = (db: Db, managerId: string): Promise<RecordRow[]> =>
  db.sql<RecordRow>(
    `SELECT h.id, r.person_id AS "personId", r.number, h.ags, t.name AS town, h.languages, h.phone,
       p.telegram_id IS NULL AS "isRecord"
     FROM handover h JOIN refugee r ON r.person_id = h.refugee_id JOIN person p ON p.id = r.person_id
     LEFT JOIN municipality t ON t.ags = h.ags
     WHERE h.manager_id = $1 AND h.status = 'accepted'
       AND NOT EXISTS (SELECT 1 FROM handover_merge g WHERE g.handover_id = h.id AND g.undone_at IS NULL)
     UNION ALL
     SELECT NULL, r.person_id, r.number, r.ags, t.name, array_remove(ARRAY[r.interpreter_language], NULL), NULL,
       p.telegram_id IS NULL
     FROM refugee r JOIN person p ON p.id = r.person_id LEFT JOIN municipality t ON t.ags = r.ags
     WHERE r.manager_id = $1
     ORDER BY 3, 1`,
    [managerId],
  );

export interface MergedRow {
  readonly id: string;
  readonly from: number;
  readonly into: number;
}

/** What is joined in her open cases, newest first. */
export const listMerged = (db: Db, managerId: string): Promise<MergedRow[]> =>
  db.sql<MergedRow>(
    `SELECT g.handover_id AS id, f.number AS "from", i.number AS "into"
     FROM handover_merge g JOIN handover h ON h.id = g.handover_id
     JOIN refugee f ON f.person_id = g.from_id JOIN refugee i ON i.person_id = g.into_id
     WHERE g.undone_at IS NULL AND h.manager_id = $1 AND h.status = 'accepted' ORDER BY g.merged_at DESC, g.id`,
    [managerId],
  );

/** Joins a case to another record; what was before is kept. False where it is no longer as it was shown. */
export async function merge(
  tx: Db,
  join: { key: string; id: string; fromId: string; intoId: string; managerId: string; now: Instant },
): Promise<boolean> {
  const rows = await tx.sql<{ id: string }>(
    `UPDATE handover SET refugee_id = $3 WHERE id = $1 AND refugee_id = $2 AND manager_id = $4 AND status = 'accepted'
     RETURNING id`,
    [join.id, join.fromId, join.intoId, join.managerId],
  );
  if (rows.length === 0) return false;
  const { key, id, fromId, intoId, managerId, now } = join;
  await tx.prisma.handoverMerge.create({
    data: { id: key, handoverId: id, fromId, intoId, managerId, mergedAt: toDate(now) },
  });
  return true;
}

/** Whose yes a case rests on: not the record that it was joined to by hand, which may be another's. */
export async function findAgreeing(db: Db, id: string): Promise<string | undefined> {
  const [row] = await db.sql<{ personId: string | null }>(
    `SELECT coalesce(g.from_id, h.refugee_id) AS "personId" FROM handover h
     LEFT JOIN handover_merge g ON g.handover_id = h.id AND g.undone_at IS NULL WHERE h.id = $1`,
    [id],
  );
  return row?.personId ?? undefined;
}

/** Takes a joining back: the number that the case has again. */
export async function undo(tx: Db, id: string, managerId: string, now: Instant): Promise<number | undefined> {
  const [joined] = await tx.sql<{ fromId: string }>(
    `UPDATE handover_merge g SET undone_at = $3 FROM handover h
     WHERE g.handover_id = $1 AND g.undone_at IS NULL AND h.id = g.handover_id AND h.manager_id = $2 AND h.status = 'accepted'
     RETURNING g.from_id AS "fromId"`,
    [id, managerId, toDate(now)],
  );
  if (joined === undefined) return undefined;
  const [back] = await tx.sql<{ number: number }>(
    `UPDATE handover h SET refugee_id = r.person_id FROM refugee r WHERE h.id = $1 AND r.person_id = $2 RETURNING r.number`,
    [id, joined.fromId],
  );
  return back?.number;
}
