import { readFileSync } from 'node:fs';
import { threadId } from 'node:worker_threads';
import pg from 'pg';
import { inject } from 'vitest';
import { type Database, openEmbedded, openServer } from '../../src/platform/database.ts';

const SERVER = process.env.TEST_DATABASE_URL;
const shared = globalThis as { testDatabase?: Promise<Database> };

/** The worker's database, emptied: embedded, or on the server that TEST_DATABASE_URL names. */
export async function emptyDatabase(): Promise<Database> {
  shared.testDatabase ??= SERVER === undefined ? openCopy() : openOwn(SERVER);
  const db = await shared.testDatabase;
  const [row] = await db.sql<{ tables: string }>(
    `SELECT string_agg(format('%I', tablename), ',') AS tables FROM pg_tables
     WHERE schemaname = 'public' AND tablename <> '_prisma_migrations'`,
  );
  await db.prisma.$executeRawUnsafe(`TRUNCATE ${row?.tables} RESTART IDENTITY CASCADE`);
  return db;
}

const openCopy = () => openEmbedded('memory', { loadDataDir: new Blob([readFileSync(inject('template'))]) });

/** Each worker has a database of its own on the server. */
async function openOwn(server: string): Promise<Database> {
  const name = `test_${process.pid}_${threadId}`;
  const admin = new pg.Client({ connectionString: server });
  await admin.connect();
  await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  await admin.query(`CREATE DATABASE ${name}`);
  await admin.end();
  const url = new URL(server);
  url.pathname = `/${name}`;
  return openServer(url.href, 10);
}

/** Every row of every table as text: what a person leaves behind is looked for in it. */
export async function dump(db: Database): Promise<Readonly<Record<string, readonly string[]>>> {
  const tables = await db.sql<{ name: string }>(
    `SELECT tablename::text AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> '_prisma_migrations' ORDER BY 1`,
  );
  const all: Record<string, readonly string[]> = {};
  for (const { name } of tables) {
    const rows = await db.prisma.$queryRawUnsafe<{ row: string }[]>(`SELECT t::text AS row FROM "${name}" t`);
    all[name] = rows.map(({ row }) => row).sort();
  }
  return all;
}
