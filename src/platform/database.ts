import { rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { PGliteOptions } from '@electric-sql/pglite';
import pg from 'pg';
import type { PrismaClient } from '../generated/prisma/client.ts';
import { lockFolder } from './folder-lock.ts';
import { migrate } from './migrate.ts';
import { createPipeline } from './pipeline.ts';
import { vacuum } from './vacuum.ts';

export type SqlValue = string | number | bigint | boolean | null | Date | Uint8Array | readonly SqlValue[];

type PrismaQueries = Omit<PrismaClient, '$connect' | '$disconnect' | '$on' | '$use' | '$extends' | '$transaction'>;

/**
 * What a store asks: Prisma for the everyday, `sql` for the few statements that run on every tap or must be one
 * atomic statement. Columns that `sql` returns are text, int4, float8, bool, timestamptz (a Date) or bytea; int8
 * and numeric are cast in the statement, because the two drivers below disagree on them.
 */
export interface Db {
  readonly prisma: PrismaQueries;
  sql<Row>(statement: string, values?: readonly SqlValue[]): Promise<Row[]>;
}

export interface Database extends Db {
  readonly engine: 'embedded' | 'server';
  /** All or nothing. Inside, only the handed `tx` is used. */
  transaction<T>(work: (tx: Db) => Promise<T>): Promise<T>;
  /** Throws unless the database answers. */
  ping(): Promise<void>;
  /** Sweeps up what was changed and erased, and counts anew what is there; a server does that by itself. */
  tidy(): Promise<void>;
  close(): Promise<void>;
}

/** Connections for single statements, beside those of transactions. */
const PIPELINES = 3;

export const MIGRATIONS = path.join(import.meta.dirname, '../../prisma/migrations');

/** Opens a PostgreSQL server and brings its schema up to date. */
export async function openServer(url: string, poolSize = 10): Promise<Database> {
  // Without a fixed zone, times would be written and read shifted by the server's own zone.
  const config = { connectionString: url, options: '-c TimeZone=UTC' };
  const pool = new pg.Pool({ ...config, max: poolSize });
  pool.on('error', () => {}); // an idle connection broke; the next query opens another or throws
  return open(pool, config, 'server', () => pool.end());
}

/**
 * Opens the embedded PostgreSQL (PGlite) in `folder`, or in memory, and brings its schema up to date. The folder is
 * locked for other processes. It survives a killed process but never calls fsync: for trying, developing, small starts.
 */
export async function openEmbedded(folder: string | 'memory', options: PGliteOptions = {}): Promise<Database> {
  const unlock = folder === 'memory' ? () => {} : lockFolder(folder);
  try {
    // Only here: a program on a server does not pay for the engine's 200 MB.
    const [{ PGlite }, { btree_gist }, { PGliteWire }] = await Promise.all([
      import('@electric-sql/pglite'),
      import('@electric-sql/pglite/contrib/btree_gist'),
      import('./pglite-wire.ts'),
    ]);
    const dataDir = path.join(folder, 'postgres');
    if (folder !== 'memory') {
      // The lock above is ours, so what stands here is left over. One that was killed between making this file and
      // writing it leaves it empty, and PostgreSQL refuses to start beside an empty one.
      rmSync(path.join(dataDir, 'postmaster.pid'), { force: true });
    }
    const engine = await PGlite.create({
      ...(folder === 'memory' ? {} : { dataDir }),
      extensions: { btree_gist },
      startParams: [...PGlite.defaultStartParams, '-c', 'shared_buffers=16MB'],
      initDbStartParams: ['--wal-segsize=1'],
      ...options,
    });
    const config = new PGliteWire(engine).poolConfig();
    const pool = new pg.Pool(config);
    return await open(pool, config, 'embedded', async () => {
      await pool.end();
      await engine.close();
      unlock();
    });
  } catch (error) {
    unlock();
    throw error;
  }
}

/**
 * Loaded by the first question or transaction that needs it: Prisma's client and its engine cost 80 MB and as much CPU as
 * the rest of a start, and neither the start nor booking needs them. Synchronously, because stores ask without waiting.
 */
function loadPrisma(pool: pg.Pool): PrismaClient {
  const load = createRequire(import.meta.url);
  const { PrismaPg } = load('@prisma/adapter-pg') as typeof import('@prisma/adapter-pg');
  const generated = load('../generated/prisma/client.ts') as typeof import('../generated/prisma/client.ts');
  return new generated.PrismaClient({ adapter: new PrismaPg(pool) });
}

async function open(
  pool: pg.Pool,
  config: pg.ClientConfig,
  engine: Database['engine'],
  close: () => Promise<void>,
): Promise<Database> {
  const session = await pool.connect();
  try {
    const { rows } = await session.query<{ zone: string }>(`SELECT current_setting('TimeZone') AS zone`);
    if (!['UTC', 'GMT', 'Etc/UTC'].includes(rows[0]?.zone ?? ''))
      throw new Error('the database session must run in UTC');
    await migrate(session, MIGRATIONS);
  } finally {
    session.release();
  }
  let client: PrismaClient | undefined;
  const prisma = () => (client ??= loadPrisma(pool));
  const pipeline = createPipeline(config, engine === 'embedded' ? 1 : PIPELINES);
  return {
    engine,
    get prisma() {
      return prisma();
    },
    sql: (statement, values = []) => pipeline.run(statement, values),
    transaction: (work) =>
      prisma().$transaction(
        async (tx) => {
          const db: Db = {
            prisma: tx as unknown as PrismaQueries,
            sql: <Row>(statement: string, values: readonly SqlValue[] = []) =>
              tx.$queryRawUnsafe<Row[]>(statement, ...values),
          };
          return work(db);
        },
        { timeout: 15_000, maxWait: 15_000 },
      ),
    async ping() {
      await pool.query('SELECT 1');
    },
    async tidy() {
      if (engine === 'embedded') await vacuum(pipeline);
    },
    async close() {
      await client?.$disconnect();
      await pipeline.close();
      await close();
    },
  };
}

/** The name of the constraint that an insert or update ran into, or undefined when it was something else. */
export function violatedConstraint(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const own = error as Error & { constraint?: string; code?: string; meta?: unknown; cause?: unknown };
  if (own.constraint !== undefined && /^23/.test(own.code ?? '')) return own.constraint;
  const text = JSON.stringify({ meta: own.meta, cause: own.cause, message: own.message });
  return /(?:23505|23P01|23503|23514|P2002)/.test(text)
    ? (/constraint \\*"?([a-z_]+)/.exec(text)?.[1] ?? 'unknown')
    : undefined;
}

/** Whether a failed transaction may simply be tried again: a deadlock or a serialization failure. */
export function isTransient(error: unknown): boolean {
  return error instanceof Error && /40001|40P01|P2034/.test(`${(error as { code?: string }).code} ${error.message}`);
}

/** The server is away, ends, begins, or is too busy: codes of the socket, of PostgreSQL and of Prisma. */
const AWAY = /^(?:ECONN|EPIPE|ETIMEDOUT|57P0|08|53300|P1001|P1002|P1008|P1017|P2024|P2028|P2034|40001|40P01)/;
const CUT_OFF = /Connection terminated|is not queryable|timeout exceeded when trying to connect/;

/** Whether the database could not answer and may later, so that what asked is tried again instead of given up. */
export function isOutage(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, meta } = error as {
    code?: string;
    /** Where Prisma says a code of its own, PostgreSQL's is here. */
    meta?: { driverAdapterError?: { cause?: { originalCode?: string } } };
  };
  return (
    [code, meta?.driverAdapterError?.cause?.originalCode].some((one) => one !== undefined && AWAY.test(one)) ||
    CUT_OFF.test(error.message)
  );
}
