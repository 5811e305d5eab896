import type { Db } from '../../platform/database.ts';
import { fromDate, type Instant, toDate } from '../../platform/datetime.ts';
import { COMPLAINTS, IMPORT_WAYS, type LineNote, type SourceFacts } from './model.ts';
import { type FileFailure, REPORT_STATUSES, type ReportLine, type StoredReport } from './model-sources.ts';

// Reports of deliveries, what is fetched when, and files that wait to be read.

const knownOr = <T extends string>(all: readonly T[], text: string, otherwise: T): T =>
  all.find((one) => one === text) ?? otherwise;

function notesOf(json: unknown): LineNote[] {
  if (!Array.isArray(json)) return [];
  return json.map(({ line, complaint, field }: { line: number; complaint: string; field: string | null }) => ({
    line,
    complaint: knownOr(COMPLAINTS, complaint, 'record'),
    field: field ?? undefined,
  }));
}

interface ImportRow {
  readonly id: string;
  readonly startedAt: Date;
  readonly status: string;
  readonly way: string;
}
const lineOf = ({ id, startedAt, status, way }: ImportRow): ReportLine => ({
  importId: id,
  startedAt: fromDate(startedAt),
  status: knownOr(REPORT_STATUSES, status, 'running'),
  way: knownOr(IMPORT_WAYS, way, 'shell'),
});

export async function findReport(db: Db, id: string): Promise<StoredReport | undefined> {
  const row = await db.prisma.courseImport.findUnique({ where: { id }, include: { source: true } });
  if (row === null) return undefined;
  const { isUpdate, read, added, changed, unchanged, gone, vanishing, refused } = row;
  return {
    ...lineOf(row),
    source: { id: row.source.id, name: row.source.name, staleAfterDays: row.source.staleAfterDays },
    isUpdate,
    read,
    added,
    changed,
    unchanged,
    gone,
    vanishing,
    refused,
    refusals: notesOf(row.refusals),
    notes: notesOf(row.notes),
  };
}

/** Newest first. */
export async function listReports(
  db: Db,
  sourceId: string,
  skip: number,
  take: number,
): Promise<{ readonly total: number; readonly reports: readonly ReportLine[] }> {
  const where = { sourceId };
  const [total, rows] = await Promise.all([
    db.prisma.courseImport.count({ where }),
    db.prisma.courseImport.findMany({ where, orderBy: [{ startedAt: 'desc' }, { id: 'desc' }], skip, take }),
  ]);
  return { total, reports: rows.map(lineOf) };
}

/** The newest delivery of each source that has ended, with the first complaint about it. */
export async function listNewest(
  db: Db,
): Promise<ReadonlyMap<string, ReportLine & { readonly complaint: LineNote['complaint'] | undefined }>> {
  const rows = await db.sql<ImportRow & { sourceId: string; complaint: string | null }>(
    `SELECT DISTINCT ON (source_id) source_id AS "sourceId", id, started_at AS "startedAt", status, way,
       refusals->0->>'complaint' AS complaint
     FROM course_import WHERE finished_at IS NOT NULL ORDER BY source_id, started_at DESC, id DESC`,
  );
  return new Map(
    rows.map((row) => [
      row.sourceId,
      {
        ...lineOf(row),
        complaint: row.complaint === null ? undefined : knownOr(COMPLAINTS, row.complaint, 'record'),
      },
    ]),
  );
}

/** Makes a source known that nobody has delivered for yet. */
export async function putSource(db: Db, { id, name, staleAfterDays }: SourceFacts): Promise<void> {
  await db.sql(`INSERT INTO course_source (id, name, stale_after_days) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`, [
    id,
    name,
    staleAfterDays,
  ]);
}

export async function deleteOldReports(db: Db, before: Instant): Promise<void> {
  await db.prisma.courseImport.deleteMany({ where: { startedAt: { lt: toDate(before) } } });
}

// What is fetched again and again.

export async function putSchedule(db: Db, sourceId: string, now: Instant): Promise<void> {
  await db.sql(`INSERT INTO course_schedule (source_id, next_at) VALUES ($1, $2) ON CONFLICT DO NOTHING`, [
    sourceId,
    toDate(now),
  ]);
}

export async function listSchedules(db: Db): Promise<ReadonlyMap<string, Instant>> {
  const rows = await db.prisma.courseSchedule.findMany();
  return new Map(rows.map(({ sourceId, nextAt }) => [sourceId, fromDate(nextAt)]));
}

/**
 * Takes one that is due, for this process alone; undefined where it is not due or somebody has it. A yes to most courses
 * vanishing is used up by it.
 */
export async function takeSchedule(
  db: Db,
  sourceId: string,
  owner: string,
  now: Instant,
  leaseMs: number,
): Promise<{ readonly failures: number; readonly isConfirmed: boolean } | undefined> {
  const [row] = await db.sql<{ failures: number; isConfirmed: boolean }>(
    `UPDATE course_schedule s SET owner = $2, lease_until = $4, is_confirmed = false
     FROM (SELECT source_id, is_confirmed FROM course_schedule
       WHERE source_id = $1 AND next_at <= $3 AND (lease_until IS NULL OR lease_until <= $3) FOR UPDATE) AS before
     WHERE s.source_id = before.source_id
     RETURNING s.failures::int AS failures, before.is_confirmed AS "isConfirmed"`,
    [sourceId, owner, toDate(now), new Date(now + leaseMs)],
  );
  return row;
}

export async function renewSchedule(db: Db, sourceId: string, owner: string, until: Instant): Promise<void> {
  await db.sql(`UPDATE course_schedule SET lease_until = $3 WHERE source_id = $1 AND owner = $2`, [
    sourceId,
    owner,
    toDate(until),
  ]);
}

