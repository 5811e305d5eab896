import type { Db } from '../../platform/database.ts';
import { type Day, type Instant, toDate } from '../../platform/datetime.ts';
import type { ImportReport, ImportWay, LineNote, SourceFacts } from './model.ts';

/** One line of a delivery, ready to become a row of `offering`; no row: the source withdraws this record. */
export interface Draft {
  readonly recordId: string;
  readonly updatedAt: Instant | undefined;
  readonly fingerprint: string;
  readonly row: Readonly<Record<string, unknown>> | undefined;
}

export async function beginImport(
  db: Db,
  run: { readonly id: string; readonly source: SourceFacts; readonly way: ImportWay; readonly now: Instant },
): Promise<void> {
  const { source } = run;
  await db.sql(
    `INSERT INTO course_source (id, name, stale_after_days) VALUES ($1, $2, $3) ON CONFLICT (id) DO NOTHING`,
    [source.id, source.name, source.staleAfterDays],
  );
  await db.prisma.courseImport.create({
    data: { id: run.id, sourceId: source.id, way: run.way, startedAt: toDate(run.now), status: 'running' },
  });
}

// Of two records with one key the newer one stands; where neither says, the later in the file.
const WRITE_DRAFTS = `
  INSERT INTO offering_draft (import_id, record_id, updated_at, fingerprint, data)
  SELECT $1, r, u, f, nullif(d, '')::jsonb
  FROM unnest($2::text[], $3::timestamptz[], $4::text[], $5::text[]) AS t(r, u, f, d)
  ON CONFLICT (import_id, record_id) DO UPDATE
  SET updated_at = excluded.updated_at, fingerprint = excluded.fingerprint, data = excluded.data
  WHERE excluded.updated_at IS NULL OR offering_draft.updated_at IS NULL
    OR excluded.updated_at >= offering_draft.updated_at`;

/** Each key at most once in a batch. */
export async function writeDrafts(db: Db, importId: string, drafts: readonly Draft[]): Promise<void> {
  if (drafts.length === 0) return;
  await db.sql(WRITE_DRAFTS, [
    importId,
    drafts.map((draft) => draft.recordId),
    drafts.map((draft) => (draft.updatedAt === undefined ? null : toDate(draft.updatedAt))),
    drafts.map((draft) => draft.fingerprint),
    drafts.map((draft) => (draft.row === undefined ? '' : JSON.stringify(draft.row))),
  ]);
}

export async function deleteDrafts(db: Db, importId: string): Promise<void> {
  await db.sql(`DELETE FROM offering_draft WHERE import_id = $1`, [importId]);
}

/** Two deliveries of one source wait for each other. Inside a transaction. */
export async function lockSource(tx: Db, sourceId: string): Promise<void> {
  await tx.sql(`SELECT id FROM course_source WHERE id = $1 FOR UPDATE`, [sourceId]);
}

/** What the drafts would do: how many records they are, and how much of what is shown today they would take away. */
export async function weigh(
  tx: Db,
  run: { readonly importId: string; readonly sourceId: string; readonly isUpdate: boolean; readonly today: Day },
): Promise<{ readonly read: number; readonly withdrawn: number; readonly shown: number; readonly vanishing: number }> {
  const [row] = await tx.sql<{ read: number; withdrawn: number; shown: number; vanishing: number }>(
    `SELECT (SELECT count(*) FROM offering_draft WHERE import_id = $1 AND data IS NOT NULL)::int AS read,
       (SELECT count(*) FROM offering_draft WHERE import_id = $1 AND data IS NULL)::int AS withdrawn,
       count(*)::int AS shown,
       count(*) FILTER (WHERE CASE WHEN $3::bool THEN d.record_id IS NOT NULL AND d.data IS NULL
         ELSE d.data IS NULL END)::int AS vanishing
     FROM offering o LEFT JOIN offering_draft d ON d.import_id = $1 AND d.record_id = o.record_id
     WHERE o.source_id = $2 AND o.gone_at IS NULL AND o.visible_until >= $4::date`,
    [run.importId, run.sourceId, run.isUpdate, run.today],
  );
  return row ?? { read: 0, withdrawn: 0, shown: 0, vanishing: 0 };
}

