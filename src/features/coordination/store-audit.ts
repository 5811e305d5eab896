import type { Db } from '../../platform/database.ts';
import { fromDate, type Instant, toDate } from '../../platform/datetime.ts';
import { ACTS, type Act, AUDIT_KEPT_MONTHS, type AuditDraft } from './model.ts';

// What coordinators did. The database refuses to change a row, and to forget one too early.

export interface AuditRow {
  readonly at: Instant;
  /** Her name; undefined after her erasure, or when she neither coordinates nor is a manager any more. */
  readonly actor: string | undefined;
  readonly act: Act;
  readonly subject: string;
  readonly counts: Readonly<Record<string, number>>;
}

export async function insertEntry(
  tx: Db,
  entry: AuditDraft & { readonly actorId: string | undefined; readonly at: Instant },
): Promise<void> {
  await tx.prisma.auditEntry.create({
    data: {
      at: toDate(entry.at),
      actorId: entry.actorId ?? null,
      carrierId: entry.carrierId ?? null,
      kind: entry.act,
      subject: entry.subject,
      ...(entry.counts !== undefined && { counts: { ...entry.counts } }),
    },
  });
}

const within = (carrierId: string | undefined) => (carrierId === undefined ? {} : { carrierId });

/** Newest first: a carrier's, or all. */
export async function listEntries(
  db: Db,
  carrierId: string | undefined,
  skip: number,
  take: number,
): Promise<AuditRow[]> {
  const rows = await db.prisma.auditEntry.findMany({
    where: within(carrierId),
    orderBy: { id: 'desc' },
    include: {
      actor: { select: { coordinator: { select: { name: true } }, manager: { select: { name: true } } } },
    },
    skip,
    take,
  });
  return rows.flatMap((row) => {
    const act = ACTS.find((known) => known === row.kind);
    return act === undefined
      ? []
      : [
          {
            at: fromDate(row.at),
            actor: row.actor?.coordinator?.name ?? row.actor?.manager?.name,
            act,
            subject: row.subject,
            counts: (row.counts ?? {}) as Record<string, number>,
          },
        ];
  });
}

export const countEntries = (db: Db, carrierId: string | undefined): Promise<number> =>
  db.prisma.auditEntry.count({ where: within(carrierId) });

/** How many entries are older than they are kept. */
export async function countOld(db: Db, now: Instant): Promise<number> {
  const [row] = await db.sql<{ count: number }>(
    `SELECT count(*)::int AS count FROM audit_entry WHERE at < $1::timestamptz - interval '${AUDIT_KEPT_MONTHS} months'`,
    [toDate(now)],
  );
  return row?.count ?? 0;
}

export async function deleteOld(tx: Db, now: Instant): Promise<void> {
  await tx.sql(`DELETE FROM audit_entry WHERE at < $1::timestamptz - interval '${AUDIT_KEPT_MONTHS} months'`, [
    toDate(now),
  ]);
}
