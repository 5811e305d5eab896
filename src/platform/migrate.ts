import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { ClientBase } from 'pg';

/** The advisory lock that Prisma's own `migrate deploy` takes. */
const LOCK = 72_707_369;

/**
 * Applies `migrations/*\/migration.sql` in order, each in a transaction, with Prisma's own bookkeeping table, so that
 * `prisma migrate deploy` elsewhere agrees. Several processes may start at once. Throws when a migration was edited
 * after it was applied, is unknown to this build, or fails. Returns the names of those applied.
 */
export async function migrate(client: ClientBase, folder: string): Promise<readonly string[]> {
  await client.query(`SELECT pg_advisory_lock(${LOCK})`);
  try {
    await client.query(`CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
      "id" VARCHAR(36) PRIMARY KEY NOT NULL, "checksum" VARCHAR(64) NOT NULL, "finished_at" TIMESTAMPTZ,
      "migration_name" VARCHAR(255) NOT NULL, "logs" TEXT, "rolled_back_at" TIMESTAMPTZ,
      "started_at" TIMESTAMPTZ NOT NULL DEFAULT now(), "applied_steps_count" INTEGER NOT NULL DEFAULT 0)`);
    const { rows } = await client.query<{ migration_name: string; checksum: string }>(
      `SELECT "migration_name", "checksum" FROM "_prisma_migrations" WHERE "rolled_back_at" IS NULL`,
    );
    const done = new Map(rows.map((row) => [row.migration_name, row.checksum]));
    const entries = await readdir(folder, { withFileTypes: true });
    const names = entries
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name)
      .sort();
    for (const name of done.keys()) {
      if (!names.includes(name)) {
        throw new Error(`the database has the migration ${name}, which this build does not know: start a newer build`);
      }
    }
    const applied: string[] = [];
    for (const name of names) {
      if (await applyOnce(client, folder, name, done.get(name))) applied.push(name);
    }
    return applied;
  } finally {
    await client.query(`SELECT pg_advisory_unlock(${LOCK})`);
  }
}

async function applyOnce(
  client: ClientBase,
  folder: string,
  name: string,
  appliedChecksum: string | undefined,
): Promise<boolean> {
  const sql = await readFile(path.join(folder, name, 'migration.sql'), 'utf8');
  const checksum = createHash('sha256').update(sql).digest('hex');
  if (appliedChecksum === checksum) return false;
  if (appliedChecksum !== undefined) throw new Error(`the migration ${name} was edited after it was applied`);
  await client.query('BEGIN');
  try {
    await client.query(sql);
    await client.query(
      `INSERT INTO "_prisma_migrations" ("id", "checksum", "migration_name", "finished_at", "applied_steps_count")
       VALUES ($1, $2, $3, now(), 1)`,
      [randomUUID(), checksum, name],
    );
    await client.query('COMMIT');
    return true;
  } catch (cause) {
    await client.query('ROLLBACK');
    throw new Error(`the migration ${name} failed: ${cause instanceof Error ? cause.message : 'unknown'}`, { cause });
  }
}
