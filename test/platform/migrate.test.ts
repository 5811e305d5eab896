import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { btree_gist } from '@electric-sql/pglite/contrib/btree_gist';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { MIGRATIONS } from '../../src/platform/database.ts';
import { migrate } from '../../src/platform/migrate.ts';
import { PGliteWire } from '../../src/platform/pglite-wire.ts';

let folder: string;
let pool: pg.Pool;
let engine: PGlite;
beforeAll(async () => {
  engine = await PGlite.create({ extensions: { btree_gist } });
  pool = new pg.Pool(new PGliteWire(engine).poolConfig());
});
afterAll(async () => {
  await pool.end();
  await engine.close();
});
beforeEach(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'migrations-'));
  await pool.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public');
});
afterEach(() => rmSync(folder, { recursive: true }));

function add(name: string, sql: string): void {
  mkdirSync(path.join(folder, name), { recursive: true });
  writeFileSync(path.join(folder, name, 'migration.sql'), sql);
}
async function run(): Promise<readonly string[]> {
  const client = await pool.connect();
  try {
    return await migrate(client, folder);
  } finally {
    client.release();
  }
}
const tables = async () =>
  (
    await pool.query(
      `SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> '_prisma_migrations'`,
    )
  ).rows
    .map(({ tablename }) => tablename)
    .sort();

describe('migrations', () => {
  it('are applied in order, once', async () => {
    add('2_more', 'ALTER TABLE one ADD COLUMN b int');
    add('1_first', 'CREATE TABLE one (a int)');
    expect(await run()).toEqual(['1_first', '2_more']);
    expect(await run()).toEqual([]);
    add('3_last', 'CREATE TABLE two (a int)');
    expect(await run()).toEqual(['3_last']);
    expect(await tables()).toEqual(['one', 'two']);
  });

  it('that were edited after they were applied stop the start', async () => {
    add('1_first', 'CREATE TABLE one (a int)');
    await run();
    add('1_first', 'CREATE TABLE one (a text)');
    await expect(run()).rejects.toThrow('the migration 1_first was edited after it was applied');
  });

  it('of a newer build stop the start', async () => {
    add('1_first', 'CREATE TABLE one (a int)');
    add('2_newer', 'CREATE TABLE two (a int)');
    await run();
    rmSync(path.join(folder, '2_newer'), { recursive: true });
    await expect(run()).rejects.toThrow('the migration 2_newer, which this build does not know');
  });

  it('that fail leave nothing behind, and are applied when they are right', async () => {
    add('1_first', 'CREATE TABLE one (a int); CREATE TABLE one (a int)');
    await expect(run()).rejects.toThrow('the migration 1_first failed: relation "one" already exists');
    expect(await tables()).toEqual([]);
    add('1_first', 'CREATE TABLE one (a int)');
    expect(await run()).toEqual(['1_first']);
  });

  it('that Prisma marked as rolled back are applied again', async () => {
    add('1_first', 'CREATE TABLE one (a int)');
    await run();
    await pool.query(`DROP TABLE one; UPDATE "_prisma_migrations" SET "rolled_back_at" = now()`);
    expect(await run()).toEqual(['1_first']);
  });

  it('of this program lead to its schema', async () => {
    cpSync(MIGRATIONS, folder, { recursive: true });
    expect((await run()).length).toBeGreaterThan(0);
    const { difference } = (await import(path.join(MIGRATIONS, '../diff.js'))) as { difference(): Promise<string> };
    expect(await difference()).toBe('');
  });
});