/** What a delivery may change in a row that is known already. */
const CHANGEABLE = [
  ...['group_key', 'visible_until', 'lat', 'lon', 'starts_on', 'start_kind', 'form', 'child_care', 'level_from'],
  ...['level_to', 'purposes', 'day_parts', 'source_group', 'kind', 'title', 'lessons', 'ends_on', 'register_until'],
  ...[
    'days_times',
    'time_mode',
    'ags',
    'postal_code',
    'city',
    'street',
    'place_confirmed',
    'provider',
    'phone',
    'mail',
  ],
  ...['url', 'cost_text', 'free', 'women_only', 'permit_needed', 'audience', 'remarks', 'updated_at', 'checked_on'],
  ...['checked_by', 'fingerprint'],
];

// One statement: what is new, what has changed, and what is gone. A row that says what it said is not touched, and an
// older version does not replace a newer one. A course that comes back is listed anew.
const APPLY = `
  WITH draft AS MATERIALIZED (
    SELECT row.* FROM offering_draft d, LATERAL jsonb_populate_record(NULL::offering, d.data) AS row
    WHERE d.import_id = $1 AND d.data IS NOT NULL),
  added AS (
    INSERT INTO offering SELECT draft.* FROM draft
    WHERE NOT EXISTS (SELECT 1 FROM offering o WHERE o.source_id = $2 AND o.record_id = draft.record_id) RETURNING 1),
  changed AS (
    UPDATE offering o SET (${CHANGEABLE.join(', ')}) = ROW(${CHANGEABLE.map((column) => `d.${column}`).join(', ')}),
      gone_at = NULL, listed_at = CASE WHEN o.gone_at IS NULL THEN o.listed_at ELSE d.listed_at END
    FROM draft d
    WHERE o.source_id = $2 AND o.record_id = d.record_id AND (o.gone_at IS NOT NULL OR (o.fingerprint <> d.fingerprint
      AND (d.updated_at IS NULL OR o.updated_at IS NULL OR d.updated_at >= o.updated_at)))
    RETURNING 1),
  gone AS (
    UPDATE offering o SET gone_at = $3::timestamptz
    WHERE o.source_id = $2 AND o.gone_at IS NULL AND CASE WHEN $4::bool
      THEN EXISTS (SELECT 1 FROM offering_draft d WHERE d.import_id = $1 AND d.record_id = o.record_id AND d.data IS NULL)
      ELSE NOT EXISTS (
        SELECT 1 FROM offering_draft d WHERE d.import_id = $1 AND d.record_id = o.record_id AND d.data IS NOT NULL) END
    RETURNING 1)
  SELECT (SELECT count(*) FROM added)::int AS added, (SELECT count(*) FROM changed)::int AS changed,
    (SELECT count(*) FROM gone)::int AS gone`;

export async function applyDrafts(
  tx: Db,
  run: { readonly importId: string; readonly source: SourceFacts; readonly isUpdate: boolean; readonly now: Instant },
): Promise<{ readonly added: number; readonly changed: number; readonly gone: number }> {
  const { importId, source, isUpdate, now } = run;
  const [row] = await tx.sql<{ added: number; changed: number; gone: number }>(APPLY, [
    importId,
    source.id,
    toDate(now),
    isUpdate,
  ]);
  await tx.prisma.courseSource.update({
    where: { id: source.id },
    data: { name: source.name, staleAfterDays: source.staleAfterDays, checkedAt: toDate(now) },
  });
  return row ?? { added: 0, changed: 0, gone: 0 };
}

/** Writes what became of it; the drafts go. */
export async function endImport(tx: Db, report: ImportReport, now: Instant): Promise<void> {
  const { importId, notes, refusals, ...figures } = report;
  const kept = (all: readonly LineNote[]) =>
    all.map(({ line, complaint, field }) => ({ line, complaint, field: field ?? null }));
  await deleteDrafts(tx, importId);
  await tx.prisma.courseImport.update({
    where: { id: importId },
    data: {
      ...figures,
      refusals: kept(refusals),
      notes: kept(notes),
      finishedAt: toDate(now),
    },
  });
}

/** After many rows have changed, the planner is told what there is: the embedded engine never looks by itself. */
export async function analyse(db: Db): Promise<void> {
  await db.prisma.$executeRawUnsafe('ANALYZE offering');
}

/** Drafts of imports that a crash interrupted. */
export async function forgetInterrupted(db: Db, before: Instant): Promise<void> {
  await db.sql(
    `DELETE FROM offering_draft d USING course_import i
     WHERE i.id = d.import_id AND i.finished_at IS NULL AND i.started_at < $1`,
    [toDate(before)],
  );
}
