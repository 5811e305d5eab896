import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { btree_gist } from '@electric-sql/pglite/contrib/btree_gist';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { migrate } from '../../src/platform/migrate.ts';
import { PGliteWire } from '../../src/platform/pglite-wire.ts';

const MIGRATIONS = path.join(import.meta.dirname, '../../prisma/migrations');
const CACHE = path.join(import.meta.dirname, '../../node_modules/.cache');

/** Makes an embedded database with all migrations once, kept by content: each test worker starts from a copy. */
export async function setup({ provide }: TestProject): Promise<void> {
  const hash = createHash('sha256').update(
    readFileSync(createRequire(import.meta.url).resolve('@electric-sql/pglite')),
  );
  for (const name of readdirSync(MIGRATIONS).sort()) {
    const file = path.join(MIGRATIONS, name, 'migration.sql');
    if (existsSync(file)) hash.update(readFileSync(file));
  }
  const template = path.join(CACHE, `database-${hash.digest('hex').slice(0, 16)}.tar`);
  if (!existsSync(template)) await make(template);
  provide('template', template);
}

async function make(template: string): Promise<void> {
  const engine = await PGlite.create({ extensions: { btree_gist }, initDbStartParams: ['--wal-segsize=1'] });
  const pool = new pg.Pool(new PGliteWire(engine).poolConfig());
  const client = await pool.connect();
  await migrate(client, MIGRATIONS);
  client.release();
  await pool.end();
  await engine.exec('CHECKPOINT');
  const tar = await engine.dumpDataDir('none');
  await engine.close();
  mkdirSync(CACHE, { recursive: true });
  writeFileSync(`${template}.${process.pid}`, Buffer.from(await tar.arrayBuffer()));
  renameSync(`${template}.${process.pid}`, template);
}

declare module 'vitest' {
  interface ProvidedContext {
    template: string;
  }
}
