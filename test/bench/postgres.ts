import { execFile, execFileSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';

const run = promisify(execFile);

/** A PostgreSQL server for the benchmark. */
export interface Server {
  /** How it came to be, for the head of the table. */
  readonly says: string;
  /** An empty database of this name; its address. */
  fresh(name: string): Promise<string>;
  stop(): Promise<void>;
}

/**
 * The server that BENCH_DATABASE_URL or TEST_DATABASE_URL names, or a temporary one. Undefined where there is neither.
 * The temporary one never waits for a disk: what is measured is this program's share, not the machine's.
 */
export async function openPostgres(): Promise<Server | undefined> {
  const given = process.env.BENCH_DATABASE_URL ?? process.env.TEST_DATABASE_URL;
  if (given !== undefined) return serverAt(given, 'the given server', async () => {});
  const bin = findPrograms();
  if (bin === undefined) return undefined;
  const owner = ownerOf();
  if (owner === undefined) return undefined;
  const folder = mkdtempSync(path.join(tmpdir(), 'bench-postgres-'));
  chownSync(folder, owner.uid, owner.gid);
  const data = path.join(folder, 'data');
  const port = 20_000 + (process.pid % 20_000);
  const options = `-p ${port} -k ${folder} -c listen_addresses=127.0.0.1 -c fsync=off -c synchronous_commit=off -c max_connections=120`;
  const stop = async () => {
    await run(path.join(bin, 'pg_ctl'), ['-D', data, '-m', 'immediate', 'stop'], owner).catch(() => undefined);
    rmSync(folder, { recursive: true, force: true });
  };
  await run(path.join(bin, 'initdb'), ['-D', data, '-U', 'bench', '-A', 'trust', '-E', 'UTF8', '--no-sync'], owner);
  await run(
    path.join(bin, 'pg_ctl'),
    ['-D', data, '-w', '-l', path.join(folder, 'log'), '-o', options, 'start'],
    owner,
  );
  return serverAt(`postgres://bench@127.0.0.1:${port}/postgres`, 'a temporary server without fsync', stop);
}

function serverAt(address: string, says: string, stop: () => Promise<void>): Server {
  return {
    says,
    async fresh(name) {
      const admin = new pg.Client({ connectionString: address });
      await admin.connect();
      try {
        await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
        await admin.query(`CREATE DATABASE ${name}`);
      } finally {
        await admin.end();
      }
      const url = new URL(address);
      url.pathname = `/${name}`;
      return url.href;
    },
    stop,
  };
}

function findPrograms(): string | undefined {
  const root = '/usr/lib/postgresql';
  const installed = existsSync(root) ? readdirSync(root).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [...installed.map((version) => path.join(root, version, 'bin')), '/opt/homebrew/bin', '/usr/bin'];
  return folders.find((folder) => ['initdb', 'pg_ctl'].every((program) => existsSync(path.join(folder, program))));
}

/** PostgreSQL refuses to run as root: then as its own user, or as nobody. */
function ownerOf(): { uid: number; gid: number } | undefined {
  const uid = process.getuid?.() ?? 0;
  if (uid !== 0) return { uid, gid: process.getgid?.() ?? 0 };
  const number = (flag: string, user: string) => Number(execFileSync('id', [flag, user], { stdio: 'pipe' }));
  for (const user of ['postgres', 'nobody']) {
    try {
      return { uid: number('-u', user), gid: number('-g', user) };
    } catch {}
  }
  return undefined;
}
