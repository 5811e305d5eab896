import type { Pipeline } from './pipeline.ts';

/** Autovacuum's own rule and its default figures (PostgreSQL manual, "The Autovacuum Daemon"). */
const WORN = `
  SELECT format('VACUUM (ANALYZE) %I', relname) AS statement FROM pg_stat_user_tables
  WHERE n_dead_tup > 50 + 0.2 * n_live_tup OR n_mod_since_analyze > 50 + 0.1 * n_live_tup`;

/**
 * Does what autovacuum does on a server and nobody does on the embedded engine: erased rows leave their pages, indexes lose
 * what leads nowhere, and statements are planned anew for tables that have grown. Table by table, so that others get a turn.
 */
export async function vacuum(pipeline: Pick<Pipeline, 'run'>): Promise<void> {
  for (const { statement } of await pipeline.run<{ statement: string }>(WORN, [])) await pipeline.run(statement, []);
}
