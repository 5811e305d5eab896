import pg from 'pg';
import { onTestFinished } from 'vitest';

/** A database of this name on the test server, empty; it goes when the test has finished. Resolves to its address. */
export async function emptyServerDatabase(name: string): Promise<string> {
  const server = process.env.TEST_DATABASE_URL ?? '';
  const url = new URL(server);
  url.pathname = `/${name}`;
  const drop = `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`;
  await asAdmin(server, drop, `CREATE DATABASE ${name}`);
  onTestFinished(() => asAdmin(server, drop));
  return url.href;
}

async function asAdmin(server: string, ...statements: readonly string[]): Promise<void> {
  const admin = new pg.Client({ connectionString: server });
  await admin.connect();
  for (const statement of statements) await admin.query(statement);
  await admin.end();
}
