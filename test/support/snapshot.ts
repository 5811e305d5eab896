import type { Database } from '../../src/platform/database.ts';

interface Table {
  readonly name: string;
  readonly columns: string;
}

/** Tables with the columns that can be written. */
const tablesOf = (db: Database): Promise<Table[]> =>
  db.sql<Table>(
    `SELECT t.tablename::text AS name, string_agg(quote_ident(c.column_name), ', ') AS columns
     FROM pg_tables t JOIN information_schema.columns c ON c.table_schema = t.schemaname AND c.table_name = t.tablename
     WHERE t.schemaname = 'public' AND t.tablename <> '_prisma_migrations' AND c.is_generated = 'NEVER'
     GROUP BY t.tablename ORDER BY 1`,
  );

/** What every table holds now, and the way back to it: what a press changed is undone before the next. */
export async function snapshot(db: Database): Promise<() => Promise<void>> {
  const kept: (Table & { readonly rows: string })[] = [];
  for (const table of await tablesOf(db)) {
    const [row] = await db.sql<{ rows: string | null }>(
      `SELECT jsonb_agg(to_jsonb(t))::text AS rows FROM public."${table.name}" t`,
    );
    kept.push({ ...table, rows: row?.rows ?? '[]' });
  }
  return () =>
    db.transaction(async (tx) => {
      // Neither triggers nor references while all of it is put back.
      await tx.prisma.$executeRawUnsafe('SET LOCAL session_replication_role = replica');
      await tx.prisma.$executeRawUnsafe(`TRUNCATE ${kept.map(({ name }) => `"${name}"`).join(', ')}`);
      for (const { name, columns, rows } of kept) {
        if (rows === '[]') continue;
        await tx.sql(
          `INSERT INTO public."${name}" (${columns}) SELECT ${columns} FROM jsonb_populate_recordset(NULL::public."${name}", $1::jsonb)`,
          [rows],
        );
      }
    });
}

/** A mark of every row of every table, in one query; what differs between two of them has changed. */
export async function fingerprint(db: Database, without: readonly string[]): Promise<Readonly<Record<string, string>>> {
  const tables = (await tablesOf(db)).filter(({ name }) => !without.includes(name));
  const rows = await db.sql<{ name: string; mark: string }>(
    tables
      .map(
        ({ name }) =>
          `SELECT '${name}' AS name, coalesce(md5(string_agg(t::text, '|' ORDER BY t::text)), '-') AS mark FROM "${name}" t`,
      )
      .join(' UNION ALL '),
  );
  return Object.fromEntries(rows.map(({ name, mark }) => [name, mark]));
}