/** Whoever has lost it meanwhile changes nothing. A yes that came meanwhile is for the next time, which is at once. */
export async function endSchedule(
  db: Db,
  sourceId: string,
  owner: string,
  next: { readonly nextAt: Instant; readonly failures: number },
): Promise<void> {
  await db.sql(
    `UPDATE course_schedule SET owner = NULL, lease_until = NULL, failures = $4,
       next_at = CASE WHEN is_confirmed THEN next_at ELSE $3 END
     WHERE source_id = $1 AND owner = $2`,
    [sourceId, owner, toDate(next.nextAt), next.failures],
  );
}

/** Due at once; false where it is none that is fetched. */
export async function hurrySchedule(db: Db, sourceId: string, isConfirmed: boolean, now: Instant): Promise<boolean> {
  const rows = await db.sql<{ id: string }>(
    `UPDATE course_schedule SET next_at = least(next_at, $2), is_confirmed = $3 WHERE source_id = $1
     RETURNING source_id AS id`,
    [sourceId, toDate(now), isConfirmed],
  );
  return rows.length > 0;
}

// Files of the chat.

export interface FileRow {
  readonly id: string;
  readonly personId: string;
  readonly chatId: number | null;
  readonly locale: string;
  readonly fileId: Uint8Array;
  readonly sourceId: string;
  readonly messageId: number;
  readonly isConfirmed: boolean;
  readonly attempts: number;
  readonly importId: string | null;
  readonly failure: string | null;
  readonly status: string;
}

export async function insertFile(
  db: Db,
  file: { readonly id: string; readonly personId: string; readonly fileId: Uint8Array; readonly now: Instant },
): Promise<void> {
  const { id, personId, fileId, now } = file;
  // One that she has not answered for gives way to the new one.
  await db.prisma.courseFile.deleteMany({ where: { personId, status: { in: ['asked', 'refused'] } } });
  await db.prisma.courseFile.create({
    data: { id, personId, fileId: Buffer.from(fileId), createdAt: toDate(now), status: 'asked' },
  });
}

/** Of two presses one moves it on. */
export async function wantFile(
  db: Db,
  file: {
    readonly id: string;
    readonly personId: string;
    readonly from: 'asked' | 'refused';
    readonly sourceId: string | undefined;
    readonly messageId: number;
    readonly isConfirmed: boolean;
  },
): Promise<boolean> {
  const { id, personId, from, sourceId, messageId, isConfirmed } = file;
  const { count } = await db.prisma.courseFile.updateMany({
    where: { id, personId, status: from },
    data: {
      status: 'wanted',
      messageId,
      isConfirmed,
      importId: null,
      failure: null,
      attempts: 0,
      ...(sourceId !== undefined && { sourceId }),
    },
  });
  return count === 1;
}

export async function findFileStatus(db: Db, id: string, personId: string): Promise<string | undefined> {
  return (await db.prisma.courseFile.findFirst({ where: { id, personId }, select: { status: true } }))?.status;
}

export async function dropFile(db: Db, id: string, personId: string): Promise<void> {
  await db.prisma.courseFile.deleteMany({ where: { id, personId, status: { in: ['asked', 'refused'] } } });
}

/** Takes the oldest that waits, for this process alone: one to be read, or one whose sender is to be told. */
export async function takeFile(
  db: Db,
  status: 'wanted' | 'read',
  owner: string,
  now: Instant,
  leaseMs: number,
): Promise<FileRow | undefined> {
  const [row] = await db.sql<FileRow>(
    `UPDATE course_file f SET owner = $2, lease_until = $4, attempts = attempts + 1
     FROM person p
     WHERE p.id = f.person_id AND f.id = (
       SELECT id FROM course_file WHERE status = $1 AND (lease_until IS NULL OR lease_until <= $3)
       ORDER BY created_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
     RETURNING f.id, f.person_id AS "personId", p.telegram_id::float8 AS "chatId", p.locale, f.file_id AS "fileId",
       f.source_id AS "sourceId", f.message_id AS "messageId", f.is_confirmed AS "isConfirmed",
       f.attempts::int AS attempts, f.import_id AS "importId", f.failure, f.status`,
    [status, owner, toDate(now), new Date(now + leaseMs)],
  );
  return row;
}

export async function renewFile(db: Db, id: string, owner: string, until: Instant): Promise<void> {
  await db.sql(`UPDATE course_file SET lease_until = $3 WHERE id = $1 AND owner = $2`, [id, owner, toDate(until)]);
}

/** It has been read, or cannot be: she is to be told. Undefined owner: whoever it is. */
export async function settleFile(
  db: Db,
  id: string,
  result: { readonly importId: string } | { readonly failure: FileFailure },
): Promise<void> {
  await db.prisma.courseFile.updateMany({
    where: { id, status: 'wanted' },
    data: { status: 'read', owner: null, leaseUntil: null, attempts: 0, ...result },
  });
}

/** She has been told: what she may still say yes to stays, the rest goes. */
export async function endFile(db: Db, id: string, mayConfirm: boolean): Promise<void> {
  if (mayConfirm) {
    await db.prisma.courseFile.updateMany({
      where: { id },
      data: { status: 'refused', owner: null, leaseUntil: null },
    });
  } else await db.prisma.courseFile.deleteMany({ where: { id } });
}

export async function deleteOldFiles(db: Db, before: Instant): Promise<void> {
  await db.prisma.courseFile.deleteMany({ where: { createdAt: { lt: toDate(before) } } });
}
